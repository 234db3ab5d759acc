"""Rows of dose tables to statements: drug, amount, route, days and cap from the columns.

Decides what each cell means from its header and the table's caption; a row whose columns say
nothing is read as running words. Knows no drug's usual dose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fuente.documents.passage import Cell, Passage
from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, AmountRole, find_amounts
from fuente.dosing.band_extraction import Band, bands_of_row, shared_unit, unit_words
from fuente.dosing.band_unit import unit_by_weight
from fuente.dosing.cap_period import cap_of
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role, is_daily
from fuente.dosing.conditions import condition, merged
from fuente.dosing.doses_in_turn import in_turn, timed_behind
from fuente.dosing.folding import fold
from fuente.dosing.footnote_caps import footnote_cap
from fuente.dosing.irradiation_extraction import irradiation_from_row, is_irradiation_row
from fuente.dosing.plain_text import plain
from fuente.dosing.population import parse_population
from fuente.dosing.prose_extraction import prose_statements
from fuente.dosing.prose_traps import is_dose
from fuente.dosing.reference import Cap, Population, ReferenceKind
from fuente.dosing.row_words import (
    Cells,
    days_of_row,
    drug_names,
    drugs_in_cells,
    route_of_row,
    timing_in,
    timing_of_row,
)
from fuente.dosing.sheet_extraction import is_sheet_row, sheet_statements
from fuente.dosing.slashed_amounts import is_slashed
from fuente.dosing.statement import Statement
from fuente.dosing.statement_kind import kind_of_table, with_kind

Drugs = tuple[str | None, ...]
_Terms = tuple[Statement, Statement]
_OPEN: Final[Drugs] = (None,)
# Several amounts in one cell belong to several drugs in the order of both.
_SEPARATOR: Final = re.compile(r"\s*(?:\+|/|,\s|;|\band\b|\by\b|\be\b|\n)\s*")
_HOURS_PER_DAY: Final = 24
_BARE_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*(?:\s*[-\u2013]\s*\d+(?:[.,]\d+)*)?")
_NO_DOSE_ROLES: Final = frozenset(
    {
        ColumnRole.DRUG,
        ColumnRole.ROUTE,
        ColumnRole.DAYS,
        ColumnRole.WEEKS,
        ColumnRole.FREQUENCY,
        ColumnRole.CAP,
        ColumnRole.INFUSION,
        ColumnRole.NOTES,
        ColumnRole.STRENGTH,
        ColumnRole.FRACTIONS,
        ColumnRole.INDICATION,
        ColumnRole.PHASE,
    }
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and what is read from it once: its cells by role, and its table's kind."""

    passage: Passage
    language: Language
    cells: Cells
    kind: ReferenceKind
    unit: str


def row_statements(passage: Passage, language: Language) -> tuple[Statement, ...]:
    """Everything a table row states, its own doses first and what its notes add after."""
    if not any(cell.text.strip() for cell in passage.cells):
        return prose_statements(passage, language)
    if is_irradiation_row(passage):
        return irradiation_from_row(passage, language)
    if is_sheet_row(passage, language):
        return sheet_statements(passage, language)
    cells = cells_by_role(passage.cells)
    row = _Row(
        passage, language, cells, kind_of_table(passage), _table_unit(passage, cells, language)
    )
    statements = [with_kind(each, row.kind) for each in _statements(row)]
    if not statements and not _gives_amount_elsewhere(row) and ColumnRole.STRENGTH not in cells:
        return prose_statements(passage, language)
    return (*statements, *_asides(row))


def _statements(row: _Row) -> Iterator[Statement]:
    drugs = _drugs(row)
    if not drugs:
        return
    shared = _shared(row)
    bands = bands_of_row(row.passage, row.language)
    for band in bands:
        yield from _banded(row, drugs, band, shared)
    under_bands = [band.cell for band in bands]
    for cell in _beside_bands(row, under_bands) if bands else _dose_cells(row, drugs):
        yield from _in_cell(row, drugs, cell, shared)


