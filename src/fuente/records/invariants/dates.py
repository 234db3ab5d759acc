"""Rules about the order of diagnoses, lines and operations."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from fuente.records.invariants.facts import diagnosis_of, drug_days
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# A tumour may be found at its removal. Source: invariant DAT-09. Confidence: medium.
_EXCISED_BEFORE_DAYS: Final = 30


@invariant("DAT-01")
def diagnoses_follow_the_birth(record: Record) -> Iterator[Breach]:
    """Birth comes before the first diagnosis, the first diagnosis before the second."""
    before, what = record.demographics.birth_date, "the birth"
    for index, row in enumerate(record.diagnoses):
        if row.date_of_diagnosis <= before:
            yield f"/diagnoses/{index}/date_of_diagnosis", f"not after {what} on {before}"
        before, what = row.date_of_diagnosis, "the diagnosis before it"


@invariant("DAT-02")
def lines_follow_one_another(record: Record) -> Iterator[Breach]:
    """A line ends before the next begins, unless salvage answers a progression during it."""
    progressed = any(one.timing == "during_first_line" for one in record.relapse)
    for index, (line, following) in enumerate(pairwise(record.treatment_lines)):
        if following.intent == "salvage" and progressed:
            continue
        pointer = f"/treatment_lines/{index}/end_date"
        if line.end_date is None:
            yield pointer, "still open although another line follows"
        elif line.end_date >= following.start_date:
            yield pointer, f"the next line begins on {following.start_date}"


@invariant("DAT-09")
def operations_follow_the_diagnosis(record: Record) -> Iterator[Breach]:
    """A tumour is operated on at most 30 days before its diagnosis."""
    for index, row in enumerate(record.surgery):
        tumour = diagnosis_of(record, row.relates_to_diagnosis)
        if tumour and (tumour.date_of_diagnosis - row.date).days > _EXCISED_BEFORE_DAYS:
            yield f"/surgery/{index}/date", f"diagnosed on {tumour.date_of_diagnosis}"


@invariant("DX-09")
def treatment_follows_the_diagnosis(record: Record) -> Iterator[Breach]:
    """Drugs and radiation for a tumour begin on the day of its diagnosis or later."""
    for index, row in enumerate(record.diagnoses):
        number = row.diagnosis_number
        days = [*drug_days(record, number)]
        days += [
            one.start_date for one in record.radiotherapy if one.relates_to_diagnosis == number
        ]
        if days and min(days) < row.date_of_diagnosis:
            yield f"/diagnoses/{index}/date_of_diagnosis", f"treated since {min(days)}"
