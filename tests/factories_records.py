"""Records composed from pages of the corpus, without a store, a model or an embedder.

Documents are read once per session and kept; a patient takes about a second. Choices are drawn.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fuente.adapters.page_reader import FileReader
from fuente.documents.citation import Citation, citation_id
from fuente.documents.passage import PassageKind
from fuente.documents.source import ReadDocument
from fuente.documents.span import Span
from fuente.documents.split import split_pages
from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.dosing.regimen_reader import read_regimens
from fuente.evidence.bundle import Bundle
from fuente.evidence.refusal import Refusal
from fuente.generation.case import Case
from fuente.generation.choices import Choice, Pick
from fuente.generation.compose import Composer
from fuente.generation.leaf import Unwrapped, derived
from fuente.generation.planning import Plan, Planner
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request
from fuente.patients.sampling import Draws
from fuente.records.assembly import Parts, assemble

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
AS_OF = date(2025, 9, 1)


@dataclass(frozen=True)
class ReadPages:
    """One document as the reader, the splitter and the extraction leave it."""

    read: ReadDocument
    rows: frozenset[tuple[int, Span]]
    references: tuple[DoseReference, ...]
    regimens: tuple[Regimen, ...]


class DrawnChoices:
    """Picks every option by a draw and remembers it, as the model's choices do."""

    def __init__(self, seed: int) -> None:
        self._draws = Draws(seed, "choices")
        self._picks: list[Pick] = []

    @property
    def picks(self) -> tuple[Pick, ...]:
        return tuple(self._picks)

    def choose(self, choice: Choice) -> str:
        ids = tuple(option.option_id for option in choice.options)
        picked: str = self._draws.choice(choice.name, ids)
        self._picks.append(Pick(choice.name, ids, picked, "model"))
        return picked


@dataclass(frozen=True)
class Library:
    """Documents a patient may rest on."""

    documents: tuple[ReadPages, ...]

    @property
    def regimens(self) -> tuple[Regimen, ...]:
        return tuple(one for document in self.documents for one in document.regimens)

    @property
    def references(self) -> dict[str, DoseReference]:
        return {r.reference_id: r for document in self.documents for r in document.references}

    def cite(self, sha256: str, number: int, span: Span) -> Citation:
        document = next(d for d in self.documents if d.read.source.sha256 == sha256)
        page = next(p for p in document.read.pages if p.number == number)
        source = "table" if (number, span) in document.rows else "text"
        return Citation(
            citation_id(sha256, number, span),
            sha256,
            document.read.source.file,
            document.read.source.edition,
            number,
            page.label,
            span,
            span.cut(page.text),
            source,
        )


@cache
def read_pages(name: str) -> ReadPages:
    """One protocol of the corpus, read once."""
    read = FileReader().read(CORPUS / name)
    passages = split_pages(read)
    references = extract_references(read.source, passages, load_catalogue().names())
    regimens = read_regimens(read.source, read.pages, passages, references)
    rows = frozenset((p.page, p.span) for p in passages if p.kind is PassageKind.TABLE_ROW)
    return ReadPages(read, rows, tuple(references), tuple(regimens))


def library(names: Iterable[str]) -> Library:
    """The protocols of the corpus with these file names."""
    return Library(tuple(read_pages(name) for name in names))


def plan_for(held: Library, request: Request, seed: int) -> Plan | Refusal:
    """What would be composed."""
    planner = Planner(load_catalogue(), held.regimens, held.references)
    return planner.plan(request, Draws(seed, "plan"))


def make_record(
    held: Library, request: Request, seed: int, as_of: date = AS_OF
) -> dict[str, Any] | Refusal:
    """A record as JSON values with exact numbers, or why there is none."""
    plan = plan_for(held, request, seed)
    if isinstance(plan, Refusal):
        return plan
    chooser = DrawnChoices(seed)
    clinical = _compose(held, request, seed, plan, chooser, as_of)
    parts = Parts(request, seed, as_of, clinical, (), _manifest(plan, held, chooser.picks))
    return assemble(parts)


def _compose(
    held: Library, request: Request, seed: int, plan: Plan, chooser: DrawnChoices, as_of: date
) -> Unwrapped:
    wanted = {plan.first.diagnosis, plan.second.diagnosis if plan.second else ""}
    regimens = tuple(one for one in held.regimens if wanted & set(one.diagnoses))
    scope = hashlib.sha256(repr(request.as_json()).encode()).hexdigest()[:16]
    case = Case(
        request,
        Draws(seed, f"patient/{scope}"),
        chooser,
        Bundle(regimens, held.references, held.cite),
        load_catalogue(),
        load_vocabulary(),
        derived(as_of, "reference date of the run"),
    )
    return Composer(case, plan).compose()


def _manifest(plan: Plan, held: Library, picks: Iterable[Pick]) -> dict[str, Any]:
    second = {"second_diagnosis": plan.second.diagnosis} if plan.second else {}
    return {
        "fuente_version": "0.0.0",
        "rules": "drawn",
        "model": {
            "name": "drawn",
            "sha256": "0" * 64,
            "weights": "",
            "template_sha256": "0" * 64,
            "engine": "",
        },
        "plan": {"diagnosis": plan.first.diagnosis, **second},
        "evidence": {
            "documents": [d.read.source.sha256 for d in held.documents],
            "references": len(held.references),
            "gathered_by_agent": 0,
            "gathered_by_plan": 0,
            "agent_outcome": "done",
            "steps": [],
        },
        "choices": [
            {"name": p.name, "options": list(p.options), "option_id": p.option_id, "by": p.by}
            for p in picks
        ],
    }
