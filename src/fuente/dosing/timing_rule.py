"""One way of saying something about time: a pattern, and what its match states.

The pieces that the rules of frequency and of duration share. Knows nothing of their order.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.documents.source import Language
from fuente.dosing.numbers import COUNT, parse_count, parse_number
from fuente.dosing.remainder import Remainder

# Fields of a dose expression by name, of as many types as it has.
Stated = dict[str, Any]
Reading = Callable[[re.Match[str], Language | None], Stated]

N: Final = rf"(?P<n>{COUNT})"
HOUR: Final = r"(?:hours?|hrs?|horas?|hs|h)\b\.?"
MINUTE: Final = r"(?:minutes?|minutos?|mins?|min)\b\.?"
DAY: Final = r"(?:days?|dias?|d)\b"
WEEK: Final = r"(?:weeks?|wks?|semanas?|w)\b"
CYCLE: Final = r"(?:cycles?|ciclos?|courses?|cursos?|blocks?|bloques?|blocos?)"
DECIMAL: Final = r"\d+(?:[.,]\d+)?"
# `x2d` and `x 2 d` are numbers; the `2` of `1.2`, `-2` or `vp2` is none.
ALONE: Final = r"(?:(?<=[^\w.,-])|(?<=^)|(?<=x)|(?<= -))"
# A frequency begins a word, or is glued to the unit before it: `25mgbd`.
BEHIND_UNIT: Final = r"(?:(?<![a-z])|(?<=mg)|(?<=mcg)|(?<=ug)|(?<=\dg)|(?<=\d g)|(?<=/kg))"
EVERY: Final = r"(?:(?<![a-z])(?:every|each|a cada|cada|c/|q\.?))"


@dataclass(frozen=True, slots=True)
class TimingRule:
    """A way of saying something, and what it states."""

    pattern: re.Pattern[str]
    read: Reading

    def apply(self, rest: Remainder, language: Language | None, stated: Stated) -> None:
        """Take the words out of the phrase; what was stated before stays."""
        match = rest.take(self.pattern)
        if match is not None:
            for key, value in self.read(match, language).items():
                stated.setdefault(key, value)


def rule(alternatives: tuple[str, ...], read: Reading) -> TimingRule:
    """A rule of alternative wordings, tried in order."""
    return TimingRule(re.compile("|".join(alternatives)), read)


def count(key: str) -> Reading:
    """The number `n` of the match under a key."""
    return lambda match, _: {key: parse_count(match["n"])}


def fixed(**stated: object) -> Reading:
    """The same statement whatever the match."""
    return lambda match, _: dict(stated)


def hours(key: str, share: int = 1) -> Reading:
    """The group `hours` under a key, divided where it counts minutes."""
    return lambda match, language: {key: _whole(parse_number(match["hours"], language) / share)}


def cycle_or_interval(days: int) -> Stated:
    """Two weeks or more between doses is how protocols state the length of a cycle."""
    return {"cycle_length_days": days} if days >= 14 else {"interval_days": days}


def _whole(number: Decimal) -> Decimal:
    return number.normalize() + 0