def _table_unit(passage: Passage, cells: Cells, language: Language) -> str:
    """The unit for amounts whose own header prints none: a unit column, a header, the caption."""
    column = cell_text(cells, ColumnRole.UNIT)
    headers = [
        cell.header
        for role in (ColumnRole.DRUG, ColumnRole.BAND, ColumnRole.OTHER)
        for cell in cells.get(role, ())
    ]
    inside = " ".join(re.findall(r"\([^()]*\)", passage.caption))
    printed = next((unit for unit in map(unit_words, (column, *headers, inside)) if unit), "")
    bands = bands_of_row(passage, language)
    return printed or shared_unit(bands) or unit_by_weight(passage, bands, language)


def _drugs(row: _Row) -> Drugs:
    """The row's drugs, else those its caption, heading or headers name, else an open one."""
    own = drugs_in_cells(row.cells, row.language)
    if own:
        return own
    for words in (row.passage.caption, *row.passage.section[-1:]):
        named = drug_names(words, row.language)
        if named:
            return named
    headers = " ; ".join(cell.header for cell in row.passage.cells)
    return drug_names(headers, row.language) or _open_drug(row)


def _open_drug(row: _Row) -> Drugs:
    """A drug the vocabulary does not hold, where a column is for drugs or for doses."""
    is_named = bool(re.search(r"[a-z]{2}", fold(cell_text(row.cells, ColumnRole.DRUG))))
    return _OPEN if is_named or row.cells.get(ColumnRole.DOSE) else ()


def _shared(row: _Row) -> Statement:
    """What holds for every amount of the row."""
    timing = timing_of_row(row.passage, row.language)
    return Statement(
        kind=ReferenceKind.DOSE,
        unit="",
        per=timing.per,
        times_per_day=timing.times_per_day,
        route=route_of_row(row.passage, row.language),
        days=days_of_row(row.passage, row.language),
        infusion_h=timing.infusion_h,
        cap=_cap(row),
        population=_population(row),
    )


def _cap(row: _Row) -> Cap | None:
    """The cap of the cap column; of other columns only where their words say it is one."""
    for cell in row.cells.get(ColumnRole.CAP, ()):
        for amount in _amounts(cell, row):
            per = amount.per or ("day" if is_daily(cell.header) else "dose")
            return Cap(amount.value, amount.unit, per)
    for cell in (*row.cells.get(ColumnRole.INFUSION, ()), *_own_notes(row)):
        words = plain(cell.text).text.lower()
        amounts = find_amounts(words, row.language)
        for amount in amounts:
            if amount.role is AmountRole.CAP:
                return cap_of(words, amounts, amount)
    return footnote_cap(row.passage, row.language)


def _own_notes(row: _Row) -> list[Cell]:
    """The notes that name no other drug."""
    own = set(drugs_in_cells(row.cells, row.language))
    notes = (*row.cells.get(ColumnRole.NOTES, ()), *row.cells.get(ColumnRole.DRUG, ()))
    return [cell for cell in notes if not set(drug_names(cell.text, row.language)) - own]


def _population(row: _Row) -> Population | None:
    under_bands = [band.cell for band in bands_of_row(row.passage, row.language)]
    cells = (*row.cells.get(ColumnRole.INDICATION, ()), *row.cells.get(ColumnRole.BAND, ()))
    stating = (cell for cell in cells if cell not in under_bands)
    own = [condition(_with_header_unit(cell), row.language) for cell in stating]
    named = parse_population(cell_text(row.cells, ColumnRole.DRUG), row.language)
    noted = parse_population(" ".join(row.passage.footnotes), row.language) if not own else None
    caption = parse_population(row.passage.caption, row.language)
    return merged((*own, named, caption, noted if _limits_patients(row.passage) else None))


def _limits_patients(passage: Passage) -> bool:
    """Whether a footnote to this row is a condition on it, as `only under 12 months` is."""
    return any(
        re.match(r"\W*\w?\W*(?:only|solo|apenas)\b", fold(note)) for note in passage.footnotes
    )


def _with_header_unit(cell: Cell) -> str:
    """`1-2` under `Age (years)` reads `1-2 years`."""
    if re.search(r"[a-z]", fold(cell.text)):
        return cell.text
    inside = re.search(r"\(([^)]*)\)", cell.header)
    return f"{cell.text} {inside[1]}" if inside else cell.text


