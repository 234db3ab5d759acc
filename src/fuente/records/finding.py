"""A finding: one thing a check has to say about a record, with the place it concerns."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Only an error makes a record fail."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """The rule that spoke, the JSON pointer of the value, and what is wrong in plain words."""

    rule: str
    pointer: str
    severity: Severity
    message: str

    def as_json(self) -> dict[str, str]:
        """The keys of `fuente verify`."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "severity": self.severity.value,
            "message": self.message,
        }


def error(rule: str, pointer: str, message: str) -> Finding:
    """A finding that makes the record fail."""
    return Finding(rule, pointer, Severity.ERROR, message)


def warning(rule: str, pointer: str, message: str) -> Finding:
    """A finding worth knowing that does not make the record fail."""
    return Finding(rule, pointer, Severity.WARNING, message)
