"""Phases from treatment sheets: forms that print one day or week after the other.

Decides where one phase ends and the next begins: days that run on belong to one phase, days that
start again begin a new cycle, and cycles that repeat the same sheet are one phase given that often.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
class _Sheet:
    """One table of a form, with its doses."""

    table: PrintedTable
    part: str
    doses: tuple[DoseReference, ...]

    @property
    def days(self) -> tuple[int, ...]:
        return tuple(day for dose in self.doses for day in dose.days)


@dataclass(slots=True)
class _Block:
    """Rows whose days run on without starting again."""

    part: str
    first: PrintedTable
    rows: list[Passage] = field(default_factory=list)
    doses: list[DoseReference] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)

    def add(self, sheet: _Sheet) -> None:
        self.tables.append(sheet.table)
        self.rows += sheet.table.rows
        self.doses += sheet.doses

    @property
    def last_day(self) -> int:
        return max((day for dose in self.doses for day in dose.days), default=0)

    @property
    def content(self) -> Content:
        """What is given and when, the same for sheets that repeat each other."""
        return tuple(
            (dose.drug, str(dose.value), dose.unit, dose.days)
            for dose in sorted(self.doses, key=lambda each: (each.days, each.drug or ""))
        )


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
    for sheet in _in_sequence([each for table in tables if (each := _read(table, source)).days]):
        if block is None or block.part != sheet.part or min(sheet.days) < block.last_day:
            if block is not None:
                yield block
            block = _Block(sheet.part, sheet.table)
        block.add(sheet)
    if block is not None:
        yield block


def _read(table: PrintedTable, source: PhaseSource) -> _Sheet:
    doses = tuple(each for row in table.rows for each in source.doses(row))
    return _Sheet(table, _part(table), doses)


def _in_sequence(sheets: Sequence[_Sheet]) -> Iterator[_Sheet]:
    """The sheets without a stray one between two that run on, as a misprinted `S4` after `S56`."""
    for place, sheet in enumerate(sheets):
        before = sheets[place - 1] if place else None
        after = sheets[place + 1] if place + 1 < len(sheets) else None
        if before and after and before.part == sheet.part == after.part:
            runs_on = max(before.days) < min(after.days)
            strays = not max(before.days) <= min(sheet.days) <= min(after.days)
            if runs_on and strays and len(set(sheet.days)) == 1:
                continue
        yield sheet


def _part(table: PrintedTable) -> str:
    """The protocol a sheet belongs to: its outermost numbered heading, else its outermost one."""
    numbered = [words for words in table.section if _PART.match(words)]
    return next(iter(numbered or table.section), "")


def _phase(blocks: Sequence[_Block], source: PhaseSource) -> SheetPhase:
    first = blocks[0]
    titles = _titles(first, source)
    placed = source.headings(first.first)
    named = next((each for each in placed if each.text.split() == titles[0].split()), None)
    row = first.rows[0]
    page, heading = (named.page, named.span) if named else (row.page, row.span)
    schedule = _repeated(blocks, source) if len(blocks) > 1 else CitedSchedule()
    return SheetPhase(
        page=page,
        heading=heading,
        titles=titles,
        rows=tuple(first.rows),
        doses=tuple(first.doses),
        cycles=schedule.cycles,
        cycle_days=schedule.cycle_days,
    )


def _titles(block: _Block, source: PhaseSource) -> tuple[str, ...]:
    """The headings of a block; one that spans several sub-headings has the name of their part."""
    captions = {table.caption for table in block.tables if _NUMBERED.match(table.caption)}
    headings = [words for words in reversed(block.first.section) if _NUMBERED.match(words)]
    nearest = [block.first.caption] if captions == {block.first.caption} else []
    titles = tuple(words for words in (*nearest, *headings) if words)
    return titles or tuple(reversed(block.first.section)) or (source.document.title,)


def _repeated(blocks: Sequence[_Block], source: PhaseSource) -> CitedSchedule:
    """How often a repeated sheet is given, and the longest interval printed between its cycles."""
    table = blocks[0].first
    stated = cited_schedule(each for each in source.headings(table) if _NUMBERED.match(each.text))
    intervals = [
        schedule.cycle_days
        for each in source.sentences_between(blocks[0].rows[-1], blocks[1].rows[0])
        if _INTERVAL.search(fold(each.text))
        and (schedule := cited_schedule([_as_title(each)])).cycle_days is not None
    ]
    known = [each for each in intervals if each is not None]
    longest = max(known, key=lambda each: each.value, default=None)
    return CitedSchedule(cycles=stated.cycles, cycle_days=stated.cycle_days or longest)


def _as_title(words: PlacedWords) -> PlacedWords:
    return PlacedWords(words.page, words.start, words.text, True)
