"""Passages in order: one score from meaning, words, and what their references state (pure).

The score is a weighted sum of features between 0 and 1, each of which a hit carries along, so that
every place in the list can be explained. It decides order, never whether there is an answer.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from fuente.documents.passage import Passage
from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.evidence.cognates import cognate_keys
from fuente.evidence.hit import Hit
from fuente.evidence.question import Asked, Question, Term, TermKind
from fuente.evidence.synonyms import Category

# What each feature counts for. Set from what it can know, before any measurement: the terms named
# by the question decide; a reference of the drug and the kind asked is half as strong; meaning and
# word frequency break what is left. Measured figures stand in docs/results.
WEIGHTS: Final[Mapping[str, float]] = {
    "dense": 1.0,
    "lexical": 1.0,
    "terms": 2.0,
    "context": 1.0,
    "drug": 1.0,
    "reference": 1.0,
    "source": 1.0,
    "disease": 1.0,
}
# A term counts for less when it stands on the page but not in the passage, and for less still when
# only the document's title has it.
_PAGE_SHARE: Final = 0.7
_TITLE_SHARE: Final = 0.4

_KINDS: Final[Mapping[Asked, tuple[ReferenceKind, ...]]] = {
    Asked.DOSE: (ReferenceKind.DOSE, ReferenceKind.METABOLIC),
    Asked.CAP: (ReferenceKind.CAP,),
    Asked.REDUCTION: (ReferenceKind.REDUCTION, ReferenceKind.DOSE),
    Asked.CUMULATIVE: (ReferenceKind.CUMULATIVE,),
    Asked.RADIOTHERAPY: (ReferenceKind.RADIOTHERAPY,),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage some search brought, with its scores there and its references."""

    passage: Passage
    file: str
    title: str
    dense: float = 0.0
    lexical: float = 0.0
    references: tuple[DoseReference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Keys:
    """A candidate's words as spaced cognate keys: its own, its page's and its title's."""

    own: str
    page: str
    title: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranked hits and how much each term of the question tells passages apart."""

    hits: tuple[Hit, ...]
    term_weights: Mapping[str, float] = field(default_factory=dict)


def rank(question: Question, candidates: Sequence[Candidate]) -> Ranking:
    """The candidates as hits, best first; equal ones by document, page and place."""
    keys = _keys_of(candidates)
    weights = _term_weights(question.terms, keys)
    printed = {term.label for term in question.terms if any(_around(term, each) for each in keys)}
    best_lexical = max((one.lexical for one in candidates), default=0.0)
    hits = [
        _hit(question, one, own, weights, best_lexical, printed)
        for one, own in zip(candidates, keys, strict=True)
    ]
    return Ranking(tuple(sorted(hits, key=_order)), weights)


def states_what_is_asked(reference: DoseReference, asked: Asked) -> bool:
    """Whether the reference states this sort of number; a dose may carry the cap asked for."""
    if asked is Asked.CAP and reference.cap is not None:
        return True
    return reference.kind in _KINDS[asked]


def _hit(
    question: Question,
    candidate: Candidate,
    keys: _Keys,
    weights: Mapping[str, float],
    best_lexical: float,
    printed: Set[str],
) -> Hit:
    disease = _disease_part(question, candidate, keys)
    # Once the disease is met, a word that no document prints says nothing about which dose is
    # meant; before that, it may be the disease.
    about = [
        term
        for term in _about(question)
        if not disease or term.label in printed or _names_disease(question, term)
    ]
    parts = {
        "dense": max(0.0, candidate.dense),
        "lexical": candidate.lexical / best_lexical if best_lexical else 0.0,
        "terms": _share(about, weights, lambda term: float(term.stands_in(keys.own))),
        "context": _share(about, weights, lambda term: _met(question, term, keys, disease)),
        "drug": _drug_part(question, candidate, keys),
        "reference": _reference_part(question, candidate.references),
        "disease": disease,
        "source": _share(_of_source(question), weights, lambda term: _around(term, keys)),
    }
    score = sum(WEIGHTS[name] * part for name, part in parts.items())
    return Hit(candidate.passage, candidate.file, score, candidate.references, parts)


def _order(hit: Hit) -> tuple[float, str, int, int, str]:
    # Rounded, because the last digits of a sum depend on the machine.
    passage = hit.passage
    return (-round(hit.score, 6), hit.file, passage.page, passage.span.start, passage.passage_id)


def _met(question: Question, term: Term, keys: _Keys, disease: float) -> float:
    """How nearly the term is met; the disease's name is, where the references are of the disease.

    Rows seldom print the name of the disease that their document is about.
    """
    return max(_around(term, keys), disease if _names_disease(question, term) else 0.0)


def _names_disease(question: Question, term: Term) -> bool:
    return term.category is Category.DISEASE or term.label in question.disease_words


def _around(term: Term, keys: _Keys) -> float:
    if term.stands_in(keys.own):
        return 1.0
    if term.stands_in(keys.page):
        return _PAGE_SHARE
    return _TITLE_SHARE if term.stands_in(keys.title) else 0.0


def _share(
    terms: Iterable[Term], weights: Mapping[str, float], met: Callable[[Term], float]
) -> float:
    chosen = list(terms)
    whole = sum(weights[term.label] for term in chosen)
    return sum(weights[term.label] * met(term) for term in chosen) / whole if whole else 0.0


def _about(question: Question) -> Iterator[Term]:
    """What a passage must be about, beside the drug."""
    return (
        term
        for term in question.terms
        if term.kind is not TermKind.DRUG and term.category is not Category.SOURCE
    )


def _disease_part(question: Question, candidate: Candidate, keys: _Keys) -> float:
    """Whether the passage is about a disease the question names: by its references, or by words."""
    stated = {found for one in candidate.references for found in one.diagnoses}
    if not stated.isdisjoint(question.diagnoses):
        return 1.0
    named = (term for term in question.terms if term.category is Category.DISEASE)
    return max((_around(term, keys) for term in named), default=0.0)


def _of_source(question: Question) -> Iterator[Term]:
    """Whose document is meant: `the Chilean guideline`. It prefers, and excludes nothing."""
    return (term for term in question.terms if term.category is Category.SOURCE)


def _drug_part(question: Question, candidate: Candidate, keys: _Keys) -> float:
    if not question.drugs:
        return 0.0
    stated = {reference.drug for reference in candidate.references}
    drugs = [term for term in question.terms if term.kind is TermKind.DRUG]
    met = [term.label in stated or term.stands_in(keys.own) for term in drugs]
    # The drug named first is the one the question is about.
    return (2.0 * met[0] + sum(met[1:])) / (1 + len(met))


def _reference_part(question: Question, references: Sequence[DoseReference]) -> float:
    wanted = [one for one in references if not question.drugs or one.drug in question.drugs[:1]]
    if any(states_what_is_asked(one, question.asked) for one in wanted):
        return 1.0
    return 0.4 if wanted else 0.0


def _term_weights(terms: Iterable[Term], keys: Sequence[_Keys]) -> dict[str, float]:
    """How rare each term is among the candidates; one that is nowhere weighs most."""
    total = len(keys)
    return {
        term.label: math.log(1 + total / (1 + sum(term.stands_in(one.own) for one in keys)))
        for term in terms
    }


def _keys_of(candidates: Sequence[Candidate]) -> list[_Keys]:
    own = [_spaced(one.passage.search_text) for one in candidates]
    pages: dict[tuple[str, int], list[str]] = {}
    for one, keys in zip(candidates, own, strict=True):
        pages.setdefault((one.passage.document_sha256, one.passage.page), []).append(keys)
    return [
        _Keys(
            keys,
            "".join(pages[one.passage.document_sha256, one.passage.page]),
            _spaced(f"{one.title} {one.file.replace('_', ' ')}"),
        )
        for one, keys in zip(candidates, own, strict=True)
    ]


def _spaced(text: str) -> str:
    return f" {cognate_keys(text)} "
