"""Finds page furniture: running headers, footers, page numbers and the line every page repeats.

Decides by repetition and place; knows nothing of what the words mean, save for the line
that marks a document as illustrative.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from fuente.documents.source import Grid, Line, Page

_EDGE_SHARE = 0.13
"""Share of the page height, at top and at bottom, in which running lines stand."""

_EVERYWHERE_SHARE = 0.8
"""A line at one place on this share of the pages is furniture wherever it stands."""

_SIDEWAYS = 3.0
"""A line this much higher than wide is printed sideways, in the side margin if it is furniture."""

_MIN_REPEATS = 3
_GRID_SHARE = 0.6
_PLACE_STEP = 6.0
"""Points: lines whose tops round to one step stand at one place."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:p[aá]g(?:e|ina|\.)?\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|de|/|-)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_ILLUSTRATIVE = re.compile(r"\s*(?:illustrative|ilustrativ[oa])\b.{0,60}$", re.IGNORECASE)

Key = tuple[str, int]


def find_furniture(pages: Sequence[Page]) -> dict[int, frozenset[Line]]:
    """The lines of each page (by number) that are furniture."""
    seen: Counter[Key] = Counter()
    for page in pages:
        seen.update({_key(page, line) for line in _loose_lines(page)})
    everywhere = max(_MIN_REPEATS, _EVERYWHERE_SHARE * sum(1 for page in pages if page.lines))
    return {
        page.number: frozenset(
            line
            for line in _loose_lines(page)
            if _is_furniture(page, line, seen[_key(page, line)], everywhere)
        )
        for page in pages
    }


def find_running_grids(pages: Sequence[Page]) -> dict[int, frozenset[Grid]]:
    """The tables of each page that are a running header or footer, such as a document stamp."""
    places: dict[Key, set[int]] = defaultdict(set)
    for page in pages:
        for grid in page.grids:
            places[_grid_key(page, grid)].add(page.number)
    enough = max(_MIN_REPEATS, _GRID_SHARE * len(pages))
    return {
        page.number: frozenset(
            grid for grid in page.grids if len(places[_grid_key(page, grid)]) >= enough
        )
        for page in pages
    }


def edge_lines(page: Page) -> tuple[Line, ...]:
    """The lines in the top and bottom margin of a page."""
    return tuple(line for line in page.lines if _is_at_edge(page, line))


def _is_furniture(page: Page, line: Line, repeats: int, everywhere: float) -> bool:
    text = line.span.cut(page.text)
    if _ILLUSTRATIVE.fullmatch(text) or repeats >= everywhere:
        return True
    if not _is_at_edge(page, line):
        return False
    return repeats >= _MIN_REPEATS or bool(_PAGE_NUMBER.fullmatch(text))


def _is_at_edge(page: Page, line: Line) -> bool:
    edge = _EDGE_SHARE * page.height
    if line.box.bottom - line.box.top > _SIDEWAYS * (line.box.right - line.box.left):
        side = _EDGE_SHARE * page.width
        return line.box.right <= side or line.box.left >= page.width - side
    return line.box.bottom <= edge or line.box.top >= page.height - edge


def _loose_lines(page: Page) -> Iterator[Line]:
    for line in page.lines:
        middle = (line.box.top + line.box.bottom) / 2
        if not any(grid.box.top <= middle <= grid.box.bottom for grid in page.grids):
            yield line


def _key(page: Page, line: Line) -> Key:
    return _pattern(line.span.cut(page.text)), round(line.box.top / _PLACE_STEP)


def _grid_key(page: Page, grid: Grid) -> Key:
    words = " ".join(span.cut(page.text) for cell in grid.cells for span in cell.spans)
    return _pattern(words), round(grid.box.top / _PLACE_STEP)


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
