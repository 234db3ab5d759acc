"""Rules about the person: age, sex, life and death, and the order of dates around them."""

from collections.abc import Iterator
from typing import Final

from fuente.generation.case import age_years
from fuente.patients.anatomy import site_fits_sex
from fuente.records.finding import Severity
from fuente.records.invariants.facts import clinical_dates, months_old, treatment_dates
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_BIRTH: Final = "/demographics/birth_date"
# Paediatric oncology ends at this age at diagnosis. Source: invariant DEM-03. Confidence: high.
_ADULT_YEARS: Final = 18
_DEATHS: Final = ("dead_of_disease", "dead_other")


@invariant("DEM-01")
def birth_comes_first(record: Record) -> Iterator[Breach]:
    """No date of the record lies before the birth."""
    birth = record.demographics.birth_date
    for pointer, day in clinical_dates(record):
        if day < birth:
            yield pointer, f"{day} lies before the birth on {birth}"


@invariant("DEM-02")
def age_is_as_requested(record: Record) -> Iterator[Breach]:
    """The age at the reference date is the age asked for, in years, in months or as a range."""
    request = record.request
    years = age_years(record.demographics.birth_date, record.generated_at)
    if request.age_years is not None and years != request.age_years:
        yield _BIRTH, f"{years} years old, {request.age_years} asked for"
    months = int(months_old(record, record.generated_at))
    if request.age_months is not None and months != request.age_months:
        yield _BIRTH, f"{months} months old, {request.age_months} asked for"
    if request.age_min is not None and years < int(request.age_min):
        yield _BIRTH, f"{years} years old, at least {request.age_min} asked for"
    if request.age_max is not None and years > request.age_max:
        yield _BIRTH, f"{years} years old, at most {request.age_max} asked for"


@invariant("DEM-03", Severity.WARNING)
def first_tumour_is_paediatric(record: Record) -> Iterator[Breach]:
    """The first tumour is diagnosed before 18 years of age."""
    day = record.diagnoses[0].date_of_diagnosis
    years = age_years(record.demographics.birth_date, day)
    if years >= _ADULT_YEARS:
        yield "/diagnoses/0/date_of_diagnosis", f"diagnosed at {years} years of age"


@invariant("DEM-04")
def nothing_is_treated_after_death(record: Record) -> Iterator[Breach]:
    """No diagnosis, treatment or relapse lies after the death."""
    death = record.demographics.death_date
    if death is None:
        return
    days = [day for _, day in treatment_dates(record)]
    days += [one.date_of_diagnosis for one in record.diagnoses]
    days += [one.date for one in record.relapse]
    if days and max(days) > death:
        yield "/demographics/death_date", f"treated or diagnosed until {max(days)}"


@invariant("DEM-05")
def death_agrees_with_outcome(record: Record) -> Iterator[Breach]:
    """Dead if and only if a date of death is given and the outcome says so."""
    dead = record.demographics.vital_status == "dead"
    if dead != (record.demographics.death_date is not None):
        yield "/demographics/death_date", "a date of death goes with a dead patient only"
    if dead != (record.outcome.status in _DEATHS):
        yield "/outcome/status", f"the patient is {record.demographics.vital_status}"


@invariant("DEM-06")
def site_belongs_to_the_sex(record: Record) -> Iterator[Breach]:
    """A primary site of one sex (ovary, testis, uterus, prostate) is found in that sex only."""
    sex = record.demographics.sex
    for index, row in enumerate(record.diagnoses):
        if sex in ("male", "female") and not site_fits_sex(row.topography, sex):
            yield f"/diagnoses/{index}/topography", f"a {sex} patient cannot have this site"


@invariant("DEM-07")
def nothing_lies_in_the_future(record: Record) -> Iterator[Breach]:
    """No date of the record lies after its reference date."""
    for pointer, day in clinical_dates(record):
        if day > record.generated_at:
            yield pointer, f"{day} lies after the reference date {record.generated_at}"
