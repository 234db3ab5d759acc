"""The list of invariants: each has an id, a severity, and a function that yields its breaches.

A rule looks at one record; a rule of runs looks at all records of one run. A rule never stops a
check: where the record is too broken for its arithmetic, that is the finding.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fuente.records.finding import Finding, Severity
from fuente.records.record import Record

Breach = tuple[str, str]
"""A JSON pointer and what is wrong there."""
Rule = Callable[[Record], Iterator[Breach]]
RunRule = Callable[[Sequence[Record]], Iterator[Breach]]

_INVARIANTS: dict[str, "Invariant"] = {}
_RUN_INVARIANTS: dict[str, "RunInvariant"] = {}


@dataclass(frozen=True, slots=True)
class Invariant:
    """One rule of the project's list of invariants, about a single record."""

    rule_id: str
    severity: Severity
    rule: Rule

    @property
    def text(self) -> str:
        """What the rule demands, as its docstring says."""
        return inspect.getdoc(self.rule) or ""

    @property
    def module(self) -> str:
        """The module the rule stands in, without its package."""
        return self.rule.__module__.rpartition(".")[2]

    def check(self, record: Record) -> Iterator[Finding]:
        """A finding for each breach."""
        try:
            for pointer, message in self.rule(record):
                yield Finding(self.rule_id, pointer, self.severity, message)
        except (ArithmeticError, LookupError, ValueError) as problem:
            message = f"the rule cannot be applied to these values: {problem}"
            yield Finding(self.rule_id, "", self.severity, message)


@dataclass(frozen=True, slots=True)
class RunInvariant:
    """One rule about all records of a run; its pointers begin with the record's position."""

    rule_id: str
    severity: Severity
    rule: RunRule

    @property
    def text(self) -> str:
        """What the rule demands, as its docstring says."""
        return inspect.getdoc(self.rule) or ""

    @property
    def module(self) -> str:
        """The module the rule stands in, without its package."""
        return self.rule.__module__.rpartition(".")[2]

    def check(self, records: Sequence[Record]) -> Iterator[Finding]:
        """A finding for each breach."""
        for pointer, message in self.rule(records):
            yield Finding(self.rule_id, pointer, self.severity, message)


def invariant(rule_id: str, severity: Severity = Severity.ERROR) -> Callable[[Rule], Rule]:
    """Register a rule under its id.

    Raises:
        ValueError: the id is taken.
    """

    def register(rule: Rule) -> Rule:
        _claim(rule_id)
        _INVARIANTS[rule_id] = Invariant(rule_id, severity, rule)
        return rule

    return register


def run_invariant(
    rule_id: str, severity: Severity = Severity.ERROR
) -> Callable[[RunRule], RunRule]:
    """Register a rule of runs under its id.

    Raises:
        ValueError: the id is taken.
    """

    def register(rule: RunRule) -> RunRule:
        _claim(rule_id)
        _RUN_INVARIANTS[rule_id] = RunInvariant(rule_id, severity, rule)
        return rule

    return register


def registered() -> tuple[Invariant, ...]:
    """Every invariant of single records, by id."""
    return tuple(_INVARIANTS[key] for key in sorted(_INVARIANTS))


def registered_for_runs() -> tuple[RunInvariant, ...]:
    """Every invariant of runs, by id."""
    return tuple(_RUN_INVARIANTS[key] for key in sorted(_RUN_INVARIANTS))


def _claim(rule_id: str) -> None:
    if rule_id in _INVARIANTS or rule_id in _RUN_INVARIANTS:
        raise ValueError(f"two rules claim {rule_id}")
