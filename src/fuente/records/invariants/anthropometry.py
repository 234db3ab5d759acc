"""Rules about body size: the surface, its plausibility for age and sex, and how fresh it is."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from fuente.patients.clinical import Anthropometry
from fuente.quantities.growth import Sex, height_z, weight_z
from fuente.records.finding import Severity
from fuente.records.invariants.facts import administrations, months_old, surface_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_SURFACE_TOLERANCE: Final = Decimal("0.01")
# Widest z-score of a plausible child. Source: invariant ANT-02. Confidence: high.
_WIDEST_Z: Final = Decimal("3.2")
# Growth and loss between measurements. Source: invariant ANT-03. Confidence: medium.
_SHRINKS_CM: Final = Decimal(1)
_GROWS_UNTIL_MONTHS: Final = 16 * 12
_KEPT_WEIGHT: Final = Decimal("0.85")
# How old a measurement may be that a dose rests on, in days, and under two years of age.
# Source: invariant ANT-04. Confidence: high.
_FRESH_DAYS: Final = 120
_FRESH_DAYS_INFANT: Final = 60
_INFANT_MONTHS: Final = 24


@invariant("ANT-01")
def surface_is_mosteller(record: Record) -> Iterator[Breach]:
    """The body surface is Mosteller's, within 0.01 m2."""
    for index, row in enumerate(record.anthropometry):
        expected = surface_of(row)
        if expected is None or abs(row.bsa_m2 - expected) > _SURFACE_TOLERANCE:
            yield f"/anthropometry/{index}/bsa_m2", f"Mosteller gives {expected}"


@invariant("ANT-02")
def size_is_plausible(record: Record) -> Iterator[Breach]:
    """Height and weight lie within 3.2 standard deviations for age and sex (CDC 2000)."""
    sex = record.demographics.sex
    if sex not in ("male", "female"):
        return
    for index, row in enumerate(record.anthropometry):
        months = months_old(record, row.measured_on)
        if months >= 0:
            yield from _implausible(f"/anthropometry/{index}", row, sex, months)


@invariant("ANT-03", Severity.WARNING)
def growth_is_steady(record: Record) -> Iterator[Breach]:
    """Children under 16 do not shrink by more than 1 cm, nor lose over 15 percent of weight."""
    for index, (before, after) in enumerate(pairwise(record.anthropometry), start=1):
        young = months_old(record, after.measured_on) < _GROWS_UNTIL_MONTHS
        if young and after.height_cm < before.height_cm - _SHRINKS_CM:
            yield f"/anthropometry/{index}/height_cm", f"{before.height_cm} cm before"
        if after.weight_kg < before.weight_kg * _KEPT_WEIGHT:
            yield f"/anthropometry/{index}/weight_kg", f"{before.weight_kg} kg before"


@invariant("ANT-04")
def surface_used_was_measured(record: Record) -> Iterator[Breach]:
    """A dose by body surface rests on a measurement of 120 days at most, 60 under two years."""
    for pointer, row in administrations(record):
        if row.bsa_used is None:
            continue
        limit = _limit(record, row.date)
        recent = [one for one in record.anthropometry if 0 <= _age(one, row.date) <= limit]
        if not any(_has_surface(one, row.bsa_used) for one in recent):
            yield f"{pointer}/bsa_used", f"not measured within {limit} days before {row.date}"


def _implausible(pointer: str, row: Anthropometry, sex: Sex, months: Decimal) -> Iterator[Breach]:
    scores = {
        "height_cm": height_z(sex, months, row.height_cm),
        "weight_kg": weight_z(sex, months, row.weight_kg),
    }
    for name, score in scores.items():
        if abs(score) > _WIDEST_Z:
            yield f"{pointer}/{name}", f"z-score {score} for age and sex"


def _age(row: Anthropometry, day: dt.date) -> int:
    return (day - row.measured_on).days


def _limit(record: Record, day: dt.date) -> int:
    infant = months_old(record, day) < _INFANT_MONTHS
    return _FRESH_DAYS_INFANT if infant else _FRESH_DAYS


def _has_surface(row: Anthropometry, surface: Decimal) -> bool:
    measured = surface_of(row)
    return measured is not None and abs(measured - surface) <= _SURFACE_TOLERANCE
