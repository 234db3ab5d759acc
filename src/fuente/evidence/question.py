"""A question taken apart: the drugs and clinical words it names, and what it asks for.

It reads English, Spanish and Portuguese. It decides what must be found, not where it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.indications import DiagnosisName, diagnoses_named
from fuente.evidence.body_asked import size_places
from fuente.evidence.cognates import cognate_keys, fold_text
from fuente.evidence.patients_asked import exact_places
from fuente.evidence.synonyms import Category, drug_forms, find_concepts, stop_keys


class Asked(StrEnum):
    """What a question wants to know of a dose."""

    DOSE = "dose"
    CAP = "cap"
    REDUCTION = "reduction"
    CUMULATIVE = "cumulative"
    RADIOTHERAPY = "radiotherapy"


class TermKind(StrEnum):
    """Where the meaning of a term comes from."""

    DRUG = "drug"
    CONCEPT = "concept"
    WORD = "word"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing the question names, with all the ways a page may print it, as cognate keys."""

    label: str
    kind: TermKind
    forms: tuple[tuple[str, ...], ...]
    category: Category | None = None

    def stands_in(self, spaced_keys: str) -> bool:
        """Whether a form stands in keys joined and surrounded by spaces."""
        return any(f" {' '.join(form)} " in spaced_keys for form in self.forms)


@dataclass(frozen=True)
class Question:
    """A parsed question; `drugs` are international names in the order they are named.

    `diagnoses` are the catalogue ids of the diseases it names, `disease_words` the keys of the
    words it names them with.
    """

    text: str
    language: Language
    asked: Asked
    drugs: tuple[str, ...]
    terms: tuple[Term, ...]
    diagnoses: tuple[str, ...] = ()
    disease_words: frozenset[str] = frozenset()

    @cached_property
    def lexical_query(self) -> str:
        """An FTS5 expression that meets any form of any term; empty when there is none."""
        phrases = (f'"{" ".join(form)}"' for term in self.terms for form in term.forms)
        joined = " OR ".join(dict.fromkeys(phrases))
        return f"cognates : ({joined})" if joined else ""

    @cached_property
    def english(self) -> str:
        """The terms by their English names: what an English embedding model understands."""
        return " ".join(term.label for term in self.terms)


_SMALL_WORDS: Final[Mapping[Language, str]] = {
    Language.ENGLISH: " the of what which is in for with to a at and how are does ",
    Language.SPANISH: " el la los las del que cual en para con una por se al y es ",
    Language.PORTUGUESE: " o os as do da dos das qual em para com uma por se ao e na no ",
}
_LETTERS: Final[Mapping[Language, str]] = {
    Language.ENGLISH: "",
    Language.SPANISH: "¿¡ñ",
    Language.PORTUGUESE: "ãõç",
}

# `Dose and maximum` asks for the dose, which carries its maximum.
_BESIDES: Final = re.compile(
    r"\b(?:and|with|y|e|con|com|plus)(?: the| its| la| el| su| a| sua)?"
    r"(?: dose| dosis)? (?:maximum|max|maxima|maximo|cap)\b"
)
# Tried in this order: a reduced maximum is a reduction, a total dose of radiotherapy is
# radiotherapy.
_ASKED: Final[tuple[tuple[Asked, re.Pattern[str]], ...]] = (
    (Asked.CUMULATIVE, re.compile(r"\bcumulative|\blifetime|\bacumulad|\bacumulativ|\bcumulativ")),
    (
        Asked.RADIOTHERAPY,
        re.compile(r"\bc?gy\b|(?<!quimio)(?<!chemo)\b(?:boost|brachyther|braquiter)"),
    ),
    (
        Asked.REDUCTION,
        re.compile(
            r"\breduc|\breduz|\blower(?:ed)? to|\bdisminu|\bdiminu|\btoxicit|\btoxici?da[d]"
            # After a toxicity, or at such a count, protocols state the dose to go on with.
            r"|\bgra(?:de|do|u) ?(?:[1-4]|i{1,3}\b|iv\b)"
            r"|\b(?:neutro\w+|platelets?|plaquetas?|creatinin\w+|bilirr?ubin\w+|clearance)"
            r"[^.?]{0,20}(?:<|≤|\bbelow|\bunder|\bless|\bmenor|\binferior|\babaixo|\babove|\bover"
            r"|\bmayor|>|\d)"
        ),
    ),
    (
        Asked.CAP,
        re.compile(r"\bmax\b|\bmaxim|\bcapped|\bcap\b|\bceiling|\btope\b|\bteto\b|not exceed"),
    ),
)
_COMPARISONS: Final = frozenset({"younger than", "older than"})
_RADIATION: Final = re.compile(r"\bradiother|\bradiation\b|\birradia|\bradioterap|\brt\b")


