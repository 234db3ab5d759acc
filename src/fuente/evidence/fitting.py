"""How well a reference fits a question, beside how well its passage does (pure).

A passage may state ten doses. It decides which of them may answer at all, and which of those the
question means: the one whose neighbours are the question's words and whose patients are the
question's patients.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.evidence.cognates import cognate_keys
from fuente.evidence.grounding import quantity_places
from fuente.evidence.hit import Hit
from fuente.evidence.patients_asked import PatientsAsked, is_bounded, patients_asked
from fuente.evidence.printed_abbreviations import is_labelled, short_names
from fuente.evidence.proximity import nearness
from fuente.evidence.question import Asked, Question, Term, TermKind
from fuente.evidence.ranking import states_what_is_asked
from fuente.evidence.subject import is_of_another, is_of_other_component, unknown_drug
from fuente.evidence.synonyms import Category, find_concepts

# `1 g every 8 hours of amoxicillin` names the drug behind the number, within so many characters.
_NAME_BEHIND: Final = 60
# What words beside the number count for: as much as the terms of the passage do in its rank.
_NEAR: Final = 2.0
# Being exactly the sort of number asked for (a reduced dose, one fraction and not the total) counts
# for half of what all words of the question in the reference's own context do.
_SORT: Final = 0.5

_LATER_LINES: Final = frozenset({"relapse", "second line"})

Shorts = Mapping[str, frozenset[str]]
"""What each document, by its hash, calls a drug that the vocabulary does not hold."""


def short_names_of(question: Question, hits: Sequence[Hit]) -> Shorts:
    """The short names that the documents of the hits give the unknown drug of the question."""
    named = unknown_drug(question)
    texts: dict[str, list[str]] = {}
    for hit in hits if named is not None else ():
        texts.setdefault(hit.passage.document_sha256, []).append(hit.passage.text)
    return {sha256: short_names(named, each) for sha256, each in texts.items() if named}


def is_of_other_diseases(question: Question, reference: DoseReference) -> bool:
    """Whether its document or section is about diseases, none of which the question names."""
    if not question.diagnoses or not reference.diagnoses:
        return False
    return set(reference.diagnoses).isdisjoint(question.diagnoses)


def may_answer(question: Question, hit: Hit, reference: DoseReference, shorts: Shorts) -> bool:
    """Whether the reference states the sort of number asked for, of the drug asked about."""
    if not _is_of_the_sort(question, reference):
        return False
    if question.drugs:
        return reference.drug == question.drugs[0]
    if question.asked is Asked.RADIOTHERAPY:
        return True
    return reference.drug is None and _is_of_the_unknown(question, hit, reference, shorts)


def closeness(
    question: Question, hit: Hit, reference: DoseReference, weights: Mapping[str, float]
) -> float:
    """How near the question's words stand to the number, or to what the reference is about."""
    population = reference.population.text if reference.population else ""
    target = reference.irradiation.target_text if reference.irradiation else ""
    keys = f" {cognate_keys(' '.join((reference.phase, population, target)))} "
    whole = sum(weights[term.label] for term in question.terms)
    met = sum(weights[term.label] for term in question.terms if term.stands_in(keys))
    near = nearness(reference.quote, _places(reference, question), question.terms, weights)
    fits = _patients(question).closeness(reference.population)
    around = met / whole if whole else 0.0
    fits -= _is_for_some(question, reference)
    exactly = _is_exactly(question, reference) - _is_of_a_later_line(question, hit, reference)
    return _NEAR * near + around + _SORT * exactly + fits


def _patients(question: Question) -> PatientsAsked:
    return patients_asked(question.text, question.language)


def _is_of_the_sort(question: Question, reference: DoseReference) -> bool:
    """A reduced dose is a plain dose for those whom the page reduces it for: `over 75 years`."""
    if states_what_is_asked(reference, question.asked):
        return True
    reduced = reference.kind is ReferenceKind.REDUCTION and question.asked is Asked.DOSE
    return reduced and _patients(question).closeness(reference.population) > 0


def _is_exactly(question: Question, reference: DoseReference) -> bool:
    if question.asked is Asked.REDUCTION:
        return reference.kind is ReferenceKind.REDUCTION
    if question.asked is not Asked.RADIOTHERAPY:
        return False
    of_one_fraction = any(term.label == "fraction" for term in question.terms)
    return of_one_fraction is (reference.per == "dose")


def _is_of_a_later_line(question: Question, hit: Hit, reference: DoseReference) -> bool:
    """Whether it is for a relapse that the question does not speak of."""
    if any(term.label in _LATER_LINES for term in question.terms):
        return False
    passage = hit.passage
    headings = " ".join((*passage.section, passage.caption, reference.phase))
    found = find_concepts(cognate_keys(headings).split())
    return any(one.concept.name in _LATER_LINES for one in found)


def _is_for_some(question: Question, reference: DoseReference) -> bool:
    """Whether it is for an age or size only, and the question speaks of no particular patients."""
    if any(term.category is Category.POPULATION for term in question.terms):
        return False
    return _patients(question) == PatientsAsked() and is_bounded(reference.population)


def _is_of_the_unknown(
    question: Question, hit: Hit, reference: DoseReference, shorts: Shorts
) -> bool:
    """A drug the vocabulary does not know must stand in the words the reference is cut from."""
    named = unknown_drug(question)
    if named is not None and _is_anothers(named, reference, question):
        return False
    own = shorts.get(reference.document_sha256, frozenset())
    starts = [start for start, _ in _places(reference, question)]
    if is_labelled(reference.quote, own, starts):
        return True
    words = [term for term in question.terms if term.kind is TermKind.WORD]
    quoted = f" {cognate_keys(reference.quote)} {cognate_keys(hit.passage.caption)} "
    return any(term.stands_in(quoted) for term in ([named] if named is not None else words))


def _is_anothers(named: Term, reference: DoseReference, question: Question) -> bool:
    """Whether every place of the number is that of a drug beside the one that is named."""
    quote = reference.quote
    starts = [start for start, _ in _places(reference, question)]
    if not starts:
        return False
    beside = (
        is_of_another(named, quote[:start]) or is_of_other_component(named, quote, start)
        for start in starts
    )
    return all(beside) or _comes_first(named, quote, starts)


def _comes_first(named: Term, quote: str, starts: Sequence[int]) -> bool:
    """Whether every place of the number stands well before the drug is named: it is another's."""
    if not named.stands_in(f" {cognate_keys(quote)} "):
        return False
    return not any(
        named.stands_in(f" {cognate_keys(quote[: start + _NAME_BEHIND])} ") for start in starts
    )


def _places(reference: DoseReference, question: Question) -> list[tuple[int, int]]:
    """Where the quote prints the number that would be the answer."""
    value, unit = _number(reference, question)
    return quantity_places(reference.quote, value, unit)


def _number(reference: DoseReference, question: Question) -> tuple[Decimal, str]:
    if question.asked is Asked.CAP and reference.cap is not None:
        return reference.cap.value, reference.cap.unit
    value = reference.value if reference.value is not None else reference.minimum
    if value is None:
        raise ValueError(f"{reference.reference_id} states no number")
    return value, reference.unit
