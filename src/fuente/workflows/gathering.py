"""Evidence for one patient, gathered by the agent and completed by a fixed plan.

The agent searches the protocols and reads the parts of those it found; the grammar offers it only
searches and parts of this request. What it did not read, the plan reads, and the record says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Phase, Regimen
from fuente.evidence.hit import Hit
from fuente.patients.catalogue import Catalogue
from fuente.ports import AgentStep, AgentTrace, ReferenceAgent, Tool, ToolResult

MAX_STEPS: Final = 48
# Wall time is no part of a record: a run is cut only where the machine is far too slow for it.
MAX_SECONDS: Final = 300.0
MOST_HITS: Final = 10
_SHOWN_HITS: Final = 3
_SHOWN_DOSES: Final = 4

Search = Callable[[str], Sequence[Hit]]


def _nothing_found(query: str) -> Sequence[Hit]:
    """The search of a task that is only asked which calls were open."""
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a protocol that must be read: its name and the references it holds."""

    regimen: Regimen
    name: str
    reference_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the agent calls the part by."""
        return f"{self.regimen.file}: {self.name}"[:100]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read and by whom."""

    trace: AgentTrace
    by_agent: frozenset[str]
    by_plan: frozenset[str]
    documents: tuple[str, ...]

    @property
    def reference_ids(self) -> frozenset[str]:
        """All references read."""
        return self.by_agent | self.by_plan


class Gatherer:
    """Gathers the evidence for the diagnoses of one plan."""

    def __init__(
        self,
        agent: ReferenceAgent,
        search: Search,
        references: Mapping[str, DoseReference],
        catalogue: Catalogue,
    ) -> None:
        self._agent = agent
        self._search = search
        self._references = references
        self._catalogue = catalogue

    def gather(self, diagnoses: Sequence[str], regimens: Sequence[Regimen], seed: int) -> Gathered:
        """Read every part of the regimens, by the agent as far as it goes."""
        parts = tuple(part for regimen in regimens for part in parts_of(regimen))
        documents = tuple(sorted({regimen.document_sha256 for regimen in regimens}))
        queries = queries_for(diagnoses, regimens, self._catalogue)
        task = Task(self._references, queries, parts, frozenset(documents), self._search)
        names = ", ".join(self._catalogue.diagnosis(one).name_en for one in diagnoses)
        trace = self._agent.gather(
            f"Gather every dose reference for {names}.",
            task.tools,
            max_steps=MAX_STEPS,
            max_seconds=MAX_SECONDS,
            seed=seed,
        )
        if not task.tools(trace.steps):
            # All there was to read has been read, however the run then ended.
            trace = AgentTrace(trace.steps, "done")
        needed = needed_references(regimens)
        read = frozenset(one for step in trace.steps for one in step.reference_ids) & needed
        return Gathered(trace, read, needed - read, documents)


@dataclass(frozen=True, slots=True)
class Task:
    """The open calls of one run: first a search, then the parts of what it found."""

    references: Mapping[str, DoseReference]
    queries: tuple[str, ...]
    parts: tuple[Part, ...]
    documents: frozenset[str]
    search: Search = _nothing_found

    def tools(self, steps: Sequence[AgentStep]) -> tuple[Tool, ...]:
        """The calls still open; none when every part of the needed documents was read."""
        asked = {step.arguments.get("query", "") for step in steps}
        read = {step.arguments.get("part", "") for step in steps}
        found = _documents_found(steps, self.references)
        open_queries = tuple(one for one in self.queries if one not in asked)
        open_parts = tuple(
            part.label
            for part in self.parts
            if part.regimen.file in found and part.label not in read
        )
        hidden = any(part.regimen.file not in found for part in self.parts)
        tools = []
        if hidden and open_queries:
            tools.append(self._search_tool(open_queries))
        if open_parts:
            tools.append(self._dose_tool(open_parts))
        return tuple(tools)

    def _search_tool(self, queries: tuple[str, ...]) -> Tool:
        return Tool(
            "search_protocols",
            "Search the hospital's protocol documents.",
            {"query": queries},
            self._run_search,
        )

    def _dose_tool(self, labels: tuple[str, ...]) -> Tool:
        return Tool(
            "dose_references",
            "Read the dose references of one part of a protocol found before.",
            {"part": labels},
            self._run_doses,
        )

    def _run_search(self, arguments: Mapping[str, str]) -> ToolResult:
        # Only protocols of the patient's tumours: the steps then rest on the patient's documents.
        found = (
            hit
            for hit in self.search(arguments["query"])
            if hit.passage.document_sha256 in self.documents
        )
        hits = tuple(islice(found, MOST_HITS))
        shown = "\n".join(
            f"{hit.file} p.{hit.passage.page}: {hit.passage.text[:80]}"
            for hit in hits[:_SHOWN_HITS]
        )
        references = tuple(one.reference_id for hit in hits for one in hit.references)
        passages = tuple(hit.passage.passage_id for hit in hits)
        return ToolResult(shown or "nothing found", passages, references)

    def _run_doses(self, arguments: Mapping[str, str]) -> ToolResult:
        part = next(one for one in self.parts if one.label == arguments["part"])
        known = [self.references[one] for one in part.reference_ids if one in self.references]
        shown = "\n".join(_spoken(one) for one in known[:_SHOWN_DOSES])
        return ToolResult(
            shown or "no dose stated",
            tuple(dict.fromkeys(one.passage_id for one in known)),
            part.reference_ids,
        )


def needed_references(regimens: Sequence[Regimen]) -> frozenset[str]:
    """Every reference the parts of these regimens hold: what must be read before composing."""
    parts = (part for regimen in regimens for part in parts_of(regimen))
    return frozenset(one for part in parts for one in part.reference_ids)


def queries_for(
    diagnoses: Sequence[str], regimens: Sequence[Regimen], catalogue: Catalogue
) -> tuple[str, ...]:
    """What may be searched for: the tumours in both languages, and the protocols by title."""
    entries = [catalogue.diagnosis(one) for one in diagnoses]
    names = [name for one in entries for name in (one.name_en, one.name_es)]
    names += [regimen.name for regimen in regimens]
    return tuple(dict.fromkeys(f"{name} treatment doses" for name in names))


def parts_of(regimen: Regimen) -> tuple[Part, ...]:
    """The parts of a protocol: each phase, and the radiotherapy, in order."""
    parts = [Part(regimen, phase.name, _ids(phase)) for phase in regimen.phases]
    if regimen.radiotherapy_ids:
        parts.append(Part(regimen, "radiotherapy", regimen.radiotherapy_ids))
    return tuple(parts)


def _ids(phase: Phase) -> tuple[str, ...]:
    bands = (one for row in phase.banded for one in row.band_reference_ids)
    return tuple(dict.fromkeys((*phase.reference_ids, *bands)))


def _documents_found(
    steps: Iterable[AgentStep], references: Mapping[str, DoseReference]
) -> frozenset[str]:
    ids = (one for step in steps for one in step.reference_ids)
    return frozenset(references[one].file for one in ids if one in references)


def _spoken(reference: DoseReference) -> str:
    amount = reference.value if reference.value is not None else reference.minimum
    return f"{reference.drug or 'radiotherapy'} {amount} {reference.unit}"
