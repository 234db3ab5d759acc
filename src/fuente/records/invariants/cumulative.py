"""Rules about totals: they are the sums of what was given, and known limits are pointed out.

The limits are warnings about a fictional patient's totals; the doses a patient gets come from the
cited documents alone.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.patients.clinical import Chemotherapy, CumulativeDose
from fuente.quantities.quantity import Quantity
from fuente.records.finding import Severity
from fuente.records.invariants.facts import (
    INTRATHECAL,
    may_be_injected,
    measured_by,
    surface_of,
)
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Source: invariant CHE-06. Confidence: high.
_TOLERANCE: Final = Decimal("0.05")
# Doxorubicin-equivalent factors. Source: COG long-term follow-up guidelines (mitoxantrone: version
# 6, after Feijen; older tables used 4). Confidence: medium.
_EQUIVALENTS: Final = {
    "doxorubicin": Decimal(1),
    "daunorubicin": Decimal("0.5"),
    "epirubicin": Decimal("0.67"),
    "idarubicin": Decimal(5),
    "mitoxantrone": Decimal(10),
}
# Highest total of doxorubicin equivalents in mg/m2. Source: the EURAMOS-1 schedule, six times 75.
# Confidence: medium.
_ANTHRACYCLINES: Final = Decimal(450)
# Many centres stop between 300 and 375 mg/m2. Source: same table of limits. Confidence: medium.
_ANTHRACYCLINES_REVIEW: Final = Decimal(300)
_LIMITS: Final = {
    # Practice: review of hearing and kidneys. Confidence: medium.
    "cisplatin": (Decimal(600), "mg/m2"),
    # SIOP-LGG: low-grade glioma reaches 7700. Confidence: medium.
    "carboplatin": (Decimal(8000), "mg/m2"),
    # Protocols: Ewing sarcoma reaches 63000. Confidence: medium.
    "ifosfamide": (Decimal(72000), "mg/m2"),
    # Literature on secondary leukaemia; the schedule matters more. Confidence: low.
    "etoposide": (Decimal(5000), "mg/m2"),
    # Literature on fertility. Confidence: medium.
    "cyclophosphamide": (Decimal(12000), "mg/m2"),
    # Schedules with bleomycin: 120 units/m2 in paediatric practice. Confidence: medium.
    "bleomycin": (Decimal(120000), "[iU]/m2"),
}


@invariant("CHE-06")
def totals_are_sums(record: Record) -> Iterator[Breach]:
    """A cumulative dose is the sum of the course's doses per surface, within 5 percent."""
    for pointer, course, row in _totals(record):
        apart, together = _sum(record, course, row), _sum(record, course, row, with_spine=True)
        spine_counted = together != apart and _near(row.value, together)
        if not _near(row.value, apart) and not spine_counted:
            yield pointer, f"the doses of the course add up to {_shown(apart)} {row.value_unit}"


@invariant("CHE-13")
def intrathecal_doses_are_not_totalled(record: Record) -> Iterator[Breach]:
    """Intrathecal milligrams do not count towards a total per body surface."""
    for pointer, course, row in _totals(record):
        apart, together = _sum(record, course, row), _sum(record, course, row, with_spine=True)
        if together != apart and _near(row.value, together) and not _near(row.value, apart):
            yield pointer, f"counts intrathecal doses; without them {_shown(apart)}"


@invariant("CHE-07", Severity.WARNING)
def heart_is_spared(record: Record) -> Iterator[Breach]:
    """Doxorubicin equivalents stay within 450 mg/m2, and from 300 on the total is pointed out."""
    rows = [(p, row) for p, _, row in _totals(record) if row.drug_inn in _EQUIVALENTS]
    total = sum((_EQUIVALENTS[row.drug_inn] * _in(row, "mg/m2") for _, row in rows), Decimal(0))
    if total > _ANTHRACYCLINES_REVIEW:
        beyond = " and 450" if total > _ANTHRACYCLINES else ""
        yield rows[-1][0], f"{_shown(total)} mg/m2 doxorubicin equivalents, above 300{beyond}"


@invariant("CHE-08", Severity.WARNING)
def totals_stay_within_limits(record: Record) -> Iterator[Breach]:
    """Platinum drugs, ifosfamide, etoposide, cyclophosphamide and bleomycin stay within limits."""
    sums: dict[str, Decimal] = {}
    for pointer, _, row in _totals(record):
        if row.drug_inn not in _LIMITS:
            continue
        limit, unit = _LIMITS[row.drug_inn]
        sums[row.drug_inn] = sums.get(row.drug_inn, Decimal(0)) + _in(row, unit)
        if sums[row.drug_inn] > limit:
            total = _shown(sums[row.drug_inn])
            yield pointer, f"{total} {unit} of {row.drug_inn} in all, above {limit}"


def _totals(record: Record) -> Iterator[tuple[str, Chemotherapy, CumulativeDose]]:
    for index, course in enumerate(record.chemotherapy):
        for place, row in enumerate(course.cumulative_doses):
            yield f"/chemotherapy/{index}/cumulative_doses/{place}/value", course, row


def _sum(
    record: Record, course: Chemotherapy, total: CumulativeDose, *, with_spine: bool = False
) -> Decimal:
    summed = Decimal(0)
    for row in course.administrations:
        into_spine = row.route == INTRATHECAL and may_be_injected(row.drug_inn)
        if row.drug_inn != total.drug_inn or (into_spine and not with_spine):
            continue
        measured = measured_by(record, row.date)
        surface = row.bsa_used or (surface_of(measured) if measured else None)
        if surface:
            amount = Quantity(row.dose_administered, f"{row.dose_administered_unit}/m2")
            summed += amount.to(total.value_unit).value / surface
    return summed


def _near(value: Decimal, expected: Decimal) -> bool:
    return abs(value - expected) <= expected * _TOLERANCE


def _in(row: CumulativeDose, unit: str) -> Decimal:
    return Quantity(row.value, row.value_unit).to(unit).value


def _shown(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