def parse_question(text: str, diagnoses: Sequence[DiagnosisName] = ()) -> Question:
    """Take a question apart; `diagnoses` are the names of the diseases to look for."""
    mentions = load_vocabulary().find(text)
    drugs = tuple(dict.fromkeys(one.drug.inn for one in mentions if one.drug))
    places = [(one.start, one.end) for one in mentions if one.drug]
    rest = _without(text, [*places, *exact_places(text), *size_places(text)])
    named = tuple(Term(inn, TermKind.DRUG, drug_forms(inn)) for inn in drugs)
    asked = _asked(text, bool(drugs))
    others = _terms(cognate_keys(rest).split(), of_counts=asked is Asked.REDUCTION)
    found = diagnoses_named(text, diagnoses)
    return Question(
        text=text,
        language=detect_language(text),
        asked=asked,
        drugs=drugs,
        terms=_distinct((*named, *others)),
        diagnoses=found,
        disease_words=_words_of([one for one in diagnoses if one.catalogue_id in found], text),
    )


def detect_language(text: str) -> Language:
    """The language whose small words and letters the text has most of; English when in doubt."""
    words = re.findall(r"[a-z]+", fold_text(text))
    folded = text.casefold()
    scores = {
        language: sum(f" {word} " in small for word in words)
        + 2 * sum(folded.count(letter) for letter in _LETTERS[language])
        for language, small in _SMALL_WORDS.items()
    }
    return max(scores, key=lambda language: scores[language])


def _asked(text: str, names_drug: bool) -> Asked:
    folded = _BESIDES.sub(" ", fold_text(text))
    for asked, pattern in _ASKED:
        if pattern.search(folded) and not (asked is Asked.RADIOTHERAPY and names_drug):
            return _radiation_first(asked, folded, names_drug)
    return _radiation_first(Asked.DOSE, folded, names_drug)


def _radiation_first(asked: Asked, folded: str, names_drug: bool) -> Asked:
    """Without a drug, a dose of radiotherapy is meant, reduced or maximal as it may be."""
    return Asked.RADIOTHERAPY if not names_drug and _RADIATION.search(folded) else asked


def _words_of(diagnoses: Sequence[DiagnosisName], text: str) -> frozenset[str]:
    """The keys of the names that stand in the text."""
    spaced = f" {cognate_keys(text)} "
    names = {cognate_keys(name) for one in diagnoses for name in one.names}
    return frozenset(key for name in names if f" {name} " in spaced for key in name.split())


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in places:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _terms(keys: Sequence[str], *, of_counts: bool) -> Iterator[Term]:
    """Concepts, words and numbers in order.

    `below` is a term only before an age: not in `above the conus`, nor of blood counts.
    """
    place = 0
    for found in find_concepts(keys):
        yield from _words(keys[place : found.start])
        concept = found.concept
        following = keys[found.end : found.end + 1]
        before_age = not of_counts and bool(following) and following[0][0].isdigit()
        if before_age or concept.name not in _COMPARISONS:
            yield Term(concept.name, TermKind.CONCEPT, concept.forms, concept.category)
        place = found.end
    yield from _words(keys[place:])


def _words(keys: Sequence[str]) -> Iterator[Term]:
    for key in keys:
        if key[0].isdigit():
            yield Term(key, TermKind.NUMBER, ((key,),))
        elif len(key) > 1 and key not in stop_keys():
            yield Term(key, TermKind.WORD, ((key,),))


def _distinct(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple({term.label: term for term in reversed(terms)}.values())[::-1]
