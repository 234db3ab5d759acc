"""The canonical form of a record: one JSON line, the same bytes for the same values.

Decimals are written as JSON numbers without trailing zeros, dates as ISO 8601, keys in the order
they are declared, text as UTF-8.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def json_line(value: Any) -> bytes:  # noqa: ANN401  a JSON tree
    """One line of JSON with its line feed.

    Raises:
        TypeError: a value has no JSON form (a float, for instance: use Decimal).
    """
    return (_text(value) + "\n").encode()


def json_number(value: Decimal) -> str:
    """The shortest plain notation: `1.5`, `5000`, `0.05`; never an exponent.

    Raises:
        ValueError: the value is not finite.
    """
    if not value.is_finite():
        raise ValueError(f"{value} has no JSON form")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, Mapping):
        items = (f"{json.dumps(str(k), ensure_ascii=False)}:{_text(v)}" for k, v in value.items())
        return "{" + ",".join(items) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return "[" + ",".join(_text(one) for one in value) + "]"
    raise TypeError(f"{type(value).__name__} has no JSON form: {value!r}")
