"""Rules about the person: identity, dates of life."""

import re
from collections.abc import Iterator
from typing import Final

from fuente.generation.case import age_years
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_RESERVED: Final = ("example.com", "example.net", "example.org")
_PHONE: Final = re.compile(r"^\+34 ?7[5-9]\d{7}$")


@invariant("ID-04")
def email_is_reserved(record: Record) -> Iterator[Breach]:
    """The e-mail address lies in a domain reserved for examples."""
    domain = record.demographics.email.rpartition("@")[2]
    if domain not in _RESERVED and not domain.endswith((".test", ".example", ".invalid")):
        yield "/demographics/email", f"{domain} is not a reserved domain"


@invariant("ID-05")
def phone_is_reserved(record: Record) -> Iterator[Breach]:
    """The telephone number lies in a range without subscribers."""
    if not _PHONE.match(record.demographics.phone):
        yield "/demographics/phone", "not in the fictitious range +34 75 to 79"


@invariant("DEM-01")
def birth_comes_first(record: Record) -> Iterator[Breach]:
    """No diagnosis lies before the birth."""
    for index, row in enumerate(record.diagnoses):
        if row.date_of_diagnosis < record.demographics.birth_date:
            yield f"/diagnoses/{index}/date_of_diagnosis", "before the birth date"


@invariant("DEM-02")
def age_is_as_requested(record: Record) -> Iterator[Breach]:
    """The age at the reference date is the age asked for."""
    years = age_years(record.demographics.birth_date, record.generated_at)
    if record.request.age_years is not None and years != record.request.age_years:
        yield "/demographics/birth_date", f"{years} years old, {record.request.age_years} asked for"
