"""Table rows put back together as the tables they were printed in.

Decides which rows belong to one table: the same caption, a caption that continues it, or, without
a caption, neighbours under the same section and headers. Does not know what the table means.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.span import Span
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role
from fuente.dosing.folding import fold

_LABEL: Final = re.compile(
    r"\b(?:table|tabla|tabela|cuadro|quadro|anexo|annex|appendix)\s*"
    r"(?P<label>[a-z]?\.?\d+(?:[.-]\d+)*[a-z]?)\b"
)
_CONTINUED: Final = re.compile(
    r"\W*\(\s*(?:continued|continuacion|continuacao|cont\.?)\s*\)\W*"
    r"|\W*\b(?:continued|continuacion|continuacao|cont)\b\W*$"
)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The rows of one table in printed order, with the caption they share."""

    caption: str
    caption_page: int | None
    caption_span: Span | None
    section: tuple[str, ...]
    rows: tuple[Passage, ...]

    @property
    def first(self) -> Passage:
        """The first row."""
        return self.rows[0]

    @property
    def label(self) -> str:
        """The table's number as printed, such as `9` or `2.1`; empty when it has none."""
        return table_label(self.caption)


def printed_tables(passages: Sequence[Passage]) -> tuple[PrintedTable, ...]:
    """The tables of a document in printed order."""
    tables: list[list[Passage]] = []
    for passage in sorted(passages, key=lambda each: (each.page, each.span)):
        if passage.kind is not PassageKind.TABLE_ROW:
            continue
        if tables and _continues(tables[-1][-1], passage):
            tables[-1].append(passage)
        else:
            tables.append([passage])
    return tuple(part for rows in tables for part in _by_phase(_table(rows)))


def phase_of_row(row: Passage) -> str:
    """The phase that a row's own column names, empty where no column does."""
    return cell_text(cells_by_role(row.cells), ColumnRole.PHASE)


def _by_phase(table: PrintedTable) -> Iterator[PrintedTable]:
    """One table per phase where a column names them, as if each stood under its own heading."""
    groups = [(name, tuple(rows)) for name, rows in groupby(table.rows, phase_of_row)]
    if len({name for name, _ in groups}) < 2 or not all(name for name, _ in groups):
        yield table
        return
    above = (*table.section, table.caption) if table.caption else table.section
    for name, rows in groups:
        yield PrintedTable("", None, None, (*above, name), rows)


def table_label(words: str) -> str:
    """The number of the table the words name, empty when they name none."""
    match = _LABEL.search(fold(words))
    return match["label"] if match else ""


def _table(rows: Sequence[Passage]) -> PrintedTable:
    first = rows[0]
    return PrintedTable(
        first.caption, first.caption_page, first.caption_span, first.section, tuple(rows)
    )


def _continues(above: Passage, below: Passage) -> bool:
    if above.caption or below.caption:
        return _bare(above.caption) == _bare(below.caption)
    if above.section != below.section or below.page - above.page > 1:
        return False
    return _headers(above) == _headers(below)


def _bare(caption: str) -> str:
    return " ".join(_CONTINUED.sub(" ", fold(caption)).split()).strip(" .")


def _headers(passage: Passage) -> tuple[str, ...]:
    return tuple(cell.header for cell in passage.cells)
