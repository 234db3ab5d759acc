"""Clinical words that differ between English, Spanish and Portuguese, grouped by what they mean.

Each group is a concept with a category; its forms are kept as cognate keys. It knows words for
diseases, phases, populations and routes, and no facts about any of them.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from fuente.dosing.drugs import load_vocabulary
from fuente.evidence.cognates import cognate_keys


class Category(StrEnum):
    """What a concept says about a dose."""

    DISEASE = "disease"
    PHASE = "phase"
    POPULATION = "population"
    SITE = "site"
    ROUTE = "route"
    MODALITY = "modality"
    SCHEDULE = "schedule"
    ASKED = "asked"
    QUALIFIER = "qualifier"
    FORM = "form"
    GENERAL = "general"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Concept:
    """A group of words with one meaning; each form is a run of cognate keys."""

    name: str
    category: Category
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """A concept met at keys [start, end) of a text."""

    concept: Concept
    start: int
    end: int


def find_concepts(keys: Sequence[str]) -> Iterator[FoundConcept]:
    """The concepts met in a run of keys, in order, the longest form first."""
    place = 0
    while place < len(keys):
        found = _longest(keys, place)
        if found:
            yield found
        place = found.end if found else place + 1


@cache
def drug_forms(inn: str) -> tuple[tuple[str, ...], ...]:
    """Every name of the drug as keys; short abbreviations are left out, being words elsewhere."""
    drug = load_vocabulary().drug(inn)
    printed = (drug.inn, drug.inn_es, drug.inn_pt, *drug.synonyms)
    forms = (tuple(cognate_keys(one).split()) for one in printed if len(one) > 3)
    return tuple(dict.fromkeys(form for form in forms if form))


@cache
def stop_keys() -> frozenset[str]:
    """The keys of words that say nothing about which passage is meant."""
    text = (resources.files("fuente.evidence") / "data" / "stop_words.txt").read_text("utf-8")
    return frozenset(cognate_keys(text).split())


@cache
def load_concepts() -> tuple[Concept, ...]:
    """The packaged concepts."""
    source = resources.files("fuente.evidence") / "data" / "clinical_words.csv"
    with source.open("r", encoding="utf-8") as lines:
        return tuple(_concept(row) for row in csv.DictReader(lines))


def _concept(row: dict[str, str]) -> Concept:
    forms = (tuple(cognate_keys(form).split()) for form in row["forms"].split(";"))
    return Concept(row["concept"], Category(row["category"]), tuple(dict.fromkeys(forms)))


def _longest(keys: Sequence[str], place: int) -> FoundConcept | None:
    for form, concept in _by_first_key().get(keys[place], ()):
        if tuple(keys[place : place + len(form)]) == form:
            return FoundConcept(concept, place, place + len(form))
    return None


@cache
def _by_first_key() -> dict[str, tuple[tuple[tuple[str, ...], Concept], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for concept in load_concepts():
        for form in concept.forms:
            index.setdefault(form[0], []).append((form, concept))
    return {
        first: tuple(sorted(found, key=lambda pair: -len(pair[0])))
        for first, found in index.items()
    }
