"""Parts a long text without pages into page-like parts, so that a citation points somewhere near.

It decides where a part ends: before a heading or between two blocks, inside a table only where the
table is larger than a page may hold.
"""

from collections.abc import Sequence
from typing import Final

from fuente.adapters.page_reader.plain.typewriter import (
    TypedCell,
    Typewriter,
    cut_table,
    rows_that_fit,
)
from fuente.documents.source import Page

PART_LENGTH: Final = 4_000
"""Characters after which a part ends; a printed page of a manual has 2,000 to 6,000."""

_EARLIEST_BREAK: Final = PART_LENGTH // 2


class Pager:
    """Pages in the making, numbered from 1; blocks come in reading order."""

    def __init__(self) -> None:
        self._written: list[Page] = []
        self._sheet = Typewriter(1)

    def write(self, words: str, *, level: int = 0, bold: bool = False, place: str = "") -> None:
        """A paragraph or, with a level, a heading."""
        full = _EARLIEST_BREAK if level else PART_LENGTH
        if self._sheet.length >= full:
            self.turn()
        self._sheet.write(words, level=level, bold=bold, place=place)

    def write_doubtful(self, words: str, place: str) -> None:
        """A paragraph whose numbers may not be those meant: it is shown, and states no dose."""
        if self._sheet.length >= PART_LENGTH:
            self.turn()
        self._sheet.write_doubtful(words, place)

    def write_table(self, cells: Sequence[TypedCell], begun_on: int = 0) -> None:
        """A table, or more of one begun on an earlier part; a full part ends before it."""
        if self._sheet.length >= PART_LENGTH:
            self.turn()
        begun_on = begun_on or len(self._written) + 1
        for number, part in enumerate(cut_table(cells, rows_that_fit(cells))):
            if number:
                self.turn()
            self._sheet.write_table(part, begun_on)

    def warn(self, warning: str) -> None:
        """Something a reader of the present part should know."""
        if warning not in self._sheet.warnings:
            self._sheet.warnings.append(warning)

    def turn(self) -> None:
        """Begin a new part."""
        self._written.append(self._sheet.page())
        self._sheet = Typewriter(len(self._written) + 1)

    def pages(self) -> list[Page]:
        """All parts; one without text when nothing was written."""
        return [*self._written, self._sheet.page()]
