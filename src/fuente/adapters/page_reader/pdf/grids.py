"""Tables from ruling lines: positions between the rules, joined where no rule divides them.

A side left open (no outer rule, as LaTeX tables have) is closed at the ends of the horizontal
rules. Characters belong to the cell their box's centre lies in.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.adapters.page_reader.pdf.lattice import Lattice, find_lattices
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.source import Grid, GridCell, Line
from fuente.documents.span import Box, Span

_MAX_EMPTY_SHARE = 0.75
"""A lattice with more empty positions than this is a chart or a form, not a table."""

_SMALL_LATTICE = 12
_MAX_CUT_SHARE = 0.05
"""Share of the pieces of text in cells that may begin inside a word."""

_FEW_NUMBERS = 2
"""Cells with numbers in what may be a table of doses: of 750 real pages 5 hold one not read."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Region:
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables read, and how many with numbers were not, because their cells are in doubt."""

    grids: tuple[Grid, ...]
    unread: int


def find_grids(rulings: Rulings, characters: Characters, lines: Sequence[Line]) -> Tables:
    """The ruled tables of a page, from top to bottom."""
    grids: list[Grid] = []
    unread = 0
    for lattice in find_lattices(rulings, [line.box for line in lines]):
        plain = _grid(lattice, characters, frozenset())
        if plain is None or not _is_table(plain):
            continue
        if _cuts_words(plain, characters.text):
            unread += holds_numbers(plain.cells, characters.text)
        elif grid := _grid(lattice, characters, _crossed(lattice, characters)):
            grids.append(grid)
    return Tables(tuple(grids), unread)


def holds_numbers(cells: Iterable[GridCell], text: str) -> bool:
    """Whether several cells do, as in a table of doses and seldom in a decision tree."""
    printed = ("".join(span.cut(text) for span in cell.spans) for cell in cells)
    return sum(any(map(str.isdigit, words)) for words in printed) >= _FEW_NUMBERS


def cut_spans(indexes: Sequence[int], text: str) -> tuple[Span, ...]:
    """The runs of text that hold the characters; white space between two does not part them."""
    spans: list[Span] = []
    for index in indexes:
        if spans and not text[spans[-1].end : index].strip():
            spans[-1] = Span(spans[-1].start, index + 1)
        else:
            spans.append(Span(index, index + 1))
    return tuple(spans)


def _grid(lattice: Lattice, characters: Characters, crossed: Set[Place]) -> Grid | None:
    """The cells of a lattice; from `crossed` positions a word goes on into the next."""
    owned = _characters_by_place(lattice, characters)
    regions = _regions(lattice, crossed)
    cells = tuple(
        GridCell(
            region.row,
            region.column,
            region.row_span,
            region.column_span,
            cut_spans(sorted(_owned_by(region, owned)), characters.text),
        )
        for region in regions
    )
    return _without_blank_bands(cells, lattice)


def _characters_by_place(lattice: Lattice, characters: Characters) -> dict[Place, list[int]]:
    owned: dict[Place, list[int]] = defaultdict(list)
    for index, box in enumerate(characters.boxes):
        if box is None or characters.text[index].isspace():
            continue
        column = bisect_right(lattice.xs, (box.left + box.right) / 2) - 1
        row = bisect_right(lattice.ys, (box.top + box.bottom) / 2) - 1
        if 0 <= column < len(lattice.xs) - 1 and 0 <= row < len(lattice.ys) - 1:
            owned[row, column].append(index)
    return owned


def _owned_by(region: _Region, owned: dict[Place, list[int]]) -> Iterable[int]:
    for row in range(region.row, region.row + region.row_span):
        for column in range(region.column, region.column + region.column_span):
            yield from owned.get((row, column), ())


def _regions(lattice: Lattice, crossed: Set[Place]) -> list[_Region]:
    return sorted(
        (
            region
            for places in undivided(lattice)
            for region in _rectangles(places, lattice, crossed)
        ),
        key=lambda region: (region.row, region.column),
    )


def _crossed(lattice: Lattice, characters: Characters) -> frozenset[Place]:
    """The positions from which a word goes on into the next at the right."""
    owned = _characters_by_place(lattice, characters)
    place_of = {index: place for place, indexes in owned.items() for index in indexes}
    ends = ((place, place_of.get(index + 1, place)) for index, place in place_of.items())
    return frozenset(
        (row, column)
        for (row, first), (other, last) in ends
        if row == other
        for column in range(first, last)
    )


def undivided(lattice: Lattice) -> list[list[Place]]:
    """The positions (row, column) of a lattice, those together that no drawn rule divides."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    group = {place: place for place in _places(rows, columns)}

    def root(place: Place) -> Place:
        while group[place] != place:
            place = group[place]
        return place

    for row, column in _places(rows, columns):
        if column + 1 < columns and not lattice.divides_columns(row, column):
            group[root((row, column + 1))] = root((row, column))
        if row + 1 < rows and not lattice.divides_rows(row, column):
            group[root((row + 1, column))] = root((row, column))
    members: dict[Place, list[Place]] = defaultdict(list)
    for place in group:
        members[root(place)].append(place)
    return list(members.values())


