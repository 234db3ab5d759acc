"""The pictures of a page whose words its text layer does not hold: scans, photographs, charts.

A picture with text laid over it (a searchable scan, a background) is covered; one that is small is
a logo. What a picture shows is not looked at.
"""

from collections.abc import Iterator, Sequence

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.characters import Characters, PdfPage, Upright
from fuente.adapters.page_reader.pdf.rulings import (
    IDENTITY,
    MAX_FORM_DEPTH,
    Matrix,
    PageObject,
    apply,
    matrix_of,
    product,
)
from fuente.documents.span import Box

_LEAST_SHARE = 0.05
"""Share of the page below which a picture is a logo or an ornament."""

_COVERED = 0.02
"""Share of a picture under boxes of characters; a page of prose has about 0.2."""

_MAX_PICTURES = 40
"""More than this on a page are tiles of a background."""

_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))


def find_pictures(page: PdfPage, upright: Upright, characters: Characters) -> tuple[Box, ...]:
    """The places of the large pictures that no text lies on, upright."""
    width, height = page.get_size()
    sheet = Box(0.0, 0.0, width, height)
    shown = [_shared(box, sheet) for box in _images(page, upright)]
    large = [box for box in shown if _area(box) >= _LEAST_SHARE * _area(sheet)]
    if len(large) > _MAX_PICTURES:
        return ()
    drawn = [box for box in characters.boxes if box]
    return tuple(box for box in large if _covered(box, drawn) < _COVERED * _area(box))


def image_objects(page: PdfPage) -> Iterator[PageObject]:
    """The images of a page, those within forms too."""
    return (item for item, _ in _placed_images(page))


def _images(page: PdfPage, upright: Upright) -> Iterator[Box]:
    return (_place(matrix, upright) for _, matrix in _placed_images(page))


def _placed_images(page: PdfPage) -> Iterator[tuple[PageObject, Matrix]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _in_object(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)


def _in_object(item: PageObject, outer: Matrix, depth: int) -> Iterator[tuple[PageObject, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        yield item, product(matrix_of(item), outer)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        inner = product(matrix_of(item), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            child = pdfium.FPDFFormObj_GetObject(item, index)
            yield from _in_object(child, inner, depth + 1)


def _place(matrix: Matrix, upright: Upright) -> Box:
    """Where the unit square, which an image fills, comes to lie."""
    points = [upright.point(*apply(matrix, corner)) for corner in _CORNERS]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _shared(one: Box, other: Box) -> Box:
    return Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _area(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)


def _covered(picture: Box, drawn: Sequence[Box]) -> float:
    return sum(_area(_shared(picture, box)) for box in drawn)
