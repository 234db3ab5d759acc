"""Height and weight by sex, age and z-score, from the CDC 2000 growth reference (LMS method).

Decides how parameters are interpolated between tabulated ages and how results are rounded. It knows
nothing of patients: which z-score a child has, and how illness moves it, is decided elsewhere.
"""

import csv
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Sex = Literal["male", "female"]
Measure = Literal["height", "weight"]

# From this age CDC measures stature standing; before it, length lying down (about 0.8 cm more).
# Source: CDC 2000 growth charts, tables lenageinf and statage. Confidence: high.
_STANDING_FROM_MONTHS: Final = 24
# Adults keep their last tabulated size: the reference ends at 20 years. Confidence: high.
_LAST_MONTH: Final = 240

_EXACT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)
_TENTH: Final = Decimal("0.1")
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Lms:
    """The three parameters at one age: Box-Cox power, median, coefficient of variation."""

    power: Decimal
    median: Decimal
    variation: Decimal

    def __post_init__(self) -> None:
        if self.median <= 0 or self.variation <= 0:
            raise ValueError("median and coefficient of variation must be positive")


def height_cm(sex: Sex, age_months: Decimal | int, z: Decimal | int) -> Decimal:
    """Height (length before 24 months) in cm at a z-score, rounded to 0.1 cm, half to even."""
    return _at(sex, "height", age_months, z).quantize(_TENTH, context=_EXACT)


def weight_kg(sex: Sex, age_months: Decimal | int, z: Decimal | int) -> Decimal:
    """Weight in kg at a z-score, rounded to 0.01 kg, half to even."""
    return _at(sex, "weight", age_months, z).quantize(_HUNDREDTH, context=_EXACT)


def height_z(sex: Sex, age_months: Decimal | int, height: Decimal) -> Decimal:
    """The z-score of a height in cm, rounded to 0.01, half to even."""
    return z_of(lms(sex, "height", age_months), height)


def weight_z(sex: Sex, age_months: Decimal | int, weight: Decimal) -> Decimal:
    """The z-score of a weight in kg, rounded to 0.01, half to even."""
    return z_of(lms(sex, "weight", age_months), weight)


def lms(sex: Sex, measure: Measure, age_months: Decimal | int) -> Lms:
    """The parameters at an age, linear between tabulated ages; 20 years and more are 20 years.

    Raises:
        ValueError: the age is negative, or sex or measure is not tabulated.
    """
    age = Decimal(age_months)
    if not age.is_finite() or age < 0:
        raise ValueError(f"age in months must be 0 or more, not {age_months}")
    table = "growth_lms_infant.csv" if age < _STANDING_FROM_MONTHS else "growth_lms_child.csv"
    points = _points(table).get((sex, measure))
    if points is None:
        raise ValueError(f"no growth reference for {sex!r} {measure!r}")
    return _between(points, min(age, Decimal(_LAST_MONTH)))


def value_at(parameters: Lms, z: Decimal | int) -> Decimal:
    """The measurement at a z-score, unrounded: M (1 + L S z)^(1/L), or M exp(S z) when L is 0.

    Raises:
        ValueError: no measurement has so extreme a z-score at this age.
    """
    c = _EXACT
    if parameters.power == 0:
        return c.multiply(parameters.median, c.exp(c.multiply(parameters.variation, Decimal(z))))
    scaled = c.multiply(c.multiply(parameters.power, parameters.variation), Decimal(z))
    stem = c.add(Decimal(1), scaled)
    if stem <= 0:
        raise ValueError(f"z-score {z} lies outside the growth reference")
    return c.multiply(parameters.median, c.exp(c.divide(c.ln(stem), parameters.power)))


def z_of(parameters: Lms, value: Decimal) -> Decimal:
    """The z-score of a measurement, rounded to 0.01: the inverse of `value_at`.

    Raises:
        ValueError: the measurement is not positive.
    """
    if not value.is_finite() or value <= 0:
        raise ValueError(f"a measurement must be positive, not {value}")
    c = _EXACT
    log_ratio = c.ln(c.divide(value, parameters.median))
    if parameters.power == 0:
        raw = c.divide(log_ratio, parameters.variation)
    else:
        stretched = c.exp(c.multiply(parameters.power, log_ratio))
        raw = c.divide(stretched - 1, c.multiply(parameters.power, parameters.variation))
    return raw.quantize(_HUNDREDTH, context=c)


_Points = tuple[tuple[Decimal, Lms], ...]


def _at(sex: Sex, measure: Measure, age_months: Decimal | int, z: Decimal | int) -> Decimal:
    return value_at(lms(sex, measure, age_months), z)


def _between(points: _Points, age: Decimal) -> Lms:
    after = min(bisect_right(points, age, key=lambda point: point[0]), len(points) - 1)
    (low_age, low), (high_age, high) = points[after - 1], points[after]
    share = _EXACT.divide(age - low_age, high_age - low_age)

    def mix(part: Callable[[Lms], Decimal]) -> Decimal:
        return _EXACT.add(part(low), _EXACT.multiply(share, part(high) - part(low)))

    return Lms(mix(lambda p: p.power), mix(lambda p: p.median), mix(lambda p: p.variation))


@cache
def _points(table: str) -> dict[tuple[str, str], _Points]:
    grouped: dict[tuple[str, str], list[tuple[Decimal, Lms]]] = {}
    with (files("fuente.quantities") / "data" / table).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            parameters = Lms(Decimal(row["L"]), Decimal(row["M"]), Decimal(row["S"]))
            key = (row["sex"], row["measure"])
            grouped.setdefault(key, []).append((Decimal(row["age_months"]), parameters))
    return {key: tuple(sorted(rows, key=lambda r: r[0])) for key, rows in grouped.items()}
