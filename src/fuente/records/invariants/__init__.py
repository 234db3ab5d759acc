"""Invariants: named rules every record must satisfy, each a small function in a module by block."""

from fuente.records.finding import Finding
from fuente.records.invariants import anthropometry, chemotherapy, demographics, diagnosis, request
from fuente.records.invariants.registry import Invariant, registered
from fuente.records.record import Record

__all__ = ["Invariant", "check_invariants", "registered"]

_MODULES = (anthropometry, chemotherapy, demographics, diagnosis, request)


def check_invariants(record: Record) -> tuple[Finding, ...]:
    """The findings of every invariant, in the order of the rules."""
    return tuple(finding for rule in registered() for finding in rule.check(record))
