"""Which cells a Word table has: their rows, grid columns and merging, before their words are read.

Deleted and hidden rows have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import (
    child_value,
    number_of,
    switch,
    within,
)

PASSED_THROUGH: Final = frozenset(
    ("w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:sdtContent", "mc:Choice")
)
"""Elements that stand around blocks, rows and cells without being any."""

_MAX_SPAN: Final = 200
"""Columns a cell may claim; Word itself stops at 63."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before it is read: where it stands and whether it continues the one above."""

    element: Element
    column: int
    span: int
    continues: bool


def rows_of(table: Element) -> Iterator[list[RawCell]]:
    """The cells of each row that is shown."""
    for row in _through(table, "w:tr"):
        properties = row.find("w:trPr")
        if within(properties, "w:del") is not None or switch(properties, "w:hidden"):
            continue
        yield list(_raw_cells(row, number_of(child_value(properties, "w:gridBefore"))))


def _raw_cells(row: Element, column: int) -> Iterator[RawCell]:
    column = min(max(0, column), _MAX_SPAN)
    for cell in _through(row, "w:tc"):
        properties = cell.find("w:tcPr")
        if within(properties, "w:cellDel") is not None:
            continue
        span = min(max(1, number_of(child_value(properties, "w:gridSpan"), 1)), _MAX_SPAN)
        yield RawCell(cell, column, span, _continues(properties))
        column += span


def _continues(properties: Element | None) -> bool:
    merge = within(properties, "w:vMerge")
    return merge is not None and child_value(properties, "w:vMerge", "continue") == "continue"


def _through(container: Element, tag: str) -> Iterator[Element]:
    """Children of a name, also those in content controls and insertions."""
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in PASSED_THROUGH or element.tag == "w:sdt":
            yield from _through(element, tag)
