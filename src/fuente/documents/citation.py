"""A citation: a pointer a person can follow, with the words cut from the page by code."""

import hashlib
from dataclasses import dataclass

from fuente.documents.span import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Document, edition, page, span and the verbatim quote found there.

    `source` is `text`, `table` or `ocr`.
    """

    citation_id: str
    document_sha256: str
    file: str
    edition: str
    page: int
    page_label: str
    span: Span
    quote: str
    source: str


def citation_id(document_sha256: str, page: int, span: Span) -> str:
    """A stable id from document, page and span."""
    key = f"{document_sha256}:{page}:{span.start}:{span.end}"
    return "c_" + hashlib.sha256(key.encode()).hexdigest()[:20]
