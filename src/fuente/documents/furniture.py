"""Finds page furniture: running headers, footers, page numbers and the line every page repeats.

Decides by repetition and place; of the words it knows only the illustrative marking, and that a
line with a dose is never furniture.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fuente.documents.headings import states_dose
from fuente.documents.source import Grid, Line, Page

_EDGE_SHARE = 0.13
"""Share of the page height, at top and at bottom, in which running lines stand."""

_EVERYWHERE_SHARE = 0.8
"""A line at one place on this share of the pages is furniture wherever it stands."""

_SIDEWAYS = 3.0
"""A line this much higher than wide is printed sideways, in the side margin if it is furniture."""

_MIN_EVERYWHERE = 5
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
        seen.update({key for line in _loose_lines(page) for key in _keys(page, line)})
    everywhere = max(_MIN_EVERYWHERE, _EVERYWHERE_SHARE * sum(1 for page in pages if page.lines))
    return {
        page.number: frozenset(
            line for line in _loose_lines(page) if _is_furniture(page, line, seen, everywhere)
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


def _is_furniture(page: Page, line: Line, seen: Mapping[Key, int], everywhere: float) -> bool:
    text = line.span.cut(page.text)
    if states_dose(text):
        return False
    exact, numbered = _keys(page, line)
    if _ILLUSTRATIVE.fullmatch(text) or seen[exact] >= everywhere:
        return True
    if not _is_at_edge(page, line):
        return False
    return seen[numbered] >= _MIN_REPEATS or bool(_PAGE_NUMBER.fullmatch(text))


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


def _keys(page: Page, line: Line) -> tuple[Key, Key]:
    """The line at its place: to the letter, and with any number for its numbers."""
    text = " ".join(line.span.cut(page.text).split())
    place = round(line.box.top / _PLACE_STEP)
    return ("=" + text, place), ("#" + _pattern(text), place)


def _grid_key(page: Page, grid: Grid) -> Key:
    words = " ".join(span.cut(page.text) for cell in grid.cells for span in cell.spans)
    return _pattern(words), round(grid.box.top / _PLACE_STEP)


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
