"""The course at a glance: what happened when, as rows of dates with bars on one scale of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fuente.server.reading.record_view import RecordView
from fuente.server.reading.values import shown
from fuente.server.reading.words import label, words_of

# The least a bar measures, in per mille of the width, so that one day can be seen.
_LEAST = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in per mille of the width."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Happening:
    """One row: what, from when to when, the age at its beginning, and its stretches of time."""

    kind: str
    title: str
    first: str
    last: str
    age: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    kind: str
    title: str
    first: str
    last: str


def course_of(view: RecordView) -> tuple[Happening, ...]:
    """Everything dated, by its first day."""
    rows: dict[tuple[str, str], list[_Stretch]] = {}
    for one in sorted(_stretches(view), key=lambda one: (one.first, one.last)):
        rows.setdefault((one.kind, one.title), []).append(one)
    days = [date.fromisoformat(one.last) for row in rows.values() for one in row]
    begin = date.fromisoformat(next(iter(rows.values()))[0].first)
    length = max(1, (max(days) - begin).days)
    return tuple(_happening(view, row, begin, length) for row in rows.values())


def age_text(view: RecordView, day: str) -> str:
    """Completed years and months on a day."""
    born, then = (
        date.fromisoformat(view.data["demographics"]["birth_date"]),
        date.fromisoformat(day),
    )
    months = (then.year - born.year) * 12 + then.month - born.month - (then.day < born.day)
    years, rest = divmod(max(0, months), 12)
    return f"{years} {label('years', view.tongue)} {rest} {label('months', view.tongue)}"


def _happening(view: RecordView, row: list[_Stretch], begin: date, length: int) -> Happening:
    first, last = row[0].first, max(one.last for one in row)
    bars = tuple(_bar(one, begin, length) for one in row)
    return Happening(row[0].kind, row[0].title, first, last, age_text(view, first), bars)


def _bar(one: _Stretch, begin: date, length: int) -> Bar:
    left = (date.fromisoformat(one.first) - begin).days * (1000 - _LEAST) / length
    days = (date.fromisoformat(one.last) - date.fromisoformat(one.first)).days
    return Bar(round(left, 1), round(max(_LEAST, days * (1000 - _LEAST) / length), 1))


def _stretches(view: RecordView) -> Iterator[_Stretch]:
    tongue = view.tongue
    for one in view.rows("diagnoses"):
        title = f"{label('diagnoses', tongue)}: {one[f'tumour_name_{tongue}']}"
        yield _day("diagnosis", title, one["date_of_diagnosis"])
    for one in view.rows("surgery"):
        yield _day("surgery", f"{label('surgery', tongue)}: {one['description']}", one["date"])
    for one in view.rows("chemotherapy"):
        yield from _cycles(view, one)
    for one in view.rows("radiotherapy"):
        target = shown(view, "target_site", one["target_site"])
        title = f"{label('radiotherapy', tongue)}: {target}"
        yield _Stretch("radiotherapy", title, one["start_date"], one["end_date"])
    for one in view.rows("hsct"):
        title = f"{label('hsct', tongue)}: {words_of(one['type'], tongue)}"
        yield _day("hsct", title, one["date"])
    for one in view.rows("relapse"):
        title = f"{words_of(one['kind'], tongue)}, {words_of(one['extent'], tongue)}"
        yield _day("relapse", title.capitalize(), one["date"])
    yield from _single_events(view)


def _cycles(view: RecordView, course: Mapping[str, Any]) -> Iterator[_Stretch]:
    found: dict[tuple[str, Any], list[str]] = {}
    for one in course["administrations"]:
        found.setdefault((one.get("phase") or "", one.get("cycle")), []).append(one["date"])
    for (phase, _), days in found.items():
        name = phase or f"{label('line', view.tongue)} {course['line_number']}"
        title = f"{label('chemotherapy', view.tongue)}: {name}"
        yield _Stretch("chemotherapy", title, min(days), max(days))


def _single_events(view: RecordView) -> Iterator[_Stretch]:
    other = view.data.get("other") or {}
    if other.get("toxicity_date"):
        words = other.get("toxicity_description", "")
        name = label("toxicity_event", view.tongue)
        yield _day("toxicity", f"{name}: {words}", other["toxicity_date"])
    outcome = view.data["outcome"]
    status = words_of(outcome["status"], view.tongue)
    last = label("last_contact", view.tongue)
    yield _day("outcome", f"{last}: {status}", outcome["date_last_contact"])


def _day(kind: str, title: str, day: str) -> _Stretch:
    return _Stretch(kind, title, day, day)
