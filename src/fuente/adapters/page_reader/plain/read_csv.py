"""The program that reads CSV and other separated values: one table in page-like parts.

Runs as `python -m fuente.adapters.page_reader.plain.read_csv`, confined like the others. Cells are
named as a spreadsheet would name them.
"""

import csv
from collections.abc import Sequence
from itertools import islice
from string import ascii_uppercase
from typing import Final

from fuente.adapters.page_reader.plain.pager import Pager
from fuente.adapters.page_reader.plain.read_text import decode
from fuente.adapters.page_reader.plain.typewriter import TypedCell
from fuente.adapters.page_reader.program import Unreadable, run
from fuente.documents.source import Page

ROWS_IN_A_PART: Final = 300
_SEPARATORS: Final = ";\t|,"
"""The comma last: where decimals have commas, another one separates."""

_SAMPLE: Final = 50
_MOST_COLUMNS: Final = 500


def main() -> None:
    """Read standard input, write one line per part."""
    run(read_pages)


def read_pages(content: bytes) -> list[Page]:
    """The parts of a table.

    Raises:
        Unreadable: not text, or wider than a table is.
    """
    rows = _read_rows(decode(content))
    if max(map(len, rows), default=0) > _MOST_COLUMNS:
        raise Unreadable(f"it has more than {_MOST_COLUMNS} columns")
    pager = Pager()
    for start in range(0, len(rows), ROWS_IN_A_PART):
        if start:
            pager.turn()
        pager.write_table(_cells(rows[start : start + ROWS_IN_A_PART], start), begun_on=1)
    return pager.pages()


def cell_name(row: int, column: int) -> str:
    """`B7` for row 6 and column 1, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return f"{letters}{row + 1}"


def separator_of(text: str) -> str:
    """The character that parts the first rows into the most even table."""
    return max(_SEPARATORS, key=lambda one: _evenness(text, one))


def _evenness(text: str, separator: str) -> float:
    widths = [
        len(row) for row in islice(csv.reader(text.splitlines(), delimiter=separator), _SAMPLE)
    ]
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0
    usual = max(set(several), key=several.count)
    return several.count(usual) / len(widths)


def _read_rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=separator_of(text)))
    except csv.Error as error:
        raise Unreadable(f"it is no table of separated values ({error})") from error


def _cells(rows: Sequence[Sequence[str]], first: int) -> list[TypedCell]:
    return [
        TypedCell(row, column, words, place=f"cell {cell_name(first + row, column)}")
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
    ]


if __name__ == "__main__":
    main()
