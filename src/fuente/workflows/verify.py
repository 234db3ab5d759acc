"""Verification: a record against the stored pages, and against what follows from them.

Nothing the file says about itself is trusted. Quotes are cut anew from the stored pages; the
patient is composed anew from request, seed, reference date and choices, and compared value by
value; the narrative is checked word by word. A record that was never stored here verifies alike.
"""

from collections.abc import Iterator
from typing import Any, Final

from fuente.documents.span import Span
from fuente.dosing.drugs import Vocabulary
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
from fuente.records.difference import ABSENT, differences
from fuente.records.finding import Finding, error, warning
from fuente.records.invariants import check_invariants
from fuente.records.parsing import NotARecord, parse_line, shape_findings
from fuente.records.record import CitationRecord, Record
from fuente.workflows.checking_manifest import ManifestChecks, manifest_tree, plan_findings
from fuente.workflows.cited_pages import CitedPage, cited_page
from fuente.workflows.composing import RULES, Evidence, Inputs, compose_patient
from fuente.workflows.selecting import regimens_for

_MOST_DIFFERENCES: Final = 200
# Whatever a forged record may make of the composition; none of it may end the verification.
_CANNOT_BE_COMPOSED: Final = (UnknownPick, NotFound, ValueError, LookupError, ArithmeticError)
_READ_AGAIN: Final = (
    "these words stand in an earlier reading of the page; it was read otherwise since"
)
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
        findings = (*self._citations(record), *check_invariants(record))
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

    def _citations(self, record: Record) -> Iterator[Finding]:
        for index, citation in enumerate(record.citations):
            pointer = f"/citations/{index}"
            try:
                span = Span(citation.start, citation.end)
                cited = self._cited(citation, span)
                if cited is None:
                    yield error("CIT-01", f"{pointer}/page", "the cited page is not held here")
                    continue
                words = span.cut(cited.page.text)
            except ValueError as problem:
                yield error("CIT-01", f"{pointer}/end", str(problem))
                continue
            if words != citation.quote:
                yield error("CIT-01", f"{pointer}/quote", f"the page says {words[:200]!r}")
            elif cited.is_earlier:
                yield warning("CIT-01", f"{pointer}/quote", _READ_AGAIN)

    def _cited(self, citation: CitationRecord, span: Span) -> CitedPage | None:
        return cited_page(
            self._store, citation.document_sha256, citation.page, span, citation.quote
        )

    def _recomputed(self, data: Json, record: Record) -> Iterator[Finding]:
        if record.manifest.rules != RULES:
            message = f"composed under {record.manifest.rules}, this fuente holds {RULES}"
            yield error("RECOMPUTED", "/manifest/rules", message)
            return
        yield from plan_findings(record)
        picks = RecordedChoices({one.name: one.option_id for one in record.manifest.choices})
        try:
            inputs, evidence = self._inputs(record)
            clinical = compose_patient(inputs, evidence, picks, self._catalogue, self._vocabulary)
        except _CANNOT_BE_COMPOSED as problem:
            yield error("RECOMPUTED", "/manifest", f"cannot be composed again: {problem}")
            return
        checks = ManifestChecks(
            self._store, self._catalogue, evidence.regimens, evidence.references
        )
        yield from checks.findings(data, record, picks.picks)
        yield from self._narrative(record, clinical)
        yield from _compared(data, _expected(record, clinical))

    def _inputs(self, record: Record) -> tuple[Inputs, Evidence]:
        """What the patient is a function of, from the record's word and the documents held."""
        documents = frozenset(record.manifest.evidence.documents)
        held = self._store.regimens(documents)
        where = ReferenceFilter(document_sha256s=documents)
        references = {one.reference_id: one for one in self._store.references(where)}
        settled = record.manifest.plan
        plan = Planner(self._catalogue, held, references).plan_for(
            record.request,
            settled.diagnosis,
            settled.second_diagnosis,
            Draws(record.seed, "plan"),
        )
        inputs = Inputs(record.request, record.seed, record.generated_at, plan)
        return inputs, Evidence(regimens_for(plan, held), references, self._store)

    def _narrative(self, record: Record, clinical: Unwrapped) -> Iterator[Finding]:
        tongue: Tongue = record.language
        drafts = Drafter(tongue, self._vocabulary).drafts(clinical.data)
        sentences = record.narrative.sentences
        if len(sentences) != len(drafts):
            message = f"{len(sentences)} sentences where the record has {len(drafts)} to tell"
            yield error("NAR-01", "/narrative/sentences", message)
            return
        for index, (draft, sentence) in enumerate(zip(drafts, sentences, strict=True)):
            if sentence.section != draft.section:
                message = f"the record tells of {draft.section} here"
                yield error("NAR-01", f"/narrative/sentences/{index}/section", message)
                continue
            pointer = f"/narrative/sentences/{index}/text"
            if sentence.by == "rendered":
                wrong: tuple[str, ...] = ()
                if sentence.text != draft.render():
                    wrong = (f"the record says {draft.render()!r}",)
            else:
                wrong = problems(draft, sentence.text, tongue)
            for one in wrong:
                yield error("NAR-01", pointer, one)


def _expected(record: Record, clinical: Unwrapped) -> Json:
    sentences = tuple(Sentence(one.section, one.text, one.by) for one in record.narrative.sentences)
    as_of, manifest = record.generated_at, manifest_tree(record)
    return assemble(Parts(record.request, record.seed, as_of, clinical, sentences, manifest))


def _compared(found: Json, expected: Json) -> Iterator[Finding]:
    for count, (pointer, has, wants) in enumerate(differences(found, expected)):
        if count == _MOST_DIFFERENCES:
            yield error("RECOMPUTED", "", "more values differ; only the first are listed")
            return
        yield error("RECOMPUTED", pointer, f"the record has {_shown(has)}, {_shown(wants)} follows")


def _shown(value: Any) -> str:  # noqa: ANN401  a JSON value
    return "nothing" if value is ABSENT else str(value)[:120]
