"""The program that reads CSV and other separated values: one table in page-like parts.

Runs as `python -m fuente.adapters.page_reader.plain.read_csv`, confined like the others. Cells are
named as a spreadsheet would name them.
"""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from fuente.adapters.page_reader.plain.csv_rows import Row, read_rows
from fuente.adapters.page_reader.plain.pager import Pager
from fuente.adapters.page_reader.plain.read_text import decode
from fuente.adapters.page_reader.plain.typewriter import TypedCell
from fuente.adapters.page_reader.program import Unreadable, run
from fuente.documents.source import Page

ROWS_IN_A_PART: Final = 300
_MOST_COLUMNS: Final = 500
_NAMED: Final = 10
"""Rows a warning names."""


def main() -> None:
    """Read standard input, write one line per part."""
    run(read_pages)


def read_pages(content: bytes) -> list[Page]:
    """The parts of a table.

    Raises:
        Unreadable: not text, or wider than a table is.
    """
    rows = read_rows(decode(content))
    if max((len(row.cells) for row in rows), default=0) > _MOST_COLUMNS:
        raise Unreadable(f"it has more than {_MOST_COLUMNS} columns")
    pager = Pager()
    for start in range(0, len(rows), ROWS_IN_A_PART):
        if start:
            pager.turn()
        _write_part(pager, rows[start : start + ROWS_IN_A_PART], start)
    return pager.pages()


def _write_part(pager: Pager, rows: Sequence[Row], first: int) -> None:
    """The rows of the table, and under it the others, since they would cut it from its header."""
    pager.write_table(_cells(rows, first), begun_on=1)
    odd = [(number, row) for number, row in enumerate(rows, first + 1) if not row.fits]
    for number, row in odd:
        pager.write_doubtful(row.printed, f"row {number}")
    if odd:
        named = ", ".join(str(number) for number, _ in odd[:_NAMED])
        more = f" and {len(odd) - _NAMED} more" if len(odd) > _NAMED else ""
        pager.warn(
            f"rows whose cells are not clear; no dose was read from them: {named}{more}"
            " (put cells with commas or line ends in quotes)"
        )


def cell_name(row: int, column: int) -> str:
    """`B7` for row 6 and column 1, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return f"{letters}{row + 1}"


def _cells(rows: Sequence[Row], first: int) -> list[TypedCell]:
    return [
        TypedCell(row, column, words, place=f"cell {cell_name(first + row, column)}")
        for row, line in enumerate(rows)
        for column, words in enumerate(line.cells if line.fits else ())
    ]


if __name__ == "__main__":
    main()
