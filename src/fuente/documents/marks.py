"""Where a quote is marked on the image of its page: the stored boxes of its characters, joined."""

import math
from array import array
from collections.abc import Iterator

from fuente.documents.source import Page
from fuente.documents.span import Box, Span

_SAME_LINE = 0.4
"""Share of the smaller height by which neighbours on one line overlap."""

_WIDEST_GAP = 1.5
"""White between words of one mark, in line heights."""


def marks_of(page: Page, span: Span) -> tuple[Box, ...]:
    """The rectangles that cover the drawn characters of a span, one per stretch of a line."""
    found: list[Box] = []
    for box in _drawn(page, span):
        if found and _on_one_line(found[-1], box):
            found[-1] = _hull(found[-1], box)
        else:
            found.append(box)
    return tuple(found)


def _drawn(page: Page, span: Span) -> Iterator[Box]:
    edges = array("f", page.character_boxes[16 * span.start : 16 * span.end])
    for at in range(0, len(edges), 4):
        if not math.isnan(edges[at]):
            yield Box(*edges[at : at + 4])


def _on_one_line(one: Box, other: Box) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return overlap > _SAME_LINE * height and other.left - one.right < _WIDEST_GAP * height


def _hull(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
