"""The facts the corpus is printed from come back from its PDFs, all of them and no others."""

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from scripts.corpus.facts import DoseFact, Facts, load_facts
from scripts.corpus.markup import Directive, Protocol, read_protocol

from fuente.adapters.page_reader import FileReader
from fuente.documents.source import ReadDocument
from fuente.documents.split import split_pages
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind, TextSource
from fuente.dosing.regimen import Regimen
from fuente.dosing.regimen_reader import read_regimens
from fuente.patients.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
PROTOCOLS = sorted((ROOT / "scripts" / "corpus" / "protocols").glob("*.txt"))
Statement = tuple[object, ...]


class Extracted(NamedTuple):
    """What one document of the corpus gave."""

    read: ReadDocument
    references: tuple[DoseReference, ...]
    regimens: tuple[Regimen, ...]


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_fact_of_a_table_comes_back_and_nothing_else(path: Path) -> None:
    """Doses, bands, fields, activities and limits are read exactly as the script printed them."""
    printed = Counter(_printed(read_protocol(path), load_facts()))
    rows = [_read(each, printed) for each in _extracted(path.stem).references if _is_own(each)]

    assert Counter(rows) == printed


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_row_that_points_at_bands_finds_them(path: Path) -> None:
    """Each row by age, weight or surface is in a phase with the bands it means."""
    protocol, facts = read_protocol(path), load_facts()
    sent = sum(dose.is_banded for block in _doses(protocol) for dose in _chosen(block, facts))
    found = {
        (row.page, row.span): row.band_reference_ids
        for regimen in _extracted(path.stem).regimens
        for phase in regimen.phases
        for row in phase.banded
    }

    assert len(found) == sent
    assert all(found.values())


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_cited_number_is_printed_where_it_is_cited(path: Path) -> None:
    """The words under a schedule number's span state its value."""
    extracted = _extracted(path.stem)
    pages = {page.number: page.text for page in extracted.read.pages}

    for regimen in extracted.regimens:
        for phase in regimen.phases:
            numbers = (phase.cycles, phase.cycle_days, *phase.cycle_numbers, *phase.start_weeks)
            for number in (*numbers, *phase.start_days):
                if number is not None:
                    words = number.span.cut(pages[number.page])
                    assert str(number.value) in words, (phase.name, words)


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_dose_table_is_a_phase(path: Path) -> None:
    """Tables the script prints with days are phases, each once in each of its regimens."""
    facts = load_facts()
    tables = [
        block
        for block in _doses(read_protocol(path))
        if any(dose.days for dose in _chosen(block, facts)) and "kg" not in block.get("caption")
    ]
    phases = {
        (phase.page, phase.heading)
        for regimen in _extracted(path.stem).regimens
        for phase in regimen.phases
    }

    assert len(phases) >= len(tables) - _infant_tables(tables)


def _infant_tables(tables: list[Directive]) -> int:
    words = ("nfant", "actante", "Peso", "Under")
    return sum(any(word in block.get("caption") for word in words) for block in tables)


@cache
def _extracted(name: str) -> Extracted:
    read = FileReader().read(ROOT / "corpus" / f"{name}.pdf")
    passages = split_pages(read)
    references = extract_references(read.source, passages, load_catalogue().names())
    regimens = read_regimens(read.source, read.pages, passages, references)
    return Extracted(read, references, regimens)


def _is_own(reference: DoseReference) -> bool:
    """What a table row states itself: not its caps, which are listed twice."""
    apart = (ReferenceKind.CAP, ReferenceKind.REDUCTION)
    if reference.source is not TextSource.TABLE or reference.kind in apart:
        return False
    return reference.kind is not ReferenceKind.RADIOTHERAPY or reference.irradiation is not None


def _read(reference: DoseReference, printed: Counter[Statement]) -> Statement:
    if reference.kind is ReferenceKind.RADIOTHERAPY and reference.irradiation is not None:
        field = reference.irradiation
        return ("field", field.total_gy, field.fractions, field.fraction_gy, field.boost_gy)
    if reference.kind is ReferenceKind.METABOLIC:
        return ("activity", reference.minimum, reference.maximum, reference.unit)
    if reference.kind is ReferenceKind.CUMULATIVE:
        return ("limit", reference.drug, reference.value, reference.unit)
    dose: Statement = (
        "dose",
        reference.drug,
        reference.value,
        reference.unit,
        reference.days,
        reference.times_per_day or 1,
        (reference.cap.value, reference.cap.unit) if reference.cap else None,
    )
    band: Statement = ("band", reference.drug, reference.value, reference.unit)
    return band if dose not in printed and band in printed else dose


def _printed(protocol: Protocol, facts: Facts) -> list[Statement]:
    stated: list[Statement] = []
    for block in protocol.blocks:
        if isinstance(block, Directive):
            stated += _of_block(block, protocol, facts)
    return stated


def _of_block(block: Directive, protocol: Protocol, facts: Facts) -> list[Statement]:
    if block.name == "dose":
        columns = block.get("columns") or protocol.head.get("columns", "")
        doses = [dose for dose in _chosen(block, facts) if not dose.is_banded]
        return [_dose(dose, "days" in columns.split()) for dose in doses]
    if block.name == "bands":
        return [
            ("band", cell.component or block.get(f"drug {name}", block.get("drug")), *_amount(cell))
            for name in block.arguments
            for cell in facts.bands[name]
        ]
    rows = [key.removeprefix("row ") for key, _ in block.lines if key.startswith("row ")]
    if block.name == "rt":
        return [_field(facts, row) for row in rows]
    if block.name == "metabolic":
        return [_activity(facts, row) for row in rows]
    return [_limit(facts, row) for row in rows] if block.name == "cumulative" else []


def _doses(protocol: Protocol) -> list[Directive]:
    return [
        block for block in protocol.blocks if isinstance(block, Directive) and block.name == "dose"
    ]


def _chosen(block: Directive, facts: Facts) -> list[DoseFact]:
    omitted = {name for line in block.all("omit") for name in line.split()}
    swapped = dict(line.split() for line in block.all("replace"))
    named = [
        dose
        for argument in block.arguments
        for dose in (
            facts.phases[argument].doses if argument in facts.phases else (facts.doses[argument],)
        )
    ]
    kept = [dose.fact_id for dose in named if dose.fact_id not in omitted]
    return [facts.doses[swapped.get(fact_id, fact_id)] for fact_id in kept]


def _dose(dose: DoseFact, has_days: bool) -> Statement:
    return (
        "dose",
        dose.drug,
        Decimal(dose.dose),
        dose.unit,
        dose.days if has_days else (),
        dose.per_day,
        (Decimal(dose.cap), dose.cap_unit) if dose.cap else None,
    )


def _amount(cell: object) -> tuple[Decimal, str]:
    value, unit = cell.value, cell.unit  # type: ignore[attr-defined]
    return Decimal(value), unit.split()[0]


def _field(facts: Facts, row: str) -> Statement:
    fact = facts.radiotherapy[row]
    return (
        "field",
        Decimal(fact.total_gy),
        int(fact.fractions) if fact.fractions else None,
        Decimal(fact.fraction_gy) if fact.fraction_gy else None,
        Decimal(fact.boost_gy) if fact.boost_gy else None,
    )


def _activity(facts: Facts, row: str) -> Statement:
    fact = facts.radiotherapy[row]
    low, high = fact.activity.split("-")
    return ("activity", Decimal(low), Decimal(high), fact.activity_unit)


def _limit(facts: Facts, row: str) -> Statement:
    fact = facts.limits[row]
    return ("limit", row.split(" (")[0], Decimal(fact.value), fact.unit)
