"""Putting a record together from its parts, in the declared order, with an id of its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fuente.documents.citation import Citation
from fuente.generation.leaf import Origin, Unwrapped
from fuente.generation.narrative import Sentence
from fuente.patients.request import Request
from fuente.records.canonical import json_line
from fuente.records.record import CLINICAL_BLOCKS, DISCLAIMER, json_values


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a record is made of."""

    request: Request
    seed: int
    generated_at: date
    clinical: Unwrapped
    sentences: tuple[Sentence, ...]
    manifest: dict[str, Any]


def assemble(parts: Parts) -> dict[str, Any]:
    """The record as JSON values with exact numbers, keys in declared order."""
    request = parts.request.as_json()
    blocks = {
        key: parts.clinical.data[key] for key in CLINICAL_BLOCKS if key in parts.clinical.data
    }
    record = {
        "record_id": record_id(request, parts.seed, parts.generated_at, parts.manifest),
        "is_synthetic": True,
        "disclaimer": DISCLAIMER[parts.request.language],
        "language": parts.request.language,
        "generated_at": parts.generated_at,
        "seed": parts.seed,
        "request": request,
        **blocks,
        "narrative": narrative_tree(parts.request.language, parts.sentences),
        "citations": [citation_tree(one) for one in parts.clinical.citations],
        "origins": _origins(parts, request),
        "manifest": parts.manifest,
    }
    values: dict[str, Any] = json_values(record)
    return values


def record_id(
    request: dict[str, Any], seed: int, generated_at: date, manifest: dict[str, Any]
) -> str:
    """A UUID that is a function of request, seed, reference date and manifest."""
    content = json_line(json_values([request, seed, generated_at, manifest]))
    digits = hashlib.sha256(b"fuente-record\x00" + content).hexdigest()
    # Version 8 (custom) and the RFC 9562 variant, so that it is a well-formed UUID.
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"


def narrative_tree(language: str, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """The narrative block."""
    return {
        "language": language,
        "text": " ".join(one.text for one in sentences),
        "sentences": [
            {"section": one.section, "text": one.text, "by": one.by} for one in sentences
        ],
    }


def citation_tree(citation: Citation) -> dict[str, Any]:
    """One row of the citations block."""
    return {
        "citation_id": citation.citation_id,
        "document_sha256": citation.document_sha256,
        "file": citation.file,
        "edition": citation.edition,
        "page": citation.page,
        "page_label": citation.page_label,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "source": citation.source,
    }


def _origins(parts: Parts, request: dict[str, Any]) -> dict[str, Any]:
    out = {
        "/seed": {"kind": "derived", "formula": "seed of the run and position of the patient"},
        "/generated_at": {"kind": "derived", "formula": "reference date of the run"},
    }
    asked = {"kind": "derived", "formula": "as requested"}
    out |= dict.fromkeys(_numbers(request, "/request"), asked)
    out |= {pointer: _origin(origin) for pointer, origin in parts.clinical.origins.items()}
    return out


def _origin(origin: Origin) -> dict[str, Any]:
    return origin.as_json()


def _numbers(node: Any, pointer: str) -> list[str]:  # noqa: ANN401  a JSON tree
    if isinstance(node, dict):
        return [p for key, value in node.items() for p in _numbers(value, f"{pointer}/{key}")]
    if isinstance(node, list):
        return [p for i, value in enumerate(node) for p in _numbers(value, f"{pointer}/{i}")]
    is_number = isinstance(node, int | Decimal) and not isinstance(node, bool)
    return [pointer] if is_number else []
