"""The program that reads a PDF with pdfium: one line per page on standard output.

Runs as `python -m fuente.adapters.page_reader.pdf.read_pdf` with the file on standard input,
confined before the first byte is looked at. The first line says how many pages follow, or why none
do.
"""

from collections.abc import Iterator
from functools import partial

import pypdfium2  # type: ignore[import-untyped]

from fuente.adapters.page_reader.limits import MAX_PAGE_CHARACTERS, MAX_TEXT_CHARACTERS
from fuente.adapters.page_reader.pdf.characters import (
    Characters,
    PdfPage,
    TextPage,
    is_bold,
    read_characters,
    size_of,
    upright_of,
)
from fuente.adapters.page_reader.pdf.grids import find_grids
from fuente.adapters.page_reader.pdf.open_tables import find_open_grids
from fuente.adapters.page_reader.pdf.pdf_file import PdfDocument, open_document
from fuente.adapters.page_reader.pdf.pictures import find_pictures
from fuente.adapters.page_reader.pdf.rulings import find_rulings
from fuente.adapters.page_reader.pdf.text_lines import find_lines
from fuente.adapters.page_reader.pdf.unseen import Seen, without_unseen
from fuente.adapters.page_reader.program import Unreadable, answer
from fuente.adapters.page_reader.wire import line_from_fields, line_from_page
from fuente.documents.source import Page


def main() -> None:
    """Read standard input, write one line per page."""
    answer(lambda content: _lines(open_document(content)))


def _lines(document: PdfDocument) -> Iterator[bytes]:
    yield line_from_fields({"pages": len(document)})
    yield from _page_lines(document)


def _page_lines(document: PdfDocument) -> Iterator[bytes]:
    total = 0
    for index in range(len(document)):
        page = _read_page(document, index)
        total += len(page.text)
        if total > MAX_TEXT_CHARACTERS:
            raise Unreadable(f"its text is longer than {MAX_TEXT_CHARACTERS} characters")
        yield line_from_page(page)


def _read_page(document: PdfDocument, index: int) -> Page:
    label = document.get_page_label(index) or ""
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(
            index + 1, label, "", 0.0, 0.0, text_source="none",
            warnings=("the page is damaged and could not be read",),
        )  # fmt: skip
    try:
        return _page(page, text_page, index + 1, label)
    finally:
        text_page.close()
        page.close()


def _page(page: PdfPage, text_page: TextPage, number: int, label: str) -> Page:
    if text_page.count_chars() > MAX_PAGE_CHARACTERS:
        raise Unreadable(f"page {number} has more than {MAX_PAGE_CHARACTERS} characters")
    width, height = page.get_size()
    upright = upright_of(page)
    size_at = partial(size_of, text_page)
    held = read_characters(text_page, upright)
    seen = without_unseen(page, text_page, upright, held, size_at)
    characters = seen.characters
    if not characters.text.strip():
        return Page(number, label, "", width, height, text_source="none", warnings=_said(seen))
    lines = find_lines(characters, size_at, lambda at: is_bold(text_page, at))
    rulings = find_rulings(page, upright)
    ruled = find_grids(rulings, characters, lines)
    opened = find_open_grids(rulings, characters, lines, ruled.grids)
    drawing = [] if rulings.complete else ["the page is a drawing; tables were not looked for"]
    return Page(
        number, label, characters.text, width, height, lines,
        (*ruled.grids, *opened.grids), characters.packed(),
        "ocr" if _is_recognised(seen) else "text",
        (*_said(seen), *drawing, *_unread(ruled.unread + opened.unread), *_doubts(characters)),
        ocr=seen.recognised,
        pictures=find_pictures(page, upright, characters),
    )  # fmt: skip


def _is_recognised(seen: Seen) -> bool:
    """Whether all words of a page are those a scanner recognised."""
    words = seen.characters.text.strip()
    return sum(span.end - span.start for span in seen.recognised) >= len(words)


def _said(seen: Seen) -> tuple[str, ...]:
    left = f"{seen.left_out} characters that the page does not show were left out"
    scan = "invisible words over a picture were kept: some software recognised them"
    return (*([left] if seen.left_out else []), *([scan] if seen.recognised else []))


def _unread(tables: int) -> list[str]:
    if tables > 1:
        return [f"{tables} tables could not be read reliably; their words are kept as prose"]
    return ["a table could not be read reliably; its words are kept as prose"] * tables


def _doubts(characters: Characters) -> list[str]:
    unknown = characters.text.count("\N{REPLACEMENT CHARACTER}")
    private = sum(1 for character in characters.text if "\ue000" <= character <= "\uf8ff")
    if unknown + private > 0.05 * len(characters.text):
        return [f"{unknown + private} characters have no known meaning (font without a map)"]
    return []


if __name__ == "__main__":
    main()
