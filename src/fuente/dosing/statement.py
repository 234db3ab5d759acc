"""A statement read from words that are not placed yet: a dose reference without its document.

The readers of tables, bands, prose and irradiation all give statements; `extraction` places them.
"""

from dataclasses import dataclass
from decimal import Decimal

from fuente.dosing.reference import Cap, Irradiation, Population, ReferenceKind, Route


@dataclass(frozen=True, slots=True)
class Statement:
    """What the words say; `is_aside` marks what a note adds to the row's own dose."""

    kind: ReferenceKind
    unit: str
    drug: str | None = None
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    per: str | None = None
    times_per_day: int | None = None
    route: Route | None = None
    days: tuple[int, ...] = ()
    infusion_h: Decimal | None = None
    cap: Cap | None = None
    population: Population | None = None
    irradiation: Irradiation | None = None
    is_aside: bool = False
    warnings: tuple[str, ...] = ()
