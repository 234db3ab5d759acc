"""Administrations as a protocol prints them: by phase and cycle, equal givings in one row.

Every single giving stays reachable: each day of a row leads to its own date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.server.reading.record_view import RecordView
from fuente.server.reading.values import Value, linked, shown, unit_of, value_at
from fuente.server.reading.words import label

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
    )


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
    """Each day once, with how often; its label is the date."""
    days = []
    for same in _grouped(group, lambda one: (one["date"], one.get("day"))):
        index, one = same[0]
        stated = one.get("day") is not None
        times = f"×{len(same)}" if len(same) > 1 else ""
        text = f"{one['day'] if stated else one['date']}{times}"
        days.append(linked(view, one["date"], text, f"{pointer}/{index}/date"))
    return days


def _grouped(placed: Sequence[Placed], key: Any) -> list[list[Placed]]:  # noqa: ANN401
    groups: dict[Any, list[Placed]] = {}
    for one in placed:
        groups.setdefault(key(one[1]), []).append(one)
    return list(groups.values())
