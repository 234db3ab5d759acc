"""The straight horizontal and vertical lines drawn on a page, from pdfium's path objects.

Thin filled rectangles count as lines, thick ones by their edges; curves and slanted lines do not.
"""

from collections.abc import Iterator
from ctypes import c_float, c_int
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.characters import PdfPage, Upright
from fuente.documents.span import Box

PageObject = Any
"""A handle of pdfium: a path, a form, or a segment of a path."""

MAX_SEGMENTS = 30_000
"""More strokes than this are a drawing; the densest table page of the corpus has about 3,000."""

MAX_FORM_DEPTH = 4
_THIN = 3.0
"""Points: a filled rectangle thinner than this is a rule."""

_STRAIGHT = 0.8
"""Points by which the ends of an upright line may differ across it."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rulings:
    """Horizontal and vertical rules as flat boxes; `complete` is False when there were too many."""

    horizontal: tuple[Box, ...]
    vertical: tuple[Box, ...]
    complete: bool = True


class TooManySegments(Exception):
    """The page is a drawing, not a table."""


def find_rulings(page: PdfPage, upright: Upright) -> Rulings:
    """All rules of a page, upright."""
    horizontal: list[Box] = []
    vertical: list[Box] = []
    try:
        for seen, box in enumerate(_strokes(page, upright)):
            if seen > MAX_SEGMENTS:
                raise TooManySegments
            _sort(box, horizontal, vertical)
    except TooManySegments:
        return Rulings((), (), complete=False)
    return Rulings(tuple(horizontal), tuple(vertical))


def _sort(box: Box, horizontal: list[Box], vertical: list[Box]) -> None:
    wide, high = box.right - box.left, box.bottom - box.top
    if high <= _STRAIGHT < wide:
        horizontal.append(box)
    elif wide <= _STRAIGHT < high:
        vertical.append(box)


def _strokes(page: PdfPage, upright: Upright) -> Iterator[Box]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        yield from _object_strokes(item, IDENTITY, upright, 0)


def _object_strokes(item: PageObject, outer: Matrix, upright: Upright, depth: int) -> Iterator[Box]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_visible(item):
        yield from _path_strokes(item, product(matrix_of(item), outer), upright)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        inner = product(matrix_of(item), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            child = pdfium.FPDFFormObj_GetObject(item, index)
            yield from _object_strokes(child, inner, upright, depth + 1)


def _path_strokes(item: PageObject, matrix: Matrix, upright: Upright) -> Iterator[Box]:
    lines = [_upright_line(a, b, matrix, upright) for a, b in _straight_segments(item)]
    bounds = _bounds(lines)
    if bounds and _is_filled(item) and not _is_stroked(item):
        thin = _as_rule(bounds)
        yield from [thin] if thin else lines
    else:
        yield from lines


def _as_rule(box: Box) -> Box | None:
    wide, high = box.right - box.left, box.bottom - box.top
    if high < _THIN and wide > high:
        middle = (box.top + box.bottom) / 2
        return Box(box.left, middle, box.right, middle)
    if wide < _THIN and high > wide:
        middle = (box.left + box.right) / 2
        return Box(middle, box.top, middle, box.bottom)
    return None


def _bounds(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


Point = tuple[float, float]


def _straight_segments(item: PageObject) -> Iterator[tuple[Point, Point]]:
    count = pdfium.FPDFPath_CountSegments(item)
    if count > MAX_SEGMENTS:
        raise TooManySegments
    start: Point | None = None
    last: Point | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        here = _segment_point(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
            yield last, here
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield here, start
            here = start
        last = here


def _segment_point(segment: PageObject) -> Point:
    x, y = c_float(), c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _upright_line(a: Point, b: Point, matrix: Matrix, upright: Upright) -> Box:
    (ax, ay), (bx, by) = apply(matrix, a), apply(matrix, b)
    return upright.box(ax, ay, bx, by)


def _is_visible(item: PageObject) -> bool:
    return _is_stroked(item) or _is_filled(item)


def _is_stroked(item: PageObject) -> bool:
    return _draw_mode(item)[1]


def _is_filled(item: PageObject) -> bool:
    return _draw_mode(item)[0]


def _draw_mode(item: PageObject) -> tuple[bool, bool]:
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return False, False
    return fill.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)


def matrix_of(item: PageObject) -> Matrix:
    """The matrix an object is drawn with, inside what holds it."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def product(first: Matrix, second: Matrix) -> Matrix:
    """One matrix that does what the first does, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def apply(matrix: Matrix, point: Point) -> Point:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
