"""A relapse and its salvage: when, where, and what the documents offer against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.dosing.regimen import Phase, PhaseRole, Regimen
from fuente.generation.body import BodyTimeline
from fuente.generation.case import Case, plus
from fuente.generation.chemotherapy import Administration, Dispenser
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.disease import Disease
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.generation.response import salvage_response
from fuente.generation.schedule import Calendar
from fuente.generation.summaries import chemotherapy_course
from fuente.generation.treatment import Treatment

_EXTENTS: Final = ("local", "distant", "combined")


@dataclass(frozen=True, slots=True)
class Relapsed:
    """The relapse row, the salvage line, and its course if a document offers one."""

    kind: str
    row: dict[str, Any]
    line: dict[str, Any]
    chemotherapy: dict[str, Any] | None
    administrations: tuple[Administration, ...]
    end: Leaf


def lay_out_relapse(
    case: Case, disease: Disease, treatment: Treatment, body: BodyTimeline, reserved: int
) -> Relapsed:
    """One relapse of the first tumour and the line that follows it.

    `reserved` days before the reference date are left to what comes later.
    """
    during = case.request.relapse is not None and (
        case.request.relapse.timing == "during_first_line"
    )
    day = (
        _during(case, treatment, disease) if during else _after(case, treatment, disease, reserved)
    )
    number = 2
    offer = case.bundle.phases(disease.entry.id, PhaseRole.SALVAGE)
    given, name = _salvage(case, disease, offer, day, body)
    end = max((one.day for one in given), key=lambda leaf: leaf.value, default=day)
    return Relapsed(
        "progression" if during else "relapse",
        _row(case, disease, day, during, number),
        _line(number, name, day, given)
        | {"remission": salvage_response(case, number, bool(given))},
        chemotherapy_course(number, disease, given),
        given,
        end,
    )


def _row(case: Case, disease: Disease, day: Leaf, during: bool, number: int) -> dict[str, Any]:
    draws = case.draws.within("relapse")
    usual = disease.entry.metastasis_topographies
    extent = draws.choice("extent", _EXTENTS, (2, 2, 1)) if usual else "local"
    tree: dict[str, Any] = {
        "number": derived(1, "order of the relapses"),
        "date": day,
        "kind": derived("progression" if during else "relapse", "progression before remission"),
        "timing": derived(
            "during_first_line" if during else "after_end_of_treatment", "by the date of relapse"
        ),
        "extent": sampled(extent, "local 2 : distant 2 : combined 1"),
        "salvage_line": derived(number, "order of the lines"),
    }
    if extent != "local":
        tree["sites"] = [sampled(draws.choice("site", usual), "usual sites, equally likely")]
    return tree


def _after(case: Case, treatment: Treatment, disease: Disease, reserved: int) -> Leaf:
    end = treatment.end or disease.date
    room = max(31, (case.as_of - end.value).days - 120 - reserved)
    return case.later(end, "relapse/after", 30, min(room, 900))


def _during(case: Case, treatment: Treatment, disease: Disease) -> Leaf:
    start = treatment.start or disease.date
    end = treatment.end or disease.date
    days = max(2, (end.value - start.value).days)
    return case.later(start, "relapse/during", max(1, days // 2), max(2, days - 1))


def _salvage(
    case: Case,
    disease: Disease,
    offer: Sequence[tuple[Regimen, Phase]],
    day: Leaf,
    body: BodyTimeline,
) -> tuple[tuple[Administration, ...], str]:
    if not offer or "chemotherapy" in case.request.blocks.excluded:
        return (), "salvage treatment without a held document"
    options = tuple(Option(phase.phase_id, phase.name[:80]) for _, phase in offer)
    picked = choose_leaf(
        case.chooser, Choice("relapse/salvage", "Which salvage treatment is given?", options)
    )
    regimen, phase = next(one for one in offer if one[1].phase_id == picked.value)
    days = case.draw_days("relapse/salvage_start", 10, 28)
    start = derived(plus(day.value, days.value), "relapse + days", day, days)
    cycles = Calendar(case.bundle, regimen, start).cycles((phase,))
    return Dispenser(case, regimen, body).give(cycles), regimen.name


def _line(number: int, name: str, day: Leaf, given: tuple[Administration, ...]) -> dict[str, Any]:
    first = min((one.day for one in given), key=lambda leaf: leaf.value, default=day)
    last = max((one.day for one in given), key=lambda leaf: leaf.value, default=day)
    return {
        "line_number": derived(number, "order of the lines"),
        "intent": derived("salvage", "after a relapse"),
        "protocol_name": derived(name, "title of the document"),
        "protocol_type": derived("guideline", "a document of the institution"),
        "start_date": derived(first.value, "first salvage treatment", first),
        "end_date": derived(last.value, "last salvage treatment so far", last),
    }
