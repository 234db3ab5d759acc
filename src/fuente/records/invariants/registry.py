"""The list of invariants: each has an id, a severity, and a function that yields its breaches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fuente.records.finding import Finding, Severity
from fuente.records.record import Record

Breach = tuple[str, str]
"""A JSON pointer and what is wrong there."""
Rule = Callable[[Record], Iterator[Breach]]

_INVARIANTS: dict[str, "Invariant"] = {}


@dataclass(frozen=True, slots=True)
class Invariant:
    """One rule of the project's list of invariants."""

    rule_id: str
    severity: Severity
    rule: Rule

    @property
    def text(self) -> str:
        """What the rule demands, as its docstring says."""
        return (self.rule.__doc__ or "").strip()

    def check(self, record: Record) -> Iterator[Finding]:
        """A finding for each breach."""
        for pointer, message in self.rule(record):
            yield Finding(self.rule_id, pointer, self.severity, message)


def invariant(rule_id: str, severity: Severity = Severity.ERROR) -> Callable[[Rule], Rule]:
    """Register a rule under its id.

    Raises:
        ValueError: the id is taken.
    """

    def register(rule: Rule) -> Rule:
        if rule_id in _INVARIANTS:
            raise ValueError(f"two rules claim {rule_id}")
        _INVARIANTS[rule_id] = Invariant(rule_id, severity, rule)
        return rule

    return register


def registered() -> tuple[Invariant, ...]:
    """Every invariant, by id."""
    return tuple(_INVARIANTS[key] for key in sorted(_INVARIANTS))
