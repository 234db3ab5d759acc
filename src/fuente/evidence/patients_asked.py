"""Whom a question is about, and whether a statement is for them (pure).

Reads ages and weights of the question only. A statement that names no age or weight is for all; it
decides what does not fit, never which of several fitting statements is meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.bounds import Bound, find_bounds
from fuente.dosing.plain_text import plain
from fuente.dosing.reference import Population

_ENDLESS: Final = Decimal(10_000)
# One age or weight: `4-year-old`, `aged 4 years`, `niño de 4 años`, `child weighing 8 kg`. A bare
# `2 years` may be a duration.
_NUMBER: Final = r"(?P<n>\d{1,3}(?:[.,]\d+)?)"
_WHO: Final = (
    r"(?:nin[oa]s?|pacientes?|lactantes?|bebes?|adolescentes?|child(?:ren)?|infants?|patients?)"
)
_EXACT: Final = re.compile(
    rf"\b{_NUMBER}[ -]?(?P<old>years?|months?)[ -]old"
    r"|\b(?:aged|weighing|que pesan?|pesando) (?P<n2>\d{1,3}(?:[.,]\d+)?) ?"
    r"(?P<unit2>years?|months?|anos?|mes(?:es)?|kg)\b"
    rf"|\b{_WHO} (?:of|de|con|with) (?P<n3>\d{{1,3}}(?:[.,]\d+)?) ?"
    r"(?P<unit3>years?|months?|anos?|mes(?:es)?|kg)\b"
)
_MONTHS_PER_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What of a measure is meant: from `low` up to `high`, each of which may not belong to it."""

    low: Decimal
    high: Decimal
    without_low: bool = False
    without_high: bool = True

    def meets(self, other: "_Stretch") -> bool:
        """Whether some patient is in both."""
        if self.low == self.high:
            return other._holds(self.low)
        return self.low < other.high and other.low < self.high

    def lies_in(self, other: "_Stretch") -> bool:
        """Whether every patient of this one is in the other."""
        if self.low == self.high:
            return other._holds(self.low)
        return other.low <= self.low and self.high <= other.high

    def _holds(self, value: Decimal) -> bool:
        above = self.low < value if self.without_low else self.low <= value
        return above and (value < self.high if self.without_high else value <= self.high)


@dataclass(frozen=True, slots=True)
class PatientsAsked:
    """The ages (in months) and weights (in kg) a question names; None where it names none."""

    age: _Stretch | None = None
    weight: _Stretch | None = None

    def excludes(self, population: Population | None) -> bool:
        """Whether the population holds none of these patients."""
        return any(not asked.meets(stated) for asked, stated in self._both(population))

    def closeness(self, population: Population | None) -> float:
        """1 where the population is bounded and holds all of these patients, else 0."""
        both = list(self._both(population))
        return float(bool(both) and all(asked.lies_in(stated) for asked, stated in both))

    def _both(self, population: Population | None) -> Iterable[tuple[_Stretch, _Stretch]]:
        if population is None:
            return
        age = _stated(population.age_months_min, population.age_months_max)
        weight = _stated(
            population.weight_kg_min,
            population.weight_kg_max,
            without_low=population.weight_min_exclusive,
            without_high=not population.weight_max_inclusive,
        )
        for asked, stated in ((self.age, age), (self.weight, weight)):
            if asked is not None and stated is not None:
                yield asked, stated


def patients_asked(text: str, language: Language | None = None) -> PatientsAsked:
    """The ages and weights that a question names."""
    words = plain(text).text.lower()
    bounds = find_bounds(words, language)
    return PatientsAsked(
        _of([each for each in bounds if each.dimension == "age"]) or _exact(words, "age"),
        _of([each for each in bounds if each.dimension == "weight"]) or _exact(words, "weight"),
    )


def is_bounded(population: Population | None) -> bool:
    """Whether the population is one of some ages or sizes only."""
    if population is None:
        return False
    ages = (population.age_months_min, population.age_months_max)
    weights = (population.weight_kg_min, population.weight_kg_max)
    surfaces = (population.bsa_m2_min, population.bsa_m2_max)
    return any(bound is not None for bound in (*ages, *weights, *surfaces))


def exact_age(text: str) -> Decimal | None:
    """The age in months of the one patient the text names."""
    age = _exact(plain(text).text.lower(), "age")
    return age.low if age else None


def exact_places(text: str) -> list[tuple[int, int]]:
    """Where the text names one age or weight: whom it is about, and nothing a page must print."""
    source = plain(text)
    found = (source.printed_span(*each.span()) for each in _EXACT.finditer(source.text.lower()))
    return [(span.start, span.end) for span in found]


def _of(bounds: list[Bound]) -> _Stretch | None:
    """The one stretch that bounds name; of several none is meant alone."""
    if len(bounds) != 1:
        return None
    (bound,) = bounds
    if bound.dimension == "age":
        return _stated(bound.months(bound.low), bound.months(bound.high))
    return _stated(bound.low, bound.high)


def _exact(words: str, dimension: str) -> _Stretch | None:
    for match in _EXACT.finditer(words):
        number = match["n"] or match["n2"] or match["n3"]
        unit = match["old"] or match["unit2"] or match["unit3"]
        if (unit == "kg") is not (dimension == "weight"):
            continue
        value = Decimal(number.replace(",", "."))
        value = value * _MONTHS_PER_YEAR if unit[0] in "ya" else value
        return _Stretch(value, value)
    return None


def _stated(
    low: Decimal | None,
    high: Decimal | None,
    *,
    without_low: bool = False,
    without_high: bool = True,
) -> _Stretch | None:
    if low is None and high is None:
        return None
    return _Stretch(
        low if low is not None else Decimal(0),
        high if high is not None else _ENDLESS,
        without_low and low is not None,
        without_high and high is not None,
    )
