"""Verification: a record against the stored pages, and against what follows from them.

Nothing the file says about itself is trusted. Quotes are cut anew from the stored pages; the
patient is composed anew from request, seed, reference date and choices, and compared value by
value; the narrative is checked word by word. A record that was never stored here verifies alike.
"""

from collections.abc import Iterator
from typing import Any, Final

from fuente.documents.span import Span
from fuente.dosing.drugs import Vocabulary
from fuente.dosing.regimen import Regimen
from fuente.errors import NotFound
from fuente.generation.choices import RecordedChoices, UnknownPick
from fuente.generation.drafts import Drafter
from fuente.generation.leaf import Unwrapped
from fuente.generation.narrative import Sentence, problems
from fuente.generation.planning import Planner
from fuente.generation.wording import Tongue
from fuente.patients.catalogue import Catalogue
from fuente.patients.sampling import Draws
from fuente.ports import ReferenceFilter, Store
from fuente.records.assembly import Parts, assemble
from fuente.records.difference import differences
from fuente.records.finding import Finding, error
from fuente.records.invariants import check_invariants
from fuente.records.parsing import NotARecord, parse_line, shape_findings
from fuente.records.record import Record
from fuente.workflows.composing import RULES, Evidence, Inputs, compose_patient
from fuente.workflows.gathering import needed_references
from fuente.workflows.selecting import regimens_for

_MOST_DIFFERENCES: Final = 50
Json = dict[str, Any]


class Verifier:
    """Verifies lines of JSON against one store."""

    def __init__(self, store: Store, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._store = store
        self._catalogue = catalogue
        self._vocabulary = vocabulary

    def verify(self, line: str) -> tuple[Finding, ...]:
        """Everything wrong or worth knowing, errors and warnings."""
        try:
            data = parse_line(line)
        except NotARecord as problem:
            return (error("SHAPE", "", str(problem)),)
        record, findings = shape_findings(data)
        if record is None:
            return findings
        findings = (*self._citations(data), *check_invariants(record))
        missing = tuple(self._missing_documents(record))
        if missing:
            return (*findings, *missing)
        return (*findings, *self._recomputed(data, record))

    def _missing_documents(self, record: Record) -> Iterator[Finding]:
        for index, sha256 in enumerate(record.manifest.evidence.documents):
            if self._store.document(sha256) is None:
                pointer = f"/manifest/evidence/documents/{index}"
                message = "this document is not held here; ingest it to verify the record"
                yield error("CIT-01", pointer, message)

    def _citations(self, data: Json) -> Iterator[Finding]:
        for index, citation in enumerate(data["citations"]):
            pointer = f"/citations/{index}"
            page = self._store.page(citation["document_sha256"], citation["page"])
            if page is None:
                yield error("CIT-01", f"{pointer}/page", "the cited page is not held here")
                continue
            try:
                words = Span(int(citation["start"]), int(citation["end"])).cut(page.text)
            except ValueError as problem:
                yield error("CIT-01", f"{pointer}/end", str(problem))
                continue
            if words != citation["quote"]:
                yield error("CIT-01", f"{pointer}/quote", f"the page says {words[:200]!r}")

    def _recomputed(self, data: Json, record: Record) -> Iterator[Finding]:
        if record.manifest.rules != RULES:
            message = f"composed under {record.manifest.rules}, this fuente holds {RULES}"
            yield error("RECOMPUTED", "/manifest/rules", message)
            return
        yield from self._gathering(record)
        try:
            clinical = self._compose(record)
        except (UnknownPick, NotFound, ValueError, KeyError) as problem:
            yield error("RECOMPUTED", "/manifest", f"cannot be composed again: {problem}")
            return
        yield from self._narrative(data, record, clinical)
        yield from _compared(data, self._expected(data, record, clinical))

    def _gathering(self, record: Record) -> Iterator[Finding]:
        """What the manifest says of the evidence, counted anew from its steps and the store."""
        evidence = record.manifest.evidence
        settled = record.manifest.plan
        wanted = {settled.diagnosis, settled.second_diagnosis}
        needed = needed_references(
            [one for one in self._held(record) if wanted & set(one.diagnoses)]
        )
        read = needed & {one for step in evidence.steps for one in step.reference_ids}
        counted = (len(needed), len(read), len(needed - read))
        stated = (evidence.references, evidence.gathered_by_agent, evidence.gathered_by_plan)
        if counted != stated:
            yield error("CIT-01", "/manifest/evidence", f"{stated} stated, {counted} counted")
        for index, step in enumerate(evidence.steps):
            held = {one.passage_id for one in self._store.passages(step.passage_ids)}
            for missing in sorted(set(step.passage_ids) - held):
                pointer = f"/manifest/evidence/steps/{index}/passage_ids"
                yield error("CIT-01", pointer, f"passage {missing} is not held here")

    def _held(self, record: Record) -> tuple[Regimen, ...]:
        documents = frozenset(record.manifest.evidence.documents)
        return tuple(r for r in self._store.regimens() if r.document_sha256 in documents)

    def _compose(self, record: Record) -> Unwrapped:
        documents = frozenset(record.manifest.evidence.documents)
        held = self._held(record)
        where = ReferenceFilter(document_sha256s=documents)
        references = {one.reference_id: one for one in self._store.references(where)}
        planner = Planner(self._catalogue, held, references)
        settled = record.manifest.plan
        plan = planner.plan_for(
            record.request,
            settled.diagnosis,
            settled.second_diagnosis,
            Draws(record.seed, "plan"),
        )
        inputs = Inputs(record.request, record.seed, record.generated_at, plan)
        evidence = Evidence(regimens_for(plan, held), references, self._store)
        picks = RecordedChoices({one.name: one.option_id for one in record.manifest.choices})
        return compose_patient(inputs, evidence, picks, self._catalogue, self._vocabulary)

    def _expected(self, data: Json, record: Record, clinical: Unwrapped) -> Json:
        sentences = tuple(
            Sentence(one.section, one.text, one.by) for one in record.narrative.sentences
        )
        return assemble(
            Parts(
                record.request,
                record.seed,
                record.generated_at,
                clinical,
                sentences,
                data["manifest"],
            )
        )

    def _narrative(self, data: Json, record: Record, clinical: Unwrapped) -> Iterator[Finding]:
        tongue: Tongue = record.language
        drafts = Drafter(tongue, self._vocabulary).drafts(clinical.data)
        sentences = record.narrative.sentences
        if [one.section for one in sentences] != [one.section for one in drafts]:
            yield error("NAR-01", "/narrative/sentences", "sentences do not tell this record")
            return
        for index, (draft, sentence) in enumerate(zip(drafts, sentences, strict=True)):
            pointer = f"/narrative/sentences/{index}/text"
            if sentence.by == "rendered":
                wrong: tuple[str, ...] = ()
                if sentence.text != draft.render():
                    wrong = (f"the record says {draft.render()!r}",)
            else:
                wrong = problems(draft, sentence.text, tongue)
            for one in wrong:
                yield error("NAR-01", pointer, one)


def _compared(found: Json, expected: Json) -> Iterator[Finding]:
    for count, (pointer, has, wants) in enumerate(differences(found, expected)):
        if count == _MOST_DIFFERENCES:
            yield error("RECOMPUTED", "", "more values differ; only the first are listed")
            return
        yield error("RECOMPUTED", pointer, f"the record has {_shown(has)}, {_shown(wants)} follows")


def _shown(value: Any) -> str:  # noqa: ANN401  a JSON value
    return "nothing" if value is None else str(value)[:120]
