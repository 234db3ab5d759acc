"""From ranked hits to an answer: one reference that fits the question, or a typed refusal (pure).

It decides whether the documents support an answer. The drug must be the one asked about, the
statement of the sort asked for, and the passage about the disease the question names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.evidence.body_asked import body_asked
from fuente.evidence.fitting import (
    closeness,
    is_of_other_diseases,
    may_answer,
    short_names_of,
)
from fuente.evidence.hit import Answer, Hit
from fuente.evidence.patients_asked import patients_asked
from fuente.evidence.question import Asked, Question, Term, TermKind
from fuente.evidence.ranking import Ranking
from fuente.evidence.refusal import Reason, Refusal
from fuente.evidence.synonyms import Category
from fuente.evidence.worked_dose import work_out

# How much of what the question names (by weight, the page around the passage included) must be
# met before a reference is taken as an answer: less than half leaves the disease or the phase out.
_SUPPORT: Final = 0.45
# How far below the best reference another counts as an equal: scores closer than this differ by
# less than one word of the question.
_EQUAL: Final = 0.02
# How far below the best another statement still is an alternative: half of what the words beside
# the number can count for.
_NEARLY: Final = 1.0
_ALTERNATIVES: Final = 5
HITS: Final = 10
"""How many hits an answer carries."""

# Words that do not say which of a drug's doses is meant.
_OPEN: Final = frozenset({Category.ASKED, Category.GENERAL, Category.SCHEDULE, Category.SOURCE})
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
    best = fitting[0]
    shown = _with_first(best.hit, hits)
    undecided = _conflict(fitting) or _open_question(question, fitting)
    if undecided:
        return Answer(shown, None, undecided, _distinct(fitting, question.asked))
    reference = _as_asked(best.reference, question.asked)
    near = [one for one in fitting if best.fit - one.fit <= _NEARLY]
    worked = work_out(reference, body_asked(question.text, question.language))
    return Answer(shown, reference, None, _distinct(near, question.asked)[1:], worked)


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
    shorts, weights = short_names_of(question, ranking.hits), ranking.term_weights
    found = [
        _Choice(reference, hit, hit.score + closeness(question, hit, reference, weights))
        for hit in ranking.hits
        if _supports(question, hit, weights)
        for reference in hit.references
        if not is_of_other_diseases(question, reference)
        and may_answer(question, hit, reference, shorts)
    ]
    about = [one for one in found if one.hit.parts["disease"]]
    # Where some stand beside the disease that the question names, the others are near misses.
    return sorted(about or found, key=lambda one: (-round(one.fit, 6), one.reference.reference_id))


def _supports(question: Question, hit: Hit, weights: Mapping[str, float]) -> bool:
    """Whether enough of what the question names is met in or around the passage."""
    rest = [
        term
        for term in question.terms
        if term.kind is not TermKind.DRUG and term.category is not Category.SOURCE
    ]
    if not rest or not sum(weights[term.label] for term in rest):
        return bool(question.drugs)
    return hit.parts["context"] >= _SUPPORT


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


def _open_question(question: Question, choices: Sequence[_Choice]) -> Refusal | None:
    """A question that names only a drug, where the documents state several doses of it."""
    if not question.drugs or any(_narrows(term) for term in question.terms):
        return None
    phases = {(one.reference.document_sha256, one.reference.phase) for one in choices}
    amounts = {_amount(one.reference) for one in choices}
    if len(phases) < 2 or len(amounts) < 2:
        return None
    return Refusal(
        Reason.AMBIGUOUS_QUESTION,
        f"The held documents state {len(amounts)} different doses of {question.drugs[0]}.",
        ("For which disease, phase or patients?",),
    )


def _narrows(term: Term) -> bool:
    return term.kind is not TermKind.DRUG and term.category not in _OPEN


def _distinct(choices: Sequence[_Choice], asked: Asked) -> tuple[DoseReference, ...]:
    """The statements that would fit, the best of each amount, best first."""
    stated = [_as_asked(one.reference, asked) for one in choices]
    best_of = {_amount(one): one for one in reversed(stated)}
    return tuple(one for one in stated if best_of[_amount(one)] is one)[: _ALTERNATIVES + 1]


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
