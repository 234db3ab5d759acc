"""The unit of bare numbers under bands of weight, from the amount per kg beside them.

`15-20 mg/kg/day` beside `125 | 150 | 250-375` under 5-6.9, 7-9.9 and 10-15.9 kg: the numbers are
the milligrams that the first column comes to. That is worked out and not assumed: where a number
does not come near its weight times the amount, the row has no unit and states nothing.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, AmountRole, find_amounts
from fuente.dosing.band_extraction import Band
from fuente.dosing.numbers import parse_number
from fuente.dosing.plain_text import plain
from fuente.quantities.quantity import numerator

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_BARE: Final = re.compile(rf"(?P<low>{_NUMBER})(?: ?- ?(?P<high>{_NUMBER}))?")
# Amounts of a band are rounded to whole tablets. Half as much again tells milligrams from tablets,
# millilitres, grams and micrograms, which are at least five times off. Confidence: medium.
_ROUNDED: Final = Decimal("1.5")
_ENOUGH: Final = 2


def unit_by_weight(row: Passage, bands: Sequence[Band], language: Language) -> str:
    """The unit and period of the row's bare numbers, empty where they do not come to it."""
    under = [band.cell for band in bands]
    beside = [
        amount
        for cell in row.cells
        if cell not in under
        for amount in find_amounts(plain(cell.text).text.lower(), language)
        if amount.unit.endswith("/kg") and amount.role is AmountRole.DOSE
    ]
    fits = [fit for band in bands for fit in _fits(band, beside[0], language)] if beside else []
    if len(beside) != 1 or len(fits) < _ENOUGH or not all(fits):
        return ""
    mass, per = numerator(beside[0].unit), beside[0].per
    return f"{mass}/{per}" if per in ("day", "dose") else mass


def _fits(band: Band, per_kg: Amount, language: Language) -> Iterator[bool]:
    """Whether a bare number comes to the amount for its weights, where that can be told."""
    low, high = band.population.weight_kg_min, band.population.weight_kg_max
    match = _BARE.fullmatch(plain(band.cell.text).text.strip())
    if match is None or low is None or high is None:
        return
    number = parse_number(match["low"], language)
    last = parse_number(match["high"], language) if match["high"] else number
    least, most = per_kg.value * low, (per_kg.value_max or per_kg.value) * high
    yield last >= least / _ROUNDED and number <= most * _ROUNDED
