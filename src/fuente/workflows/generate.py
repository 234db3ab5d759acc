"""From a request to verified records: parse, plan, gather, compose, narrate, verify, store.

A patient that cannot be grounded is refused with a reason; a record that fails its own verification
is never returned as a patient.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fuente import __version__
from fuente.audit.event import Action, AuditEvent
from fuente.dosing.drugs import Vocabulary
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.evidence.refusal import Reason, Refusal
from fuente.exports.json_lines import record_line, refusal_line
from fuente.generation.choices import Chooser, Pick
from fuente.generation.drafts import Drafter
from fuente.generation.planning import Plan, Planner
from fuente.patients.catalogue import Catalogue
from fuente.patients.request import Request
from fuente.patients.sampling import Draws
from fuente.ports import (
    AgentStep,
    LanguageModel,
    Progress,
    ReferenceAgent,
    ReferenceFilter,
    Store,
    StoredRecord,
)
from fuente.records.assembly import Parts, assemble
from fuente.records.finding import Severity
from fuente.workflows.choosing import ModelChoices
from fuente.workflows.composing import RULES, Evidence, Inputs, compose_patient
from fuente.workflows.editions import current_documents
from fuente.workflows.gathering import Gathered, Gatherer, Search
from fuente.workflows.narrating import narrate
from fuente.workflows.selecting import diagnoses_of, regimens_for
from fuente.workflows.verify import Verifier

# Largest seed a JSON reader with double precision keeps exactly.
MAX_SEED: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class GenerateServices:
    """The ports a patient is generated over, and who asked."""

    store: Store
    search: Search
    agent: ReferenceAgent
    model: LanguageModel
    catalogue: Catalogue
    vocabulary: Vocabulary
    actor: str = "cli"


@dataclass(frozen=True, slots=True)
class Made:
    """A verified record: its canonical line, its tree, and the steps of the agent."""

    line: bytes
    record: dict[str, Any]
    steps: tuple[AgentStep, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of output: a patient's record, or a refusal."""

    line: bytes
    record: Mapping[str, Any] | None
    refusal: Refusal | None