def _places(rows: int, columns: int) -> Iterable[Place]:
    return ((row, column) for row in range(rows) for column in range(columns))


def _rectangles(places: list[Place], lattice: Lattice, crossed: Set[Place]) -> Iterable[_Region]:
    """One rectangle; of places that form none each singly, but what a word runs through whole."""
    rows = [row for row, _ in places]
    columns = [column for _, column in places]
    row_span = max(rows) - min(rows) + 1
    column_span = max(columns) - min(columns) + 1
    if row_span * column_span == len(places):
        yield _Region(min(rows), min(columns), row_span, column_span)
        return
    for run in _open_runs(sorted(places), lattice):
        if crossed & set(run[:-1]):
            yield _Region(*run[0], 1, len(run))
        else:
            yield from (_Region(row, column, 1, 1) for row, column in run)


def _open_runs(places: Sequence[Place], lattice: Lattice) -> list[list[Place]]:
    """Places row by row, those together that lie side by side without a rule between them."""
    runs: list[list[Place]] = []
    for row, column in places:
        beside = (row, column - 1)
        if runs and runs[-1][-1] == beside and not lattice.divides_columns(*beside):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return runs


def _without_blank_bands(cells: tuple[GridCell, ...], lattice: Lattice) -> Grid | None:
    """The grid without rows and columns in which no cell of one band has words."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    kept_rows = [r for r in range(rows) if any(_fills(c.row, c.row_span, r, c) for c in cells)]
    kept_columns = [
        n for n in range(columns) if any(_fills(c.column, c.column_span, n, c) for c in cells)
    ]
    if not kept_rows or not kept_columns:
        return None
    kept = tuple(
        moved for cell in cells if (moved := _moved(cell, kept_rows, kept_columns)) is not None
    )
    box = Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    return Grid(box, len(kept_rows), len(kept_columns), kept)


def _cuts_words(grid: Grid, text: str) -> bool:
    """Whether the rules run through words, as the lines of a chart do."""
    starts = [span.start for cell in grid.cells for span in cell.spans]
    cut = sum(1 for at in starts if at and text[at - 1].isalnum() and text[at].isalnum())
    return cut > _MAX_CUT_SHARE * len(starts)


def _fills(start: int, length: int, band: int, cell: GridCell) -> bool:
    return start == band and length >= 1 and bool(cell.spans)


def _moved(cell: GridCell, rows: list[int], columns: list[int]) -> GridCell | None:
    own_rows = [at for at, row in enumerate(rows) if cell.row <= row < cell.row + cell.row_span]
    own_columns = [
        at
        for at, column in enumerate(columns)
        if cell.column <= column < cell.column + cell.column_span
    ]
    if not own_rows or not own_columns:
        return None
    return GridCell(own_rows[0], own_columns[0], len(own_rows), len(own_columns), cell.spans)


def _is_table(grid: Grid) -> bool:
    filled = [cell for cell in grid.cells if cell.spans]
    if grid.columns < 2 or len(filled) < 2 or all(c.column_span == grid.columns for c in filled):
        return False
    positions = grid.rows * grid.columns
    covered = sum(cell.row_span * cell.column_span for cell in filled)
    return positions <= _SMALL_LATTICE or covered >= (1 - _MAX_EMPTY_SHARE) * positions
