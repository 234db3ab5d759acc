"""The cells of one sheet that a person sees, by row and column, with what they show.

Hidden rows and columns are left out and counted; a formula shows the value it was saved with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import elements_of, number_of, value_of, within
from fuente.adapters.page_reader.office.number_format import shown_number, shown_text
from fuente.adapters.page_reader.office.package import Package
from fuente.adapters.page_reader.office.workbook import (
    RichText,
    SheetEntry,
    Workbook,
    rich_text,
    unescaped,
)
from fuente.adapters.page_reader.plain.struck import STRUCK_OUT

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RANGE: Final = re.compile(r"(\$?[A-Z]{1,3}\$?\d{1,7}):(\$?[A-Z]{1,3}\$?\d{1,7})")
_MAX_MERGES: Final = 100_000
_ON: Final = ("1", "true")
_DRAWINGS: Final = frozenset(("x:drawing", "x:picture"))

At = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that shows something; merged ones extend over shown rows and columns."""

    text: str
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of cells shown as one."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetCells:
    """What a sheet shows."""

    name: str
    cells: dict[At, SheetCell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows_left_out: int = 0
    columns_left_out: int = 0
    formulas_without_value: int = 0
    drawings: int = 0
    struck: bool = False

    def warnings(self) -> Iterator[str]:
        """What of the sheet is not among its cells."""
        if self.rows_left_out:
            yield f"hidden rows that were left out: {self.rows_left_out}"
        if self.columns_left_out:
            yield f"hidden columns that were left out: {self.columns_left_out}"
        if self.formulas_without_value:
            yield f"formulas without a stored value: {self.formulas_without_value}"
        if self.struck:
            yield STRUCK_OUT
        if self.drawings:
            yield "pictures, charts or shapes on the sheet were not read"


class SheetReader:
    """Reads sheets of one workbook row by row.

    Args:
        package: the opened file.
        workbook: what its sheets share.
    """

    def __init__(self, package: Package, workbook: Workbook) -> None:
        self._package = package
        self._workbook = workbook
        self._found = SheetCells("")
        self._row = 0

    def read(self, entry: SheetEntry) -> SheetCells:
        """The cells a sheet shows."""
        self._found = SheetCells(entry.name)
        self._row = 0
        root = self._package.xml(entry.part, self._read_row, "x:row")
        self._hide_columns(root)
        self._found.drawings = sum(child.tag in _DRAWINGS for child in root)
        merges = list(elements_of(root.find("x:mergeCells"), "x:mergeCell"))[:_MAX_MERGES]
        self._found.merges = [one for merge in merges for one in _merge(value_of(merge, "ref"))]
        return self._found

    def _read_row(self, row: Element) -> None:
        self._row = number_of(value_of(row, "r"), self._row + 1)
        if not 0 < self._row <= LAST_ROW:
            return
        cells = list(elements_of(row, "x:c"))
        if value_of(row, "hidden") in _ON:
            self._found.hidden_rows.add(self._row)
            self._found.rows_left_out += any(len(cell) for cell in cells)
            return
        column = 0
        for cell in cells:
            at = parse_reference(value_of(cell, "r"))
            column = at[1] if at else column + 1
            self._read_cell(cell, (self._row, column))

    def _read_cell(self, cell: Element, at: At) -> None:
        look = self._workbook.look(value_of(cell, "s"))
        words = self._shown(cell, look.code)
        if look.struck:
            self._found.struck |= bool(words.strip())
        elif words.strip() and at[1] <= LAST_COLUMN:
            self._found.cells[at] = SheetCell(words, look.bold, look.large)

    def _shown(self, cell: Element, code: str) -> str:
        kind = value_of(cell, "t", "n")
        stored = cell.findtext("x:v")
        if kind == "inlineStr":
            item = cell.find("x:is")
            return self._words_of(rich_text(item)) if item is not None else ""
        if stored is None:
            self._found.formulas_without_value += cell.find("x:f") is not None
            return ""
        if kind == "s":
            return shown_text(self._words_of(self._workbook.text(stored)), code)
        if kind == "b":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        if kind == "n":
            return shown_number(stored.strip(), code, from_1904=self._workbook.from_1904)
        return shown_text(unescaped(stored), code) if kind == "str" else stored

    def _words_of(self, text: RichText) -> str:
        self._found.struck |= text.struck
        return text.words

    def _hide_columns(self, root: Element) -> None:
        hidden = self._found.hidden_columns
        for one in elements_of(within(root, "x:cols"), "x:col"):
            first, last = number_of(value_of(one, "min")), number_of(value_of(one, "max"))
            if value_of(one, "hidden") in _ON:
                hidden.update(range(max(1, first), min(last, LAST_COLUMN) + 1))
        left_out = [at for at in self._found.cells if at[1] in hidden]
        self._found.columns_left_out = len({column for _, column in left_out})
        for at in left_out:
            del self._found.cells[at]


def parse_reference(reference: str) -> At | None:
    """Row and column of a reference such as `B7`."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


def reference(row: int, column: int) -> str:
    """The name of a cell: `B7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _merge(words: str) -> Iterator[Merge]:
    match = _RANGE.fullmatch(words)
    corners = (parse_reference(match[1]), parse_reference(match[2])) if match else (None, None)
    if corners[0] and corners[1]:
        (top, left), (bottom, right) = corners[0], corners[1]
        if top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN:
            yield Merge(top, left, bottom, right)
