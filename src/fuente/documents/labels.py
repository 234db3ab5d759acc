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

_MIN_VOTES = 2

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
    offsets = _offsets(pages)
    if not offsets:
        return tuple(replace(page, label=str(page.number)) for page in pages)
    return tuple(replace(page, label=_label(page, offsets)) for page in pages)


def _label(page: Page, offsets: dict[int, int]) -> str:
    known = [number for number in offsets if number <= page.number]
    if known:
        return str(page.number + offsets[max(known)])
    for line in edge_lines(page):
        roman = _ROMAN.fullmatch(line.span.cut(page.text))
        if roman:
            return roman[1]
    return str(page.number)


def _offsets(pages: Sequence[Page]) -> dict[int, int]:
    """How far the printed number of a page is from the physical one, where several agree."""
    candidates = {page.number: _numbers(page) for page in pages}
    votes = Counter(
        number - physical for physical, numbers in candidates.items() for number in numbers
    )
    chosen: dict[int, int] = {}
    for physical, numbers in candidates.items():
        agreed = [n - physical for n in numbers if votes[n - physical] >= _MIN_VOTES]
        if agreed:
            chosen[physical] = min(agreed, key=lambda offset: (-votes[offset], abs(offset)))
    enough = _MIN_AGREEING * sum(1 for page in pages if page.lines)
    return chosen if len(chosen) >= max(_MIN_VOTES, enough) else {}


def _numbers(page: Page) -> frozenset[int]:
    found: set[int] = set()
    for line in edge_lines(page):
        text = line.span.cut(page.text)
        of_total = _OF_TOTAL.search(text)
        matches = [of_total] if of_total else list(_NUMBER_AT_EDGE.finditer(text))
        found.update(int(next(filter(None, match.groups()))) for match in matches)
    return frozenset(found)
