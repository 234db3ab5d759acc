"""Which unit an amount means once its drug is known, and the same amount in the usual unit.

Settles units of activity (`U` of asparaginase are international units, of bleomycin a thousand of
them) and converts radioactivity to MBq. Knows no dose.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.drugs import Drug
from fuente.dosing.expression import StatedAmount

# One USP unit of bleomycin is a thousand international units (Ph. Eur.). Confidence: high.
_IU_PER_BLEOMYCIN_UNIT: Final = Decimal(1000)
# From here on a number of bleomycin units can only be international units: the largest plausible
# administration is a thousand times smaller in USP units. Source: fences of drugs.csv.
# Confidence: high.
_BLEOMYCIN_IU_FROM: Final = Decimal(500)
_TO_MBQ: Final[dict[str, Decimal]] = {
    # One millicurie is 37 MBq (definition of the curie). Confidence: high.
    "mCi": Decimal(37),
    "GBq": Decimal(1000),
    "kBq": Decimal("0.001"),
}


@dataclass(frozen=True, slots=True)
class SettledUnit:
    """The unit an amount is in, its conversion where one is usual, and whether it is in doubt."""

    unit: str
    normalised: StatedAmount | None = None
    in_doubt: bool = False


def settle_unit(drug: Drug | None, value: Decimal, unit: str) -> SettledUnit:
    """The unit of an amount of this drug."""
    amount, slash, size = unit.partition("/")
    if amount in _TO_MBQ:
        return SettledUnit(unit, StatedAmount(value * _TO_MBQ[amount], f"MBq{slash}{size}"))
    if amount not in ("U", "[iU]") or drug is None:
        return SettledUnit(unit)
    if drug.inn == "bleomycin":
        return _bleomycin(value, amount, slash + size)
    counted_in_iu = any(known.startswith("[iU]") for known in drug.units)
    return SettledUnit(f"[iU]{slash}{size}" if counted_in_iu else unit)


def _bleomycin(value: Decimal, amount: str, size: str) -> SettledUnit:
    """Small numbers are USP units, also where a page prints `UI`, which is then in doubt."""
    if value >= _BLEOMYCIN_IU_FROM:
        return SettledUnit(f"[iU]{size}")
    normalised = StatedAmount(value * _IU_PER_BLEOMYCIN_UNIT, f"[iU]{size}")
    return SettledUnit(f"U{size}", normalised, in_doubt=amount == "[iU]")
