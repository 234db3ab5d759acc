"""The steps a record says its evidence was gathered in, replayed without model and without search.

Which call was open when, what reading a part returns, and which references a passage holds all
follow from the stored pages. What a search found depends on what else a store holds: the passages
must be of the patient's documents, each at most once, and that is all that can be said of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.dosing.regimen import Regimen
from fuente.ports import AgentStep, ReferenceFilter, Store
from fuente.records.difference import differences
from fuente.records.finding import Finding, error
from fuente.records.record import EvidenceRecord, StepRecord
from fuente.workflows.gathering import MOST_HITS, Task, parts_of

RULE: Final = "MANIFEST"
_STEPS: Final = "/manifest/evidence/steps"


@dataclass(frozen=True, slots=True)
class StepChecks:
    """The store, what was to be gathered for the patient, and the regimens it lies in."""

    store: Store
    task: Task
    regimens: Sequence[Regimen]

    def findings(self, evidence: EvidenceRecord) -> Iterator[Finding]:
        """Every step that cannot have been, and an end the steps do not lead to."""
        done: list[AgentStep] = []
        for index, step in enumerate(evidence.steps):
            pointer = f"{_STEPS}/{index}"
            yield from self._call(step, done, pointer)
            searched = step.tool == "search_protocols"
            yield from (self._search if searched else self._reading)(step, pointer)
            done.append(AgentStep(step.tool, step.arguments, step.passage_ids, step.reference_ids))
        yield from self._end(evidence, is_open=bool(self.task.tools(done)))

    def _call(self, step: StepRecord, done: Sequence[AgentStep], pointer: str) -> Iterator[Finding]:
        tools = {one.name: one for one in self.task.tools(done)}
        if step.tool not in tools:
            yield error(RULE, f"{pointer}/tool", f"{step.tool} was not open at this step")
            return
        offered = tools[step.tool].arguments
        for name in offered.keys() | step.arguments.keys():
            if step.arguments.get(name) not in offered.get(name, ()):
                message = "no such call was open at this step"
                yield error(RULE, f"{pointer}/arguments/{name}", message)

    def _search(self, step: StepRecord, pointer: str) -> Iterator[Finding]:
        held = {one.passage_id: one for one in self.store.passages(step.passage_ids)}
        for place, one in enumerate(step.passage_ids):
            where = f"{pointer}/passage_ids/{place}"
            if one not in held or held[one].document_sha256 not in self.task.documents:
                yield error(RULE, where, f"{one} is not of the patient's documents")
            elif one in step.passage_ids[:place] or place >= MOST_HITS:
                yield error(RULE, where, f"{one} is listed once too often")
        found = self._references_of(step.passage_ids)
        yield from _compared(step.reference_ids, found, f"{pointer}/reference_ids")

    def _references_of(self, passage_ids: Sequence[str]) -> list[str]:
        if not passage_ids:
            return []
        stated: dict[str, list[str]] = {one: [] for one in passage_ids}
        for one in self.store.references(ReferenceFilter(passage_ids=frozenset(passage_ids))):
            stated[one.passage_id].append(one.reference_id)
        return [one for passage_id in passage_ids for one in stated[passage_id]]

    def _reading(self, step: StepRecord, pointer: str) -> Iterator[Finding]:
        label = step.arguments.get("part")
        parts = (part for regimen in self.regimens for part in parts_of(regimen))
        part = next((one for one in parts if one.label == label), None)
        if part is None:
            yield error(RULE, f"{pointer}/arguments/part", "these protocols have no such part")
            return
        known = self.task.references
        passages = [known[one].passage_id for one in part.reference_ids if one in known]
        expected = list(dict.fromkeys(passages))
        yield from _compared(step.passage_ids, expected, f"{pointer}/passage_ids")
        yield from _compared(step.reference_ids, part.reference_ids, f"{pointer}/reference_ids")

    def _end(self, evidence: EvidenceRecord, *, is_open: bool) -> Iterator[Finding]:
        outcome = evidence.agent_outcome
        if is_open == (outcome == "done"):
            message = f"after these steps there was {'more' if is_open else 'nothing'} to read"
            yield error(RULE, "/manifest/evidence/agent_outcome", message)
        if evidence.agent_detail and outcome != "failed":
            message = "only a run that failed says more"
            yield error(RULE, "/manifest/evidence/agent_detail", message)


def _compared(found: Any, expected: Any, pointer: str) -> Iterator[Finding]:  # noqa: ANN401
    for place, has, wants in differences(found, expected, pointer):
        yield error(RULE, place, f"the step has {str(has)[:120]}, {str(wants)[:120]} follows")
