"""Writes pages for formats that have no geometry: lines stand where a typewriter would put them.

Spacing, headings and tables then mean what they do in print, so everything after the reader treats
a Word file, a sheet or a web page as it treats a PDF. It decides where lines stand and what the
text of a page is; it does not know the format the words come from.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from struct import pack
from typing import Final

from fuente.adapters.page_reader.letters import spelled_out
from fuente.adapters.page_reader.program import Unreadable
from fuente.adapters.page_reader.wire import MAX_GRID_POSITIONS
from fuente.documents.layout import CAPTION
from fuente.documents.source import Grid, GridCell, Line, Page, Place
from fuente.documents.span import Box, Span

SIZE: Final = 10.0
PITCH: Final = 6.0
LEADING: Final = 12.0
TOP_ROWS: Final = 20
"""Rows left free above and below, so that no line stands where running heads and page numbers do.
"""

MARGIN_ROWS: Final = 400
"""The same for pages of up to 2,000 rows, of which running heads take the outer eighths."""

_PARAGRAPH_ROWS: Final = 2
"""Blank rows before a paragraph: with one, paragraphs of one line would count as lines of one."""

_HEADING_ROWS: Final = 2
"""More blank rows under a heading, or a table right below would take it for its title."""

_TABLE_RIGHT: Final = 80 * PITCH
_TABLE_STEP: Final = 12.0
"""Tables begun on one page are this much wider than those begun on the page before: a table goes on
over a page end only where its sides stay in place.
"""

_CELL_GAP: Final = "\t"
_LEVELS: Final = 6


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of a table to be written; merged ones extend over several rows or columns."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    place: str = ""
    bold: bool = False


def size_of_level(level: int) -> float:
    """The print size of a heading of level 1 (largest) to 6; level 0 is body print."""
    return SIZE + (_LEVELS + 1 - min(level, _LEVELS)) if level else SIZE


def typed_line(span: Span, row: int, column: int, *, level: int = 0, bold: bool = False) -> Line:
    """One line at a row and column of the page, one pitch wide for each character."""
    left = column * PITCH
    right = left + (span.end - span.start) * PITCH
    box = Box(left, row * LEADING, right, (row + 1) * LEADING)
    return Line(span, box, size_of_level(level), bold or bool(level))


def typed_page(
    number: int,
    label: str,
    text: str,
    lines: Sequence[Line],
    grids: Sequence[Grid] = (),
    places: Sequence[Place] = (),
    warnings: Sequence[str] = (),
    doubts: Sequence[Span] = (),
) -> Page:
    """A page of typed lines; without any line it is a page without text."""
    if not lines:
        return Page(number, label, "", 0.0, 0.0, text_source="none", warnings=tuple(warnings))
    return Page(
        number=number,
        label=label,
        text=text,
        width=max(line.box.right for line in lines) + PITCH,
        height=lines[-1].box.bottom + lines[0].box.top,
        lines=tuple(lines),
        grids=tuple(grids),
        character_boxes=pack("<f", nan) * (4 * len(text)),
        places=tuple(places),
        warnings=tuple(warnings),
        doubts=tuple(doubts),
    )


class Typewriter:
    """One page in the making: paragraphs and tables in reading order.

    Args:
        number: the page's physical number, from 1.
        label: what the page is called where that is not its number, such as a sheet's name.

    Each page begins a row lower than the one before: what two pages have alike then does not stand
    at one place, as a running head does, and is kept.
    """

    def __init__(self, number: int, label: str = "") -> None:
        self._number = number
        self._label = label
        self._row = MARGIN_ROWS + number
        self._line_start = 0
        self._under_heading = False
        self._pieces: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._grids: list[Grid] = []
        self._places: list[Place] = []
        self._doubts: list[Span] = []
        self.warnings: list[str] = []

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    def write(self, words: str, *, level: int = 0, bold: bool = False, place: str = "") -> None:
        """One paragraph; its own line ends are kept, white space around lines is not."""
        rows = [row.strip() for row in spelled_out(words).splitlines() if row.strip()]
        self._row += _PARAGRAPH_ROWS if rows else 0
        spans = []
        for row in rows:
            spans.append(self._type(row, level=level, bold=bold))
            self._feed()
        if rows:
            self._under_heading = bool(level) and not CAPTION.match(words)
        self._name_place(spans, place)

    def write_doubtful(self, words: str, place: str = "") -> None:
        """A paragraph as it is printed, whose numbers may be cut or joined: none is a dose."""
        start = self._length
        self.write(words, place=place)
        self._doubts.append(Span(start, self._length))

    def write_table(self, cells: Sequence[TypedCell], begun_on: int = 0) -> None:
        """A table, row by row; a cell of several lines has them one below the other.

        Args:
            cells: what stands where.
            begun_on: the page the table began on, where it goes on from an earlier one.
        """
        if not any(cell.text.strip() for cell in cells):
            return
        self._row += 1 + (_HEADING_ROWS if self._under_heading else 0)
        self._under_heading = False
        top = self._row
        grid_cells = [cell for row in _rows(cells) for cell in self._type_row(row)]
        right = _TABLE_RIGHT + (begun_on or self._number) * _TABLE_STEP
        box = Box(0.0, top * LEADING, right, self._row * LEADING)
        rows, columns = _extent(cells)
        self._grids.append(Grid(box, rows, columns, tuple(grid_cells)))

    def page(self) -> Page:
        """What was written."""
        text = "".join(self._pieces)
        return typed_page(
            *(self._number, self._label, text, self._lines, self._grids, self._places),
            warnings=self.warnings,
            doubts=self._doubts,
        )

    def _type_row(self, cells: Sequence[TypedCell]) -> Iterator[GridCell]:
        typed = False
        for cell in cells:
            spans: list[Span] = []
            for words in filter(
                None, (part.strip() for part in spelled_out(cell.text).splitlines())
            ):
                if typed:
                    self._put("\n" if spans else _CELL_GAP)
                    self._row += bool(spans)
                spans.append(self._type(words, bold=cell.bold))
                typed = True
            self._name_place(spans, cell.place)
            yield GridCell(cell.row, cell.column, cell.row_span, cell.column_span, tuple(spans))
        if typed:
            self._feed()

    def _name_place(self, spans: Sequence[Span], name: str) -> None:
        if not name or not spans:
            return
        start = spans[0].start
        if self._places and self._places[-1].name == name:
            start = self._places.pop().span.start
        self._places.append(Place(Span(start, spans[-1].end), name))

    def _type(self, words: str, *, level: int = 0, bold: bool = False) -> Span:
        span = Span(self._length, self._length + len(words))
        self._put(words)
        column = span.start - self._line_start
        self._lines.append(typed_line(span, self._row, column, level=level, bold=bold))
        return span

    def _feed(self) -> None:
        self._put("\n")
        self._row += 1

    def _put(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)
        if words == "\n":
            self._line_start = self._length


def rows_that_fit(cells: Sequence[TypedCell]) -> int:
    """How many rows of these cells one table may have.

    Raises:
        Unreadable: they are wider than any table is.
    """
    columns = max(1, _extent(cells)[1])
    if columns > MAX_GRID_POSITIONS:
        raise Unreadable(f"a table in it has more than {MAX_GRID_POSITIONS} columns")
    return MAX_GRID_POSITIONS // columns


def cut_table(
    cells: Sequence[TypedCell], most_rows: int, first_rows: int = 0
) -> Iterator[list[TypedCell]]:
    """A long table in parts of so many rows; no part ends within a merged cell unless it must.

    Args:
        cells: the whole table.
        most_rows: how many rows a part has at most.
        first_rows: how many the first part has at most, where that differs.
    """
    rows, columns = _extent(cells)
    held = _held_together(cells, rows)
    in_order = sorted(cells, key=lambda cell: cell.row)
    start, most, first = 0, first_rows or most_rows, 0
    while start < rows:
        end = min(start + most, rows)
        end = next((cut for cut in range(end, start, -1) if cut not in held), end)
        last = bisect_left(in_order, end, key=lambda cell: cell.row)
        yield _part(in_order[first:last], start, end, columns)
        start, most, first = end, most_rows, last


def _held_together(cells: Sequence[TypedCell], rows: int) -> set[int]:
    """The rows before which a cut would go through a cell."""
    return {
        row for cell in cells for row in range(cell.row + 1, min(cell.row + cell.row_span, rows))
    }


def _part(cells: Sequence[TypedCell], start: int, end: int, columns: int) -> list[TypedCell]:
    inside = [_moved_up(cell, start, end) for cell in cells]
    if _extent(inside) == (end - start, columns):
        return inside
    # An empty cell in the last place keeps the part as wide and as long as it is.
    return [*inside, TypedCell(end - start - 1, columns - 1, "")]


def _moved_up(cell: TypedCell, start: int, end: int) -> TypedCell:
    """A cell as it stands in the rows from `start` on, cut off at `end`."""
    return TypedCell(
        row=cell.row - start,
        column=cell.column,
        text=cell.text,
        row_span=min(cell.row_span, end - cell.row),
        column_span=cell.column_span,
        place=cell.place,
        bold=cell.bold,
    )


def _extent(cells: Sequence[TypedCell]) -> tuple[int, int]:
    """How many rows and columns some cells cover."""
    return (
        max((cell.row + cell.row_span for cell in cells), default=0),
        max((cell.column + cell.column_span for cell in cells), default=0),
    )


def _rows(cells: Sequence[TypedCell]) -> Iterator[list[TypedCell]]:
    rows: dict[int, list[TypedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    for _, row in sorted(rows.items()):
        yield sorted(row, key=lambda cell: cell.column)
