"""Pages and cited words as held: found, or said not to be here."""

import math
from array import array
from dataclasses import dataclass

from fuente.documents.citation import parse_citation_id
from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.errors import InvalidRequest, NotFound
from fuente.ports import DocumentStore


@dataclass(frozen=True, slots=True)
class Place:
    """Where some words begin and the middle of their height, as parts of the page's size."""

    left: float
    down: float


def held_page(store: DocumentStore, sha256: str, number: int) -> Page:
    """The page.

    Raises:
        NotFound: no such document or page is held.
    """
    page = store.page(sha256, number)
    if page is None:
        raise NotFound(f"Document {sha256[:16]} has no page {number} here.")
    return page


def cited_span(citation: str, sha256: str, page: Page) -> Span:
    """Where the cited words stand on the page.

    Raises:
        InvalidRequest: it is no citation of this page.
    """
    try:
        prefix, number, span = parse_citation_id(citation)
    except ValueError:
        raise InvalidRequest(
            "That is no citation id.", "It reads c-DOCUMENT-PAGE-START-END."
        ) from None
    if not sha256.startswith(prefix) or number != page.number or span.end > len(page.text):
        raise InvalidRequest("The citation points to no words of this page.")
    return span


def place_of(page: Page, span: Span) -> Place:
    """Where to look on the page for the words of the span."""
    numbers = array("f", page.character_boxes[16 * span.start : 16 * span.end])
    lefts, tops, bottoms = (
        [one for one in numbers[side::4] if not math.isnan(one)] for side in (0, 1, 3)
    )
    if not lefts:
        return Place(0.0, 0.0)
    return Place(min(lefts) / page.width, (min(tops) + max(bottoms)) / 2 / page.height)
