"""Writes pages for formats that have no geometry: lines stand where a typewriter would put them.

Spacing, headings and tables then mean what they do in print, so everything after the reader treats
a Word file, a sheet or a web page as it treats a PDF. It decides where lines stand and what the
text of a page is; it does not know the format the words come from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from struct import pack
from typing import Final

from fuente.documents.source import Grid, GridCell, Line, Page, Place
from fuente.documents.span import Box, Span

SIZE: Final = 10.0
PITCH: Final = 6.0
LEADING: Final = 12.0
TOP_ROWS: Final = 20
"""Rows left free above and below, so that no line stands where running heads and page numbers do.
"""

_SHEET: Final = 600.0
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
) -> Page:
    """A page of typed lines; without any line it is a page without text."""
    if not lines:
        return Page(number, label, "", 0.0, 0.0, text_source="none", warnings=tuple(warnings))
    return Page(
        number=number,
        label=label,
        text=text,
        width=max(line.box.right for line in lines) + PITCH,
        height=lines[-1].box.bottom + TOP_ROWS * LEADING,
        lines=tuple(lines),
        grids=tuple(grids),
        character_boxes=pack("<f", nan) * (4 * len(text)),
        places=tuple(places),
        warnings=tuple(warnings),
    )


class Typewriter:
    """One page in the making: paragraphs and tables in reading order.

    Args:
        number: the page's physical number, from 1.
        label: what the page is called where that is not its number, such as a sheet's name.
    """

    def __init__(self, number: int, label: str = "") -> None:
        self._number = number
        self._label = label
        self._row = TOP_ROWS
        self._line_start = 0
        self._pieces: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._grids: list[Grid] = []
        self._places: list[Place] = []
        self.warnings: list[str] = []

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    def write(self, words: str, *, level: int = 0, bold: bool = False, place: str = "") -> None:
        """One paragraph; its own line ends are kept, white space around lines is not."""
        self._row += 1
        spans = []
        for row in filter(None, (row.strip() for row in words.splitlines())):
            spans.append(self._type(row, level=level, bold=bold))
            self._feed()
        if place and spans:
            self._places.append(Place(Span(spans[0].start, spans[-1].end), place))

    def write_table(self, cells: Sequence[TypedCell]) -> None:
        """A table, row by row; a cell of several lines has them one below the other."""
        written = [cell for cell in cells if cell.text.strip()]
        if not written:
            return
        self._row += 1
        top = self._row
        grid_cells = [cell for row in _rows(cells) for cell in self._type_row(row)]
        # All tables are as wide as the sheet: parts of one table on two pages then fit together.
        box = Box(0.0, top * LEADING, _SHEET, self._row * LEADING)
        rows = max(cell.row + cell.row_span for cell in cells)
        columns = max(cell.column + cell.column_span for cell in cells)
        self._grids.append(Grid(box, rows, columns, tuple(grid_cells)))

    def page(self) -> Page:
        """What was written."""
        text = "".join(self._pieces)
        return typed_page(
            self._number, self._label, text, self._lines, self._grids, self._places, self.warnings
        )

    def _type_row(self, cells: Sequence[TypedCell]) -> Iterator[GridCell]:
        typed = False
        for cell in cells:
            spans: list[Span] = []
            for words in filter(None, (part.strip() for part in cell.text.splitlines())):
                if typed:
                    self._put("\n" if spans else _CELL_GAP)
                    self._row += bool(spans)
                spans.append(self._type(words))
                typed = True
            if cell.place and spans:
                self._places.append(Place(Span(spans[0].start, spans[-1].end), cell.place))
            yield GridCell(cell.row, cell.column, cell.row_span, cell.column_span, tuple(spans))
        if typed:
            self._feed()

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


def _rows(cells: Sequence[TypedCell]) -> Iterator[list[TypedCell]]:
    rows: dict[int, list[TypedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    for _, row in sorted(rows.items()):
        yield sorted(row, key=lambda cell: cell.column)
