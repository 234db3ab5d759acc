"""What `fuente generate` and the service write: a record or a refusal as one line of JSON."""

from collections.abc import Mapping
from typing import Any

from fuente.evidence.refusal import Refusal
from fuente.records.canonical import json_line


def record_line(record: Mapping[str, Any]) -> bytes:
    """A record as one canonical line with its line feed."""
    return json_line(record)


def refusal_line(refusal: Refusal) -> bytes:
    """A refusal as one line: `refused`, its reason code, what it means, and what would help."""
    tree: dict[str, Any] = {
        "refused": True,
        "reason": refusal.reason.value,
        "detail": refusal.detail,
    }
    if refusal.questions:
        tree["questions"] = list(refusal.questions)
    return json_line(tree)
