"""Invariants: named rules every record must satisfy, each a small function in a module by scope.

The rules are those of the project's list (ids such as `CHE-01`); `docs/invariants.md` lists them.
One fault is reported by one rule: where two rules of the list state the same condition, one of them
owns it and the other is silent about it (`docs/adr`, the page on invariants).
"""

from collections.abc import Sequence

from fuente.records.finding import Finding
from fuente.records.invariants import (
    administrations,
    anthropometry,
    corticosteroid,
    courses,
    cumulative,
    dates,
    demographics,
    diagnosis,
    grounding,
    hsct,
    identity,
    intrathecal,
    other,
    radiation_fields,
    radiotherapy,
    relapse,
    request,
    second_tumour,
    staging,
    surgery,
    transplant_timing,
)
from fuente.records.invariants.registry import (
    Invariant,
    RunInvariant,
    registered,
    registered_for_runs,
)
from fuente.records.record import Record

__all__ = [
    "Invariant",
    "RunInvariant",
    "check_invariants",
    "check_run",
    "registered",
    "registered_for_runs",
]

_MODULES = (
    administrations,
    anthropometry,
    corticosteroid,
    courses,
    cumulative,
    dates,
    demographics,
    diagnosis,
    grounding,
    hsct,
    identity,
    intrathecal,
    other,
    radiation_fields,
    radiotherapy,
    relapse,
    request,
    second_tumour,
    staging,
    surgery,
    transplant_timing,
)


def check_invariants(record: Record) -> tuple[Finding, ...]:
    """The findings of every invariant, in the order of the rules."""
    return tuple(finding for rule in registered() for finding in rule.check(record))


def check_run(records: Sequence[Record]) -> tuple[Finding, ...]:
    """The findings of the rules about all records of one run; pointers begin with the position."""
    return tuple(finding for rule in registered_for_runs() for finding in rule.check(records))
