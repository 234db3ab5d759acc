"""Columns and rows that are bands of age, weight or body surface.

Decides which cells of a row stand under a band and what the band is; the amount in the cell is
read by `table_extraction`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fuente.documents.passage import Cell, Passage
from fuente.documents.source import Language
from fuente.dosing.conditions import is_bounded
from fuente.dosing.neighbouring_bands import adjoin, united
from fuente.dosing.plain_text import plain
from fuente.dosing.population import parse_bands, parse_population
from fuente.dosing.reference import Population
from fuente.dosing.units import read_unit

_LEVELS: Final = re.compile(r"\s*(?:>(?!=|\s?\d)|\||\s/\s|\n)\s*")
_BAND_UNIT: Final = re.compile(
    r"(?<![a-z])(?:years?|yrs?|y|months?|mo|kg|m2|anos?|meses|edad \(anos\)|kilos?)\b"
)
_NUMBER: Final = re.compile(r"\d")
_BARE_BAND: Final = re.compile(r"\d+(?:[.,]\d+)? ?[-\u2013] ?\d+(?:[.,]\d+)?")
_PARENTHESES: Final = re.compile(r"\(([^()]*)\)")
_PRINTED_UNIT: Final = re.compile(r"\d ?(m?c?g|ug|iu|ui|units?)(?![a-z/])", re.IGNORECASE)
_WORD_START: Final = re.compile(r"(?<![a-z0-9/])[a-z\[]")


@dataclass(frozen=True, slots=True)
class Band:
    """A cell and the population its column is for."""

    cell: Cell
    population: Population


def bands_of_row(passage: Passage, language: Language) -> tuple[Band, ...]:
    """The cells with numbers that stand under bands, in column order."""
    cells = [cell for cell in passage.cells if _NUMBER.search(cell.header)]
    measure = _shared_measure([cell.header for cell in cells])
    printed = [_bands_words(cell.header, measure, language) for cell in cells]
    each = iter(parse_bands([words for bands in printed for words in bands], language))
    populations = [united([next(each) for _ in bands]) for bands in printed]
    return tuple(
        Band(cell, population)
        for cell, population in zip(cells, populations, strict=True)
        if population is not None and is_bounded(population) and _NUMBER.search(cell.text)
    )


def shared_unit(bands: Sequence[Band]) -> str:
    """The one unit printed under the bands of a row; its bare numbers then have it too."""
    units = {unit for band in bands for unit in _PRINTED_UNIT.findall(plain(band.cell.text).text)}
    return units.pop().lower() if len(units) == 1 else ""


def unit_words(header: str) -> str:
    """The dose unit a header prints, as its own words; empty when it prints none."""
    words = plain(header).text.lower()
    inside = _PARENTHESES.findall(words)
    for stretch in (*inside, words):
        for match in _WORD_START.finditer(stretch):
            found = read_unit(stretch, match.start())
            if found is None or found[0].malformed or found[0].is_concentration:
                continue
            unit: str = stretch[match.start() : found[1]]
            if not _is_band_measure(stretch, match.start(), unit):
                return unit
    return ""


def _is_band_measure(words: str, start: int, unit: str) -> bool:
    """`<10 kg` in a header bounds patients; a dose unit never follows a number there."""
    return unit in {"kg", "g", "u"} or bool(re.search(r"\d\s?$", words[:start]))


def _shared_measure(headers: Sequence[str]) -> str:
    """The measure the bands of a row have in common; a bare `16-23.9` between them has it too."""
    measures = {each.group() for each in map(_BAND_UNIT.search, map(_plain, headers)) if each}
    return measures.pop() if len(measures) == 1 else ""


def _plain(header: str) -> str:
    return plain(header).text.lower()


def _bands_words(header: str, shared: str, language: Language) -> tuple[str, ...]:
    """The band of a header path, or the neighbouring bands that a merged cell stands under."""
    levels = [level for level in _LEVELS.split(header) if level.strip()]
    if not levels:
        return (header,)
    numbered = [level for level in levels if _NUMBER.search(_without_units(level))]
    if not numbered:
        return ("",)
    words = [_with_measure(level, levels, shared) for level in numbered]
    bands = [parse_population(each, language) for each in words]
    first = len(words) - 1
    while first and adjoin(bands[first - 1], bands[first]):
        first -= 1
    return tuple(words[first:])


def _with_measure(band: str, levels: Sequence[str], shared: str) -> str:
    """A bare `<9` takes the measure of another level or of the row."""
    if _BAND_UNIT.search(plain(band).text.lower()):
        return band
    above = " ".join(level for level in levels if level is not band)
    measure = _BAND_UNIT.search(plain(above).text.lower())
    if measure:
        return f"{band} {measure.group()}"
    return f"{band} {shared}" if above and _BARE_BAND.fullmatch(band.strip()) else band


def _without_units(level: str) -> str:
    """The 2 of `mg/m2` is no number."""
    return re.sub(r"m\s?[2²]", "", level)
