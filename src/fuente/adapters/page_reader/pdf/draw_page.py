"""The program that draws one page of a PDF with marked places, as a PNG.

Runs as `python -m fuente.adapters.page_reader.pdf.draw_page PAGE TURNED LEFT:TOP:RIGHT:BOTTOM...`
with the file on standard input, confined like the readers. Marks are in points on the page turned.
"""

import base64
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from fuente.adapters.page_reader.pdf.pdf_file import PdfDocument, open_document
from fuente.adapters.page_reader.program import Unreadable, answer
from fuente.adapters.page_reader.wire import line_from_fields
from fuente.documents.span import Box

_DOTS_PER_POINT = 110 / 72
_MAX_SIDE = 4000
"""Pixels: a poster is drawn smaller, so that no page needs more than 64 MB."""

_MARK = (255, 236, 110)
_MARGIN = 1.0


def main() -> None:
    """Read standard input, write one line with the picture."""
    Image.preinit()
    answer(_lines)


def _lines(content: bytes) -> Iterator[bytes]:
    number, turned = map(int, sys.argv[1:3])
    marks = [Box(*map(float, part.split(":"))) for part in sys.argv[3:]]
    try:
        png = draw(open_document(content), number, marks, turned)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(str(error)) from error
    yield line_from_fields({"png": base64.b64encode(png).decode()})


def draw(document: PdfDocument, number: int, marks: Sequence[Box], turned: int = 0) -> bytes:
    """The PNG of one page, turned clockwise by so many degrees, with the places marked.

    Raises:
        Unreadable: there is no such page.
    """
    if not 1 <= number <= len(document):
        raise Unreadable(f"it has {len(document)} pages, there is no page {number}")
    page = document[number - 1]
    scale = min(_DOTS_PER_POINT, _MAX_SIDE / max(1.0, *page.get_size()))
    drawn = page.render(scale=scale, rotation=turned, may_draw_forms=False)
    picture = drawn.to_pil().convert("RGB")
    if marks:
        paper = Image.new("RGB", picture.size, (255, 255, 255))
        pen = ImageDraw.Draw(paper)
        for box in marks:
            pen.rectangle(_pixels(box, scale), fill=_MARK)
        picture = ImageChops.multiply(picture, paper)
    out = BytesIO()
    picture.save(out, PngImagePlugin.PngImageFile.format or "PNG")
    return out.getvalue()


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    return (
        (box.left - _MARGIN) * scale,
        (box.top - _MARGIN) * scale,
        (box.right + _MARGIN) * scale,
        (box.bottom + _MARGIN) * scale,
    )


if __name__ == "__main__":
    main()
