"""Puts the words of a page's pictures after the words of its text layer.

The text layer keeps its place, so that what pointed into the page points to the same words.
"""

from dataclasses import replace
from math import nan
from struct import pack
from typing import Final

from fuente.documents.source import Grid, GridCell, Line, Page
from fuente.documents.span import Span

_BETWEEN: Final = "\n"
_NO_BOX: Final = pack("<4f", nan, nan, nan, nan)


def joined(page: Page, pictures: Page) -> Page:
    """The page with what was read from its pictures."""
    by = len(page.text) + len(_BETWEEN)
    return replace(
        page,
        text=page.text + _BETWEEN + pictures.text,
        lines=(*page.lines, *(_moved_line(line, by) for line in pictures.lines)),
        grids=(*page.grids, *(_moved_grid(grid, by) for grid in pictures.grids)),
        character_boxes=page.character_boxes + _NO_BOX + pictures.character_boxes,
        warnings=(*page.warnings, *pictures.warnings),
        ocr=(*page.ocr, *_moved(pictures.ocr, by)),
        doubts=_moved(pictures.doubts, by),
    )


def _moved(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def _moved_line(line: Line, by: int) -> Line:
    return replace(line, span=Span(line.span.start + by, line.span.end + by))


def _moved_grid(grid: Grid, by: int) -> Grid:
    return replace(grid, cells=tuple(_moved_cell(cell, by) for cell in grid.cells))


def _moved_cell(cell: GridCell, by: int) -> GridCell:
    return replace(cell, spans=_moved(cell.spans, by))
