"""A line of JSON to a record: exact numbers, no duplicate keys, no NaN; the shape checked."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pydantic import ValidationError

from fuente.records.difference import escaped
from fuente.records.finding import Finding, error
from fuente.records.record import Record

# No clinical number is anywhere near; beyond it a number is an attack on whoever expands it.
_LARGEST_EXPONENT: Final = 30
# A record without the mark, or with a code that is none, has no shape to check rules on.
_RULES_OF_SHAPE: Final = (
    ("ID-01", re.compile(r"/is_synthetic")),
    ("DX-01", re.compile(r"/diagnoses/\d+/morphology")),
    ("DX-03", re.compile(r"/diagnoses/\d+/topography")),
)


class NotARecord(ValueError):
    """The line is not one JSON object."""


def parse_line(line: str) -> dict[str, Any]:
    """One JSON object with exact numbers.

    Raises:
        NotARecord: not JSON, not an object, a key given twice, NaN or Infinity, a number out of
            range, half of a surrogate pair.
    """
    try:
        value = json.loads(
            line, parse_float=_exact, parse_constant=_refuse, object_pairs_hook=_unique
        )
        _check_text(value)
    except (ValueError, RecursionError) as problem:
        raise NotARecord(f"not a JSON object: {problem}") from problem
    if not isinstance(value, dict):
        raise NotARecord("not a JSON object")
    return value


def shape_findings(data: dict[str, Any]) -> tuple[Record | None, tuple[Finding, ...]]:
    """The record if its shape is right, else a finding for every place that is not."""
    try:
        return Record.model_validate(data), ()
    except ValidationError as problem:
        places = ((_pointer(one["loc"]), one["msg"]) for one in problem.errors())
        return None, tuple(error(_rule_at(pointer), pointer, text) for pointer, text in places)


def _rule_at(pointer: str) -> str:
    """The rule of the list of invariants that the declared shape already holds there, if any."""
    return next((rule for rule, place in _RULES_OF_SHAPE if place.fullmatch(pointer)), "SHAPE")


def split_objects(text: str) -> Iterator[tuple[int, str]]:
    """Each JSON value of a text with the line it begins on, however it is laid out.

    Where no value can be read, everything up to the next line that begins with a brace is given as
    it stands, for the caller to say what is wrong with it.
    """
    number, seen = 1, 0
    position = _skip_space(text, 0)
    while position < len(text):
        number, seen = number + text.count("\n", seen, position), position
        end = _end_of_value(text, position)
        yield number, text[position:end]
        position = _skip_space(text, end)


def _end_of_value(text: str, start: int) -> int:
    try:
        return _DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        following = text.find("\n{", start)
        return len(text) if following < 0 else following + 1


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n\ufeff":
        position += 1
    return position


def _exact(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as problem:
        raise ValueError(f"{text[:40]} is out of range") from problem
    if value and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{text[:40]} is out of range")
    return value if value else Decimal(0)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice[:80]!r} is given twice")
    return out


def _check_text(node: Any) -> None:  # noqa: ANN401  a JSON value
    """Raise ValueError (UnicodeEncodeError) where a text has no UTF-8 form."""
    if isinstance(node, str):
        node.encode()
    elif isinstance(node, dict):
        for key, value in node.items():
            key.encode()
            _check_text(value)
    elif isinstance(node, list):
        for value in node:
            _check_text(value)


def _pointer(place: Sequence[str | int]) -> str:
    return "".join(f"/{escaped(str(part))}" for part in place)


_DECODER: Final = json.JSONDecoder(strict=False)