def generate_patients(
    request: Request,
    services: GenerateServices,
    *,
    seed: int,
    count: int,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """One outcome per patient asked for, as each is ready."""
    for index in range(count):
        if progress is not None:
            progress("patients", index, count)
        yield _one(request, services, seed_of(seed, index), as_of)
    if progress is not None:
        progress("patients", count, count)


def seed_of(seed: int, index: int) -> int:
    """The seed of patient `index`: the run's own for the first, derived for the others."""
    if index == 0:
        return seed
    digest = hashlib.sha256(f"{seed}/{index}".encode()).digest()
    return int.from_bytes(digest[:8], "big") & MAX_SEED


def default_as_of(store: Store) -> date | None:
    """The newest edition date among the held documents; None when none states one."""
    dates = [one.edition_date for one in current_documents(store) if one.edition_date is not None]
    return max(dates, default=None)


def _one(request: Request, services: GenerateServices, seed: int, as_of: date | None) -> Outcome:
    made = Generation(request, services, seed, as_of).run()
    if isinstance(made, Refusal):
        services.store.log(_refused(made, services.actor))
        return Outcome(refusal_line(made), None, made)
    line, record = made.line, made.record
    event = AuditEvent(
        Action.PATIENT_GENERATED,
        services.actor,
        record["record_id"],
        {"seed": seed, "sha256": hashlib.sha256(line).hexdigest()},
    )
    services.store.add_record(StoredRecord(record["record_id"], line, made.steps), event)
    return Outcome(line, record, None)


class Generation:
    """One patient in the making."""

    def __init__(
        self, request: Request, services: GenerateServices, seed: int, as_of: date | None
    ) -> None:
        self._request = request
        self._services = services
        self._seed = seed
        self._as_of = as_of or default_as_of(services.store) or date(2025, 1, 1)

    def run(self) -> Made | Refusal:
        """The record's line and tree, or why there is none."""
        services = self._services
        regimens = services.store.regimens()
        followed = services.store.references(ReferenceFilter(current=True))
        references = {one.reference_id: one for one in followed}
        planner = Planner(services.catalogue, regimens, references)
        plan = planner.plan(self._request, Draws(self._seed, "plan"))
        if isinstance(plan, Refusal):
            return plan
        needed = regimens_for(plan, regimens)
        gatherer = Gatherer(services.agent, services.search, references, services.catalogue)
        gathered = gatherer.gather(diagnoses_of(plan), needed, self._seed)
        chooser = ModelChoices(services.model, self._about(plan), self._seed)
        record = self._record(plan, gathered, needed, references, chooser)
        return self._verified(record, gathered)

    def _about(self, plan: Plan) -> str:
        name = self._services.catalogue.diagnosis(plan.first.diagnosis).name_en
        return f"Request: {self._request.text[:200]}\nDiagnosis: {name}"

    def _record(
        self,
        plan: Plan,
        gathered: Gathered,
        regimens: Sequence[Regimen],
        references: Mapping[str, DoseReference],
        chooser: Chooser,
    ) -> dict[str, Any]:
        services = self._services
        inputs = Inputs(self._request, self._seed, self._as_of, plan)
        evidence = Evidence(tuple(regimens), references, services.store)
        clinical = compose_patient(
            inputs, evidence, chooser, services.catalogue, services.vocabulary
        )
        drafter = Drafter(self._request.language, services.vocabulary)
        drafts = drafter.drafts(clinical.data)
        sentences = narrate(services.model, drafts, self._request.language, self._seed)
        manifest = self._manifest(plan, gathered, chooser.picks)
        return assemble(
            Parts(self._request, self._seed, self._as_of, clinical, sentences, manifest)
        )

    def _manifest(self, plan: Plan, gathered: Gathered, picks: tuple[Pick, ...]) -> dict[str, Any]:
        identity = self._services.model.identity
        return {
            "fuente_version": __version__,
            "rules": RULES,
            "model": {
                "name": identity.name,
                "sha256": identity.sha256,
                "weights": identity.weights,
                "template_sha256": identity.template_sha256,
                "engine": identity.engine,
            },
            "plan": {
                "diagnosis": plan.first.diagnosis,
                **({"second_diagnosis": plan.second.diagnosis} if plan.second else {}),
            },
            "evidence": _evidence_tree(gathered),
            "choices": [
                {
                    "name": pick.name,
                    "options": list(pick.options),
                    "option_id": pick.option_id,
                    "by": pick.by,
                }
                for pick in picks
            ],
        }

    def _verified(self, record: dict[str, Any], gathered: Gathered) -> Made | Refusal:
        line = record_line(record)
        services = self._services
        verifier = Verifier(services.store, services.catalogue, services.vocabulary)
        errors = [one for one in verifier.verify(line.decode()) if one.severity is Severity.ERROR]
        if errors:
            first = errors[0]
            return Refusal(
                Reason.NOT_PLAUSIBLE,
                f"the composed record failed its own verification: {first.rule} at "
                f"{first.pointer}: {first.message}",
            )
        return Made(line, record, gathered.trace.steps)


def _evidence_tree(gathered: Gathered) -> dict[str, Any]:
    trace = gathered.trace
    return {
        "documents": list(gathered.documents),
        "references": len(gathered.reference_ids),
        "gathered_by_agent": len(gathered.by_agent),
        "gathered_by_plan": len(gathered.by_plan),
        "agent_outcome": trace.outcome,
        "agent_detail": trace.detail,
        "steps": [
            {
                "tool": step.tool,
                "arguments": dict(step.arguments),
                "passage_ids": list(step.passage_ids),
                "reference_ids": list(step.reference_ids),
            }
            for step in trace.steps
        ],
    }


def _refused(refusal: Refusal, actor: str) -> AuditEvent:
    return AuditEvent(Action.PATIENT_REFUSED, actor, "request", {"reason": refusal.reason.value})
