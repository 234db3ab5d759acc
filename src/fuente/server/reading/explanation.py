"""Why a value is what it is: its kind of origin, formula, inputs, options, and the cited words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fuente.errors import NotFound
from fuente.server.reading.record_view import RecordView
from fuente.server.reading.values import Value, linked, shown, unit_of
from fuente.server.reading.words import label, words_of

_CHOICE: Final = re.compile(r"choice (.+)")
_CITED: Final = re.compile(r"(.*?)\s*\[(c-[0-9a-f]{16}-\d+-\d+-\d+)\]")


@dataclass(frozen=True, slots=True)
class Options:
    """What the model could choose from, and what it chose."""

    offered: tuple[str, ...]
    chosen: str
    by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value explained; `path` says where it stands, `kind` is in words."""

    path: tuple[str, ...]
    value: Value
    kind: str
    formula: str
    inputs: tuple[Value, ...]
    citations: tuple[Mapping[str, Any], ...]
    options: Options | None


def explain(view: RecordView, pointer: str) -> Explanation:
    """The explanation of the value at a JSON pointer.

    Raises:
        NotFound: there is no value with an origin.
    """
    origin = view.origins.get(pointer)
    if origin is None:
        raise NotFound(f"The record has no value with an origin at {pointer[:200]}.")
    inputs = tuple(_input(view, one) for one in origin.get("inputs") or ())
    formula = str(origin.get("formula") or "")
    direct = origin.get("citation")
    cited = dict.fromkeys(one for one in (direct, *(i.citation for i in inputs)) if one)
    return Explanation(
        path=_path(view, pointer),
        value=_value(view, pointer),
        kind=words_of(str(origin["kind"]), view.tongue),
        formula=formula,
        inputs=inputs,
        citations=tuple(view.citation(one) for one in cited),
        options=_options(view, formula),
    )


def _value(view: RecordView, pointer: str) -> Value:
    above, _, key = pointer.rpartition("/")
    if key.isdigit():
        above, _, key = above.rpartition("/")
    part = view.at(above)
    text = shown(view, key, view.at(pointer), unit_of(part, key))
    return linked(view, label(key, view.tongue), text, pointer)


def _input(view: RecordView, text: str) -> Value:
    """An input is a pointer, words with a citation behind them, or plain words."""
    if text.startswith("/"):
        return _value(view, text)
    found = _CITED.fullmatch(text)
    return Value("", found[1], kind="cited", citation=found[2]) if found else Value("", text)


def _options(view: RecordView, formula: str) -> Options | None:
    found = _CHOICE.fullmatch(formula)
    for pick in view.data["manifest"]["choices"] if found else ():
        if found and pick["name"] == found[1]:
            offered = tuple(words_of(one, view.tongue) for one in pick["options"])
            return Options(offered, words_of(pick["option_id"], view.tongue), pick["by"])
    return None


def _path(view: RecordView, pointer: str) -> tuple[str, ...]:
    """The blocks above the value; an entry of a list is told by drug and date, or number."""
    steps = pointer.split("/")[1:-1]
    names: list[str] = []
    for depth, step in enumerate(steps, start=1):
        if step.isdigit() and names:
            names[-1] += f" {_entry(view, view.at('/' + '/'.join(steps[:depth])), int(step))}"
        else:
            names.append(label(step, view.tongue))
    return tuple(names)


def _entry(view: RecordView, part: Any, index: int) -> str:  # noqa: ANN401  a JSON value
    told = [
        shown(view, key, part[key])
        for key in ("drug_inn", "date", "measured_on")
        if isinstance(part, Mapping) and key in part
    ]
    return f"({', '.join(told)})" if told else str(index + 1)
