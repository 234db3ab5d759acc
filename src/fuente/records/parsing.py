"""A line of JSON to a record: exact numbers, no duplicate keys, no NaN; the shape checked."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from fuente.records.finding import Finding, error
from fuente.records.record import Record


class NotARecord(ValueError):
    """The line is not one JSON object."""


def parse_line(line: str) -> dict[str, Any]:
    """One JSON object with exact numbers.

    Raises:
        NotARecord: not JSON, not an object, a key given twice, NaN or Infinity.
    """
    try:
        value = json.loads(
            line, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_unique
        )
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
        return None, tuple(
            error("SHAPE", _pointer(one["loc"]), one["msg"]) for one in problem.errors()
        )


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a key is given twice")
    return out


def _pointer(place: Sequence[str | int]) -> str:
    return "".join(f"/{part}" for part in place)
