"""Rules about a second tumour: a primary of its own, late enough to be one."""

from collections.abc import Iterator
from typing import Final

from fuente.dosing.drugs import Drug
from fuente.patients.clinical import Diagnosis
from fuente.records.finding import Severity
from fuente.records.invariants.facts import administrations, drug_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_DAYS_PER_YEAR: Final = 365
# Latency of a second tumour in days. Source: invariant DAT-11. Confidence: medium.
_LATENCY_DAYS: Final = 365
# Years from the drug to a leukaemia, and from radiation to a tumour in its field. Source: invariant
# SEC-02. Confidence: high.
_LEUKAEMIA_YEARS: Final = (1, 10)
_FIELD_YEARS: Final = 4
_LEUKAEMOGENIC: Final = ("alkylating", "topoisomerase II", "platinum", "nitrosourea")
_MYELOID: Final = ("I(b)", "I(c)", "I(d)")


@invariant("DAT-10")
def second_tumour_is_another(record: Record) -> Iterator[Breach]:
    """The second tumour differs from the first in morphology or in site."""
    for pointer, first, second in _pairs(record):
        if _codes(first) == _codes(second):
            yield f"{pointer}/morphology", "the same morphology at the same site as the first"


@invariant("DAT-11", Severity.WARNING)
def second_tumour_takes_a_year(record: Record) -> Iterator[Breach]:
    """A second tumour comes 12 months or more after the first, unless genes predispose to it."""
    for pointer, first, second in _pairs(record):
        days = (second.date_of_diagnosis - first.date_of_diagnosis).days
        predisposed = first.genetic_disease or second.genetic_disease
        if 0 < days < _LATENCY_DAYS and not predisposed:
            yield f"{pointer}/date_of_diagnosis", f"{days} days after the first"


@invariant("SEC-01")
def second_tumour_is_a_new_primary(record: Record) -> Iterator[Breach]:
    """The second tumour is of another group or another organ, and has treatment of its own."""
    for pointer, first, second in _pairs(record):
        same_group = first.iccc3_group == second.iccc3_group
        same_organ = first.topography[:3] == second.topography[:3]
        if same_group and same_organ and _codes(first) != _codes(second):
            yield f"{pointer}/topography", "the same kind of tumour in the same organ as the first"
        if not _is_treated(record, second.diagnosis_number):
            yield f"{pointer}/diagnosis_number", "no treatment row is about this tumour"


@invariant("SEC-02", Severity.WARNING)
def latency_fits_the_cause(record: Record) -> Iterator[Breach]:
    """A leukaemia after drugs comes within 1 to 10 years, a tumour in a field after 4 or more."""
    for pointer, _, second in _pairs(record):
        link = second.second_tumour
        if link is None:
            continue
        caused = link.association == "treatment_related" and second.iccc3_group in _MYELOID
        if caused and not _follows_leukaemogenic_drug(record, second):
            yield f"{pointer}/second_tumour/association", "no drug of 1 to 10 years before"
        if link.in_previous_rt_field and not _follows_radiation(record, second):
            message = f"no radiation {_FIELD_YEARS} years or more before"
            yield f"{pointer}/second_tumour/in_previous_rt_field", message


def _pairs(record: Record) -> Iterator[tuple[str, Diagnosis, Diagnosis]]:
    for index, row in enumerate(record.diagnoses[1:], start=1):
        yield f"/diagnoses/{index}", record.diagnoses[0], row


def _codes(row: Diagnosis) -> tuple[str, str]:
    return row.morphology, row.topography


def _is_treated(record: Record, number: int) -> bool:
    treated = [one.relates_to_diagnosis for one in record.chemotherapy]
    treated += [one.relates_to_diagnosis for one in record.radiotherapy]
    treated += [one.relates_to_diagnosis for one in record.surgery]
    return number in treated


def _follows_leukaemogenic_drug(record: Record, second: Diagnosis) -> bool:
    low, high = (years * _DAYS_PER_YEAR for years in _LEUKAEMIA_YEARS)
    return any(
        low <= (second.date_of_diagnosis - row.date).days <= high
        and _is_leukaemogenic(drug_of(row.drug_inn))
        for _, row in administrations(record)
    )


def _is_leukaemogenic(drug: Drug | None) -> bool:
    return drug is not None and drug.drug_class in _LEUKAEMOGENIC


def _follows_radiation(record: Record, second: Diagnosis) -> bool:
    return any(
        (second.date_of_diagnosis - one.end_date).days >= _FIELD_YEARS * _DAYS_PER_YEAR
        for one in record.radiotherapy
    )
