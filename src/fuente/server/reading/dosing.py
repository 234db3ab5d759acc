"""Administrations as a protocol prints them: by phase and cycle, equal givings in one row.

Beside these rows every single giving is listed with its own date and dose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.server.reading.record_view import RecordView
from fuente.server.reading.values import Value, linked, shown, unit_of, value_at
from fuente.server.reading.words import label

# Up to so many days in a row are written out.
_SHORT: Final = 2

Giving = Mapping[str, Any]
Placed = tuple[int, Giving]

# Givings that agree in all of these differ only in their day.
_SAME: Final = (
    "drug_inn",
    "prescribed_value",
    "prescribed_unit",
    "dose_administered",
    "dose_administered_unit",
    "bsa_used",
    "weight_used",
    "cap_applied",
    "dose_reduction_percent",
    "route",
    "infusion_hours",
    "citation_id",
)


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One drug at one dose within a cycle."""

    drug: Value
    prescribed: Value
    given: Value
    body: Value | None
    route: Value
    notes: tuple[Value, ...]
    days: tuple[Value, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle of a phase; `number` is None where the protocol counts none."""

    number: int | None
    first: str
    last: str
    rows: tuple[DoseRow, ...]


@dataclass(frozen=True, slots=True)
class PhaseDoses:
    """All that was given in one phase."""

    name: Value
    first: str
    last: str
    drugs: tuple[str, ...]
    count: int
    cycles: tuple[Cycle, ...]
    every: tuple[tuple[Value, Value, Value], ...]


def phases_of(view: RecordView, givings: Sequence[Giving], pointer: str) -> tuple[PhaseDoses, ...]:
    """The phases in the order they began."""
    placed = list(enumerate(givings))
    phases = _grouped(placed, lambda one: one.get("phase"))
    return tuple(_phase(view, group, pointer) for group in phases)


def _phase(view: RecordView, group: list[Placed], pointer: str) -> PhaseDoses:
    index, first = group[0]
    name = first.get("phase") or label("administrations", view.tongue)
    cycles = _grouped(group, lambda one: one.get("cycle"))
    drugs = dict.fromkeys(shown(view, "drug_inn", one["drug_inn"]) for _, one in group)
    return PhaseDoses(
        name=linked(view, label("phase", view.tongue), name, f"{pointer}/{index}/phase"),
        first=min(one["date"] for _, one in group),
        last=max(one["date"] for _, one in group),
        drugs=tuple(drugs),
        count=len(group),
        cycles=tuple(_cycle(view, cycle, pointer) for cycle in cycles),
        every=tuple(_giving(view, one, f"{pointer}/{number}") for number, one in group),
    )


def _giving(view: RecordView, one: Giving, pointer: str) -> tuple[Value, Value, Value]:
    date, drug, dose = (
        value_at(view, one, key, pointer) for key in ("date", "drug_inn", "dose_administered")
    )
    return date, drug, dose


def _cycle(view: RecordView, group: list[Placed], pointer: str) -> Cycle:
    rows = _grouped(group, lambda one: tuple(str(one.get(key)) for key in _SAME))
    return Cycle(
        number=group[0][1].get("cycle"),
        first=min(one["date"] for _, one in group),
        last=max(one["date"] for _, one in group),
        rows=tuple(_row(view, row, pointer) for row in rows),
    )


def _row(view: RecordView, group: list[Placed], pointer: str) -> DoseRow:
    index, one = group[0]
    here = f"{pointer}/{index}"
    body = next((key for key in ("bsa_used", "weight_used") if one.get(key) is not None), None)
    return DoseRow(
        drug=value_at(view, one, "drug_inn", here),
        prescribed=value_at(view, one, "prescribed_value", here),
        given=value_at(view, one, "dose_administered", here),
        body=value_at(view, one, body, here) if body else None,
        route=value_at(view, one, "route", here),
        notes=tuple(_notes(view, one, here)),
        days=tuple(_days(view, group, pointer)),
        first=min(giving["date"] for _, giving in group),
        last=max(giving["date"] for _, giving in group),
    )


def _notes(view: RecordView, one: Giving, pointer: str) -> list[Value]:
    notes = []
    if one.get("cap_applied"):
        notes.append(linked(view, "", label("capped", view.tongue), f"{pointer}/cap_applied"))
    for key, name in (("dose_reduction_percent", "reduced"), ("infusion_hours", "infusion")):
        if one.get(key) is not None:
            text = shown(view, key, one[key], unit_of(one, key))
            notes.append(linked(view, "", f"{label(name, view.tongue)} {text}", f"{pointer}/{key}"))
    return notes


def _days(view: RecordView, group: list[Placed], pointer: str) -> list[Value]:
    """Runs of days, each leading to the date of its first; the label is the dates it covers."""
    found: list[Value] = []
    for run in _runs(_grouped(group, lambda one: (one["date"], one.get("day")))):
        (index, one), last = run[0][0], run[-1][0][1]
        times = f" ×{len(run[0])}" if len(run[0]) > 1 else ""
        first_day, last_day = (str(day.get("day", day["date"])) for day in (one, last))
        far = f"–{last_day}" if len(run) > 1 else ""
        dates = one["date"] if one is last else f"{one['date']} – {last['date']}"
        text = f"{first_day}{far}{times}"
        found.append(linked(view, dates, text, f"{pointer}/{index}/date"))
    return found


def _runs(days: list[list[Placed]]) -> list[list[list[Placed]]]:
    """Days that follow each other, at the same number of givings; shorter runs stay single days."""
    runs: list[list[list[Placed]]] = []
    for day in days:
        before = runs[-1][-1] if runs else None
        if before is not None and _follows(before, day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [part for run in runs for part in ([run] if len(run) > _SHORT else [[d] for d in run])]


def _follows(before: list[Placed], day: list[Placed]) -> bool:
    one, other = before[0][1].get("day"), day[0][1].get("day")
    if one is None or other is None:
        return False
    return len(before) == len(day) and bool(other == one + 1)


def _grouped(placed: Sequence[Placed], key: Any) -> list[list[Placed]]:  # noqa: ANN401
    groups: dict[Any, list[Placed]] = {}
    for one in placed:
        groups.setdefault(key(one[1]), []).append(one)
    return list(groups.values())
