"""A printed table as headers and rows: which rows are headers, what each cell's header path is.

Works on one grid of one page. What stands around the table (caption, footnotes, the page before) is
`layout`'s affair.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from fuente.documents.passage import Cell
from fuente.documents.source import Grid, GridCell, Page
from fuente.documents.span import Span

_MAX_HEADER_ROWS = 4
_MAX_HEADER_SPAN = 3
_HEADER_SEPARATOR = " / "
_MAX_SUBHEADING = 120
_DATA_LIKE = re.compile(
    r"\d[.,\s]*(?:mg|mcg|µg|μg|g|UI|IU|U|MU|mL|ml|Gy|mmol)\b(?!\s*\))", re.IGNORECASE
)


_NUMBER = re.compile(r"(?<![^\W\d_])\d")
"""A digit that no letter precedes: `mg/m2` holds none."""


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


def read_table(grid: Grid, page: Page, beginning: TableReading | None = None) -> TableReading:
    """Read one grid; `beginning` is the table it continues, whose headers hold here too."""
    title = _title(grid)
    first = 1 if title else 0
    body = _body_start(grid, page, first)
    headers = _headers(grid, page, first, body)
    if beginning:
        body = _repeated_rows(grid, page, beginning.header_words)
        headers = beginning.headers
    words = _words_of_rows(grid, page, first, body)
    homes = _home_rows(grid)
    across = _cells_across(grid)
    rows = (
        _row(grid, page, headers, across[row], [c for c in across[row] if homes.get(c) == row])
        for row in range(body, grid.rows)
    )
    return TableReading(headers, words, tuple(_filled_down(row for row in rows if row)), title)


def _filled_down(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    """Rows whose first cells are left empty where they would repeat those of the row above."""
    above: TableRow | None = None
    for row in rows:
        if above is not None and _repeats_first(row, above):
            row = replace(row, cells=_with_first(row.cells, above.cells))
        above = None if row.subheading else row
        yield row


def _repeats_first(row: TableRow, above: TableRow) -> bool:
    """Whether an empty first cell stands for the one above: the row states an amount of its own."""
    same_columns = [cell.header for cell in row.cells] == [cell.header for cell in above.cells]
    stated = any(_DATA_LIKE.search(cell.text) for cell in row.cells)
    return same_columns and stated and bool(row.cells[0].header) and not row.cells[0].text


def _with_first(cells: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    empty = next(place for place, cell in enumerate(cells) if cell.text)
    filled = (replace(one, text=other.text) for one, other in zip(cells, above, strict=True))
    return (*list(filled)[:empty], *cells[empty:])


def _repeated_rows(grid: Grid, page: Page, header_words: str) -> int:
    """How many rows at the top only repeat the header (and the title) of the beginning."""
    wanted = _letters(header_words)
    for end in range(1, min(_MAX_HEADER_ROWS + 1, grid.rows)):
        words = _letters(_words_of_rows(grid, page, 0, end))
        if wanted and words.endswith(wanted):
            return end
    return 0


def _words_of_rows(grid: Grid, page: Page, first: int, end: int) -> str:
    cells = (cell for cell in grid.cells if first <= cell.row < end and cell.spans)
    return " ".join(_words(cell, page) for cell in cells)


def _letters(words: str) -> str:
    return "".join(words.split()).casefold()


def _title(grid: Grid) -> Span | None:
    top = [cell for cell in grid.cells if cell.row == 0]
    if grid.rows < 2 or len(top) != 1 or top[0].column_span < grid.columns or not top[0].spans:
        return None
    return Span(top[0].spans[0].start, top[0].spans[-1].end)


def _body_start(grid: Grid, page: Page, first: int) -> int:
    """The first row that is no header: below the merged header cells and what divides them."""
    if grid.rows - first < 2 or _is_data(grid, page, first):
        return first
    end = first + max(
        (c.row_span for c in _starting_in(grid, first) if c.row_span <= _MAX_HEADER_SPAN), default=1
    )
    while end < min(first + _MAX_HEADER_ROWS, grid.rows - 1) and (
        _divides_header(grid, page, first, end) or _is_bold_header(grid, page, end)
    ):
        end += 1
    return max(first + 1, min(end, grid.rows - 1))


def _divides_header(grid: Grid, page: Page, first: int, row: int) -> bool:
    """Whether a row names the parts of a merged header cell above it."""
    merged = [
        cell
        for cell in grid.cells
        if first <= cell.row < row
        and cell.row + cell.row_span == row
        and cell.spans
        and 1 < cell.column_span < grid.columns
    ]
    below = [cell for cell in _starting_in(grid, row) if cell.spans]
    if any(_DATA_LIKE.search(_words(cell, page)) for cell in below):
        return False
    return any(sum(_stands_under(cell, header) for cell in below) > 1 for header in merged)


def _stands_under(cell: GridCell, header: GridCell) -> bool:
    end = cell.column + cell.column_span
    return header.column <= cell.column and end <= header.column + header.column_span


def _is_bold_header(grid: Grid, page: Page, row: int) -> bool:
    """Whether a row is set in bold, in more than one cell, without doses."""
    filled = [cell for cell in _starting_in(grid, row) if cell.spans]
    if len(filled) < 2 or len(filled) < grid.columns / 2:
        return False
    return _is_bold(grid, page, row) and not _dose_columns(grid, page, row)


def _starting_in(grid: Grid, row: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.row == row]


def _is_data(grid: Grid, page: Page, row: int) -> bool:
    """Whether a row looks like the rows below it: doses with units in the same columns."""
    here = _dose_columns(grid, page, row)
    if _is_bold(grid, page, row):
        return False
    if not here:
        return grid.columns == 2 and _pairs_label_with_value(grid, page, row)
    below: list[set[int]] = [set() for _ in range(row + 1, grid.rows)]
    for cell in grid.cells:
        if cell.row > row and _DATA_LIKE.search(_words(cell, page)):
            below[cell.row - row - 1].add(cell.column)
    return not below or any(here & columns for columns in below) or not any(below)


def _pairs_label_with_value(grid: Grid, page: Page, row: int) -> bool:
    """Whether a row of a two-column table is a label with a value, as on a title page."""
    values = [cell for cell in _starting_in(grid, row) if cell.column == 1]
    return any(_NUMBER.search(_words(cell, page)) for cell in values)


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


def _cells_across(grid: Grid) -> list[list[GridCell]]:
    """The cells of each row, those that reach into it from above included."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(cell)
    return rows


