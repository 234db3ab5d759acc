"""Which cells of a sheet make a table and which are words around one.

Blocks are parted by empty rows, tables side by side by empty columns. A block of one row or one
column is text, and so are the lines above and below a table that stand in its first column alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from fuente.adapters.page_reader.office.sheet_cells import (
    At,
    Merge,
    SheetCell,
    SheetCells,
    reference,
)
from fuente.adapters.page_reader.plain.typewriter import TypedCell
from fuente.adapters.page_reader.program import Unreadable

_MAX_POSITIONS: Final = 2_000_000
_NOTE: Final = re.compile(r"[^\w\s]|(?:notas?|notes?|obs|fuente|source|fonte)\b", re.IGNORECASE)
_NOTE_LENGTH: Final = 40
"""Words longer than this in a table's first column alone are a remark, not a row."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """One line of words on a sheet."""

    text: str
    place: str
    bold: bool
    large: bool


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table on a sheet."""

    cells: tuple[TypedCell, ...]


SheetBlock = SheetText | SheetTable


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows and columns that belong together, as they are shown one after the other."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]


def blocks_of(sheet: SheetCells) -> Iterator[SheetBlock]:
    """The blocks of a sheet from top to bottom, and from left to right."""
    return _Blocks(sheet).blocks()


class _Blocks:
    def __init__(self, sheet: SheetCells) -> None:
        self._sheet = sheet
        self._rows = _by_row(sheet.cells)
        self._merges = {(one.top, one.left): one for one in sheet.merges}
        self._last_column = max((column for _, column in sheet.cells), default=0)
        self._covered = dict(self._covered_rows())

    def blocks(self) -> Iterator[SheetBlock]:
        rows = sorted(self._rows.keys() | self._covered.keys())
        for group in _runs(rows, sorted(self._sheet.hidden_rows)):
            above, body, below = self._peeled(group)
            yield from self._texts(above)
            for block in self._side_by_side(body):
                yield from self._block(block)
            yield from self._texts(below)

    def _covered_rows(self) -> Iterator[tuple[int, set[int]]]:
        """The columns that a merged cell from above fills, by row."""
        filled: dict[int, set[int]] = {}
        last = max(self._rows, default=0)
        spans = [
            (merge.left, range(merge.top + 1, min(merge.bottom, last) + 1))
            for at, merge in self._merges.items()
            if at in self._sheet.cells
        ]
        if sum(len(rows) for _, rows in spans) > _MAX_POSITIONS:
            raise Unreadable(f"the merged cells on its sheet {self._sheet.name} are too large")
        for column, rows in spans:
            for row in rows:
                filled.setdefault(row, set()).add(column)
        hidden = self._sheet.hidden_rows
        return ((row, columns) for row, columns in filled.items() if row not in hidden)

    def _peeled(self, rows: Sequence[int]) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Titles above a table, the table, and remarks below it."""
        left = min(column for row in rows for column in self._columns_in(row))
        start, end = 0, len(rows)
        while start < end and self._is_alone(rows[start], left):
            start += 1
        while end > start and self._is_alone(rows[end - 1], left) and self._is_note(rows[end - 1]):
            end -= 1
        return rows[:start], rows[start:end], rows[end:]

    def _columns_in(self, row: int) -> set[int]:
        return set(self._rows.get(row, {})) | self._covered.get(row, set())

    def _is_alone(self, row: int, left: int) -> bool:
        """Whether a row has nothing but one cell in the first column, of this row alone."""
        merge = self._merges.get((row, left))
        return self._columns_in(row) == {left} and not (merge and merge.bottom > row)

    def _is_note(self, row: int) -> bool:
        words = next((cell.text for cell in self._rows.get(row, {}).values()), "").strip()
        return len(words) > _NOTE_LENGTH or bool(_NOTE.match(words))

    def _side_by_side(self, rows: Sequence[int]) -> Iterator[_Block]:
        columns = sorted({column for row in rows for column in self._filled_in(row)})
        for part in _joined_runs(_runs(columns, sorted(self._sheet.hidden_columns))):
            inside = set(part)
            used = tuple(row for row in rows if self._columns_in(row) & inside)
            yield _Block(used, tuple(part))

    def _filled_in(self, row: int) -> Iterator[int]:
        """The columns of a row with words, and those their merged cells extend over."""
        for column in self._columns_in(row):
            merge = self._merges.get((row, column))
            end = min(merge.right, self._last_column) if merge else column
            yield from range(column, end + 1)

    def _block(self, block: _Block) -> Iterator[SheetBlock]:
        if len(block.rows) < 2 or len(block.columns) < 2:
            yield from self._texts(block.rows, set(block.columns))
            return
        if len(block.rows) * len(block.columns) > _MAX_POSITIONS:
            raise Unreadable(f"a table on its sheet {self._sheet.name} is too large")
        yield SheetTable(tuple(self._typed(block)))

    def _texts(self, rows: Iterable[int], columns: set[int] | None = None) -> Iterator[SheetText]:
        for row in rows:
            found = self._rows.get(row, {})
            kept = sorted(c for c in found if columns is None or c in columns)
            if kept:
                yield self._text(row, [(column, found[column]) for column in kept])

    def _text(self, row: int, cells: Sequence[tuple[int, SheetCell]]) -> SheetText:
        found = [cell for _, cell in cells]
        name = reference(row, cells[0][0])
        if len(cells) > 1:
            name = f"{name} to {reference(row, cells[-1][0])}"
        return SheetText(
            text="\t".join(cell.text for cell in found),
            place=self._place(name),
            bold=all(cell.bold for cell in found),
            large=all(cell.large for cell in found),
        )

    def _typed(self, block: _Block) -> Iterator[TypedCell]:
        taken: set[At] = set()
        for row, number in enumerate(block.rows):
            alone = self._is_subheading(number, block)
            for column, letter in enumerate(block.columns):
                if (row, column) in taken:
                    continue
                cell = self._rows.get(number, {}).get(letter, SheetCell(""))
                typed = self._cell(cell, (row, column), block, alone)
                if typed.row_span > 1 or typed.column_span > 1:
                    taken.update(_positions(typed))
                yield typed

    def _cell(self, cell: SheetCell, at: At, block: _Block, alone: bool) -> TypedCell:
        row, column = at
        number, letter = block.rows[row], block.columns[column]
        merge = self._merges.get((number, letter)) or Merge(number, letter, number, letter)
        width = len(block.columns) if alone else _count(block.columns, letter, merge.right)
        return TypedCell(
            row=row,
            column=column,
            text=cell.text,
            row_span=_count(block.rows, number, merge.bottom),
            column_span=width,
            place=self._place(reference(number, letter)),
            bold=cell.bold,
        )

    def _is_subheading(self, row: int, block: _Block) -> bool:
        """Whether bold words stand alone in a row: they head the rows below, as print would."""
        first = block.columns[0]
        cell = self._rows.get(row, {}).get(first)
        return cell is not None and cell.bold and self._columns_in(row) == {first}

    def _place(self, name: str) -> str:
        return f"sheet {self._sheet.name}, cell {name}"


def _by_row(cells: Mapping[At, SheetCell]) -> dict[int, dict[int, SheetCell]]:
    rows: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    return rows


def _runs(numbers: Sequence[int], hidden: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow one another, where hidden ones count as not there."""
    ranks = ((number, number - bisect_left(hidden, number)) for number in numbers)
    placed = ((number, rank - place) for place, (number, rank) in enumerate(ranks))
    for _, run in groupby(placed, key=lambda pair: pair[1]):
        yield [number for number, _ in run]


def _joined_runs(runs: Iterable[list[int]]) -> list[list[int]]:
    """Runs of columns; a single column is no table of its own and joins its neighbour."""
    joined: list[list[int]] = []
    for run in runs:
        if joined and (len(run) < 2 or len(joined[-1]) < 2):
            joined[-1].extend(run)
        else:
            joined.append(run)
    return joined


def _count(numbers: Sequence[int], first: int, last: int) -> int:
    """How many of some sorted numbers lie from `first` to `last`."""
    return bisect_left(numbers, last + 1) - bisect_left(numbers, first)


def _positions(cell: TypedCell) -> Iterator[At]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column
