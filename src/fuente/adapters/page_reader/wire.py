"""The lines a reading program writes, and how the parent checks them.

A child that opened a hostile file may write anything: `page_from_fields` accepts only what forms
a valid page and raises BadMessage otherwise.
"""

import base64
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from fuente.documents.source import Grid, GridCell, Line, Page, Place
from fuente.documents.span import Box, Span

Json = Any
"""Whatever a line of JSON may hold, before it is checked."""

MAX_GRID_POSITIONS = 20_000
"""Rows times columns of one table; a full page of one-word cells has about 2,000."""

TURNS = (0, 90, 180, 270)
"""Degrees clockwise by which a page may be turned."""

_TEXT_SOURCES = ("text", "ocr", "none", "blank")


class BadMessage(ValueError):
    """A child wrote what is no valid message."""


def line_from_page(page: Page) -> bytes:
    """One JSON line for a page."""
    return line_from_fields(
        {
            "number": page.number,
            "label": page.label,
            "text": page.text,
            "size": [page.width, page.height],
            "lines": [_line_fields(line) for line in page.lines],
            "grids": [_grid_fields(grid) for grid in page.grids],
            "boxes": base64.b64encode(page.character_boxes).decode(),
            "text_source": page.text_source,
            "warnings": list(page.warnings),
            "places": [[one.span.start, one.span.end, one.name] for one in page.places],
            "ocr": _span_fields(page.ocr),
            "doubts": _span_fields(page.doubts),
            "pictures": [_edges(box) for box in page.pictures],
            "turned": page.turned,
        }
    )


def line_from_fields(fields: Mapping[str, Any]) -> bytes:
    """One JSON line for a small message: the page count, a rejection, a cross-check."""
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def fields_from_line(line: bytes) -> dict[str, Any]:
    """The message in a line.

    Raises:
        BadMessage: the line is not a whole JSON object.
    """
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"the message is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadMessage("the message is not a JSON object")
    return fields


def page_from_fields(fields: Mapping[str, Any]) -> Page:
    """The page in a message, every part of it checked.

    Raises:
        BadMessage: a part is missing, of another type or out of bounds.
    """
    try:
        return _page(fields)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadMessage(f"the page message is malformed: {error!r}") from error


def _page(fields: Mapping[str, Any]) -> Page:
    text = _string(fields["text"])
    text.encode()
    width, height = (_number(part) for part in fields["size"])
    boxes = base64.b64decode(_string(fields["boxes"]), validate=True)
    source = _string(fields["text_source"])
    if len(boxes) != 16 * len(text) or source not in _TEXT_SOURCES or "\0" in text:
        raise ValueError("text, boxes and text source of the page do not fit each other")
    return Page(
        number=_integer(fields["number"]),
        label=_string(fields["label"]),
        text=text,
        width=width,
        height=height,
        lines=tuple(_line(part, len(text)) for part in fields["lines"]),
        grids=tuple(_grid(part, len(text)) for part in fields["grids"]),
        character_boxes=boxes,
        text_source=source,
        warnings=tuple(_string(part) for part in fields["warnings"]),
        places=tuple(_place(part, len(text)) for part in fields["places"]),
        ocr=tuple(_span(pair, len(text)) for pair in fields["ocr"]),
        doubts=tuple(_span(pair, len(text)) for pair in fields["doubts"]),
        pictures=tuple(_box(edges) for edges in fields["pictures"]),
        turned=_turn(fields["turned"]),
    )


def _turn(value: Json) -> int:
    degrees = _integer(value)
    if degrees not in TURNS:
        raise ValueError(f"a page cannot be turned by {degrees} degrees")
    return degrees


def _span_fields(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _line_fields(line: Line) -> list[Any]:
    return [
        *(line.span.start, line.span.end),
        *_edges(line.box),
        round(line.size, 2),
        line.bold,
    ]


def _line(parts: Sequence[Any], length: int) -> Line:
    start, end, left, top, right, bottom, size, bold = parts
    return Line(
        _span((start, end), length),
        _box((left, top, right, bottom)),
        _number(size),
        bool(bold),
    )


def _place(parts: Sequence[Any], length: int) -> Place:
    start, end, name = parts
    return Place(_span((start, end), length), _string(name))


def _grid_fields(grid: Grid) -> dict[str, Any]:
    cells = [
        [
            *(cell.row, cell.column, cell.row_span, cell.column_span),
            _span_fields(cell.spans),
        ]
        for cell in grid.cells
    ]
    return {"box": _edges(grid.box), "shape": [grid.rows, grid.columns], "cells": cells}


def _grid(fields: Mapping[str, Any], length: int) -> Grid:
    rows, columns = (_integer(part) for part in fields["shape"])
    if rows < 1 or columns < 1 or rows * columns > MAX_GRID_POSITIONS:
        raise ValueError(f"a table of {rows} x {columns} is out of bounds")
    cells = tuple(_cell(part, length) for part in fields["cells"])
    for cell in cells:
        if cell.row + cell.row_span > rows or cell.column + cell.column_span > columns:
            raise ValueError("a cell reaches beyond its table")
    return Grid(_box(fields["box"]), rows, columns, cells)


def _cell(parts: Sequence[Any], length: int) -> GridCell:
    row, column, row_span, column_span = (_integer(part) for part in parts[:4])
    if min(row, column) < 0 or min(row_span, column_span) < 1:
        raise ValueError("a cell has a negative place or no extent")
    spans = tuple(_span(pair, length) for pair in parts[4])
    return GridCell(row, column, row_span, column_span, spans)


def _span(pair: Sequence[Any], length: int) -> Span:
    span = Span(_integer(pair[0]), _integer(pair[1]))
    if span.end > length:
        raise ValueError("a span reaches beyond the text of its page")
    return span


def _edges(box: Box) -> list[float]:
    return [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)]


def _box(edges: Sequence[Any]) -> Box:
    left, top, right, bottom = (_number(edge) for edge in edges)
    return Box(left, top, right, bottom)


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a string")
    return value


def _integer(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is not an integer")
    return value


def _number(value: Json) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")
    return float(value)
