"""What a manifest says of plan, choices and evidence, checked against what follows from the store.

The names of model and version are claims nobody can recompute from pages; everything else is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.generation.choices import BY_MODEL, DRAWN, ONLY_OPTION, Pick
from fuente.patients.catalogue import Catalogue
from fuente.ports import Store
from fuente.records.difference import differences
from fuente.records.finding import Finding, error
from fuente.records.record import EvidenceRecord, Record
from fuente.workflows.checking_steps import StepChecks
from fuente.workflows.gathering import Task, needed_references, parts_of, queries_for

_RULE: Final = "MANIFEST"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ManifestChecks:
    """The regimens a record rests on, their references, and the store they come from."""

    store: Store
    catalogue: Catalogue
    regimens: Sequence[Regimen]
    references: Mapping[str, DoseReference]

    def findings(self, data: Json, record: Record, picks: Sequence[Pick]) -> Iterator[Finding]:
        """Everything the manifest says that does not follow."""
        given = data["manifest"]
        manifest = record.manifest
        # What was read leniently must also be written as the record has it: numbers, not strings.
        yield from _compared(given, manifest_tree(record), "/manifest")
        choices = [_choice_tree(one, record) for one in picks]
        yield from _compared(given["choices"], choices, "/manifest/choices")
        yield from self._evidence(given["evidence"], manifest.evidence)
        yield from self._steps(record)

    def _evidence(self, given: Json, evidence: EvidenceRecord) -> Iterator[Finding]:
        needed = needed_references(self.regimens)
        read = needed & {one for step in evidence.steps for one in step.reference_ids}
        counted = {
            "documents": sorted({one.document_sha256 for one in self.regimens}),
            "references": len(needed),
            "gathered_by_agent": len(read),
            "gathered_by_plan": len(needed - read),
        }
        stated = {key: given[key] for key in counted}
        yield from _compared(stated, counted, "/manifest/evidence")

    def _steps(self, record: Record) -> Iterator[Finding]:
        checks = StepChecks(self.store, self._task(record), self.regimens)
        yield from checks.findings(record.manifest.evidence)

    def _task(self, record: Record) -> Task:
        plan = record.manifest.plan
        diagnoses = tuple(one for one in (plan.diagnosis, plan.second_diagnosis) if one)
        return Task(
            self.references,
            queries_for(diagnoses, self.regimens, self.catalogue),
            tuple(part for regimen in self.regimens for part in parts_of(regimen)),
            frozenset(one.document_sha256 for one in self.regimens),
        )


def plan_findings(record: Record) -> Iterator[Finding]:
    """What the plan settled on and the request did not ask for."""
    settled, asked = record.manifest.plan, record.request
    wanted = asked.diagnosis.catalogue_id if asked.diagnosis else settled.diagnosis
    if wanted != settled.diagnosis:
        yield error(_RULE, "/manifest/plan/diagnosis", f"the request is for {wanted}")
    second = asked.second_tumour.catalogue_id if asked.second_tumour else None
    if asked.requires("second_tumour") != (settled.second_diagnosis is not None) or (
        second not in (None, settled.second_diagnosis)
    ):
        message = f"the request is for {second or 'another number of tumours'}"
        yield error(_RULE, "/manifest/plan/second_diagnosis", message)


def manifest_tree(record: Record) -> Json:
    """The manifest as generation writes it, keys in declared order."""
    return record.manifest.model_dump(mode="json", exclude_none=True)


def _choice_tree(pick: Pick, record: Record) -> Json:
    """The choice as it must stand: who chose is the manifest's word, where there was a choice."""
    stated = {one.name: one.by for one in record.manifest.choices}.get(pick.name, "")
    by = ONLY_OPTION if len(pick.options) == 1 else BY_MODEL
    return {
        "name": pick.name,
        "options": list(pick.options),
        "option_id": pick.option_id,
        "by": stated if by == BY_MODEL and stated == DRAWN else by,
    }


def _compared(found: Any, expected: Any, pointer: str) -> Iterator[Finding]:  # noqa: ANN401
    for place, has, wants in differences(found, expected, pointer):
        yield error(_RULE, place, f"the manifest has {str(has)[:120]}, {str(wants)[:120]} follows")
