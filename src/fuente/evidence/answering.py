"""From ranked hits to an answer: one reference that fits the question, or a typed refusal (pure).

It decides whether the documents support an answer. The drug must be the one asked about, the
statement of the sort asked for, and the passage about the disease the question names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.evidence.cognates import cognate_keys
from fuente.evidence.grounding import number_places
from fuente.evidence.hit import Answer, Hit
from fuente.evidence.patients_asked import patients_asked
from fuente.evidence.printed_abbreviations import is_labelled, short_names
from fuente.evidence.proximity import nearness
from fuente.evidence.question import Asked, Question, Term, TermKind
from fuente.evidence.ranking import Ranking, states_what_is_asked
from fuente.evidence.refusal import Reason, Refusal
from fuente.evidence.subject import is_of_another, is_of_other_component, unknown_drug
from fuente.evidence.synonyms import Category

# How much of what the question names (by weight, the page around the passage included) must be
# met before a reference is taken as an answer: less than half leaves the disease or the phase out.
_SUPPORT: Final = 0.45
# `1 g every 8 hours of amoxicillin` names the drug behind the number, within so many characters.
_NAME_BEHIND: Final = 60
# What words beside the number count for: as much as the terms of the passage do in its rank.
_NEAR: Final = 2.0
# How far below the best reference another counts as an equal: scores closer than this differ by
# less than one word of the question.
_EQUAL: Final = 0.02
HITS: Final = 10
"""How many hits an answer carries."""

_ABOUT: Final = frozenset({Category.DISEASE, Category.MODALITY})


@dataclass(frozen=True, slots=True)
class _Choice:
    """A reference with the hit it came from and how well it fits."""

    reference: DoseReference
    hit: Hit
    fit: float


def answer_question(question: Question, ranking: Ranking, held_drugs: frozenset[str]) -> Answer:
    """The reference that fits, with its passage among the hits, or the reason why none does.

    Args:
        question: what is asked.
        ranking: the ranked passages.
        held_drugs: the drugs of which the documents state any reference.
    """
    hits = ranking.hits
    refusal = _refusal_before(question, hits, held_drugs)
    if refusal:
        return Answer(hits[:HITS], None, refusal)
    choices = _choices(question, ranking)
    if not choices:
        return Answer(hits[:HITS], None, _not_stated(question))
    asked = patients_asked(question.text, question.language)
    fitting = [one for one in choices if not asked.excludes(one.reference.population)]
    if not fitting:
        return Answer(hits[:HITS], None, _for_others(choices[0].reference))
    choices = fitting
    best = choices[0]
    conflict = _conflict(choices)
    if conflict:
        return Answer(_with_first(best.hit, hits), None, conflict)
    return Answer(_with_first(best.hit, hits), _as_asked(best.reference, question.asked), None)


def _refusal_before(
    question: Question, hits: Sequence[Hit], held_drugs: frozenset[str]
) -> Refusal | None:
    if not question.terms:
        return Refusal(
            Reason.AMBIGUOUS_QUESTION,
            "The question names no drug, disease or treatment.",
            ("Which drug, and for which disease?",),
        )
    if not hits:
        return Refusal(Reason.NO_PASSAGE, "No passage has the words of the question.")
    if question.drugs and question.drugs[0] not in held_drugs and not _mentioned(hits):
        drug = question.drugs[0]
        return Refusal(Reason.DRUG_NOT_IN_CORPUS, f"No held document mentions {drug}.")
    return None


def _mentioned(hits: Iterable[Hit]) -> bool:
    return any(hit.parts.get("drug", 0.0) >= 0.5 for hit in hits)


def _choices(question: Question, ranking: Ranking) -> list[_Choice]:
    """The references that may answer, best first."""
    shorts = _short_names(question, ranking.hits)
    found = [
        _Choice(reference, hit, hit.score + _closeness(question, reference, ranking.term_weights))
        for hit in ranking.hits
        if _supports(question, hit, ranking.term_weights)
        for reference in hit.references
        if _may_answer(question, hit, reference, shorts)
    ]
    return sorted(found, key=lambda one: (-round(one.fit, 6), one.reference.reference_id))


def _supports(question: Question, hit: Hit, weights: Mapping[str, float]) -> bool:
    """Whether enough of what the question names is met in or around the passage."""
    rest = [term for term in question.terms if term.kind is not TermKind.DRUG]
    if not rest or not sum(weights[term.label] for term in rest):
        return bool(question.drugs)
    return hit.parts["context"] >= _SUPPORT


def _short_names(question: Question, hits: Sequence[Hit]) -> Mapping[str, frozenset[str]]:
    """What each document calls a drug the vocabulary does not hold, by the document's hash."""
    named = unknown_drug(question)
    texts: dict[str, list[str]] = {}
    for hit in hits if named is not None else ():
        texts.setdefault(hit.passage.document_sha256, []).append(hit.passage.text)
    return {sha256: short_names(named, each) for sha256, each in texts.items() if named}


