"""Rules about identity: nothing in a record may belong to a real person."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from fuente.generation.case import age_years
from fuente.patients.reserved import (
    CONSENT_AGE,
    is_invalid_national_id,
    is_reserved_email,
    is_reserved_phone,
    is_unused_postal_code,
)
from fuente.records.finding import Severity
from fuente.records.invariants.registry import Breach, invariant, run_invariant
from fuente.records.record import DISCLAIMER, Record


@invariant("ID-01")
def is_marked_synthetic(record: Record) -> Iterator[Breach]:
    """The record is marked synthetic and carries the disclaimer in its language."""
    if record.is_synthetic is not True:
        yield "/is_synthetic", "not marked as synthetic"
    if record.disclaimer != DISCLAIMER[record.language]:
        yield "/disclaimer", "not the disclaimer of a fictional record in its language"


@run_invariant("ID-02")
def numbers_are_unique_in_the_run(records: Sequence[Record]) -> Iterator[Breach]:
    """Record id, health card number and hospital number each occur once within a run."""
    for pointer, read in _NUMBERS:
        seen: dict[str, int] = {}
        for index, record in enumerate(records):
            first = seen.setdefault(read(record), index)
            if first != index:
                yield f"/{index}{pointer}", f"also the number of record {first}"


@invariant("ID-03")
def national_id_is_invalid(record: Record) -> Iterator[Breach]:
    """There is no national identity number, or its control letter is wrong."""
    number = record.demographics.national_id
    if number is not None and not is_invalid_national_id(number):
        yield "/demographics/national_id", "could be a real number: its control letter fits"


@invariant("ID-04")
def email_is_reserved(record: Record) -> Iterator[Breach]:
    """The e-mail address lies in a domain reserved for examples."""
    if not is_reserved_email(record.demographics.email):
        domain = record.demographics.email.rpartition("@")[2]
        yield "/demographics/email", f"{domain} is not a reserved domain"


@invariant("ID-05")
def phone_is_reserved(record: Record) -> Iterator[Breach]:
    """The telephone number lies in a range without subscribers."""
    if not is_reserved_phone(record.demographics.phone):
        yield "/demographics/phone", "not in the fictitious range +34 75 to 79"


@invariant("ID-06")
def postal_code_is_unused(record: Record) -> Iterator[Breach]:
    """The postal code is absent or one that Spain does not use (53000 to 99999)."""
    address = record.demographics.address
    if address is not None and not is_unused_postal_code(address.postal_code):
        yield "/demographics/address/postal_code", f"{address.postal_code} may be a real place"


@invariant("ID-07", Severity.WARNING)
def address_of_a_child_is_a_guardians(record: Record) -> Iterator[Breach]:
    """The e-mail address is the patient's own only from 14 years of age on."""
    years = age_years(record.demographics.birth_date, record.generated_at)
    if record.demographics.email_owner == "patient" and years < CONSENT_AGE:
        yield "/demographics/email_owner", f"the patient is {years} years old"


_NUMBERS: Final[tuple[tuple[str, Callable[[Record], str]], ...]] = (
    ("/record_id", lambda record: record.record_id),
    ("/demographics/sip_number", lambda record: record.demographics.sip_number),
    ("/demographics/nhc", lambda record: record.demographics.nhc),
)
