"""Phases from treatment sheets: forms that print one day or week after the other.

Decides where one phase ends and the next begins: days that run on belong to one phase, days that
start again begin a new cycle, and cycles that repeat the same sheet are one phase given that often.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.span import Span
from fuente.dosing.cited_schedule import CitedSchedule, PlacedWords, cited_schedule
from fuente.dosing.folding import fold
from fuente.dosing.phase_source import PhaseSource
from fuente.dosing.printed_table import PrintedTable, table_label
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import CitedNumber
from fuente.dosing.sheet_extraction import is_sheet_row, marked_cell

_NUMBERED: Final = re.compile(r"^\W*[A-Z]?\.?\d+(?:\.\d+)*\.?\s+\S")
_PART: Final = re.compile(r"^\W*(?:[A-Z]\.\d+|\d+\.\d+|\d+)\.?\s+\D")
_INTERVAL: Final = re.compile(r"\b(?:interval[oe]?|rest|descanso|pausa)\b")

Content = tuple[tuple[str | None, str, str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class SheetPhase:
    """One phase: its headings from the nearest to the outermost, its rows and their doses."""

    page: int
    heading: Span
    titles: tuple[str, ...]
    rows: tuple[Passage, ...]
    doses: tuple[DoseReference, ...]
    cycles: CitedNumber | None = None
    cycle_days: CitedNumber | None = None


@dataclass(frozen=True, slots=True)
class _SheetRow:
    """One row of a form, with the table it is printed in and its doses."""

    row: Passage
    table: PrintedTable
    doses: tuple[DoseReference, ...]

    @property
    def part(self) -> str:
        return _part(self.table)

    @property
    def first_day(self) -> int:
        return min(day for dose in self.doses for day in dose.days)


@dataclass(slots=True)
class _Block:
    """Rows whose days run on without starting again."""

    rows: list[_SheetRow]

    @property
    def part(self) -> str:
        return self.rows[0].part

    @property
    def table(self) -> PrintedTable:
        return self.rows[0].table

    @property
    def doses(self) -> tuple[DoseReference, ...]:
        return tuple(dose for each in self.rows for dose in each.doses)

    @property
    def content(self) -> Content:
        """What is given and when, the same for sheets that repeat each other."""
        return tuple(
            (dose.drug, str(dose.value), dose.unit, dose.days)
            for dose in sorted(self.doses, key=lambda each: (each.days, each.drug or ""))
        )

    def goes_on_with(self, row: _SheetRow) -> bool:
        """Whether a row is of the same protocol and a later day, or of the same table and day."""
        last = self.rows[-1]
        if row.part != self.part:
            return False
        same_day = row.first_day == last.first_day and row.table is last.table
        return row.first_day > last.first_day or same_day


def is_sheet(table: PrintedTable, source: PhaseSource) -> bool:
    """Whether a table is a form with day marks beside drugs and doses, without a table number."""
    if table_label(table.caption):
        return False
    sheet_rows = [row for row in table.rows if is_sheet_row(row, source.language)]
    return bool(sheet_rows) and all(marked_cell(row) is not None for row in sheet_rows)


def sheet_phases(tables: Sequence[PrintedTable], source: PhaseSource) -> Iterator[SheetPhase]:
    """The phases of all sheets of a document, in printed order."""
    blocks = list(_blocks(tables, source))
    for _, group in groupby(blocks, key=lambda block: (block.part, block.content)):
        yield _phase(list(group), source)


def _blocks(tables: Sequence[PrintedTable], source: PhaseSource) -> Iterator[_Block]:
    block: _Block | None = None
    for row in _in_sequence(list(_rows(tables, source))):
        if block is not None and block.goes_on_with(row):
            block.rows.append(row)
            continue
        if block is not None:
            yield block
        block = _Block([row])
    if block is not None:
        yield block


def _rows(tables: Sequence[PrintedTable], source: PhaseSource) -> Iterator[_SheetRow]:
    for table in tables:
        for row in table.rows:
            doses = source.doses(row)
            if any(dose.days for dose in doses):
                yield _SheetRow(row, table, doses)


def _in_sequence(rows: Sequence[_SheetRow]) -> Iterator[_SheetRow]:
    """The rows without a stray one between two that run on, as a misprinted `S4` after `S56`."""
    for place, row in enumerate(rows):
        if not (0 < place < len(rows) - 1 and _is_stray(*rows[place - 1 : place + 2])):
            yield row


def _is_stray(before: _SheetRow, row: _SheetRow, after: _SheetRow) -> bool:
    if not before.part == row.part == after.part:
        return False
    runs_on = before.first_day < after.first_day
    return runs_on and not before.first_day <= row.first_day <= after.first_day


def _part(table: PrintedTable) -> str:
    """The protocol a sheet belongs to: its outermost numbered heading, else its outermost one."""
    numbered = [words for words in table.section if _PART.match(words)]
    return next(iter(numbered or table.section), "")


def _phase(blocks: Sequence[_Block], source: PhaseSource) -> SheetPhase:
    first = blocks[0]
    titles = _titles(first, source)
    placed = source.headings(first.table)
    named = next((each for each in placed if each.text.split() == titles[0].split()), None)
    row = first.rows[0].row
    page, heading = (named.page, named.span) if named else (row.page, row.span)
    schedule = _repeated(blocks, source) if len(blocks) > 1 else CitedSchedule()
    return SheetPhase(
        page=page,
        heading=heading,
        titles=titles,
        rows=tuple(each.row for each in first.rows),
        doses=first.doses,
        cycles=schedule.cycles,
        cycle_days=schedule.cycle_days,
    )


def _titles(block: _Block, source: PhaseSource) -> tuple[str, ...]:
    """The headings of a block; one that spans several sub-headings has the name of their part."""
    captions = [each.table.caption for each in block.rows]
    numbered = {words for words in captions if _NUMBERED.match(words)}
    headings = [words for words in reversed(block.table.section) if _NUMBERED.match(words)]
    nearest = [block.table.caption] if numbered == {block.table.caption} else []
    shared = [
        words for words in headings if all(words in each.table.section for each in block.rows)
    ]
    titles = tuple(words for words in (*nearest, *shared) if words)
    return titles or tuple(reversed(block.table.section)) or (source.document.title,)


def _repeated(blocks: Sequence[_Block], source: PhaseSource) -> CitedSchedule:
    """How often a repeated sheet is given, and the longest interval printed between its cycles."""
    headings = source.headings(blocks[0].table)
    stated = cited_schedule(each for each in headings if _NUMBERED.match(each.text))
    intervals = [
        schedule.cycle_days
        for each in source.sentences_between(blocks[0].rows[-1].row, blocks[1].rows[0].row)
        if _INTERVAL.search(fold(each.text))
        and (schedule := cited_schedule([_as_title(each)])).cycle_days is not None
    ]
    known = [each for each in intervals if each is not None]
    longest = max(known, key=lambda each: each.value, default=None)
    return CitedSchedule(cycles=stated.cycles, cycle_days=stated.cycle_days or longest)


def _as_title(words: PlacedWords) -> PlacedWords:
    return PlacedWords(words.page, words.start, words.text, True)
