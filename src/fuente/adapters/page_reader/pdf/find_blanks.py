"""The program that tells which pages of a PDF show nothing at all.

Runs as `python -m fuente.adapters.page_reader.pdf.find_blanks PAGE...` with the file on standard
input, confined like the readers; it writes one line per page. A page with any ink is not blank: a
dot may be a page number, and outlines may be words.
"""

import sys
from collections.abc import Iterator

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.characters import PdfPage
from fuente.adapters.page_reader.pdf.pdf_file import open_document
from fuente.adapters.page_reader.pdf.pictures import image_objects
from fuente.adapters.page_reader.program import answer
from fuente.adapters.page_reader.wire import line_from_fields

_MAX_SIDE = 2000.0
"""Dots: a page is drawn at one dot per point, a poster coarser."""

_GRAIN = 20
"""Grey levels between the lightest and the darkest dot of an empty sheet once scanned.

Drawn at 72 dpi, empty places of seven scanned pages differ by 9 to 13 within half an inch; a black
full stop of 4 points differs by at least 45 from its paper, wherever between two dots it falls.
"""


def main() -> None:
    """Read standard input, write one line per page asked for."""
    answer(_lines)


def _lines(content: bytes) -> Iterator[bytes]:
    document = open_document(content)
    for number in map(int, sys.argv[1:]):
        try:
            blank = _is_blank(document[number - 1])
        except pypdfium2.PdfiumError:
            blank = False
        yield line_from_fields({"page": number, "blank": blank})


def _is_blank(page: PdfPage) -> bool:
    """Whether the drawn page is one even ground: exactly so, or up to the grain of its pictures."""
    scale = min(1.0, _MAX_SIDE / max(1.0, *page.get_size()))
    unlike = _unlike(page.render(scale=scale, may_draw_forms=False))
    if unlike >= _GRAIN:
        return False
    images = list(image_objects(page))
    return all(map(_has_grain, images)) if images else unlike == 0


def _has_grain(image: object) -> bool:
    """Whether pdfium decoded it; what it cannot decode, it leaves out or makes exactly white."""
    bitmap = pdfium.FPDFImageObj_GetBitmap(image)
    return bool(bitmap) and _unlike(pypdfium2.PdfBitmap.from_raw(bitmap)) > 0


def _unlike(bitmap: pypdfium2.PdfBitmap) -> int:
    """The grey levels between its lightest and its darkest dot, in the colour they differ most."""
    dots = bitmap.to_numpy()[..., :3]
    return int(np.max(dots.max(axis=(0, 1)).astype(np.int16) - dots.min(axis=(0, 1))))


if __name__ == "__main__":
    main()
