"""A number with its UCUM unit. Decides what equals what; knows nothing of medicine."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# UCUM mass, activity, time and length prefixes used in dose language, as factors of the base in
# the second place. Source: UCUM 2.1, table of prefixes. Confidence: high.
_SCALES: Final[dict[str, tuple[Decimal, str]]] = {
    "kg": (Decimal(1000), "g"),
    "g": (Decimal(1), "g"),
    "mg": (Decimal("1e-3"), "g"),
    "ug": (Decimal("1e-6"), "g"),
    "ng": (Decimal("1e-9"), "g"),
    "GBq": (Decimal("1e9"), "Bq"),
    "MBq": (Decimal("1e6"), "Bq"),
    "kBq": (Decimal("1e3"), "Bq"),
    "Gy": (Decimal(1), "Gy"),
    "cGy": (Decimal("1e-2"), "Gy"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite decimal number and a UCUM unit string such as `mg/m2` or `[iU]/m2`."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise ValueError(f"a quantity must be finite, not {self.value}")
        if not self.unit:
            raise ValueError("a quantity must have a unit; write '1' for a pure number")

    def to(self, unit: str) -> "Quantity":
        """Convert between prefixes of the same base unit; the denominator must be the same.

        Raises:
            ValueError: the units do not measure the same thing.
        """
        if unit == self.unit:
            return self
        factor, base, per = _split(self.unit)
        other, other_base, other_per = _split(unit)
        if (base, per) != (other_base, other_per):
            raise ValueError(f"{self.unit} cannot be expressed in {unit}")
        return Quantity(self.value * factor / other, unit)


def numerator(unit: str) -> str:
    """The unit of the amount itself: `mg` of `mg/m2`."""
    return unit.split("/", 1)[0]


def denominator(unit: str) -> str:
    """What the amount is per, empty when it is per nothing: `m2` of `mg/m2`."""
    head, _, tail = unit.partition("/")
    return tail if head else ""


def _split(unit: str) -> tuple[Decimal, str, str]:
    factor, base = _SCALES.get(numerator(unit), (Decimal(1), numerator(unit)))
    return factor, base, denominator(unit)
