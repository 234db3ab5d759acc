"""The sections of a patient's page, in the order an oncologist asks for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fuente.server.reading.dosing import PhaseDoses, phases_of
from fuente.server.reading.record_view import RecordView
from fuente.server.reading.values import Value, values_of
from fuente.server.reading.words import label

# Blocks with one list of values per entry; the last two are folded, being rarely looked at.
_BEFORE: Final = ("diagnoses", "treatment_lines")
_AFTER: Final = (
    "surgery",
    "radiotherapy",
    "hsct",
    "intrathecal",
    "corticosteroid",
    "relapse",
    "other",
    "outcome",
)
_FOLDED: Final = ("anthropometry", "demographics")
# Many short entries read better as a table.
_TABLES: Final = frozenset({"anthropometry"})


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the labels they have between them."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the page: entries of values, tables, or the doses of phases."""

    key: str
    title: str
    entries: tuple[tuple[Value, ...], ...] = ()
    table: Table | None = None
    phases: tuple[PhaseDoses, ...] = ()
    folded: bool = False


def sections_of(view: RecordView) -> tuple[Section, ...]:
    """The sections, those without content left out."""
    found = [
        *(_block(view, one) for one in _BEFORE),
        *_courses(view),
        *(part for one in _AFTER for part in _with_parts(view, one)),
        *(_block(view, one, folded=True) for one in _FOLDED),
    ]
    return tuple(one for one in found if one.entries or one.table or one.phases)


def _block(view: RecordView, key: str, folded: bool = False) -> Section:
    held = view.data.get(key) or ()
    parts = [(held, f"/{key}")] if isinstance(held, Mapping) else _numbered(held, f"/{key}")
    entries = tuple(values_of(view, part, pointer) for part, pointer in parts)
    title = label(key, view.tongue)
    if key in _TABLES:
        return Section(key, title, table=_table(entries), folded=folded)
    return Section(key, title, entries=tuple(one for one in entries if one), folded=folded)


def _courses(view: RecordView) -> Iterator[Section]:
    name, totals = label("chemotherapy", view.tongue), label("cumulative_doses", view.tongue)
    for index, course in enumerate(view.rows("chemotherapy")):
        pointer = f"/chemotherapy/{index}"
        title = f"{name}, {label('line', view.tongue)} {course['line_number']}"
        yield Section(
            "chemotherapy",
            title,
            entries=(values_of(view, course, pointer),),
            phases=phases_of(view, course["administrations"], f"{pointer}/administrations"),
        )
        doses = _numbered(course["cumulative_doses"], f"{pointer}/cumulative_doses")
        rows = tuple(values_of(view, part, place) for part, place in doses)
        yield Section("cumulative_doses", totals, table=_table(rows))


def _with_parts(view: RecordView, key: str) -> Iterator[Section]:
    yield _block(view, key)
    if key != "hsct":
        return
    for index, one in enumerate(view.rows(key)):
        parts = _numbered(one["conditioning"], f"/hsct/{index}/conditioning")
        rows = tuple(values_of(view, part, pointer) for part, pointer in parts)
        yield Section("conditioning", label("conditioning", view.tongue), table=_table(rows))


def _table(rows: tuple[tuple[Value, ...], ...]) -> Table | None:
    columns = dict.fromkeys(value.label for row in rows for value in row)
    cells = tuple({value.label: value for value in row} for row in rows)
    return Table(tuple(columns), cells) if rows else None


def _numbered(rows: Any, pointer: str) -> list[tuple[Any, str]]:  # noqa: ANN401  JSON values
    return [(row, f"{pointer}/{index}") for index, row in enumerate(rows)]
