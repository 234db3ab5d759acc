"""What stands where on a page: prose lines, tables with their captions and footnotes.

Places are decided by geometry, order by the stored text. Rows and passages are made elsewhere.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from fuente.documents.headings import is_contents_entry, is_contents_heading
from fuente.documents.source import Grid, Line, Page
from fuente.documents.span import Span

CAPTION = re.compile(
    r"\s*(?:table|tabla|tabela|quadro|cuadro|tab\.)\s*(?:n[.oº°]*\s*)?(?:\d|[IVX]+\b|[A-Z]\.?\d)",
    re.IGNORECASE,
)
CONTINUED = re.compile(
    r"\(?\b(?:cont(?:inued|inuaci[oó]n|inua[cç][aã]o|inua|\.)|cont\b)", re.IGNORECASE
)
FOOTNOTE_SYMBOL = re.compile(r"\s*(?:[*†‡§¶#¹²³⁴⁵]+)\s*\S")
_FOOTNOTE_LETTER = re.compile(r"\s*\(?(?:[a-z]|\d)(?:\)|\s)\s*\S")
_FOOTNOTE_WORD = re.compile(
    r"\s*(?:notas?|notes?|obs(?:erva[cç][aã]o)?|abbreviations?|abreviaturas?|abreviações"
    r"|fuente|source|fonte|legend|leyenda)\b\s*[:.]",
    re.IGNORECASE,
)
_CAPTION_GAP = 2.2
_CAPTION_LINES = 5
_COLON_WORDS = 25
_BOLD_LINES = 3
_FOOTNOTE_GAP = 2.0
_CONTINUATION_GAP = 0.8
_SMALL_PRINT = 0.95
"""A letter or digit marks a footnote only in print this much smaller than the body."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table on its page with the lines that belong to it."""

    grid: Grid
    start: int
    caption: tuple[Line, ...]
    footnotes: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: its tables from top to bottom, and its other lines in text order."""

    page: Page
    tables: tuple[PlacedTable, ...]
    prose: tuple[Line, ...]


def lay_out(
    page: Page, furniture: Collection[Line], running: Collection[Grid], body: float
) -> PageLayout:
    """Sort a page's lines into tables, captions, footnotes and prose.

    Furniture and tables of contents are dropped: they state nothing.
    """
    grids = [grid for grid in page.grids if any(cell.spans for cell in grid.cells)]
    inside = {line for grid in grids for line in _lines_inside(page.lines, grid)}
    free = [
        line
        for line in page.lines
        if line not in inside
        and line not in furniture
        and not is_contents_entry(line.span.cut(page.text))
    ]
    tables: list[PlacedTable] = []
    for grid in sorted(set(grids) - set(running), key=lambda grid: grid.box.top):
        above = max((g.box.bottom for g in grids if g.box.bottom <= grid.box.top), default=0.0)
        caption = _caption(grid, [line for line in free if line.box.top >= above - 2], page)
        if _is_contents(grid, caption, page):
            continue
        footnotes = _footnotes(grid, free, page, body)
        tables.append(PlacedTable(grid, _start(grid), caption, footnotes))
    captions = {line for table in tables for line in table.caption}
    prose = tuple(line for line in free if line not in captions)
    return PageLayout(page, tuple(tables), prose)


def span_of(lines: Sequence[Line]) -> Span:
    """From the first to the last character of some lines."""
    return Span(min(line.span.start for line in lines), max(line.span.end for line in lines))


def _is_contents(grid: Grid, caption: Sequence[Line], page: Page) -> bool:
    first = [span.cut(page.text) for c in grid.cells if c.row == 0 for span in c.spans]
    heading = span_of(caption).cut(page.text) if caption else " ".join(first)
    return is_contents_heading(heading)


def _start(grid: Grid) -> int:
    return min(span.start for cell in grid.cells for span in cell.spans)


def _lines_inside(lines: Sequence[Line], grid: Grid) -> Iterator[Line]:
    """The lines level with a grid that share words with its cells."""
    spans = sorted((span.start, span.end) for cell in grid.cells for span in cell.spans)
    starts = [start for start, _ in spans]
    reaches = list(accumulate((end for _, end in spans), max))
    for line in lines:
        middle = (line.box.top + line.box.bottom) / 2
        if grid.box.top - 1 <= middle <= grid.box.bottom + 1:
            before = bisect_left(starts, line.span.end)
            if before and reaches[before - 1] > line.span.start:
                yield line


def _caption(grid: Grid, free: Sequence[Line], page: Page) -> tuple[Line, ...]:
    above = sorted(
        (line for line in free if line.box.bottom <= grid.box.top + 3 and _beside(line, grid)),
        key=lambda line: -line.box.bottom,
    )
    chosen: list[Line] = []
    edge = grid.box.top
    for line in above[:_CAPTION_LINES]:
        if edge - line.box.bottom > _CAPTION_GAP * _height(line):
            break
        chosen.insert(0, line)
        edge = line.box.top
        words = line.span.cut(page.text)
        if CAPTION.match(words):
            return tuple(chosen)
    return _untitled_caption(chosen, page) or _caption_below(grid, free, page)


def _untitled_caption(near: Sequence[Line], page: Page) -> tuple[Line, ...]:
    """A bold line or one that ends with a colon right above the table names it too."""
    if not near:
        return ()
    last = near[-1]
    words = last.span.cut(page.text).strip()
    if words.endswith(":"):
        return (last,) if 2 < len(words.split()) <= _COLON_WORDS else ()
    if not last.bold:
        return ()
    block = [last]
    for line in reversed(near[:-1]):
        if not line.bold or abs(line.size - last.size) > 0.3:
            break
        block.insert(0, line)
    return tuple(block) if len(block) <= _BOLD_LINES else ()


def _caption_below(grid: Grid, free: Sequence[Line], page: Page) -> tuple[Line, ...]:
    below = [
        line
        for line in free
        if 0 <= line.box.top - grid.box.bottom + 2 <= _CAPTION_GAP * _height(line)
        and _beside(line, grid)
        and CAPTION.match(line.span.cut(page.text))
    ]
    others = [
        other for other in page.grids if other is not grid and other.box.top >= grid.box.bottom
    ]
    if not below or any(other.box.top - below[0].box.bottom < 40 for other in others):
        return ()
    return (below[0],)


def _footnotes(
    grid: Grid, free: Sequence[Line], page: Page, body: float
) -> tuple[tuple[Line, ...], ...]:
    below = sorted(
        (line for line in free if line.box.top >= grid.box.bottom - 3 and _beside(line, grid)),
        key=lambda line: (line.box.top, line.box.left),
    )
    notes: list[list[Line]] = []
    edge = grid.box.bottom
    for line in below:
        gap = (line.box.top - edge) / _height(line)
        if _starts_footnote(line, page, body) and gap <= _FOOTNOTE_GAP:
            notes.append([line])
        elif notes and gap <= _CONTINUATION_GAP and abs(line.size - notes[-1][0].size) < 0.5:
            notes[-1].append(line)
        else:
            break
        edge = line.box.bottom
    return tuple(tuple(note) for note in notes)


def _starts_footnote(line: Line, page: Page, body: float) -> bool:
    words = line.span.cut(page.text)
    if FOOTNOTE_SYMBOL.match(words) or _FOOTNOTE_WORD.match(words):
        return True
    small = line.size <= _SMALL_PRINT * body
    return small and bool(_FOOTNOTE_LETTER.match(words))


def _beside(line: Line, grid: Grid) -> bool:
    return line.box.right > grid.box.left and line.box.left < grid.box.right


def _height(line: Line) -> float:
    return max(1.0, line.box.bottom - line.box.top)
