"""For whom a statement holds, from its printed words.

Reads ages, weights, body surfaces, extent of disease and risk groups in three languages into a
`Population`. Does not know any patient.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.bounds import Bound, find_bounds
from fuente.dosing.plain_text import plain
from fuente.dosing.reference import Population

# An infant is younger than twelve months. Source: WHO and ICH E11 age classes. Confidence: high.
_INFANT_MONTHS: Final = Decimal(12)
_INFANT: Final = re.compile(r"\b(?:infants?|lactantes?|lactentes?|bebes?)\b")
_NOT_METASTATIC: Final = re.compile(
    r"\b(?:locali[sz]ed|non-?metastatic|without metasta\w+|no metasta\w+|no metastasic[ao]s?"
    r"|localizad[ao]s?|sin metastasis|sem metastases?|nao metastatic[ao]s?)\b"
)
_METASTATIC: Final = re.compile(
    r"\b(?:metastatic|metastases|metastasi(?:c[ao]s?|s)|metastatic[ao]s?|disseminated"
    r"|diseminad[ao]s?"
    r"|stage (?:iv|4)|estadio (?:iv|4)|disseminad[ao]s?)\b"
)
_RISKS: Final[tuple[tuple[str, str], ...]] = (
    ("very_high", r"very[ -]high|muy alto|muito alto|vhr|hrr?-?very"),
    ("low", r"low|bajo|baixo|lr"),
    ("standard", r"standard|average|estandar|padrao|standar|sr|habitual"),
    ("intermediate", r"intermediate|medium|intermedi[oa]?|intermediario|medio|mr|ir"),
    ("high", r"high|alto|hr"),
)
_RISK_NAMES: Final = {risk: re.compile(rf"\b(?:{words})\b") for risk, words in _RISKS}
_GRADE: Final = "|".join(words for _, words in _RISKS)
_LISTED: Final = rf"(?:{_GRADE})(?:(?: ?[,/] ?| and | or | y | o | e | ou | to | a )(?:{_GRADE}))*"
_RISK: Final = re.compile(
    rf"\b(?P<before>{_LISTED})[ -]risk|\b(?:risk|riesgo|risco)(?: groups?| de)?:? "
    rf"(?P<after>{_LISTED})\b"
    r"|\b(?P<short>vhr|hr|sr|mr)(?: (?:arm|group|patients)|$)"
)
_OR: Final = re.compile(
    r"^[\s,;(]*(?:or|o|ou|and/or|y/o|e/ou)(?: (?:with|con|com|de|a|weight|peso|weighing))*\s*$"
)


def parse_population(text: str, language: Language | None = None) -> Population | None:
    """The population a heading, cell or condition states, or None when it states none.

    Ages go to whole months, half open: `1-2 years` and `1-1.99 years` both end where the third
    year of life begins; a bound up to and including an age ends at that age.
    """
    words = plain(text).text.lower()
    bounds = find_bounds(words, language)
    population = Population(text=text.strip())
    for bound in bounds:
        population = _with_bound(population, bound)
    population = _with_group(population, words, bounds)
    if population == Population(text=text.strip()):
        return None
    return replace(population, either=_joined_by_or(words, bounds))


def parse_bands(
    headers: Sequence[str], language: Language | None = None
) -> tuple[Population | None, ...]:
    """The populations of neighbouring band headers, where each settles its neighbour's end.

    In `3-8 years | >=9 years` the first band runs up to nine; in `1-2 | 2-3` it ends at two.
    """
    bands = [parse_population(header, language) for header in headers]
    for place, (band, following) in enumerate(itertools.pairwise(bands)):
        bands[place] = _closed(band, following)
    return tuple(bands)


def close_bounds(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """Plain ranges of one list of bands made half open where the next band begins at their end."""
    closed = list(bounds)
    for place, (bound, following) in enumerate(itertools.pairwise(bounds)):
        meets = bound.plain_range and following.low == bound.high and not following.low_exclusive
        if meets and not bound.low_exclusive:
            closed[place] = replace(bound, plain_range=False, high_inclusive=False)
    return tuple(closed)


def _closed(band: Population | None, following: Population | None) -> Population | None:
    if band is None or following is None:
        return band
    end, begin = band.age_months_max, following.age_months_min
    if end is not None and begin is not None and end < begin <= end + 12:
        band = replace(band, age_months_max=begin)
    if band.weight_kg_max is not None and band.weight_kg_max == following.weight_kg_min:
        band = replace(band, weight_max_inclusive=following.weight_min_exclusive)
    if band.bsa_m2_max is not None and band.bsa_m2_max == following.bsa_m2_min:
        band = replace(band, bsa_max_inclusive=following.bsa_min_exclusive)
    return band


def _with_bound(population: Population, bound: Bound) -> Population:
    if bound.dimension == "age":
        return replace(
            population,
            age_months_min=_first(bound.months(bound.low), population.age_months_min),
            age_months_max=_first(_months_end(bound), population.age_months_max),
        )
    inclusive = bound.high_inclusive or bound.plain_range
    if bound.dimension == "weight":
        return replace(
            population,
            weight_kg_min=_first(bound.low, population.weight_kg_min),
            weight_kg_max=_first(bound.high, population.weight_kg_max),
            weight_min_exclusive=population.weight_min_exclusive or bound.low_exclusive,
            weight_max_inclusive=population.weight_max_inclusive or inclusive,
        )
    return replace(
        population,
        bsa_m2_min=_first(bound.low, population.bsa_m2_min),
        bsa_m2_max=_first(bound.high, population.bsa_m2_max),
        bsa_min_exclusive=population.bsa_min_exclusive or bound.low_exclusive,
        bsa_max_inclusive=population.bsa_max_inclusive or inclusive,
    )


def _first(new: Decimal | None, known: Decimal | None) -> Decimal | None:
    return known if known is not None else new


def _months_end(bound: Bound) -> Decimal | None:
    """The first month outside; `1.99 years` and `8,9 años` mean up to the next birthday."""
    if bound.high is None:
        return None
    last_tenth = bound.high % 1 >= Decimal("0.9")
    if bound.unit == "y" and last_tenth:
        return bound.months(bound.high.to_integral_value(ROUND_CEILING))
    return bound.months(bound.high)


def _with_group(population: Population, words: str, bounds: tuple[Bound, ...]) -> Population:
    if _INFANT.search(words) and not any(bound.dimension == "age" for bound in bounds):
        population = replace(population, age_months_max=_INFANT_MONTHS)
    if _NOT_METASTATIC.search(words):
        population = replace(population, metastatic=False)
    elif _METASTATIC.search(words):
        population = replace(population, metastatic=True)
    return replace(population, risk_groups=_risk_groups(words))


def _risk_groups(words: str) -> frozenset[str]:
    groups: set[str] = set()
    for match in _RISK.finditer(words):
        listed = match["before"] or match["after"] or match["short"]
        for risk, pattern in _RISK_NAMES.items():
            if pattern.search(listed):
                groups.add(risk)
            listed = pattern.sub(" ", listed) if risk == "very_high" else listed
    return frozenset(groups)


def _joined_by_or(words: str, bounds: tuple[Bound, ...]) -> bool:
    return any(
        left.dimension != right.dimension and _OR.match(words[left.end : right.start])
        for left, right in itertools.pairwise(bounds)
    )
