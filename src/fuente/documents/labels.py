"""The printed page label: what the file says, else the number printed in the margin.

A margin number counts only when it runs on consistently; otherwise the physical number stands in.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fuente.documents.furniture import edge_lines
from fuente.documents.source import Page

_MIN_AGREEING = 0.5
"""Share of the pages with text whose margin number must follow one offset."""

_NUMBER_AT_EDGE = re.compile(
    r"^\W*(?:p[aá]g(?:e|ina|\.)?\s*)?(\d{1,4})(?=$|\s|\W*$)|(?<![\d.,/-])(\d{1,4})\W*$",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(r"(\d{1,4})\s*(?:of|de|/)\s*\d{1,4}\W*$", re.IGNORECASE)
_ROMAN = re.compile(r"\W*([ivxlc]{1,7})\W*")


def label_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with a label each; labels the file itself defines are kept."""
    if any(page.label for page in pages):
        return tuple(replace(page, label=page.label or str(page.number)) for page in pages)
    candidates = {page.number: _numbers(page) for page in pages}
    offset = _offset(candidates, sum(1 for page in pages if page.lines))
    if offset is None:
        return tuple(replace(page, label=str(page.number)) for page in pages)
    first = min(n for n, numbers in candidates.items() if n + offset in numbers)
    return tuple(replace(page, label=_label(page, offset, first)) for page in pages)


def _label(page: Page, offset: int, first: int) -> str:
    if page.number >= first:
        return str(page.number + offset)
    for line in edge_lines(page):
        roman = _ROMAN.fullmatch(line.span.cut(page.text))
        if roman:
            return roman[1]
    return str(page.number)


def _offset(candidates: dict[int, frozenset[int]], pages_with_text: int) -> int | None:
    votes = Counter(
        number - physical for physical, numbers in candidates.items() for number in numbers
    )
    if not votes:
        return None
    offset, count = min(votes.items(), key=lambda item: (-item[1], abs(item[0])))
    return offset if count >= max(2, _MIN_AGREEING * pages_with_text) else None


def _numbers(page: Page) -> frozenset[int]:
    found: set[int] = set()
    for line in edge_lines(page):
        text = line.span.cut(page.text)
        of_total = _OF_TOTAL.search(text)
        matches = [of_total] if of_total else list(_NUMBER_AT_EDGE.finditer(text))
        found.update(int(next(filter(None, match.groups()))) for match in matches)
    return frozenset(found)
