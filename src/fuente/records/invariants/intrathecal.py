"""Rules about injections into the cerebrospinal fluid.

The age band itself stands in the cited table, whose header is not part of a quote: `fuente verify`
reads it again from the page. On the record alone an intrathecal dose must be one of the fixed
amounts of its row, and must not fall as the child grows older.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.dosing.drugs import IntrathecalUse
from fuente.patients.clinical import ChemoAdministration
from fuente.patients.diagnosis import Frequency
from fuente.records.finding import Severity
from fuente.records.invariants.facts import (
    INTRATHECAL,
    administrations,
    drug_of,
    entry_of,
    may_be_injected,
)
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_TRIPLE: Final = 3
# Source: invariant ITH-05. Confidence: medium.
_MOST_IN_A_WEEK: Final = 2
_WEEK: Final = 7
# Courses for mature B-cell lymphoma give three injections in a week (LMB schedules). Confidence:
# medium.
_THREE_A_WEEK: Final = frozenset({"BURKITT", "DLBCL"})
_NERVOUS_SYSTEM: Final = ("C70", "C71", "C72")


@invariant("ITH-01")
def drug_may_go_into_the_spine(record: Record) -> Iterator[Breach]:
    """Intrathecal drugs are methotrexate, cytarabine, hydrocortisone, prednisolone or special."""
    for pointer, row in administrations(record):
        drug = drug_of(row.drug_inn)
        # The fatal ones have a rule of their own, CHE-11.
        fatal = drug is not None and drug.intrathecal is IntrathecalUse.FATAL
        if row.route == INTRATHECAL and not fatal and not may_be_injected(row.drug_inn):
            yield f"{pointer}/drug_inn", f"{row.drug_inn} is not given intrathecally"


@invariant("ITH-02")
def dose_is_of_an_age_band(record: Record) -> Iterator[Breach]:
    """An intrathecal dose is a fixed amount in mg that does not fall as the child grows older."""
    highest: dict[tuple[str, str], Decimal] = {}
    for pointer, row in sorted(_injected(record), key=lambda one: one[1].date):
        if row.prescribed_unit != "mg":
            yield f"{pointer}/prescribed_unit", "an intrathecal dose goes by age, in mg"
        key = (row.drug_inn, row.citation_id)
        before = highest.get(key, row.prescribed_value)
        if row.prescribed_value < before:
            yield f"{pointer}/prescribed_value", f"a younger child got {before} mg by this table"
        highest[key] = max(before, row.prescribed_value)
    summary = record.intrathecal
    given = sorted(row.dose_administered for _, row in _injected(record))
    if summary is not None and sorted(summary.doses_mg) != given:
        yield "/intrathecal/doses_mg", "not the doses of the injections"


@invariant("ITH-03")
def injections_are_counted(record: Record) -> Iterator[Breach]:
    """Injections are the distinct days with one; triple means three drugs every time."""
    by_day = _by_day(record)
    summary = record.intrathecal
    if summary is None or summary.given != bool(by_day):
        if by_day or summary is not None:
            yield "/intrathecal/given", f"{len(by_day)} days with an intrathecal dose"
        return
    if (summary.injections or 0) != len(by_day):
        yield "/intrathecal/injections", f"{len(by_day)} days with an intrathecal dose"
    if set(summary.drugs) != {drug for drugs in by_day.values() for drug in drugs}:
        yield "/intrathecal/drugs", "not the drugs of the injections"
    if summary.triple and any(len(drugs) < _TRIPLE for drugs in by_day.values()):
        yield "/intrathecal/triple", "some injection has fewer than three drugs"


@invariant("ITH-04", Severity.WARNING)
def injections_fit_the_disease(record: Record) -> Iterator[Breach]:
    """Intrathecal treatment is given where the disease calls for it and nowhere else."""
    entries = [entry for one in record.diagnoses if (entry := entry_of(one)) is not None]
    uses = {entry.intrathecal_use for entry in entries}
    given = bool(_by_day(record))
    relapsed_there = any(
        site.startswith(_NERVOUS_SYSTEM) for one in record.relapse for site in one.sites
    )
    if record.chemotherapy and Frequency.ALWAYS in uses and not given:
        yield "/intrathecal/given", "this disease is always treated intrathecally"
    if given and uses == {Frequency.NEVER} and not relapsed_there:
        yield "/intrathecal/given", "this disease is not treated intrathecally"


@invariant("ITH-05")
def injections_keep_their_distance(record: Record) -> Iterator[Breach]:
    """At most two injections fall within 7 days, unless the nervous system is involved."""
    entries = [entry_of(one) for one in record.diagnoses]
    involved = any(
        site.startswith(_NERVOUS_SYSTEM)
        for one in record.diagnoses
        for site in one.metastasis_sites
    )
    if involved or any(one is not None and one.id in _THREE_A_WEEK for one in entries):
        return
    days = sorted(_by_day(record))
    for first, third in zip(days, days[_MOST_IN_A_WEEK:], strict=False):
        if (third - first).days < _WEEK:
            yield "/intrathecal/injections", f"three injections from {first} to {third}"
            return


def _injected(record: Record) -> Iterator[tuple[str, ChemoAdministration]]:
    """Intrathecal doses of drugs that may be; ITH-01 and CHE-11 speak of the others."""
    for pointer, row in administrations(record):
        if row.route == INTRATHECAL and may_be_injected(row.drug_inn):
            yield pointer, row


def _by_day(record: Record) -> dict[dt.date, set[str]]:
    by_day: dict[dt.date, set[str]] = {}
    for _, row in _injected(record):
        by_day.setdefault(row.date, set()).add(row.drug_inn)
    return by_day
