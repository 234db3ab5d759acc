"""Tables of a whole document: a table that runs over a page break is one table.

Decides which grid continues which and gives every part the caption, headers and footnotes of all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fuente.documents.layout import CAPTION, CONTINUED, PageLayout, PlacedTable, span_of
from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.documents.table_rows import TableReading, TableRow, read_table

_SAME_EDGE = 6.0
"""Points by which the sides of a table may move from one page to the next."""

_MARKER = re.compile(r"\s*([*†‡§¶#¹²³⁴⁵]+|\(?([a-z]|\d)(?=\)|\s))")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A line under a table; an empty marker means it is a note to the whole table."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """What all parts of a table share; `doubtful` when OCR read a number of it unsurely."""

    caption: str
    caption_span: Span | None
    caption_page: int | None
    headers: tuple[str, ...]
    header_words: str
    footnotes: tuple[Footnote, ...]
    doubtful: bool = False

    def footnotes_for(self, row: TableRow) -> tuple[str, ...]:
        """The notes a row refers to by their mark, in the row, a header or the caption."""
        words = " ".join((self.caption, self.header_words, *(cell.text for cell in row.cells)))
        return tuple(note.text for note in self.footnotes if _refers(words, note.marker))


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table on one page, the caption printed there, and a sub-heading still open."""

    rows: tuple[TableRow, ...]
    caption_span: Span | None
    open_subheading: tuple[str, ...] = ()


Parts = dict[tuple[int, int], tuple[Table, TablePart]]


@dataclass(frozen=True, slots=True)
class _Placed:
    page: Page
    table: PlacedTable
    is_first: bool
    is_last: bool


def read_tables(layouts: Sequence[PageLayout]) -> Parts:
    """Every table part, by page number and start of its text."""
    parts: Parts = {}
    for chain in _chains(layouts):
        table, rows = _read_chain(chain)
        open_subheading: tuple[str, ...] = ()
        for placed, reading in rows:
            caption = span_of(placed.table.caption) if placed.table.caption else reading.title
            part = TablePart(reading.rows, caption, open_subheading)
            parts[placed.page.number, placed.table.start] = (table, part)
            subheadings = [row.subheading for row in reading.rows if row.subheading]
            open_subheading = tuple(subheadings[-1:]) or open_subheading
    return parts


def _chains(layouts: Sequence[PageLayout]) -> Iterator[list[_Placed]]:
    chain: list[_Placed] = []
    for placed in _in_order(layouts):
        if chain and _continues(chain[-1], placed, chain[0]):
            chain.append(placed)
            continue
        if chain:
            yield chain
        chain = [placed]
    if chain:
        yield chain


def _in_order(layouts: Sequence[PageLayout]) -> Iterator[_Placed]:
    for layout in layouts:
        for table in layout.tables:
            box = table.grid.box
            mine = {line for note in table.footnotes for line in note}
            others = [t.grid.box for t in layout.tables if t is not table]
            above = [line.box for line in layout.prose] + others
            below = [line.box for line in layout.prose if line not in mine] + others
            yield _Placed(
                layout.page,
                table,
                is_first=not any(other.bottom <= box.top + 2 for other in above),
                is_last=not any(other.top >= box.bottom - 2 for other in below),
            )


def _continues(last: _Placed, new: _Placed, first: _Placed) -> bool:
    if new.page.number != last.page.number + 1 or not last.is_last or not new.is_first:
        return False
    if new.table.grid.columns != last.table.grid.columns:
        return False
    words = _caption_words(new)
    if words and CAPTION.match(words):
        return bool(CONTINUED.search(words)) or words == _caption_words(first)
    if words and not CONTINUED.search(words):
        return False
    here, there = new.table.grid.box, last.table.grid.box
    return abs(here.left - there.left) <= _SAME_EDGE and abs(here.right - there.right) <= _SAME_EDGE


def _read_chain(chain: Sequence[_Placed]) -> tuple[Table, list[tuple[_Placed, TableReading]]]:
    first = chain[0]
    reading = read_table(first.table.grid, first.page)
    readings = [(first, reading)]
    readings.extend(
        (placed, read_table(placed.table.grid, placed.page, reading)) for placed in chain[1:]
    )
    caption_span = span_of(first.table.caption) if first.table.caption else reading.title
    caption = " ".join(caption_span.cut(first.page.text).split()) if caption_span else ""
    table = Table(
        caption,
        caption_span,
        first.page.number if caption_span else None,
        reading.headers,
        reading.header_words,
        tuple(_footnotes(chain)),
        any(_is_doubtful(placed, reading) for placed, reading in readings),
    )
    return table, readings


def _is_doubtful(placed: _Placed, reading: TableReading) -> bool:
    """Whether a doubt lies in the header, the caption or a footnote: beside the rows it belongs to.

    A first cell that the rows below leave empty counts too, for it holds for them.
    """
    page = placed.page
    shared = [line.span for line in placed.table.caption]
    shared += [line.span for note in placed.table.footnotes for line in note]
    # Few words are doubtful, and a long table has a million pairs of a cell and a row.
    inside = [
        span for cell in placed.table.grid.cells for span in cell.spans if page.is_doubtful(span)
    ]
    rows = [row.span for row in reading.rows]
    shared += [span for span in inside if not any(row.contains(span) for row in rows)]
    if any(cell.text and cell.span is None for row in reading.rows for cell in row.cells):
        shared += inside
    return any(page.is_doubtful(span) for span in shared)


def _caption_words(placed: _Placed) -> str:
    if not placed.table.caption:
        return ""
    return " ".join(span_of(placed.table.caption).cut(placed.page.text).split())


def _footnotes(chain: Iterable[_Placed]) -> Iterator[Footnote]:
    for placed in chain:
        for lines in placed.table.footnotes:
            text = " ".join(span_of(lines).cut(placed.page.text).split())
            match = _MARKER.match(text)
            yield Footnote((match[2] or match[1]) if match else "", text)


def _refers(words: str, marker: str) -> bool:
    if not marker:
        return True
    if marker.isalnum():
        return bool(re.search(rf"(?<=[\w)\]]){marker}\b|\s\(?{marker}\)?(?=\s|$)", words))
    return marker in words
