"""Rules about toxicity, catheter, fertility preservation and transfusions.

The record has no dates of a catheter: where an operation places a port, its date stands for them.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from fuente.generation.case import age_years
from fuente.patients.clinical import Other
from fuente.patients.toxicity import toxicities_of, toxicities_of_any
from fuente.records.finding import Severity
from fuente.records.invariants.facts import INTRAVENOUS, administrations, treatment_dates
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Source: invariants OTH-01 and OTH-08. Confidence: high and medium.
_TOXIC_DAYS: Final = 90
_CATHETER_DAYS: Final = 30
# Methods of each sex, and those that need puberty. Source: invariant OTH-03. Confidence: high.
_METHODS: Final = {
    "male": ("sperm_cryopreservation", "testicular_tissue"),
    "female": ("ovarian_tissue", "oocyte", "ovarian_transposition"),
}
_AFTER_PUBERTY: Final = ("sperm_cryopreservation", "oocyte")
_PUBERTY_YEARS: Final = 12
# Source: invariants OTH-05 to OTH-07. Confidence: high; expectation medium.
_MANY: Final = 10
_INTENSIVE_COURSES: Final = 6


@invariant("OTH-01")
def toxicity_is_described(record: Record) -> Iterator[Breach]:
    """A toxicity has date, description and outcome, and shows within 90 days of treatment."""
    other = record.other
    if other is None:
        return
    for name in ("toxicity_date", "toxicity_description", "toxicity_outcome"):
        if (getattr(other, name) is not None) != other.toxicity:
            yield f"/other/{name}", "stated if and only if there is a toxicity"
    day = other.toxicity_date
    if day is not None and not _is_near_treatment(record, day):
        yield "/other/toxicity_date", f"no treatment in the {_TOXIC_DAYS} days before"


@invariant("OTH-02")
def catheter_is_described(record: Record) -> Iterator[Breach]:
    """A catheter has a type and is said to be in place or not; complications are listed."""
    other = record.other
    if other is None:
        return
    for name in ("catheter_type", "catheter_present"):
        if (getattr(other, name) is not None) != other.catheter:
            yield f"/other/{name}", "stated if and only if there is a catheter"
    if bool(other.catheter_complications) != bool(other.catheter_complication_list):
        yield "/other/catheter_complication_list", "listed if and only if there are complications"


@invariant("OTH-03")
def method_fits_sex_and_age(record: Record) -> Iterator[Breach]:
    """Fertility is preserved by a method of the patient's sex; sperm and oocytes from puberty."""
    other, sex = record.other, record.demographics.sex
    if other is None or other.fertility_method is None:
        return
    method = other.fertility_method
    if method not in _METHODS.get(sex, (method,)):
        yield "/other/fertility_method", f"not a method for a {sex} patient"
    day = other.fertility_date or record.diagnoses[0].date_of_diagnosis
    years = age_years(record.demographics.birth_date, day)
    if method in _AFTER_PUBERTY and years < _PUBERTY_YEARS:
        yield "/other/fertility_method", f"before puberty, at {years} years of age"


@invariant("OTH-04")
def fertility_is_preserved_in_time(record: Record) -> Iterator[Breach]:
    """Fertility is preserved, with a date, before the first drug or radiation."""
    other = record.other
    if other is None or not other.fertility_preservation:
        return
    toxic = min(_gonadotoxic(record), default=None)
    if other.fertility_date is None or other.fertility_method is None:
        yield "/other/fertility_date", "fertility preservation has a date and a method"
    elif toxic is not None and other.fertility_date >= toxic:
        yield "/other/fertility_date", f"treated since {toxic}"


@invariant("OTH-05")
def transfusions_are_counted(record: Record) -> Iterator[Breach]:
    """Transfusions have a count, and over ten means a count above ten."""
    other = record.other
    if other is None:
        return
    count = other.transfusion_count
    if other.transfusions != (count is not None and count >= 1):
        yield "/other/transfusion_count", "at least 1 if and only if there were transfusions"
    elif count is not None and other.transfusions_over_10 != (count > _MANY):
        yield "/other/transfusions_over_10", f"{count} transfusions"


@invariant("OTH-06", Severity.WARNING)
def intensive_courses_need_transfusions(record: Record) -> Iterator[Breach]:
    """A transplant, or six courses of drugs, is expected to need over ten transfusions."""
    other = record.other
    if other is None or other.transfusions_over_10:
        return
    courses = {(row.phase, row.cycle) for _, row in administrations(record)}
    if record.hsct or len(courses) >= _INTENSIVE_COURSES:
        yield "/other/transfusions", "over ten transfusions are to be expected"


@invariant("OTH-07", Severity.WARNING)
def ten_transfusions_are_avoided(record: Record) -> Iterator[Breach]:
    """Exactly ten transfusions are avoided: definitions of `over ten` differ there."""
    if record.other is not None and record.other.transfusion_count == _MANY:
        yield "/other/transfusion_count", "neither clearly over ten nor clearly not"


@invariant("OTH-08", Severity.WARNING)
def port_is_placed_in_time(record: Record) -> Iterator[Breach]:
    """A port is placed within 30 days of the first intravenous drug at the latest."""
    days = [row.date for _, row in administrations(record) if row.route == INTRAVENOUS]
    for index, row in enumerate(record.surgery):
        late = bool(days) and (row.date - min(days)).days > _CATHETER_DAYS
        if row.procedure == "port_insertion" and late:
            yield f"/surgery/{index}/date", f"drugs by vein since {min(days)}"


@invariant("OTH-09", Severity.WARNING)
def toxicity_is_of_a_drug_given(record: Record) -> Iterator[Breach]:
    """The toxicity is one that a drug given before it is known to cause."""
    other = record.other
    if other is None or other.toxicity_description is None:
        return
    if other.toxicity_description not in _known_toxicities(record, other):
        message = f"{other.toxicity_description} is not known of the drugs given"
        yield "/other/toxicity_description", message


def _is_near_treatment(record: Record, day: dt.date) -> bool:
    return any(0 <= (day - one).days <= _TOXIC_DAYS for _, one in treatment_dates(record))


def _gonadotoxic(record: Record) -> Iterator[dt.date]:
    for _, row in administrations(record):
        yield row.date
    for beam in record.radiotherapy:
        yield beam.start_date


def _known_toxicities(record: Record, other: Other) -> set[str]:
    day = other.toxicity_date or record.generated_at
    drugs = {row.drug_inn for _, row in administrations(record) if row.date <= day}
    drugs |= {one.drug_inn for row in record.hsct for one in row.conditioning}
    known = [*toxicities_of_any(), *(one for drug in drugs for one in toxicities_of(drug))]
    return {name for one in known for name in (one.name_en, one.name_es)}
