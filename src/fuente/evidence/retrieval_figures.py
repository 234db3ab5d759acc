"""How well questions were answered: shares of right outcomes with their intervals (pure).

An interval is that of a percentile bootstrap over the questions, seeded, so that the same outcomes
always give the same figures. It says how far the share could have been another with other
questions of the same sort, and nothing about questions of another sort.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import DoseReference
from fuente.dosing.units import parse_unit

RANKS: Final = (1, 5, 10)
"""How far down the hits a right page is looked for."""

_RESAMPLES: Final = 2_000
_SEED: Final = 20_260
_COVERED: Final = 0.95
# Printed and expected values may differ by rounding (23.4 Gy and 2340 cGy do not; 1/3 g may).
_TOLERANCE: Final = Decimal("0.005")
# The parts of a unit that say what the dose is scaled by; the others are periods.
_SIZES: Final = frozenset({"m2", "kg", "min", "h", "mL"})
_TO_BASE: Final[dict[str, tuple[str, Decimal]]] = {
    "g": ("mg", Decimal(1000)),
    "ug": ("mg", Decimal("0.001")),
    "ng": ("mg", Decimal("0.000001")),
    "cGy": ("Gy", Decimal("0.01")),
    "GBq": ("MBq", Decimal(1000)),
    "L": ("mL", Decimal(1000)),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """The amount a question has for answer: one value, or a minimum and a maximum; unit printed.

    `equivalent` is the same amount in another unit, where documents print either.
    """

    minimum: Decimal
    maximum: Decimal
    unit: str
    equivalent: "Expected | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    `rank` is that of the first hit on a right page, 0 where none of the hits is. `answerable` says
    whether the documents state the answer.
    """

    answerable: bool
    rank: int = 0
    value_right: bool = False
    period_right: bool = False
    refused: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """A share of questions with the ends of its 95 % interval; NaN where there is no question."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.count / self.of if self.of else math.nan


def _within(top: int) -> Callable[[Outcome], bool]:
    return lambda one: 0 < one.rank <= top


MEASURES: Final[dict[str, tuple[bool, Callable[[Outcome], bool]]]] = {
    **{f"hit@{top}": (True, _within(top)) for top in RANKS},
    "value right": (True, lambda one: one.value_right),
    "value and period right": (True, lambda one: one.period_right),
    "wrongly refused": (True, lambda one: one.refused),
    "rightly refused": (False, lambda one: one.refused),
}
"""Each measure: whether it is taken over the answerable questions, and what counts."""


def shares(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Every measure over the outcomes."""
    return {
        name: _share([counts(one) for one in outcomes if one.answerable is answerable])
        for name, (answerable, counts) in MEASURES.items()
    }


def percentile(seconds: Iterable[float], part: float) -> float:
    """The smallest of the values that at least this part of them does not exceed; 0 of none."""
    ordered = sorted(seconds)
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def states(reference: DoseReference, expected: Expected) -> tuple[bool, bool]:
    """Whether the reference states the expected amount, and whether per the same period too.

    The amount is right when number, base unit and body size agree: mg/m2 is not mg/kg.
    """
    found = [_compared(reference, one) for one in (expected, expected.equivalent) if one]
    return any(amount for amount, _ in found), any(period for _, period in found)


def _compared(reference: DoseReference, expected: Expected) -> tuple[bool, bool]:
    reading = parse_unit(expected.unit)
    base, sizes, factor = _parts(reading.unit)
    own_base, own_sizes, own_factor = _parts(reference.unit)
    if (base, sizes) != (own_base, own_sizes):
        return False, False
    stated = _ends(reference)
    wanted = (
        expected.minimum * reading.factor * factor,
        expected.maximum * reading.factor * factor,
    )
    is_right = all(
        _is_close(one * own_factor, other) for one, other in zip(stated, wanted, strict=True)
    )
    same_period = (reading.per or "dose") == (reference.per or "dose")
    return is_right, is_right and same_period


def _ends(reference: DoseReference) -> tuple[Decimal, Decimal]:
    if reference.value is not None:
        return reference.value, reference.value
    if reference.minimum is None or reference.maximum is None:
        raise ValueError(f"{reference.reference_id} states no amount")
    return reference.minimum, reference.maximum


def _parts(unit: str) -> tuple[str, frozenset[str], Decimal]:
    first, *rest = unit.split("/")
    base, factor = _TO_BASE.get(first, (first, Decimal(1)))
    return base, frozenset(part for part in rest if part in _SIZES), factor


def _is_close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))


def _share(met: Sequence[bool]) -> Share:
    if not met:
        return Share(0, 0, math.nan, math.nan)
    drawn = random.Random(_SEED)
    size = len(met)
    counts = sorted(sum(drawn.choices(met, k=size)) for _ in range(_RESAMPLES))
    cut = round(_RESAMPLES * (1 - _COVERED) / 2)
    return Share(sum(met), size, counts[cut] / size, counts[-cut - 1] / size)
