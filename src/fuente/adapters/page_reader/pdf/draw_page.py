"""The program that draws one page of a PDF with marked spans, as a PNG.

Runs as `python -m fuente.adapters.page_reader.pdf.draw_page PAGE START:END...` with the file on
standard input, confined like the readers. Marks stand where the stored characters stand.
"""

import base64
import sys
from collections.abc import Iterable, Sequence
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from fuente.adapters.page_reader.limits import close_doors, confine
from fuente.adapters.page_reader.pdf.characters import Characters, read_characters, upright_of
from fuente.adapters.page_reader.pdf.pdf_file import PdfDocument, open_document
from fuente.adapters.page_reader.program import Unreadable
from fuente.adapters.page_reader.wire import line_from_fields
from fuente.documents.span import Box, Span

_DOTS_PER_POINT = 110 / 72
_MAX_SIDE = 4000
"""Pixels: a poster is drawn smaller, so that no page needs more than 64 MB."""

_MARK = (255, 236, 110)
_MARGIN = 1.0


def main() -> None:
    """Read standard input, write one line with the picture."""
    confine()
    Image.preinit()
    content = sys.stdin.buffer.read()
    close_doors()
    try:
        number = int(sys.argv[1])
        spans = [Span(*map(int, part.split(":"))) for part in sys.argv[2:]]
        png = draw(open_document(content), number, spans)
        message = {"png": base64.b64encode(png).decode()}
    except (Unreadable, pypdfium2.PdfiumError) as error:
        message = {"rejected": str(error)}
    except MemoryError:
        message = {"failed": "it ran out of memory"}
    sys.stdout.buffer.write(line_from_fields(message))


def draw(document: PdfDocument, number: int, spans: Sequence[Span]) -> bytes:
    """The PNG of one page with its spans marked.

    Raises:
        Unreadable: there is no such page.
    """
    if not 1 <= number <= len(document):
        raise Unreadable(f"it has {len(document)} pages, there is no page {number}")
    page = document[number - 1]
    scale = min(_DOTS_PER_POINT, _MAX_SIDE / max(1.0, *page.get_size()))
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    if spans:
        characters = read_characters(page.get_textpage(), upright_of(page))
        marks = Image.new("RGB", picture.size, (255, 255, 255))
        pen = ImageDraw.Draw(marks)
        for box in line_boxes(characters, spans):
            pen.rectangle(_pixels(box, scale), fill=_MARK)
        picture = ImageChops.multiply(picture, marks)
    out = BytesIO()
    picture.save(out, PngImagePlugin.PngImageFile.format or "PNG")
    return out.getvalue()


def line_boxes(characters: Characters, spans: Iterable[Span]) -> list[Box]:
    """The rectangles that cover the drawn characters of the spans, one per stretch of a line."""
    found: list[Box] = []
    for span in spans:
        fresh = True
        for box in characters.boxes[span.start : span.end]:
            if box is None:
                continue
            if not fresh and _on_one_line(found[-1], box):
                found[-1] = _hull(found[-1], box)
            else:
                found.append(box)
            fresh = False
    return found


def _on_one_line(one: Box, other: Box) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return overlap > 0.4 * height and other.left - one.right < 1.5 * height


def _hull(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    return (
        (box.left - _MARGIN) * scale,
        (box.top - _MARGIN) * scale,
        (box.right + _MARGIN) * scale,
        (box.bottom + _MARGIN) * scale,
    )


if __name__ == "__main__":
    main()
