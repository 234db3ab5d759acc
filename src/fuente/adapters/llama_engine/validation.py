"""Checks what the worker wrote against its constraint once more, without the grammar's code.

The grammar is there for speed; this is the guarantee.
"""

import json
import re
from typing import Any

from fuente.ports import Constraint


def satisfies(text: str, constraint: Constraint) -> bool:
    """The text is one of the options, a full match of the regex, or valid JSON of the schema."""
    if constraint.options:
        return text in constraint.options
    if constraint.regex:
        return re.fullmatch(constraint.regex, text) is not None
    return _is_valid_json(text, dict(constraint.schema or {}))


def _is_valid_json(text: str, schema: dict[str, Any]) -> bool:
    # Imported here: it takes a tenth of a second that only schema-bound calls need.
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return False
    return bool(Draft202012Validator(schema).is_valid(value))