def _may_answer(
    question: Question, hit: Hit, reference: DoseReference, shorts: Mapping[str, frozenset[str]]
) -> bool:
    if not states_what_is_asked(reference, question.asked):
        return False
    if question.drugs:
        return reference.drug == question.drugs[0]
    if question.asked is Asked.RADIOTHERAPY:
        return True
    if reference.drug is not None:
        return False
    # A drug the vocabulary does not know must stand in the words the reference is cut from.
    named = unknown_drug(question)
    words = [term for term in question.terms if term.kind is TermKind.WORD]
    unknown = [named] if named is not None else words
    if named is not None and (
        _is_of_another(named, reference, question) or _comes_first(named, reference, question)
    ):
        return False
    if is_labelled(reference.quote, shorts.get(reference.document_sha256, frozenset())):
        return True
    quoted = f" {cognate_keys(reference.quote)} {cognate_keys(hit.passage.caption)} "
    return any(term.stands_in(quoted) for term in unknown)


def _is_of_another(named: Term, reference: DoseReference, question: Question) -> bool:
    """Whether every place of the number stands behind a drug that accompanies the one asked."""
    values = _printed(reference, question)[:1]
    starts = [start for value in values for start, _ in number_places(reference.quote, value)]
    return bool(starts) and all(
        is_of_another(named, reference.quote[:one])
        or is_of_other_component(named, reference.quote, one)
        for one in starts
    )


def _comes_first(named: Term, reference: DoseReference, question: Question) -> bool:
    """Whether every place of the number stands well before the drug is named: it is another's."""
    quote = reference.quote
    values = _printed(reference, question)[:1]
    starts = [start for value in values for start, _ in number_places(quote, value)]
    if not starts or not named.stands_in(f" {cognate_keys(quote)} "):
        return False
    return not any(
        named.stands_in(f" {cognate_keys(quote[: start + _NAME_BEHIND])} ") for start in starts
    )


def _closeness(question: Question, reference: DoseReference, weights: Mapping[str, float]) -> float:
    """How near the question's words stand to the number, or to what the reference is about."""
    population = reference.population.text if reference.population else ""
    target = reference.irradiation.target_text if reference.irradiation else ""
    keys = f" {cognate_keys(' '.join((reference.phase, population, target)))} "
    whole = sum(weights[term.label] for term in question.terms)
    met = sum(weights[term.label] for term in question.terms if term.stands_in(keys))
    near = nearness(reference.quote, _printed(reference, question), question.terms, weights)
    asked = patients_asked(question.text, question.language)
    exact_kind = reference.kind is ReferenceKind.REDUCTION and question.asked is Asked.REDUCTION
    fits = asked.closeness(reference.population)
    return _NEAR * near + (met / whole if whole else 0.0) + (0.5 if exact_kind else 0.0) + fits


def _printed(reference: DoseReference, question: Question) -> tuple[Decimal, ...]:
    """The numbers to look for in the quote."""
    if question.asked is Asked.CAP and reference.cap is not None:
        return (reference.cap.value,)
    stated = (reference.value, reference.minimum, reference.maximum)
    return tuple(value for value in stated if value is not None)


def _conflict(choices: Sequence[_Choice]) -> Refusal | None:
    """Equally good references of different documents that state different numbers."""
    best = choices[0]
    for other in choices[1:]:
        if best.fit - other.fit > _EQUAL:
            return None
        elsewhere = other.reference.document_sha256 != best.reference.document_sha256
        if elsewhere and _amount(other.reference) != _amount(best.reference):
            return Refusal(
                Reason.CONFLICT,
                f"{best.reference.file} page {best.reference.page} and {other.reference.file} "
                f"page {other.reference.page} state different values.",
                ("Which document should be followed?",),
            )
    return None


def _amount(reference: DoseReference) -> tuple[object, ...]:
    return (reference.value, reference.minimum, reference.maximum, reference.unit, reference.per)


def _not_stated(question: Question) -> Refusal:
    if question.drugs:
        about = [term.label for term in question.terms if term.category in _ABOUT]
        where = f" for {', '.join(about)}" if about else ""
        return Refusal(
            Reason.DOSE_NOT_STATED,
            f"The held documents mention {question.drugs[0]}, but state no such number{where}.",
        )
    return Refusal(Reason.NO_REFERENCE, "No dose reference in the held documents fits.")


def _for_others(reference: DoseReference) -> Refusal:
    who = reference.population.text if reference.population else ""
    return Refusal(
        Reason.OUT_OF_POPULATION,
        f"{reference.file} page {reference.page} states a dose for other patients: {who}",
    )


def _with_first(first: Hit, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with the one the answer is cut from in front."""
    return (first, *(hit for hit in hits if hit is not first))[:HITS]


def _as_asked(reference: DoseReference, asked: Asked) -> DoseReference:
    """A dose whose cap was asked for becomes the statement of that cap, with the same words."""
    if asked is not Asked.CAP or reference.kind is ReferenceKind.CAP or reference.cap is None:
        return reference
    cap = reference.cap
    return replace(
        reference,
        kind=ReferenceKind.CAP,
        value=cap.value,
        minimum=None,
        maximum=None,
        unit=cap.unit,
        per=cap.per,
        cap=None,
    )
