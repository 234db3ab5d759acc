"""Rows that send their amount to a band table, and the band tables they may mean.

Decides which band table a row such as `methotrexate, IT, days 1 and 8, by age (Table 9)` points
at: the one it names, else the one whose drugs are exactly the row's. Amounts stay in the band
table; the row gives days and route.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import Language
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role
from fuente.dosing.conditions import is_bounded
from fuente.dosing.folding import fold
from fuente.dosing.printed_table import PrintedTable, table_label
from fuente.dosing.reference import DoseReference, ReferenceKind, Route
from fuente.dosing.regimen import BandedRow
from fuente.dosing.row_words import days_of_row, drugs_in_cells, route_of_row, times_of_row

_BY_BAND: Final = re.compile(
    r"\b(?:(?:by|according to|per|depending on|based on)(?: the)? (?:patient )?(?:age|weight|"
    r"body|bsa|band)|"
    r"(?:age|weight)[- ](?:adapted|adjusted|based|dependent|related|banded)|"
    r"(?:por|segun|conforme|de acuerdo (?:con|a)|ajustad\w+ (?:a|por))(?: la| el| a)? "
    r"(?:edad|peso|idade|superficie|tabla|tabela|banda)|"
    r"(?:see|ver|vease|veja|as in|como en)(?: la| el| a| the)? (?:table|tabla|tabela|cuadro|"
    r"quadro|annex|anexo)|"
    r"(?:table|tabla|tabela|cuadro|quadro) \d+)"
)


@dataclass(frozen=True, slots=True)
class _Bands:
    """References of one band table, or of one row of it, with the drugs they cover."""

    label: str
    section: tuple[str, ...]
    place: tuple[int, int]
    references: tuple[DoseReference, ...]

    @property
    def drugs(self) -> frozenset[str]:
        return frozenset(each.drug for each in self.references if each.drug)


class BandTables:
    """The band tables of a document, found by number or by drugs."""

    def __init__(
        self,
        tables: Sequence[PrintedTable],
        by_passage: Mapping[str, Sequence[DoseReference]],
    ) -> None:
        self._rows: list[_Bands] = []
        self._tables: list[_Bands] = []
        self._band_rows: set[str] = set()
        for table in tables:
            self._add(table, by_passage)
        self._add_prose(tables, by_passage)

    def is_band_table(self, table: PrintedTable) -> bool:
        """Whether the table gives amounts by age, weight or body surface."""
        banded = sum(row.passage_id in self._band_rows for row in table.rows)
        return banded > 0 and banded * 2 >= len(table.rows)

    def references(
        self, drugs: Sequence[str], label: str, row: Passage, route: Route | None
    ) -> tuple[DoseReference, ...]:
        """The bands a row with these drugs means, in printed order; empty when none fits."""
        wanted = frozenset(drugs)
        pointed = [each for each in self._tables if each.label == label and each.drugs & wanted]
        exact = [each for each in (*self._rows, *self._tables) if each.drugs == wanted]
        wider = [each for each in self._tables if wanted < each.drugs]
        named = [each for each in (*exact, *wider) if label and each.label == label]
        candidates = named or (pointed if label and self._has(label) else exact or wider)
        if not candidates:
            return ()
        chosen = min(candidates, key=lambda each: self._distance(each, row, route))
        return tuple(each for each in chosen.references if each.drug in wanted)

    def _has(self, label: str) -> bool:
        return any(each.label == label for each in self._tables)

    def _distance(
        self, bands: _Bands, row: Passage, route: Route | None
    ) -> tuple[int, int, int, tuple[int, int]]:
        routes = {each.route for each in bands.references}
        shared = 0
        for ours, theirs in zip(row.section, bands.section, strict=False):
            if ours != theirs:
                break
            shared += 1
        mismatch = int(route is not None and route not in routes)
        return mismatch, -shared, abs(bands.place[0] - row.page), bands.place

    def _add(self, table: PrintedTable, by_passage: Mapping[str, Sequence[DoseReference]]) -> None:
        collected: list[DoseReference] = []
        for row in table.rows:
            banded = _banded(by_passage.get(row.passage_id, ()))
            if not banded:
                continue
            self._band_rows.add(row.passage_id)
            collected += banded
            place = (row.page, row.span.start)
            if _covers_bands(banded):
                self._rows.append(_Bands(table.label, table.section, place, tuple(banded)))
        if collected:
            place = (table.first.page, table.first.span.start)
            self._tables.append(_Bands(table.label, table.section, place, tuple(collected)))

    def _add_prose(
        self,
        tables: Sequence[PrintedTable],
        by_passage: Mapping[str, Sequence[DoseReference]],
    ) -> None:
        """Bands stated in a sentence: `<1 year 6 mg; 1-<2 years 8 mg; ...`."""
        in_tables = {row.passage_id for table in tables for row in table.rows}
        for passage_id, references in by_passage.items():
            banded = _banded(references)
            if passage_id not in in_tables and _covers_bands(banded):
                place = (banded[0].page, banded[0].span.start)
                self._rows.append(_Bands("", (), place, tuple(banded)))


def banded_row(row: Passage, bands: BandTables, language: Language) -> BandedRow | None:
    """The row as a reference to a band table, or None when it is none."""
    roles = cells_by_role(row.cells)
    drugs = drugs_in_cells(roles, language)
    words = fold(row.text)
    amount = cell_text(roles, ColumnRole.DOSE)
    if not drugs or (amount.strip() and not _BY_BAND.search(words)):
        return None
    if not _BY_BAND.search(words) and not days_of_row(row, language):
        return None
    route = route_of_row(row, language)
    label = table_label(amount) or table_label(row.text)
    found = bands.references(drugs, label, row, route)
    if not found:
        return None
    return BandedRow(
        drug_names=drugs,
        days=days_of_row(row, language),
        route=route,
        times_per_day=times_of_row(row, language),
        page=row.page,
        span=row.span,
        band_reference_ids=tuple(each.reference_id for each in found),
    )


def _banded(references: Sequence[DoseReference]) -> list[DoseReference]:
    return [
        each
        for each in references
        if each.kind is ReferenceKind.DOSE and each.drug and is_bounded(each.population)
    ]


def _covers_bands(banded: Sequence[DoseReference]) -> bool:
    """Whether a drug has at least two bands here."""
    counted = [each.drug for each in banded]
    return any(counted.count(drug) > 1 for drug in set(counted))
