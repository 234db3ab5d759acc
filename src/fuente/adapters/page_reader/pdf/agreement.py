"""Compares the stored text of a page with what a second extractor read there.

Disagreement is a warning, never a rejection: on real pages no two extractors agree on spacing, so
only letters and digits are counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fuente.documents.source import Page

_LEAST_WORDS = 0.9
"""Share of common letters and digits; on the real pages tried, 19 of 20 agree above 0.97."""

_LEAST_DIGITS = 0.95
_FEW = 20
"""Pages with fewer letters and digits than this are not compared."""

Counts = Mapping[str, int]


def count_characters(text: str) -> dict[str, int]:
    """How often each letter and digit occurs; spacing and order do not count."""
    return dict(Counter(character for character in text if character.isalnum()))


def counts_from_fields(fields: Mapping[str, Any]) -> tuple[int, Counts] | None:
    """The page number and counts in a cross-check message; None when there are none.

    Raises:
        ValueError: the message is malformed.
    """
    page, counts = fields.get("page"), fields.get("counts")
    if counts is None:
        return None
    if not isinstance(page, int) or not isinstance(counts, dict):
        raise ValueError("character counts come by page")
    if not all(isinstance(count, int) for count in counts.values()):
        raise ValueError("character counts are numbers by character")
    return page, counts


def with_doubts(page: Page, own: Counts, other: Counts) -> Page:
    """The page, warned about when the two readings differ notably."""
    if max(sum(own.values()), sum(other.values())) < _FEW:
        return page
    words = common_share(own, other)
    digits = common_share(_digits(own), _digits(other))
    if words >= _LEAST_WORDS and digits >= _LEAST_DIGITS:
        return page
    doubt = f"two readers agree on {words:.0%} of the letters and {digits:.0%} of the digits"
    return replace(page, warnings=(*page.warnings, doubt))


def common_share(one: Counts, other: Counts) -> float:
    """What two counts have in common, as a share of the larger."""
    everything = set(one) | set(other)
    larger = sum(max(one.get(c, 0), other.get(c, 0)) for c in everything)
    common = sum(min(one.get(c, 0), other.get(c, 0)) for c in everything)
    return common / larger if larger else 1.0


def _digits(counts: Counts) -> Counts:
    return {character: count for character, count in counts.items() if character.isdigit()}
