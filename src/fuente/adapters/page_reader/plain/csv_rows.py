"""Rows of separated values, and which of them do not say clearly what their cells are.

A decimal comma that nobody quoted parts a number in a file of commas, and a quote that nobody
closed joins rows: half a number, or the number of the next row, would be a dose. Such rows are kept
as they are printed.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from fuente.adapters.page_reader.program import Unreadable

_SEPARATORS: Final = ";\t|,"
"""The comma last: where decimals have commas, another one separates."""

_SAMPLE: Final = 50
_PARTED_NUMBER: Final = re.compile(r"(?:^|,)\d{1,3},\d{1,3} ?[^\W\d_]")
"""`37,5 mg` without quotes: 37.5 mg, or 37 and 5 mg."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, its lines in the file, and whether its cells are surely these."""

    cells: tuple[str, ...]
    printed: str
    fits: bool = True


def separator_of(text: str) -> str:
    """The character that parts the first rows into the most even table."""
    return max(_SEPARATORS, key=lambda one: _evenness(text, one))


def read_rows(text: str) -> list[Row]:
    """The rows of a table, marked where they are not clear.

    Raises:
        Unreadable: it is no table.
    """
    separator = separator_of(text)
    try:
        rows = list(_rows(text.splitlines(keepends=True), separator))
    except csv.Error as error:
        raise Unreadable(f"it is no table of separated values ({error})") from error
    width = _width_of_header(rows)
    return [_judged(row, width, separator) for row in rows]


def _rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    start = 0
    while start < len(lines):
        reader, first = csv.reader(lines[start:], delimiter=separator), start
        for cells in reader:
            end = first + reader.line_num
            printed = "".join(lines[start:end])
            if end - start > 1 and printed.count('"') % 2:
                # The quote is never closed: what follows are rows again.
                yield Row(tuple(cells), lines[start], fits=False)
                start += 1
                break
            yield Row(tuple(cells), printed, not any(_joins_rows(one, separator) for one in cells))
            start = end


def _joins_rows(cell: str, separator: str) -> bool:
    return "\n" in cell.strip() and separator in cell


def _judged(row: Row, width: int, separator: str) -> Row:
    cells = row.cells
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    fits = len(cells) in (0, 1, width) and not (
        separator == "," and _PARTED_NUMBER.search(row.printed)
    )
    return replace(row, cells=cells, fits=row.fits and fits)


def _width_of_header(rows: Sequence[Row]) -> int:
    """That of the first row of several cells; a title with a comma stands above the usual ones."""
    several = [row for row in rows if row.fits and len(row.cells) > 1]
    if not several:
        return 1
    usual = _usual([len(row.cells) for row in several])
    head = next(row for row in several if len(row.cells) == usual)
    is_header = not any(cell.strip()[:1].isdecimal() for cell in head.cells)
    return usual if is_header else len(several[0].cells)


def _evenness(text: str, separator: str) -> float:
    widths = [
        len(row) for row in islice(csv.reader(text.splitlines(), delimiter=separator), _SAMPLE)
    ]
    several = [width for width in widths if width > 1]
    return several.count(_usual(several)) / len(widths) if several else 0.0


def _usual(widths: Sequence[int]) -> int:
    """The most frequent width; of two, the earlier."""
    counts: dict[int, int] = {}
    for width in widths:
        counts[width] = counts.get(width, 0) + 1
    return max(counts, key=counts.__getitem__)
