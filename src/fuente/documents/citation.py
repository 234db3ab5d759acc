"""A citation: a pointer a person can follow, with the words cut from the page by code."""

import re
from dataclasses import dataclass
from typing import Final

from fuente.documents.span import Span

_ID: Final = re.compile(r"c-([0-9a-f]{16})-(\d+)-(\d+)-(\d+)")


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
    """The id that says where it points: document prefix, page and span.

    Anyone holding the document can resolve it; it carries no hash of the words, which are cut anew.
    """
    return f"c-{document_sha256[:16]}-{page}-{span.start}-{span.end}"


def parse_citation_id(text: str) -> tuple[str, int, Span]:
    """Document prefix (16 hexadecimal digits), page and span of an id.

    Raises:
        ValueError: the text is not a citation id.
    """
    match = _ID.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a citation id")
    return match[1], int(match[2]), Span(int(match[3]), int(match[4]))
