"""From a dose reference and a body to the amount of one administration.

The order is fixed: value times surface or weight (the band is the reference's own), cap, reduction,
rounding. Every step is recorded. Knows no drug's dose: all numbers come from the reference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final

from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.reference import Cap, DoseReference
from fuente.errors import NotFound
from fuente.quantities.quantity import Quantity, denominator, numerator

# Significant digits of an administered amount. Source: CHE-12 of the record's rules, which also
# asks for at least 95 % of the computed amount: three digits lose at most 1 %. Confidence: medium.
_DIGITS: Final = 3
# Dispensed in whole units: pegaspargase vials, and radioactivity, which is measured and not weighed
# out. Source: dose arithmetic rules and worked example 21. Confidence: medium.
_WHOLE_DRUGS: Final = frozenset({"pegaspargase"})
_WHOLE_UNITS: Final = frozenset({"MBq"})
# dose = AUC x (GFR + 0.36 x weight), GFR uncorrected in mL/min. Source: Newell et al., J Clin Oncol
# 1993;11:2314-2323 (paediatric). Confidence: high.
_NEWELL_PER_KG: Final = Decimal("0.36")
_EQUIVALENTS: Final[dict[str, tuple[Decimal, str]]] = {
    # One millicurie is 37 MBq (definition of the curie). Confidence: high.
    "mCi": (Decimal(37), "MBq"),
    # One USP unit of bleomycin is a thousand international units (Ph. Eur.). Confidence: high.
    "U": (Decimal(1000), "[iU]"),
}


@dataclass(frozen=True, slots=True)
class Body:
    """What of a patient enters a dose; what is not known is None."""

    weight_kg: Decimal | None = None
    bsa_m2: Decimal | None = None
    age_months: Decimal | None = None
    gfr_ml_min: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CalculatedDose:
    """The amount of one administration (or day, as the reference says) and how it came about.

    `unrounded` is the amount after cap and reduction; `steps` are the lines of the calculation.
    """

    value: Decimal
    unit: str
    cap_applied: bool
    unrounded: Decimal
    steps: tuple[str, ...]


def calculate_dose(
    reference: DoseReference,
    body: Body,
    reduction_percent: Decimal | int | None = None,
    chosen: Decimal | None = None,
) -> CalculatedDose:
    """The amount for this body in the unit the drug is counted in.

    Args:
        reference: what the document states.
        body: weight, surface, and renal function where the reference is an AUC.
        reduction_percent: how much less to give, 0 to 100, after the cap.
        chosen: the value taken from a reference that states a range.

    Raises:
        ValueError: the body lacks what the unit needs, or the reference states no usable amount.
    """
    stated = _stated_value(reference, chosen)
    unit = _counted_in(reference)
    computed, line = _computed(stated, reference.unit, body, unit)
    steps = [line]
    ceiling = _ceiling(reference, body, unit)
    capped = ceiling is not None and computed > ceiling
    if ceiling is not None and capped:
        steps.append(
            f"cap {_shown(ceiling)} {unit}: {_shown(computed)} -> {_shown(ceiling)} {unit}"
        )
        computed = ceiling
    reduced = _reduced(computed, reduction_percent)
    if reduction_percent:
        steps.append(f"reduced by {reduction_percent} %: {_shown(reduced)} {unit}")
    whole = reference.drug in _WHOLE_DRUGS or unit in _WHOLE_UNITS
    value = _rounded(reduced, ceiling, whole=whole)
    if value != reduced:
        steps.append(f"rounded: {_shown(value)} {unit}")
    return CalculatedDose(value, unit, capped, reduced, tuple(steps))


def reference_for(references: Iterable[DoseReference], body: Body) -> DoseReference | None:
    """The first reference whose population admits this body: the band the patient is in."""
    for reference in references:
        if reference.population is None or reference.population.admits(
            body.age_months or Decimal(0), body.weight_kg or Decimal(0), body.bsa_m2 or Decimal(0)
        ):
            return reference
    return None


def _stated_value(reference: DoseReference, chosen: Decimal | None) -> Decimal:
    if reference.value is not None:
        return reference.value
    low, high = reference.minimum, reference.maximum
    if chosen is None:
        raise ValueError(f"the reference states {low}-{high} {reference.unit}: choose a value")
    if low is None or high is None or not low <= chosen <= high:
        raise ValueError(f"{chosen} is outside the stated {low}-{high} {reference.unit}")
    return chosen


def _counted_in(reference: DoseReference) -> str:
    """The unit administrations of the drug are counted in."""
    printed = numerator(reference.unit)
    if reference.unit == "mg.min/mL":
        return "mg"
    known = _EQUIVALENTS.get(printed, (Decimal(1), printed))[1]
    if reference.drug is None:
        return known
    try:
        counted = load_vocabulary().drug(reference.drug).plausible_unit
    except NotFound:
        return known
    return counted if _comparable(known, counted) else known


def _comparable(unit: str, other: str) -> bool:
    try:
        Quantity(Decimal(1), unit).to(other)
    except ValueError:
        return False
    return True


def _computed(value: Decimal, unit: str, body: Body, counted: str) -> tuple[Decimal, str]:
    if unit == "mg.min/mL":
        return _from_exposure(value, body)
    size, size_words = _size(unit, body)
    amount = _converted(value * size, numerator(unit), counted)
    return amount, f"{_shown(value)} {unit}{size_words} = {_shown(amount)} {counted}"


def _from_exposure(value: Decimal, body: Body) -> tuple[Decimal, str]:
    if body.gfr_ml_min is None or body.weight_kg is None:
        raise ValueError("a dose by AUC needs the patient's GFR in mL/min and weight")
    amount = value * (body.gfr_ml_min + _NEWELL_PER_KG * body.weight_kg)
    line = (
        f"AUC {_shown(value)} mg.min/mL x (GFR {_shown(body.gfr_ml_min)} mL/min + "
        f"{_NEWELL_PER_KG} x {_shown(body.weight_kg)} kg) = {_shown(amount)} mg"
    )
    return amount, line


def _size(unit: str, body: Body) -> tuple[Decimal, str]:
    per = denominator(unit)
    if not per:
        return Decimal(1), ""
    size = {"m2": body.bsa_m2, "kg": body.weight_kg}.get(per)
    if size is None:
        raise ValueError(
            f"a dose in {unit} cannot be calculated: the {per} of the body is not known"
        )
    return size, f" x {_shown(size)} {per}"


def _converted(amount: Decimal, unit: str, counted: str) -> Decimal:
    factor, known = _EQUIVALENTS.get(unit, (Decimal(1), unit))
    return Quantity(amount * factor, known).to(counted).value


def _ceiling(reference: DoseReference, body: Body, counted: str) -> Decimal | None:
    """The cap for what is calculated, in the same unit and period; None when it is for another."""
    cap = reference.cap
    share = _share_of_period(reference, cap) if cap is not None else None
    if cap is None or share is None:
        return None
    size, _ = _size(cap.unit, body)
    return _converted(cap.value * size, numerator(cap.unit), counted) * share


def _share_of_period(reference: DoseReference, cap: Cap) -> Decimal | None:
    """How much of the cap's period one calculated amount is."""
    period, times = reference.per or "dose", reference.times_per_day or 1
    if cap.per == period:
        return Decimal(1)
    if cap.per == "day" and period == "dose":
        return 1 / Decimal(times)
    if cap.per == "dose" and period == "day":
        return Decimal(times)
    return None


def _reduced(amount: Decimal, percent: Decimal | int | None) -> Decimal:
    if percent is None:
        return amount
    if not 0 <= percent < 100:
        raise ValueError(f"a reduction is from 0 to less than 100 percent, not {percent}")
    return amount * (100 - Decimal(percent)) / 100


def _rounded(amount: Decimal, ceiling: Decimal | None, *, whole: bool) -> Decimal:
    """Three significant digits or whole units, down where up would cross a cap."""
    rounded = _round(amount, ROUND_HALF_UP, whole=whole)
    if ceiling is not None and rounded > ceiling:
        return _round(amount, ROUND_DOWN, whole=whole)
    return rounded


def _round(amount: Decimal, mode: str, *, whole: bool) -> Decimal:
    if whole:
        return amount.quantize(Decimal(1), mode)
    with localcontext(Context(prec=_DIGITS, rounding=mode)):
        rounded = +amount
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def _shown(number: Decimal) -> str:
    """A number without an exponent or idle zeros."""
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
