"""A question becomes an answer: searched by meaning, by words and by references, then ranked.

It decides which passages are looked at. Their order and the answer are decided in `evidence`; the
vectors used for scoring are the store's, so a rebuilt index gives the same answers.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Any, Final

from fuente.audit.event import Action, AuditEvent
from fuente.documents.citation import citation_id
from fuente.dosing.indications import DiagnosisName
from fuente.dosing.numbers import json_number
from fuente.dosing.reference import DoseReference
from fuente.errors import IndexDamaged, InvalidRequest
from fuente.evidence.answering import answer_question
from fuente.evidence.hit import Answer, Hit
from fuente.evidence.question import Question, parse_question
from fuente.evidence.ranking import Candidate, Ranking, rank
from fuente.evidence.refusal import Reason, Refusal
from fuente.evidence.worked_dose import WorkedDose
from fuente.ports import Embedder, PassageIndex, ReferenceFilter, Store, Vector
from fuente.workflows.doubts import Doubts
from fuente.workflows.earlier_editions import changes_since, only_out_of_use
from fuente.workflows.editions import current_documents
from fuente.workflows.list_references import amount_json, stated_only
from fuente.workflows.places import Places

# How many passages each search may bring. The index is approximate at its fringe, so it is asked
# for more than can reach the first ten.
_DENSE: Final = 100
_LEXICAL: Final = 150
_BY_REFERENCE: Final = 300
_MAX_QUESTION: Final = 2_000

# The periods a dose may be per, as UCUM writes them behind the unit.
_PERIODS: Final[Mapping[str, str]] = {
    "day": "d",
    "week": "wk",
    "month": "mo",
    "cycle": "{cycle}",
    "course": "{course}",
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AskServices:
    """The ports a question is answered over, who is asking, and the names of diseases."""

    store: Store
    index: PassageIndex
    embedder: Embedder
    actor: str = "cli"
    diagnoses: tuple[DiagnosisName, ...] = ()


def ask(text: str, services: AskServices) -> Answer:
    """Answer a question from the held documents, or refuse with the reason; logged either way.

    Raises:
        InvalidRequest: the question is empty or longer than a question is.
    """
    question = parse_question(_checked(text), services.diagnoses)
    answer = _answer(question, services)
    if answer.reference:
        doubted = Doubts(services.store).added_to(answer.reference)
        changes = changes_since(answer.reference, services.store)
        stated = replace(doubted, warnings=(*doubted.warnings, *changes))
        answer = replace(answer, reference=stated)
    answer = replace(answer, places=_places(answer, services.store))
    services.store.log(_event(text, answer, services.actor))
    return answer


def search(text: str, services: AskServices) -> Ranking:
    """The ranked passages for any text, with their references and scores; nothing is logged."""
    return _ranked(parse_question(_checked(text), services.diagnoses), services)


def answer_json(answer: Answer) -> Json:
    """The answer as `fuente ask --json` prints it."""
    refusal = answer.refusal
    return {
        "hits": [hit_json(hit, answer.places) for hit in answer.hits],
        "answer": _reference_json(answer),
        "alternatives": [
            reference_answer_json(one, answer.places.get(one.reference_id, ""))
            for one in answer.alternatives
        ],
        "abstained": refusal is not None,
        **({"reason": str(refusal.reason), "detail": refusal.detail} if refusal else {}),
        **({"questions": list(refusal.questions)} if refusal and refusal.questions else {}),
    }


def hit_json(hit: Hit, places: Mapping[str, str]) -> Json:
    """One hit with where it stands and why it is there."""
    passage = hit.passage
    row = {
        "file": hit.file,
        "page": passage.page,
        "page_label": passage.page_label,
        "place": places.get(passage.passage_id, ""),
        "quote": passage.text,
        "passage_id": passage.passage_id,
        "document_sha256": passage.document_sha256,
        "span": [passage.span.start, passage.span.end],
        "section": list(passage.section),
        "score": round(hit.score, 6),
        "parts": {name: round(part, 6) for name, part in hit.parts.items()},
        "reference_ids": [reference.reference_id for reference in hit.references],
    }
    return stated_only(row)


def reference_answer_json(reference: DoseReference, place: str = "") -> Json:
    """The value asked for, its unit with the period, and the citation it rests on."""
    row = {
        **amount_json(reference),
        "unit": unit_with_period(reference),
        "drug": reference.drug,
        "kind": str(reference.kind),
        "route": reference.route and str(reference.route),
        "days": list(reference.days),
        "phase": reference.phase,
        "population": reference.population.text if reference.population else "",
        "warnings": list(reference.warnings),
        "reference_id": reference.reference_id,
        "citation": _citation_json(reference, place),
    }
    return stated_only(row)


def unit_with_period(reference: DoseReference) -> str:
    """`mg/m2` per day is `mg/m2/d`; per dose adds nothing."""
    period = _PERIODS.get(reference.per or "", "")
    if not period or reference.unit.endswith(f"/{period}"):
        return reference.unit
    return f"{reference.unit}/{period}"


def _answer(question: Question, services: AskServices) -> Answer:
    if not current_documents(services.store):
        return Answer((), None, Refusal(Reason.NO_DOCUMENTS, "No document is held and in use."))
    ranking = _ranked(question, services)
    held = frozenset(
        drug
        for drug in question.drugs
        if services.store.references(ReferenceFilter(drug=drug, current=True))
    )
    answer = answer_question(question, ranking, held)
    out_of_use = only_out_of_use(question.drugs, services.store) if answer.refusal else None
    return replace(answer, refusal=out_of_use) if out_of_use else answer


def _ranked(question: Question, services: AskServices) -> Ranking:
    store = services.store
    vectors = services.embedder.embed([question.text, question.english])
    lexical = dict(store.lexical_search(question.lexical_query, _LEXICAL)) if question.terms else {}
    ids = dict.fromkeys((*lexical, *_by_reference(question, store), *_near(vectors, services)))
    dense = _exact_scores(vectors, store.vectors(tuple(ids)))
    return rank(question, _candidates(tuple(ids), dense, lexical, store))


def _near(vectors: Sequence[Vector], services: AskServices) -> Iterable[str]:
    try:
        found = [services.index.nearest(vector, _DENSE) for vector in vectors]
    except IndexDamaged:
        services.index.rebuild(services.store.vectors())
        found = [services.index.nearest(vector, _DENSE) for vector in vectors]
    return dict.fromkeys(passage_id for pairs in found for passage_id, _ in pairs)


def _by_reference(question: Question, store: Store) -> Iterable[str]:
    filters = (ReferenceFilter(drug=drug, current=True) for drug in question.drugs)
    references = (reference for where in filters for reference in store.references(where))
    return tuple(dict.fromkeys(one.passage_id for one in references))[:_BY_REFERENCE]


def _exact_scores(
    questions: Sequence[Vector], vectors: Iterable[tuple[str, Vector]]
) -> dict[str, float]:
    """The better cosine of the question as asked and in English words."""
    return {
        passage_id: max(sum(map(mul, one, vector)) for one in questions)
        for passage_id, vector in vectors
    }


def _candidates(
    ids: Sequence[str],
    dense: Mapping[str, float],
    lexical: Mapping[str, float],
    store: Store,
) -> list[Candidate]:
    references: dict[str, list[DoseReference]] = {}
    for reference in store.references(ReferenceFilter(passage_ids=frozenset(ids))) if ids else ():
        references.setdefault(reference.passage_id, []).append(reference)
    sources = {source.sha256: source for source in current_documents(store)}
    return [
        Candidate(
            passage=passage,
            file=sources[passage.document_sha256].file,
            title=sources[passage.document_sha256].title,
            dense=dense.get(passage.passage_id, 0.0),
            lexical=lexical.get(passage.passage_id, 0.0),
            references=tuple(references.get(passage.passage_id, ())),
        )
        for passage in store.passages(ids)
        # Another process may have superseded a document that this one's index still knows.
        if passage.document_sha256 in sources
    ]


def _checked(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise InvalidRequest("The question is empty.", "Ask for a drug and a disease.")
    if len(cleaned) > _MAX_QUESTION:
        raise InvalidRequest(f"The question is longer than {_MAX_QUESTION} characters.")
    return cleaned


def _reference_json(answer: Answer) -> Json | None:
    reference = answer.reference
    if reference is None:
        return None
    row = reference_answer_json(reference, answer.places.get(reference.reference_id, ""))
    return row | ({"calculated": _worked_json(answer.worked)} if answer.worked else {})


def _worked_json(worked: WorkedDose) -> Json:
    """The dose of the patient asked about, with its steps, or what the question lacks for it."""
    if worked.missing:
        return {"missing": worked.missing}
    values = [json_number(one.value) for one in worked.doses]
    ends = {"value": values[0]} if len(values) == 1 else {"min": values[0], "max": values[1]}
    row = {
        **ends,
        "unit": worked.doses[0].unit,
        "per": worked.per,
        "cap_applied": any(one.cap_applied for one in worked.doses),
        "steps": list(worked.steps),
    }
    return stated_only(row)


def _places(answer: Answer, store: Store) -> dict[str, str]:
    """Where the hits and the reference stand, by their ids, on pages that are no printed ones."""
    places = Places(store)
    found = {
        hit.passage.passage_id: places.of(
            hit.passage.document_sha256, hit.passage.page, hit.passage.span
        )
        for hit in answer.hits
    }
    for one in (*([answer.reference] if answer.reference else []), *answer.alternatives):
        found[one.reference_id] = places.of(one.document_sha256, one.page, one.span)
    return {identifier: place for identifier, place in found.items() if place}


def _citation_json(reference: DoseReference, place: str) -> Json:
    return {
        "citation_id": citation_id(reference.document_sha256, reference.page, reference.span),
        "document_sha256": reference.document_sha256,
        "file": reference.file,
        "page": reference.page,
        "page_label": reference.page_label,
        "start": reference.span.start,
        "end": reference.span.end,
        "quote": reference.quote,
        "source": str(reference.source),
        **({"place": place} if place else {}),
    }


def _event(text: str, answer: Answer, actor: str) -> AuditEvent:
    """The question itself is not logged, only its hash: it may speak of a patient."""
    subject = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    found = answer.reference.reference_id if answer.reference else ""
    reason = str(answer.refusal.reason) if answer.refusal else ""
    details: dict[str, str | int | bool] = {
        "hits": len(answer.hits),
        "reference_id": found,
        "reason": reason,
    }
    return AuditEvent(Action.QUESTION_ASKED, actor, subject, details)
