"""A record arranged for reading: sections of labelled values and tables.

Each value keeps its citation and origin. It decides what is shown where; it changes no value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Record = Mapping[str, Any]

# Blocks shown as a list of labelled values, and blocks shown as one table row per entry.
_VALUES: Final = ("demographics", "intrathecal", "corticosteroid", "other", "outcome")
_TABLES: Final = (
    "diagnoses",
    "treatment_lines",
    "surgery",
    "radiotherapy",
    "hsct",
    "relapse",
    "anthropometry",
)
_HIDDEN: Final = frozenset({"citation_id", "administrations", "cumulative_doses", "conditioning"})
_DOSES: Final = (
    "date",
    "drug_inn",
    "prescribed_value",
    "prescribed_unit",
    "dose_administered",
    "dose_administered_unit",
    "bsa_used",
    "weight_used",
    "cap_applied",
    "route",
    "phase",
    "cycle",
    "day",
)


@dataclass(frozen=True, slots=True)
class Value:
    """One shown value: its label, its words, its citation if it rests on one, and its origin."""

    label: str
    text: str
    citation: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the page: labelled values, or a table of rows."""

    title: str
    values: tuple[Value, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every label of the rows, in order of first appearance."""
        return tuple(dict.fromkeys(value.label for row in self.rows for value in row))


def reading_of(record: Record) -> tuple[Section, ...]:
    """The sections of the page, empty ones left out."""
    reader = _Reader(record)
    sections = [reader.values(block) for block in _VALUES[:1]]
    sections += [reader.table(block) for block in _TABLES]
    sections += reader.courses()
    sections += [reader.values(block) for block in _VALUES[1:]]
    return tuple(one for one in sections if one.values or one.rows)


class _Reader:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._origins: Mapping[str, Any] = record["origins"]

    def values(self, block: str) -> Section:
        part = self._record.get(block) or {}
        return Section(_title(block), self._row(part, f"/{block}"))

    def table(self, block: str) -> Section:
        rows = self._record.get(block) or ()
        return Section(
            _title(block),
            rows=tuple(self._row(row, f"/{block}/{i}") for i, row in enumerate(rows)),
        )

    def courses(self) -> list[Section]:
        sections = []
        for i, course in enumerate(self._record.get("chemotherapy") or ()):
            pointer = f"/chemotherapy/{i}"
            sections.append(
                Section(f"Chemotherapy, line {course['line_number']}", self._row(course, pointer))
            )
            sections.append(
                self._list(
                    "Administrations", course["administrations"], f"{pointer}/administrations"
                )
            )
            sections.append(
                self._list(
                    "Cumulative doses", course["cumulative_doses"], f"{pointer}/cumulative_doses"
                )
            )
        for i, row in enumerate(self._record.get("hsct") or ()):
            pointer = f"/hsct/{i}/conditioning"
            sections.append(self._list("Conditioning", row["conditioning"], pointer))
        return sections

    def _list(self, title: str, rows: Sequence[Record], pointer: str) -> Section:
        return Section(
            title, rows=tuple(self._row(row, f"{pointer}/{i}") for i, row in enumerate(rows))
        )

    def _row(self, part: Record, pointer: str) -> tuple[Value, ...]:
        keys: Iterable[str] = part
        if "prescribed_value" in part:
            keys = [key for key in _DOSES if key in part]
        return tuple(
            value
            for key in keys
            if key not in _HIDDEN
            for value in self._value(key, part[key], f"{pointer}/{key}")
        )

    def _value(self, key: str, value: Any, pointer: str) -> Iterable[Value]:  # noqa: ANN401
        if isinstance(value, Mapping):
            for inner, one in value.items():
                yield from self._value(inner, one, f"{pointer}/{inner}")
        elif value not in (None, [], ()):
            origin = self._origins.get(pointer) or self._origins.get(f"{pointer}/0") or {}
            yield Value(_label(key), _text(value), origin.get("citation", ""), _origin(origin))


def _text(value: Any) -> str:  # noqa: ANN401  a JSON value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return str(value)


def _origin(origin: Record) -> str:
    words = [origin.get("kind", ""), origin.get("formula", "")]
    inputs = origin.get("inputs") or ()
    text = ": ".join(word for word in words if word)
    return f"{text} ({', '.join(inputs[:4])})" if inputs else text


def _label(key: str) -> str:
    return key.replace("_", " ").replace(" inn", "")


def _title(block: str) -> str:
    return {"hsct": "Stem cell transplant", "anthropometry": "Body size"}.get(
        block, block.replace("_", " ").capitalize()
    )
