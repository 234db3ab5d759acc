"""Rules about when a transplant happens and what lies around it; day 0 is the infusion."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from fuente.generation.case import age_years
from fuente.patients.clinical import Hsct
from fuente.records.invariants.facts import administrations, drug_of, entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Source: invariant DAT-06. Confidence: medium.
_EARLIEST_DAYS: Final = 90
# Days of conditioning. Source: invariant DAT-07. Confidence: high.
_CONDITIONING: Final = (-12, -1)
# Days on which prophylaxis begins. Source: invariant HSC-10. Confidence: high.
_PROPHYLAXIS: Final = (-5, 5)
_PROPHYLACTICS: Final = ("ciclosporin", "tacrolimus")
_AFTER_INFUSION: Final = "cyclophosphamide"
# Total body irradiation ends within a week before the infusion; for leukaemia from 4 years of age.
# Source: invariant HSC-08 (FORUM). Confidence: high.
_IRRADIATED_DAYS: Final = 7
_IRRADIATED_YEARS: Final = 4


@invariant("DAT-06")
def allogeneic_transplants_take_time(record: Record) -> Iterator[Breach]:
    """An allogeneic transplant comes 90 days or more after the first diagnosis."""
    diagnosed = record.diagnoses[0].date_of_diagnosis
    for index, row in enumerate(record.hsct):
        days = (row.date - diagnosed).days
        if row.type == "allogeneic" and days < _EARLIEST_DAYS:
            yield f"/hsct/{index}/date", f"only {days} days after the first diagnosis"


@invariant("DAT-07")
def conditioning_precedes_the_infusion(record: Record) -> Iterator[Breach]:
    """Conditioning drugs are given from day -12 to day -1; prophylaxis may go on."""
    first, last = _CONDITIONING
    for index, row in enumerate(record.hsct):
        for place, dose in enumerate(row.conditioning):
            if _suppresses(dose.drug_inn):
                continue
            pointer = f"/hsct/{index}/conditioning/{place}/days"
            for order, day in enumerate(dose.days):
                if not first <= day <= last:
                    yield f"{pointer}/{order}", f"day {day} is not between {first} and {last}"


@invariant("HSC-08")
def body_irradiation_is_recorded(record: Record) -> Iterator[Breach]:
    """Total body irradiation is a radiotherapy row of the week before, from 4 years in ALL."""
    for index, row in enumerate(record.hsct):
        if row.tbi_gy is None:
            continue
        pointer = f"/hsct/{index}/tbi_gy"
        if not any(0 <= (row.date - end).days <= _IRRADIATED_DAYS for end in _body_days(record)):
            yield pointer, "no whole body radiotherapy in the week before the infusion"
        years = age_years(record.demographics.birth_date, row.date)
        if _has_lymphoblastic_leukaemia(record) and years < _IRRADIATED_YEARS:
            yield pointer, f"at {years} years of age"


@invariant("HSC-10")
def prophylaxis_is_given(record: Record) -> Iterator[Breach]:
    """An allogeneic transplant has ciclosporin, tacrolimus or cyclophosphamide around day 0."""
    for index, row in enumerate(record.hsct):
        if row.type == "allogeneic" and not _is_protected(record, row):
            pointer = f"/hsct/{index}/immunosuppressants"
            yield pointer, "no prophylaxis of graft-versus-host disease from day -5 to day 5"


def _suppresses(inn: str) -> bool:
    drug = drug_of(inn)
    return drug is not None and drug.drug_class == "immunosuppressant"


def _body_days(record: Record) -> tuple[dt.date, ...]:
    return tuple(one.end_date for one in record.radiotherapy if "whole_body" in one.target_site)


def _has_lymphoblastic_leukaemia(record: Record) -> bool:
    entries = (entry_of(one) for one in record.diagnoses)
    return any(one is not None and one.id.startswith("ALL_") for one in entries)


def _is_protected(record: Record, row: Hsct) -> bool:
    first, last = _PROPHYLAXIS
    if not record.chemotherapy:
        # A request without chemotherapy leaves no row to date the prophylaxis by.
        return any(drug in row.immunosuppressants for drug in _PROPHYLACTICS)
    for _, given in administrations(record):
        day = (given.date - row.date).days
        if given.drug_inn in _PROPHYLACTICS and first <= day <= last:
            return True
        if given.drug_inn == _AFTER_INFUSION and 0 < day <= last:
            return True
    return False
