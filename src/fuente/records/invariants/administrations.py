"""Rules about one giving of one drug: its arithmetic, unit, amount and route."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.documents.span import Span
from fuente.dosing.calculation import Body, CalculatedDose, calculate_dose
from fuente.dosing.drugs import Drug, IntrathecalUse
from fuente.dosing.reference import DoseReference, ReferenceKind, Route, TextSource
from fuente.evidence.grounding import states_value
from fuente.patients.clinical import ChemoAdministration
from fuente.quantities.quantity import Quantity, denominator, numerator
from fuente.records.invariants.facts import (
    INTRATHECAL,
    ROUTES,
    administrations,
    drug_of,
    measured_by,
    months_old,
)
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# What rounding to three significant digits, or to whole units of large numbers, may change.
# Source: invariant CHE-12. Confidence: medium.
_ROUNDING: Final = Decimal("0.01")
_DIGITS: Final = 3
_PRINTED_UNITS: Final = {"U": "[iU]", "mCi": "MBq"}
# An infant in the sense of dosing, with room to grow within a cycle. Source: invariant CHE-04.
# Confidence: high.
_INFANT_MONTHS: Final = 14
_INFANT_KG: Final = 11
# Amounts weighed out; units of activity are dispensed whole. Source: invariant CHE-12.
# Confidence: medium.
_MASSES: Final = frozenset({"g", "mg", "ug", "ng"})


@invariant("CHE-01")
def dose_is_computed(record: Record) -> Iterator[Breach]:
    """The dose is the prescribed value times surface or weight, less where a cap applied."""
    for pointer, row in administrations(record):
        if row.prescribed_value <= 0:
            yield f"{pointer}/prescribed_value", "not a positive amount"
            continue
        yield from _wrong_size(pointer, row)
        if _has_its_size(row):
            yield from _wrong_amount(record, pointer, row)


@invariant("CHE-02")
def unit_is_the_drugs(record: Record) -> Iterator[Breach]:
    """The prescribed unit is of a kind the drug is prescribed in; infants may go by weight."""
    for pointer, row in administrations(record):
        drug = drug_of(row.drug_inn)
        if drug is None:
            yield f"{pointer}/drug_inn", f"{row.drug_inn} is not in the drug vocabulary"
        elif not any(_same_kind(unit, one) for unit in _units(record, row) for one in drug.units):
            allowed = ", ".join(drug.units)
            yield f"{pointer}/prescribed_unit", f"{row.drug_inn} is prescribed in {allowed}"


@invariant("CHE-03")
def dose_is_plausible(record: Record) -> Iterator[Breach]:
    """The amount lies inside the fence of what one giving of the drug can plausibly be."""
    for pointer, row in administrations(record):
        drug = drug_of(row.drug_inn)
        given = None if drug is None else _in_unit(row, drug.plausible_unit)
        if drug is None or given is None:
            continue
        if not drug.plausible_min <= given <= drug.plausible_max:
            fence = f"{drug.plausible_min} to {drug.plausible_max} {drug.plausible_unit}"
            yield f"{pointer}/dose_administered", f"outside {fence}"


@invariant("CHE-05")
def route_is_the_drugs(record: Record) -> Iterator[Breach]:
    """The drug may be given by this route (intrathecal doses have rules of their own)."""
    for pointer, row in administrations(record):
        drug = drug_of(row.drug_inn)
        if drug is None or row.route == INTRATHECAL:
            continue
        if ROUTES[row.route].value not in drug.routes:
            yield f"{pointer}/route", f"{drug.inn} is given {', '.join(drug.routes)}"


@invariant("CHE-11")
def fatal_drugs_stay_out_of_the_spine(record: Record) -> Iterator[Breach]:
    """Vinca alkaloids and bortezomib are never given intrathecally: it kills."""
    for pointer, row in administrations(record):
        if row.route == INTRATHECAL and _is_fatal(drug_of(row.drug_inn)):
            yield f"{pointer}/route", f"intrathecal {row.drug_inn} is fatal"


@invariant("CHE-12")
def dose_is_rounded(record: Record) -> Iterator[Breach]:
    """Amounts by mass are rounded to three significant digits at most."""
    for pointer, row in administrations(record):
        digits = row.dose_administered.normalize().as_tuple().digits
        exact = row.dose_administered == row.prescribed_value
        if row.dose_administered_unit in _MASSES and len(digits) > _DIGITS and not exact:
            yield f"{pointer}/dose_administered", f"{len(digits)} significant digits"


def _units(record: Record, row: ChemoAdministration) -> tuple[str, ...]:
    """The prescribed unit, and for an infant dosed by weight the one by surface it stands for."""
    unit = row.prescribed_unit
    measured = measured_by(record, row.date)
    light = measured is not None and measured.weight_kg < _INFANT_KG
    young = months_old(record, row.date) < _INFANT_MONTHS
    by_weight = denominator(unit) == "kg"
    return (unit, f"{numerator(unit)}/m2") if by_weight and (light or young) else (unit,)


def _wrong_size(pointer: str, row: ChemoAdministration) -> Iterator[Breach]:
    per = denominator(row.prescribed_unit)
    sizes = {"bsa_used": (row.bsa_used, "m2"), "weight_used": (row.weight_used, "kg")}
    for name, (size, unit) in sizes.items():
        if (size is not None) != (per == unit):
            yield f"{pointer}/{name}", f"stated if and only if the unit is per {unit}"


def _has_its_size(row: ChemoAdministration) -> bool:
    per = denominator(row.prescribed_unit)
    size = {"m2": row.bsa_used, "kg": row.weight_used}.get(per, Decimal(1))
    return size is not None and size > 0


def _wrong_amount(record: Record, pointer: str, row: ChemoAdministration) -> Iterator[Breach]:
    expected = _calculated(record, row)
    if row.dose_administered_unit != expected.unit:
        yield f"{pointer}/dose_administered_unit", f"counted in {expected.unit}"
    elif row.cap_applied:
        below = 0 < row.dose_administered < expected.unrounded * (1 + _ROUNDING)
        if not below or not _is_stated_cap(record, pointer, row):
            message = f"not a stated cap below {expected.unrounded} {expected.unit}"
            yield f"{pointer}/dose_administered", message
    elif row.dose_administered != expected.value and _differs(row, expected):
        steps = "; ".join(expected.steps)
        yield f"{pointer}/dose_administered", f"computed: {steps}"


def _is_stated_cap(record: Record, pointer: str, row: ChemoAdministration) -> bool:
    """Whether the amount given stands in the words cited or in the calculation recorded."""
    quote = next((c.quote for c in record.citations if c.citation_id == row.citation_id), "")
    origin = record.origins.get(f"{pointer}/dose_administered")
    formula = (origin.formula or "") if origin is not None else ""
    return states_value(quote, row.dose_administered) or states_value(
        formula, row.dose_administered
    )


def _differs(row: ChemoAdministration, expected: CalculatedDose) -> bool:
    difference = abs(row.dose_administered - expected.unrounded)
    return difference > expected.unrounded * _ROUNDING


def _calculated(record: Record, row: ChemoAdministration) -> CalculatedDose:
    """The dose engine on what the row says, without a cap, which only the page states."""
    measured = measured_by(record, row.date)
    weight = row.weight_used or (measured.weight_kg if measured else None)
    renal = measured.gfr_ml_min if measured else None
    return calculate_dose(
        _as_reference(row),
        Body(weight_kg=weight, bsa_m2=row.bsa_used, gfr_ml_min=renal),
        row.dose_reduction_percent,
    )


def _as_reference(row: ChemoAdministration) -> DoseReference:
    return DoseReference(
        reference_id="row",
        document_sha256="",
        file="",
        page=1,
        page_label="",
        span=Span(0, 1),
        quote="",
        kind=ReferenceKind.DOSE,
        unit=row.prescribed_unit,
        passage_id="",
        source=TextSource.TEXT,
        drug=row.drug_inn,
        value=row.prescribed_value,
        route=ROUTES.get(row.route, Route.IV),
    )


def _same_kind(unit: str, other: str) -> bool:
    unit, other = _PRINTED_UNITS.get(unit, unit), _PRINTED_UNITS.get(other, other)
    return unit == other or _converts(unit, other)


def _converts(unit: str, other: str) -> bool:
    try:
        Quantity(Decimal(1), unit).to(other)
    except ValueError:
        return False
    return True


def _in_unit(row: ChemoAdministration, unit: str) -> Decimal | None:
    if not row.dose_administered_unit or not _converts(row.dose_administered_unit, unit):
        return None
    return Quantity(row.dose_administered, row.dose_administered_unit).to(unit).value


def _is_fatal(drug: Drug | None) -> bool:
    return drug is not None and drug.intrathecal is IntrathecalUse.FATAL
