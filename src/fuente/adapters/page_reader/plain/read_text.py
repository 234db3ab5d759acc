"""The program that reads plain text and Markdown: pages part at form feeds.

Runs as `python -m fuente.adapters.page_reader.plain.read_text MEDIA_TYPE`, confined like the PDF
program. Lines get boxes as on a typewriter: spacing and headings then mean what they do in print.
"""

import codecs
import re
import sys
from collections.abc import Iterator, Sequence

from fuente.adapters.page_reader.letters import spelled_out
from fuente.adapters.page_reader.limits import MAX_PAGE_CHARACTERS, MAX_PAGES, MAX_TEXT_CHARACTERS
from fuente.adapters.page_reader.plain.pager import PART_LENGTH
from fuente.adapters.page_reader.plain.typewriter import (
    MARGIN_ROWS,
    TOP_ROWS,
    typed_line,
    typed_page,
)
from fuente.adapters.page_reader.program import Unreadable, run
from fuente.adapters.page_reader.wire import MAX_GRID_POSITIONS
from fuente.documents.source import Grid, GridCell, Line, Page
from fuente.documents.span import Box, Span

_MARKDOWN = "text/markdown"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOO_LARGE = "a table is too large to be read as one; its rows were read as lines"
_LONGEST_PART = 3 * PART_LENGTH
"""Characters after which a part ends within a paragraph too."""

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_RULE_ROW = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\s*")

_CELL = re.compile(r"(?<=\|)(?:[^|\\]|\\(?:.|$))*(?=\|)|(?<=\|)(?:[^|\\]|\\(?:.|$))+$")


def main() -> None:
    """Read standard input, write one line per page."""
    run(lambda content: read_pages(content, _MARKDOWN in sys.argv[1:]))


def read_pages(content: bytes, markdown: bool) -> list[Page]:
    """All pages of a text."""
    printed = split_form_feeds(decode(content))
    pages = [part for page in printed for part in _parts(page, markdown)]
    if len(pages) > MAX_PAGES:
        raise Unreadable(f"it has {len(pages)} pages, more than {MAX_PAGES}")
    # Parts that begin at one height would lose the lines they have alike as running heads.
    fall = MARGIN_ROWS if len(pages) > len(printed) else 0
    return [
        page_from_text(number, text, markdown, fall and fall + number)
        for number, text in enumerate(pages, start=1)
    ]


def decode(content: bytes) -> str:
    """Bytes to text by their mark, else UTF-8, else Windows Latin.

    Raises:
        Unreadable: the bytes hold NUL or cannot be decoded.
    """
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise Unreadable(f"its text is not valid {encoding}") from error
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable("it holds NUL bytes and is not text")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise Unreadable(f"its text is longer than {MAX_TEXT_CHARACTERS} characters")
    known = re.sub("[\x01-\x08\x0b\x0e-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", text)
    return spelled_out(known)


def split_form_feeds(text: str) -> list[str]:
    """The pages of a text, line ends made one."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > MAX_PAGES:
        raise Unreadable(f"it has {len(pages)} pages, more than {MAX_PAGES}")
    return pages


def _parts(text: str, markdown: bool) -> Iterator[str]:
    """A page that nobody parted, in parts; none ends in a paragraph or table unless it is long."""
    lines, length = list[str](), 0
    for line in text.split("\n"):
        in_table = markdown and line.lstrip().startswith("|")
        is_between = length >= PART_LENGTH and lines and not lines[-1].strip()
        if is_between or (length >= _LONGEST_PART and not in_table):
            yield _checked(lines)
            lines, length = [], 0
        lines.append(line)
        length += len(line) + 1
    yield _checked(lines)


def _checked(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    if len(text) > MAX_PAGE_CHARACTERS:
        raise Unreadable(f"a page of it has more than {MAX_PAGE_CHARACTERS} characters")
    return text


def page_from_text(number: int, text: str, markdown: bool, top: int = 0) -> Page:
    """A page whose lines stand where a typewriter would put them, `top` rows down or usual."""
    lines = tuple(_lines(text, markdown, top or TOP_ROWS))
    grids = tuple(_grids(text, lines)) if markdown else ()
    kept = [grid for grid in grids if grid.rows * grid.columns <= MAX_GRID_POSITIONS]
    warnings = () if len(kept) == len(grids) else (_TOO_LARGE,)
    return typed_page(number, "", text, lines, kept, warnings=warnings)


def _lines(text: str, markdown: bool, top: int) -> Iterator[Line]:
    start = 0
    for row, words in enumerate(text.split("\n"), start=top):
        heading = _HEADING.match(words) if markdown else None
        column = heading.end() if heading else len(words) - len(words.lstrip())
        if words.strip():
            span = Span(start + column, start + len(words.rstrip()))
            yield typed_line(span, row, column, level=len(heading[1]) if heading else 0)
        start += len(words) + 1


def _grids(text: str, lines: tuple[Line, ...]) -> Iterator[Grid]:
    block: list[Line] = []
    for line in lines:
        adjoins = not block or line.box.top - block[-1].box.bottom < 1
        if line.span.cut(text).startswith("|") and adjoins:
            block.append(line)
            continue
        yield from _grid(block, text)
        block = [line] if line.span.cut(text).startswith("|") else []
    yield from _grid(block, text)


def _grid(block: list[Line], text: str) -> Iterator[Grid]:
    if len(block) < 3 or not _RULE_ROW.fullmatch(block[1].span.cut(text)):
        return
    rows = [_row_cells(line.span, text) for line in (block[0], *block[2:])]
    columns = max(len(row) for row in rows)
    cells = tuple(
        GridCell(row, column, 1, 1, (span,) if span else ())
        for row, spans in enumerate(rows)
        for column, span in enumerate(spans)
    )
    box = Box(
        min(line.box.left for line in block),
        block[0].box.top,
        max(line.box.right for line in block),
        block[-1].box.bottom,
    )
    yield Grid(box, len(rows), columns, cells)


def _row_cells(line: Span, text: str) -> list[Span | None]:
    """The cells between the pipes, the empty ones too; an escaped pipe is a character."""
    cells: list[Span | None] = []
    for match in _CELL.finditer(line.cut(text)):
        words = match[0]
        start = line.start + match.start() + len(words) - len(words.lstrip())
        cells.append(Span(start, start + len(words.strip())) if words.strip() else None)
    return cells


if __name__ == "__main__":
    main()