def _row(
    grid: Grid,
    page: Page,
    headers: Sequence[str],
    across: Sequence[GridCell],
    at_home: Iterable[GridCell],
) -> TableRow | None:
    """The row some cells lie across; its text is that of the cells at home in it."""
    span = _hull(cell.spans for cell in at_home)
    if span is None:
        return None
    subheading = _subheading(across, page, grid)
    cells = tuple(
        Cell("" if subheading else _header_of(cell, headers), _words(cell, page),
             _cell_span(cell, span))
        for cell in sorted(across, key=lambda cell: cell.column)
    )  # fmt: skip
    return TableRow(span, cells, subheading)


def _subheading(across: Sequence[GridCell], page: Page, grid: Grid) -> str:
    """The words of a row that is nothing but one cell across the table, or all but a narrow one."""
    filled = [cell for cell in across if cell.spans]
    if len(filled) != 1 or grid.columns < 2:
        return ""
    needed = grid.columns if grid.columns < 3 else grid.columns - 1
    words = _words(filled[0], page)
    return words if filled[0].column_span >= needed and len(words) <= _MAX_SUBHEADING else ""


def _home_rows(grid: Grid) -> dict[GridCell, int]:
    """The row whose text each cell's words are part of.

    A cell over several rows belongs to the first row beside whose words its own stand, without
    another row's between; to none of them when there is no such row.
    """
    homes = {cell: cell.row for cell in grid.cells if cell.spans and cell.row_span == 1}
    pieces: dict[int, list[Sequence[Span]]] = {row: [] for row in range(grid.rows)}
    for cell, home in homes.items():
        pieces[home].append(cell.spans)
    hulls = {row: _hull(spans) for row, spans in pieces.items()}
    for cell in grid.cells:
        if not cell.spans or cell in homes:
            continue
        for row in range(cell.row, cell.row + cell.row_span):
            hull = _hull((cell.spans, (own,) if (own := hulls[row]) else ()))
            others = [other for at, other in hulls.items() if at != row and other]
            if hull and not any(_overlap(hull, other) for other in others):
                homes[cell] = row
                hulls[row] = hull
                break
    return homes


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