def _beside_bands(row: _Row, under_bands: Sequence[Cell]) -> list[Cell]:
    """The cells of a dose column beside the bands, as `15 mg/kg/day` before the amount of each."""
    cells = row.cells.get(ColumnRole.DOSE, ())
    return [
        cell
        for cell in cells
        if cell not in under_bands and any("/kg" in each.unit for each in _amounts(cell, row))
    ]


def _dose_cells(row: _Row, drugs: Drugs) -> list[Cell]:
    """The cells that may hold an amount of the kind the table is about."""
    wanted = (
        (ColumnRole.LIMIT, ColumnRole.DOSE, ColumnRole.TOTAL, ColumnRole.CAP)
        if row.kind is ReferenceKind.CUMULATIVE
        else (ColumnRole.DOSE,)
    )
    for role in wanted:
        if row.cells.get(role):
            return row.cells[role]
    if drugs == _OPEN:
        return []
    return [
        cell
        for role, cells in row.cells.items()
        if role not in _NO_DOSE_ROLES and role is not ColumnRole.LIMIT
        for cell in cells
        if any(amount.role is AmountRole.DOSE for amount in _amounts(cell, row))
    ]


def _in_cell(row: _Row, drugs: Drugs, cell: Cell, shared: Statement) -> Iterator[Statement]:
    amounts = [each for each in _amounts(cell, row) if each.role is not AmountRole.CAP]
    amounts = [each for each in amounts if each.role is not AmountRole.ALTERNATIVE]
    named_in_header = drug_names(cell.header, row.language)
    own = _cell_terms(row, cell, shared)
    if len(named_in_header) == 1 and ColumnRole.DRUG not in row.cells:
        drugs = named_in_header
    if len(amounts) < len(drugs) and len(drugs) > 1:
        amounts = _zipped(cell, row, len(drugs))
    if len(drugs) > 1 and len(amounts) == len(drugs):
        for drug, amount in zip(drugs, amounts, strict=True):
            yield _stated(own, drug, amount)
        return
    yield from _each(row, drugs[0], cell, amounts, (own, _header_terms(cell, shared)))


def _each(
    row: _Row, drug: str | None, cell: Cell, amounts: Sequence[Amount], terms: _Terms
) -> Iterator[Statement]:
    """A statement for each amount of a cell, the first with what the row says beside it."""
    words = plain(cell.text).text.lower()
    for place, amount in enumerate(amounts):
        timed = timed_behind(words, amounts[place : place + 2], row.language, terms)
        own = timed if len(amounts) > 1 else terms[0]
        kind = _kind_of(amount, row.kind)
        yield replace(_stated(own, drug, amount), kind=kind, is_aside=place > 0)


def _cell_terms(row: _Row, cell: Cell, shared: Statement) -> Statement:
    """The row's terms, with what the dose cell itself says before them."""
    timing = timing_in(cell.text, row.language)
    caps = [each for each in _amounts(cell, row) if each.role is AmountRole.CAP]
    cap = Cap(caps[0].value, caps[0].unit, caps[0].per or "dose") if caps else None
    return replace(
        shared,
        per=timing.per or _header_terms(cell, shared).per,
        times_per_day=timing.times_per_day or shared.times_per_day,
        infusion_h=timing.infusion_h or shared.infusion_h,
        cap=shared.cap if shared.cap is not None else cap,
        population=merged((parse_population(cell.header, row.language), shared.population)),
    )


def _header_terms(cell: Cell, shared: Statement) -> Statement:
    return replace(shared, per="day") if is_daily(cell.header) else shared


def _banded(row: _Row, drugs: Drugs, band: Band, shared: Statement) -> Iterator[Statement]:
    """One statement per drug of the row for the band of one column."""
    named = drug_names(band.cell.header, row.language)
    if len(named) >= len(drugs) and ColumnRole.DRUG not in row.cells:
        drugs = named
    amounts = _zipped(band.cell, row, len(drugs))
    own = replace(
        _cell_terms(row, band.cell, shared), population=merged((band.population, shared.population))
    )
    if len(drugs) == 1:
        terms = own, _header_terms(band.cell, shared)
        yield from _each(row, drugs[0], band.cell, amounts, terms)
    elif len(amounts) == len(drugs):
        for drug, amount in zip(drugs, amounts, strict=True):
            yield _stated(own, drug, amount)
    elif len(amounts) == 1 and len(drugs) > 1 and not named:
        yield _stated(own, drugs[0], amounts[0])


