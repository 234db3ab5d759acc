"""A printed table as headers and rows: which rows are headers, what each cell's header path is.

Works on one grid of one page. What stands around the table (caption, footnotes, the page before) is
`layout`'s affair.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fuente.documents.passage import Cell
from fuente.documents.source import Grid, GridCell, Page
from fuente.documents.span import Span

_MAX_HEADER_ROWS = 4
_HEADER_SEPARATOR = " / "
_DATA_LIKE = re.compile(
    r"\d[\d.,\s]*\s?(?:mg|mcg|µg|μg|g|UI|IU|U|MU|mL|ml|Gy|mmol)\b(?!\s*\))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One body row; `subheading` is set for a row that is one cell across the whole table."""

    span: Span
    cells: tuple[Cell, ...]
    subheading: str = ""


@dataclass(frozen=True, slots=True)
class TableReading:
    """A grid read: the header path of each column, the words of the header, and the body rows.

    `title` is a first row of one cell across the table, which names it.
    """

    headers: tuple[str, ...]
    header_words: str
    rows: tuple[TableRow, ...]
    title: Span | None = None


def read_table(grid: Grid, page: Page, inherited: tuple[str, ...] = ()) -> TableReading:
    """Read one grid; `inherited` are the headers of the table it continues, if it repeats none."""
    title = _title(grid)
    first = 1 if title else 0
    body = first if inherited else _body_start(grid, page, first)
    headers = inherited or _headers(grid, page, first, body)
    words = " ".join(
        _words(cell, page) for cell in grid.cells if first <= cell.row < body and cell.spans
    )
    rows = (_row(grid, page, row, headers) for row in range(body, grid.rows))
    return TableReading(headers, words, tuple(row for row in rows if row), title)


def first_rows_words(grid: Grid, page: Page, rows: int) -> str:
    """The words of the first rows, to compare with another table's header."""
    cells = (cell for cell in grid.cells if cell.row < rows and cell.spans)
    return " ".join(_words(cell, page) for cell in cells)


def _title(grid: Grid) -> Span | None:
    top = [cell for cell in grid.cells if cell.row == 0]
    if grid.rows < 2 or len(top) != 1 or top[0].column_span < grid.columns or not top[0].spans:
        return None
    return Span(top[0].spans[0].start, top[0].spans[-1].end)


def _body_start(grid: Grid, page: Page, first: int) -> int:
    if grid.rows - first < 2 or _is_data(grid, page, first):
        return first
    end = first + 1
    for row in range(first, min(first + _MAX_HEADER_ROWS, grid.rows - 1)):
        if row >= end:
            break
        for cell in _starting_in(grid, row):
            if cell.column_span > 1 and cell.spans:
                end = max(end, cell.row + cell.row_span + 1)
            elif cell.spans:
                end = max(end, _header_end(cell, grid))
    while end < grid.rows - 1 and _is_bold(grid, page, end) and not _is_data(grid, page, end):
        end += 1
    return min(end, grid.rows - 1)


def _header_end(cell: GridCell, grid: Grid) -> int:
    """A header cell may cover two rows; one that covers most of the table is a row label."""
    end = cell.row + cell.row_span
    return end if cell.row_span <= 3 and end < grid.rows else cell.row + 1


def _starting_in(grid: Grid, row: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.row == row]


def _is_data(grid: Grid, page: Page, row: int) -> bool:
    """Whether a row looks like the rows below it: doses with units in the same columns."""
    here = _dose_columns(grid, page, row)
    if not here or _is_bold(grid, page, row):
        return False
    below = [_dose_columns(grid, page, other) for other in range(row + 1, grid.rows)]
    return not below or any(here & columns for columns in below) or not any(below)


def _dose_columns(grid: Grid, page: Page, row: int) -> set[int]:
    return {
        cell.column for cell in _starting_in(grid, row) if _DATA_LIKE.search(_words(cell, page))
    }


def _is_bold(grid: Grid, page: Page, row: int) -> bool:
    spans = [span for cell in _starting_in(grid, row) for span in cell.spans]
    if not spans:
        return False
    touched = [line for line in page.lines if any(_overlap(line.span, span) for span in spans)]
    return bool(touched) and all(line.bold for line in touched)


def _headers(grid: Grid, page: Page, first: int, body: int) -> tuple[str, ...]:
    paths: list[str] = []
    for column in range(grid.columns):
        parts: list[str] = []
        for cell in grid.cells:
            covers = cell.column <= column < cell.column + cell.column_span
            if covers and first <= cell.row < body and (words := _words(cell, page)):
                parts.append(words)
        paths.append(_HEADER_SEPARATOR.join(dict.fromkeys(parts)))
    return tuple(paths)


def _row(grid: Grid, page: Page, row: int, headers: Sequence[str]) -> TableRow | None:
    across = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
    span = _row_span(grid, page, across)
    if span is None:
        return None
    cells = tuple(
        Cell(_header_of(cell, headers), _words(cell, page), _cell_span(cell, span))
        for cell in sorted(across, key=lambda cell: cell.column)
    )
    whole = len(across) == 1 and across[0].column_span == grid.columns and grid.columns > 1
    return TableRow(span, cells, cells[0].text if whole else "")


def _row_span(grid: Grid, page: Page, across: Sequence[GridCell]) -> Span | None:
    """From the first to the last of the row's own characters.

    A cell that covers several rows belongs to the row whose words it stands beside, without other
    rows' words between.
    """
    own = _hull(cell.spans for cell in across if cell.row_span == 1)
    shared = [cell for cell in across if cell.row_span > 1 and cell.spans]
    if own is None:
        return _hull(cell.spans for cell in shared)
    foreign = [span for cell in grid.cells if cell not in across for span in cell.spans]
    for cell in shared:
        wider = _hull((cell.spans, (own,)))
        if wider and not any(_overlap(wider, span) for span in foreign):
            own = wider
    return own


def _hull(groups: Iterable[Sequence[Span]]) -> Span | None:
    spans = [span for group in groups for span in group]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _cell_span(cell: GridCell, row: Span) -> Span | None:
    whole = _hull((cell.spans,))
    return whole if whole and row.contains(whole) else None


def _header_of(cell: GridCell, headers: Sequence[str]) -> str:
    covered = headers[cell.column : cell.column + cell.column_span]
    return _HEADER_SEPARATOR.join(dict.fromkeys(header for header in covered if header))


def _words(cell: GridCell, page: Page) -> str:
    return " ".join(" ".join(span.cut(page.text) for span in cell.spans).split())


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
