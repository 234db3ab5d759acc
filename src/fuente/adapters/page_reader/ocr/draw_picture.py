"""The program that draws one page of a PDF for tesseract: grey, 300 dpi, cleaned, with its rules.

Runs as `python -m fuente.adapters.page_reader.ocr.draw_picture PAGE TURNED` with the file on
standard input, confined like the readers. One line on standard output holds the picture, the size
of the page turned and the rules.
"""

import sys
from collections.abc import Iterator
from math import sqrt

import numpy as np
import pypdfium2  # type: ignore[import-untyped]

from fuente.adapters.page_reader.ocr.cleaning import Grey, clean
from fuente.adapters.page_reader.ocr.limits import DOTS_PER_POINT, MAX_DOTS
from fuente.adapters.page_reader.ocr.picture import Drawing, Picture, fields_from_drawing
from fuente.adapters.page_reader.pdf.characters import PdfPage, read_characters, upright_of
from fuente.adapters.page_reader.pdf.pdf_file import open_document
from fuente.adapters.page_reader.pdf.pictures import find_pictures
from fuente.adapters.page_reader.program import Failed, Unreadable, answer
from fuente.adapters.page_reader.wire import line_from_fields
from fuente.documents.span import Box

_PAPER = 255
_LEAST_CONTRAST = 40
"""Grey levels between paper and print; a page with less shows nothing that could be read."""


def main() -> None:
    """Read standard input, write one line with the picture."""
    answer(_lines)


def _lines(content: bytes) -> Iterator[bytes]:
    number, turned = map(int, sys.argv[1:3])
    try:
        drawing = draw(open_document(content)[number - 1], turned)
    except (Unreadable, pypdfium2.PdfiumError) as error:
        raise Failed(str(error)) from error
    yield line_from_fields(fields_from_drawing(drawing))


def draw(page: PdfPage, turned: int) -> Drawing:
    """One page, turned clockwise by so many degrees."""
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, sqrt(MAX_DOTS / max(1.0, width * height)) * 0.999)
    drawn = page.render(scale=scale, rotation=turned, grayscale=True, may_draw_forms=False)
    # Each row of pdfium's bitmap may be padded; the copy has the dots alone.
    grey = np.ascontiguousarray(drawn.to_numpy().reshape(drawn.height, drawn.width))
    if not turned:
        grey = _without_text(page, grey, scale)
    if turned in (90, 270):
        width, height = height, width
    if int(grey.max()) - int(grey.min()) < _LEAST_CONTRAST:
        return Drawing(width, height, None, [[], []])
    cleaned, rulings = clean(grey, scale)
    edges = [_edges(rulings.horizontal), _edges(rulings.vertical)]
    return Drawing(width, height, _picture(cleaned, scale), edges)


def _without_text(page: PdfPage, grey: Grey, scale: float) -> Grey:
    """Of a page with a text layer only the pictures, and of them what no text lies on."""
    upright = upright_of(page)
    characters = read_characters(page.get_textpage(), upright)
    if not characters.text.strip():
        return grey
    shown = np.full_like(grey, _PAPER)
    for box in find_pictures(page, upright, characters):
        shown[_dots(box, scale)] = grey[_dots(box, scale)]
    for drawn in filter(None, characters.boxes):
        shown[_dots(drawn, scale)] = _PAPER
    return shown


def _dots(box: Box, scale: float) -> tuple[slice, slice]:
    left, top, right, bottom = (
        max(0, round(edge * scale)) for edge in (box.left, box.top, box.right, box.bottom)
    )
    return slice(top, bottom), slice(left, right)


def _picture(grey: Grey, scale: float) -> Picture:
    high, wide = grey.shape
    return Picture(wide, high, grey.tobytes(), scale)


def _edges(boxes: tuple[Box, ...]) -> list[list[float]]:
    return [
        [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)] for box in boxes
    ]


if __name__ == "__main__":
    main()
