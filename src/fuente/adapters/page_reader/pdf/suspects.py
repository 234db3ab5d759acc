"""The text objects of a page that may be there without being seen, and where its pictures lie.

Cheap signs only: invisible or light print, and print that something was drawn over later. Whether
the page shows it after all is for its picture to say.
"""

import ctypes
from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.characters import PdfPage
from fuente.adapters.page_reader.pdf.rulings import (
    IDENTITY,
    MAX_FORM_DEPTH,
    Matrix,
    PageObject,
    apply,
    matrix_of,
    product,
)

_UNDRAWN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)

_LIGHT = 180
"""Least red, green and blue of print that white paper may swallow; on grey, darker print shows."""

_FAINT = 64
"""Opacity (0 to 255) below which print may not show."""

_HIGH = 3.0
"""Points: what is lower or narrower is a rule and hides no line of print."""

_MAX_COVERS = 200
"""More shapes over print than this are a drawing, whose labels are drawn among its lines."""

_BOUNDS = (c_float(), c_float(), c_float(), c_float())
_COLOUR = (c_uint(), c_uint(), c_uint(), c_uint())
"""What pdfium writes into: making these for each object took longer than asking."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own points."""


@dataclass(slots=True)
class Suspects:
    """Text objects by address: those in doubt, those of them never drawn; and the pictures."""

    doubted: dict[int, PageObject] = field(default_factory=dict)
    edges: list[Edges] = field(default_factory=list)
    undrawn: set[int] = field(default_factory=set)
    pictures: list[Edges] = field(default_factory=list)
    _texts: list[tuple[Edges, PageObject]] = field(default_factory=list)
    _unplaced: list[tuple[PageObject, Matrix]] = field(default_factory=list)
    _covers: int = 0

    def add_text(self, item: PageObject, outer: Matrix) -> None:
        """One text object, judged by itself."""
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        if mode in _UNDRAWN:
            self.undrawn.add(address_of(item))
        if mode in _UNDRAWN or (mode not in _STROKED and _is_light(item)):
            self._doubt(_edges(item, outer), item)
        else:
            self._unplaced.append((item, outer))

    def add_cover(self, edges: Edges) -> None:
        """A shape that may hide the text drawn so far."""
        left, bottom, right, top = edges
        if right - left < _HIGH or top - bottom < _HIGH or self._covers >= _MAX_COVERS:
            return
        self._covers += 1
        # Most print is drawn after the last shape: where it stands need not be asked.
        self._texts += [(_edges(item, outer), item) for item, outer in self._unplaced]
        self._unplaced.clear()
        for place, item in self._texts:
            x0, y0, x1, y1 = place
            if x0 < right and x1 > left and y0 < top and y1 > bottom:
                self._doubt(place, item)

    def _doubt(self, edges: Edges, item: PageObject) -> None:
        self.doubted[address_of(item)] = item
        self.edges.append(edges)


def find_suspects(page: PdfPage) -> Suspects:
    """The text objects in doubt, those within forms too."""
    found = Suspects()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _look_at(pdfium.FPDFPage_GetObject(page, index), IDENTITY, found, 0)
    return found


def address_of(item: PageObject) -> int:
    """The identity of an object of pdfium, whose handles are made anew each time."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _look_at(item: PageObject, outer: Matrix, found: Suspects, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.add_text(item, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_opaque(item):
        found.add_cover(_edges(item, outer))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(_edges(item, outer))
        found.add_cover(found.pictures[-1])
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        inner = product(matrix_of(item), outer)
        for child in _children(item):
            _look_at(child, inner, found, depth + 1)


def _children(form: PageObject) -> Iterator[PageObject]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def _edges(item: PageObject, outer: Matrix) -> Edges:
    pdfium.FPDFPageObj_GetBounds(item, *_BOUNDS)
    left, bottom, right, top = _BOUNDS
    edges = (left.value, bottom.value, right.value, top.value)
    if outer is IDENTITY:
        return edges
    corners = [apply(outer, (x, y)) for x in edges[::2] for y in edges[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_light(item: PageObject) -> bool:
    if not pdfium.FPDFPageObj_GetFillColor(item, *_COLOUR):
        return False
    red, green, blue, opacity = _COLOUR
    return opacity.value < _FAINT or min(red.value, green.value, blue.value) >= _LIGHT


def _is_opaque(item: PageObject) -> bool:
    """Whether a path is filled, be it half transparent: the picture of the page tells."""
    fill, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, fill, stroke)) and fill.value != 0
