"""Rules about a course of drugs as a whole: its dates, its document, and infants in it."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.population import parse_population
from fuente.dosing.reference import Population
from fuente.evidence.grounding import states_unit
from fuente.patients.clinical import ChemoAdministration, Chemotherapy
from fuente.records.finding import Severity
from fuente.records.invariants.facts import (
    administrations,
    administrations_of,
    measured_by,
    months_old,
    surface_of,
)
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import CitationRecord, Record

# Longer quotes speak of several groups of patients, and their words cannot be told apart here.
_ONE_SENTENCE: Final = 240
# `Not below 3 months` excludes the youngest instead of including them.
_DENIAL: Final = re.compile(r"\b(?:not|never|no|nunca|except|excepto|salvo)\b", re.IGNORECASE)
# An infant in the sense of dosing. Source: invariant CHE-04. Confidence: high.
_INFANT_MONTHS: Final = 12
_INFANT_KG: Final = 10
# Conditioning and prophylaxis around a transplant rest on the transplant's own document.
# Source: invariant DAT-07 and the prophylaxis days of a first month. Confidence: medium.
_BEFORE_TRANSPLANT_DAYS: Final = 14
_AFTER_TRANSPLANT_DAYS: Final = 60


@invariant("DAT-03")
def administrations_lie_in_their_course(record: Record) -> Iterator[Breach]:
    """Every administration lies between the first and the last day of its course."""
    for index, course in enumerate(record.chemotherapy):
        for pointer, row in administrations_of(index, course):
            if not course.start_date <= row.date <= course.end_date:
                yield f"{pointer}/date", "outside its course"


@invariant("CHE-04")
def infants_get_the_infant_dose(record: Record) -> Iterator[Breach]:
    """Where the cited document has a rule for infants, infants get it and nobody else does."""
    quotes = {one.citation_id: one for one in record.citations}
    rules = [(one, who) for one in record.citations if (who := _infants(one)) is not None]
    for pointer, row in administrations(record):
        own = quotes.get(row.citation_id)
        if own is None:
            continue
        for quote, who in rules:
            admits = _admits(record, who, _sized_on(record, row))
            if quote is own and not admits:
                yield f"{pointer}/citation_id", f"cites a rule for infants: {who.text[:80]}"
            elif quote is not own and admits and _replaces(quote, own, row):
                yield f"{pointer}/prescribed_unit", f"the document says {who.text[:80]!r}"


@invariant("CHE-10", Severity.WARNING)
def a_line_follows_one_document(record: Record) -> Iterator[Breach]:
    """The drugs of a line rest on one document, apart from those around a transplant."""
    files = {one.citation_id: one.file for one in record.citations}
    for index, course in enumerate(record.chemotherapy):
        own = _document(record, course, files)
        for pointer, row in administrations_of(index, course):
            other = files.get(row.citation_id, own)
            if other != own and not _around_transplant(record, row.date):
                yield f"{pointer}/citation_id", f"rests on {other}, its line on {own}"


def _infants(quote: CitationRecord) -> Population | None:
    """Whom a short quote that prescribes by weight restricts itself to, when that is infants."""
    words = quote.quote
    if len(words) > _ONE_SENTENCE or not states_unit(words, "mg/kg") or _DENIAL.search(words):
        return None
    who = parse_population(words)
    if who is None:
        return None
    young = who.age_months_max is not None and who.age_months_max <= _INFANT_MONTHS
    light = who.weight_kg_max is not None and who.weight_kg_max <= _INFANT_KG
    return who if young or light else None


def _replaces(rule: CitationRecord, own: CitationRecord, row: ChemoAdministration) -> bool:
    """Whether a rule for infants speaks of this giving, which was computed by surface."""
    if rule.document_sha256 != own.document_sha256 or row.bsa_used is None:
        return False
    named = {one.drug.inn for one in load_vocabulary().find(rule.quote) if one.drug is not None}
    return row.drug_inn in named


def _sized_on(record: Record, row: ChemoAdministration) -> dt.date:
    """The day of the size the dose was computed with: doses of a cycle share one."""
    for one in sorted(record.anthropometry, key=lambda m: m.measured_on, reverse=True):
        used = row.weight_used in (None, one.weight_kg) and row.bsa_used in (None, surface_of(one))
        if used and one.measured_on <= row.date:
            return one.measured_on
    return row.date


def _admits(record: Record, who: Population, day: dt.date) -> bool:
    measured = measured_by(record, day)
    surface = surface_of(measured) if measured is not None else None
    weight = measured.weight_kg if measured is not None else Decimal(0)
    return who.admits(months_old(record, day), weight, surface or Decimal(0))


def _document(record: Record, course: Chemotherapy, files: dict[str, str]) -> str:
    """The document most of the course rests on, those around a transplant apart."""
    cited = [
        files[row.citation_id]
        for row in course.administrations
        if row.citation_id in files and not _around_transplant(record, row.date)
    ]
    return max(sorted(set(cited)), key=cited.count, default="")


def _around_transplant(record: Record, day: dt.date) -> bool:
    return any(
        -_BEFORE_TRANSPLANT_DAYS <= (day - one.date).days <= _AFTER_TRANSPLANT_DAYS
        for one in record.hsct
    )
