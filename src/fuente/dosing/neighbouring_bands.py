"""Neighbouring bands of one measure put together: what a cell merged over their columns is for.

Decides whether one band goes on where another ends, and what both are as one. Bands that overlap,
lie apart or bound different measures are no neighbours.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import Population

# `5-6 kg` goes on with `7-9 kg`, `1-2 years` with `3-5 years` and `1-3 months` with `4-6 months`:
# bands in whole numbers leave one step between them. Confidence: high.
_STEP_KG: Final = Decimal(1)
_STEP_MONTHS: Final = Decimal(1)
_STEP_M2: Final = Decimal("0.1")
_YEAR: Final = Decimal(12)
_Ends = tuple[Decimal | None, Decimal | None]
_OPEN: Final[_Ends] = (None, None)


def adjoin(band: Population | None, following: Population | None) -> bool:
    """Whether the second band begins where the first ends."""
    if band is None or following is None:
        return False
    steps = (_age_step(band), _STEP_KG, _STEP_M2)
    stated = [
        (here, there, step)
        for here, there, step in zip(_ends(band), _ends(following), steps, strict=True)
        if here != _OPEN or there != _OPEN
    ]
    return len(stated) == 1 and _goes_on(*stated[0])


def _goes_on(band: _Ends, following: _Ends, step: Decimal) -> bool:
    end, begin = band[1], following[0]
    if end is None or begin is None:
        return False
    return end <= begin <= end + step


def united(bands: Sequence[Population | None]) -> Population | None:
    """The first band up to the end of the last; each adjoins the one before it."""
    known = [band for band in bands if band is not None]
    if len(known) < 2:
        return known[0] if known else None
    last = known[-1]
    return replace(
        known[0],
        text="; ".join(band.text for band in known),
        age_months_max=last.age_months_max,
        weight_kg_max=last.weight_kg_max,
        weight_max_inclusive=last.weight_max_inclusive,
        bsa_m2_max=last.bsa_m2_max,
        bsa_max_inclusive=last.bsa_max_inclusive,
    )


def _age_step(band: Population) -> Decimal:
    """A year where the band is in whole years, else a month."""
    ends = (end for end in (band.age_months_min, band.age_months_max) if end is not None)
    return _YEAR if all(end % _YEAR == 0 for end in ends) else _STEP_MONTHS


def _ends(band: Population) -> tuple[_Ends, _Ends, _Ends]:
    return (
        (band.age_months_min, band.age_months_max),
        (band.weight_kg_min, band.weight_kg_max),
        (band.bsa_m2_min, band.bsa_m2_max),
    )
