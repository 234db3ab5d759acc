"""Populations of a statement put together from the several places that state them.

Decides only how a caption's, a section's and a cell's populations add up; the words themselves
are read by `population`.
"""

from collections.abc import Sequence
from dataclasses import replace

from fuente.documents.source import Language
from fuente.dosing.population import parse_population
from fuente.dosing.reference import Population


def condition(text: str, language: Language | None = None) -> Population | None:
    """The population the words state; words without a bound are kept as its text."""
    words = " ".join(text.split())
    if not words:
        return None
    return parse_population(words, language) or Population(text=words)


def merged(populations: Sequence[Population | None]) -> Population | None:
    """One population from several: the earlier, nearer one decides where both state a bound."""
    stated = [each for each in populations if each is not None]
    if not stated:
        return None
    result = stated[0]
    for further in stated[1:]:
        result = _with(result, further)
    return result


def is_bounded(population: Population | None) -> bool:
    """Whether an age, a weight or a body surface bounds the population."""
    if population is None:
        return False
    return _has_age(population) or _has_weight(population) or _has_surface(population)


def _with(near: Population, far: Population) -> Population:
    result = near
    if not _has_age(near):
        result = replace(
            result, age_months_min=far.age_months_min, age_months_max=far.age_months_max
        )
    if not _has_weight(near):
        result = replace(
            result,
            weight_kg_min=far.weight_kg_min,
            weight_kg_max=far.weight_kg_max,
            weight_min_exclusive=far.weight_min_exclusive,
            weight_max_inclusive=far.weight_max_inclusive,
        )
    if not _has_surface(near):
        result = replace(
            result,
            bsa_m2_min=far.bsa_m2_min,
            bsa_m2_max=far.bsa_m2_max,
            bsa_min_exclusive=far.bsa_min_exclusive,
            bsa_max_inclusive=far.bsa_max_inclusive,
        )
    texts = dict.fromkeys(text for text in (near.text, far.text) if text)
    return replace(
        result,
        text="; ".join(texts),
        metastatic=near.metastatic if near.metastatic is not None else far.metastatic,
        risk_groups=near.risk_groups or far.risk_groups,
        either=near.either or (far.either and not is_bounded(near)),
    )


def _has_age(population: Population) -> bool:
    return population.age_months_min is not None or population.age_months_max is not None


def _has_weight(population: Population) -> bool:
    return population.weight_kg_min is not None or population.weight_kg_max is not None


def _has_surface(population: Population) -> bool:
    return population.bsa_m2_min is not None or population.bsa_m2_max is not None