def _zipped(cell: Cell, row: _Row, count: int) -> list[Amount]:
    """The amounts of a cell such as `8 / 8 / 16`, each in the unit the cell or header gives."""
    if count == 1:
        doses = [each for each in _amounts(cell, row) if each.role is AmountRole.DOSE]
        return in_turn(plain(cell.text).text.lower(), doses)
    parts = [part for part in _SEPARATOR.split(cell.text.strip()) if part]
    found: list[Amount] = []
    for part in parts:
        found += _amounts(replace(cell, text=part), row)[:1]
    if not found or len(parts) != count:
        return []
    return found if len(found) == count else _with_last_unit(parts, found[-1], row.language)


def _with_last_unit(parts: Sequence[str], unit: Amount, language: Language) -> list[Amount]:
    """`8/8/16 mg`: the unit printed once holds for all."""
    found: list[Amount] = []
    for part in parts:
        numbers = _BARE_NUMBER.findall(part)
        text = f"{numbers[0]} {_printed_unit(unit)}" if numbers else part
        found += find_amounts(plain(text).text.lower(), language)[:1]
    return found


def _printed_unit(amount: Amount) -> str:
    return amount.unit.replace("[iU]", "iu")


def _amounts(cell: Cell, row: _Row) -> list[Amount]:
    """The amounts of a cell; bare numbers take the unit its header or its table prints."""
    words = plain(cell.text).text.lower()
    found = list(find_amounts(words, row.language))
    if found:
        doses = (each for each in found if is_dose(words, each, len(words)))
        return [each for each in doses if not is_slashed(words, each)]
    unit = _label_unit(row) or unit_words(cell.header) or row.unit
    if not unit or not (match := _BARE_NUMBER.match(words.strip())):
        return []
    words = f"{match.group()} {unit}{words.strip()[match.end() :]}"
    return [each for each in find_amounts(words, row.language) if is_dose(words, each, len(words))]


def _label_unit(row: _Row) -> str:
    """The unit a row's label prints: `Asparaginase, IU/m2` under `mg/m2`, or `Dose (mg)`."""
    unit = unit_words(cell_text(row.cells, ColumnRole.DRUG))
    if "/" in unit:
        return unit
    label = row.passage.cells[0].text
    inside = re.search(r"\([^()\d]*\d?\)$", label.strip())
    return unit_words(inside.group()) if inside else ""


def _stated(own: Statement, drug: str | None, amount: Amount) -> Statement:
    per = amount.per or own.per
    times = own.times_per_day
    if amount.reading.interval_h and not times:
        times = _HOURS_PER_DAY // amount.reading.interval_h
    if per == "day":
        times = None
    is_range = amount.value_max is not None
    return replace(
        own,
        drug=drug,
        unit=amount.unit,
        value=None if is_range else amount.value,
        minimum=amount.value if is_range else None,
        maximum=amount.value_max,
        per="dose" if times else per,
        times_per_day=times,
    )


def _kind_of(amount: Amount, kind: ReferenceKind) -> ReferenceKind:
    if amount.role in (AmountRole.CUMULATIVE, AmountRole.TOTAL):
        return ReferenceKind.CUMULATIVE
    return kind


def _asides(row: _Row) -> Iterator[Statement]:
    """What notes state about a drug they name; an amount alone only restates the row's own."""
    for cell in row.cells.get(ColumnRole.NOTES, ()):
        noted = replace(row.passage, text=cell.text, cells=(), section=())
        for statement in prose_statements(noted, row.language):
            if statement.drug is not None or statement.kind is ReferenceKind.RADIOTHERAPY:
                yield replace(statement, is_aside=True)


def _gives_amount_elsewhere(row: _Row) -> bool:
    """Whether the row has drug and dose columns but no amount, as `by age, see Table 9`."""
    return bool(row.cells.get(ColumnRole.DRUG)) and bool(row.cells.get(ColumnRole.DOSE))
