"""How a record was made, in words: the choices with their options, and the evidence with its steps.

Ids of regimens, phases and references read as the documents held now have them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fuente.ports import DocumentStore, ReferenceFilter
from fuente.server.reading.record_view import RecordView
from fuente.server.reading.words import words_of


@dataclass(frozen=True, slots=True)
class MadeChoice:
    """One choice: what it was about, what was taken, what else was on offer, and who took it."""

    name: str
    taken: str
    others: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the agent: the tool, what it was asked, and how much came back."""

    tool: str
    asked: str
    passages: int
    references: int


@dataclass(frozen=True, slots=True)
class Making:
    """The choices and steps of one record, and the files its evidence came from."""

    choices: tuple[MadeChoice, ...]
    steps: tuple[Step, ...]
    files: tuple[str, ...]
    by_model: int


def making_of(view: RecordView, store: DocumentStore) -> Making:
    """What the manifest says, with names for ids."""
    manifest = view.data["manifest"]
    options = {option for one in manifest["choices"] for option in one["options"]}
    names = _names(store, options)
    sentences = view.data["narrative"]["sentences"]
    return Making(
        choices=tuple(_choice(view, one, names) for one in manifest["choices"]),
        steps=tuple(_step(one) for one in manifest["evidence"]["steps"]),
        files=tuple(sorted({one["file"] for one in view.data["citations"]})),
        by_model=sum(one["by"] == "model" for one in sentences),
    )


def _choice(view: RecordView, pick: Mapping[str, Any], names: Mapping[str, str]) -> MadeChoice:
    told = {one: names.get(one) or words_of(one, view.tongue) for one in pick["options"]}
    taken = pick["option_id"]
    others = tuple(text for one, text in told.items() if one != taken)
    name = str(pick["name"]).replace("/", " ").replace("_", " ")
    return MadeChoice(name, told.get(taken, str(taken)), others, str(pick["by"]))


def _step(step: Mapping[str, Any]) -> Step:
    asked = ", ".join(str(one) for one in step["arguments"].values())
    return Step(step["tool"], asked, len(step["passage_ids"]), len(step["reference_ids"]))


def _names(store: DocumentStore, options: set[str]) -> dict[str, str]:
    held = frozenset(one.sha256 for one in store.documents())
    found: dict[str, str] = {}
    for regimen in store.regimens(held):
        found[regimen.regimen_id] = f"{regimen.name} ({regimen.file})"
        found |= {phase.phase_id: f"{phase.name} ({regimen.file})" for phase in regimen.phases}
    wanted = frozenset(options - found.keys())
    references = store.references(ReferenceFilter(ids=wanted)) if wanted else ()
    return found | {one.reference_id: f"{one.quote} ({one.file})" for one in references}
