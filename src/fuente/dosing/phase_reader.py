"""Phases of treatment: which dose tables are phases, what they hold and when they are given.

Decides from caption, section headings and the sentences around a table. Every schedule number is
cited where it is printed; a number that cannot be found on its page is not used.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import Page, SourceDocument
from fuente.documents.span import Span
from fuente.dosing.banded_rows import BandTables, banded_row
from fuente.dosing.conditions import merged
from fuente.dosing.folding import fold
from fuente.dosing.phase_heading import (
    Arm,
    HeadingNumber,
    Schedule,
    phase_name,
    phase_role,
    read_arm,
    read_schedule,
)
from fuente.dosing.population import parse_population
from fuente.dosing.printed_table import PrintedTable, printed_tables
from fuente.dosing.reference import DoseReference, Population, ReferenceKind, reference_id
from fuente.dosing.regimen import BandedRow, CitedNumber, Phase
from fuente.dosing.table_extraction import row_statements

# A table with one of these words in its caption states doses but is no phase of treatment.
_NO_PHASE: Final = re.compile(
    r"\b(?:supportive|support|antiemetic\w*|emesis|hydration|leucovorin rescue|folinic rescue|"
    r"dose (?:modification|adjust\w+|reduction|adaptation)s?|toxicit\w+|infants?|under \d+ (?:months|kg)|"
    r"cumulative|limits?|example|worked|conversion|equivalen\w+|intrathecal doses?|doses? by (?:age|weight)|"
    r"soporte|antiemetic\w+|hidratacion|hiperhidratacion|rescate (?:con )?(?:acido )?folinico|"
    r"(?:ajustes?|modificacion(?:es)?|reduccion(?:es)?|adaptacion) de (?:la )?dosis|toxicidad|lactantes?|"
    r"acumulad[oa]s?|limites?|ejemplos?|dosis intratecales?|dosis (?:por|segun) (?:edad|peso)|"
    r"suporte|ajuste de dose|modificac\w+ de dose)\b"
)
_NEAR: Final = 400


@dataclass(frozen=True, slots=True)
class ReadPhase:
    """A phase, the diagnoses it is for, and the arm its caption names."""

    phase: Phase
    diagnoses: tuple[str, ...]
    arm: Arm | None


@dataclass(frozen=True, slots=True)
class _Heading:
    """Words about a table where they stand on a page."""

    page: int
    start: int
    text: str
    is_title: bool


def read_phases(
    document: SourceDocument,
    pages: Sequence[Page],
    passages: Sequence[Passage],
    references: Sequence[DoseReference],
) -> tuple[ReadPhase, ...]:
    """The dose tables that are phases, in printed order."""
    tables = printed_tables(passages)
    reader = _PhaseReader(document, pages, passages, references)
    bands = BandTables(tables, reader.by_passage)
    phases = (reader.read(table, bands) for table in tables)
    return tuple(phase for phase in phases if phase is not None)


class _PhaseReader:
    """What reading one table needs to know of its document."""

    def __init__(
        self,
        document: SourceDocument,
        pages: Sequence[Page],
        passages: Sequence[Passage],
        references: Sequence[DoseReference],
    ) -> None:
        self._document = document
        self._pages = {page.number: page for page in pages}
        self._prose = [each for each in passages if each.kind is not PassageKind.TABLE_ROW]
        self.by_passage: dict[str, list[DoseReference]] = {}
        for reference in references:
            self.by_passage.setdefault(reference.passage_id, []).append(reference)

    def read(self, table: PrintedTable, bands: BandTables) -> ReadPhase | None:
        """The phase the table is, or None when it is none."""
        if bands.is_band_table(table) or _NO_PHASE.search(fold(table.caption)):
            return None
        doses = [each for row in table.rows for each in self._primary(row)]
        banded = tuple(self._banded(table, bands))
        headings = tuple(self._headings(table))
        schedule = _schedule(headings)
        if not self._is_phase(table, doses, banded, schedule):
            return None
        return self._phase(table, (tuple(doses), banded), headings, schedule)

    def _is_phase(
        self,
        table: PrintedTable,
        doses: Sequence[DoseReference],
        banded: tuple[BandedRow, ...],
        schedule: "_CitedSchedule",
    ) -> bool:
        has_days = any(each.days for each in doses) or any(each.days for each in banded)
        return bool(doses or banded) and (has_days or schedule.is_stated)

    def _phase(
        self,
        table: PrintedTable,
        rows: tuple[tuple[DoseReference, ...], tuple[BandedRow, ...]],
        headings: tuple[_Heading, ...],
        schedule: "_CitedSchedule",
    ) -> ReadPhase:
        doses, banded = rows
        page, span = _place(table)
        words = table.caption or next(iter(reversed(table.section)), "")
        phase = Phase(
            phase_id=_phase_id(self._document.sha256, page, span),
            name=phase_name(words),
            order=0,
            role=phase_role(table.caption, *reversed(table.section), self._document.title),
            page=page,
            heading=span,
            reference_ids=tuple(each.reference_id for each in doses),
            cycles=schedule.cycles,
            cycle_days=schedule.cycle_days,
            cycle_numbers=schedule.cycle_numbers,
            start_weeks=() if _counts_from_start(doses, schedule) else schedule.start_weeks,
            start_days=schedule.start_days,
            population=self._population(table),
            banded=banded,
        )
        diagnoses = dict.fromkeys(each for dose in doses for each in dose.diagnoses)
        for row in table.rows:
            for reference in self.by_passage.get(row.passage_id, ()):
                diagnoses.update(dict.fromkeys(reference.diagnoses))
        return ReadPhase(phase, tuple(diagnoses), read_arm(words))

    def _primary(self, row: Passage) -> Iterator[DoseReference]:
        """The row's own doses, without what its notes add and without caps."""
        statements = row_statements(row, self._document.language)
        own = {
            reference_id(row.document_sha256, row.page, row.span, ordinal)
            for ordinal, statement in enumerate(statements)
            if statement.kind is ReferenceKind.DOSE and not statement.is_aside
        }
        references = self.by_passage.get(row.passage_id, [])
        return (reference for reference in references if reference.reference_id in own)

    def _banded(self, table: PrintedTable, bands: BandTables) -> Iterator[BandedRow]:
        for row in table.rows:
            found = banded_row(row, bands, self._document.language)
            if found is not None and not list(self._primary(row)):
                yield found

    def _population(self, table: PrintedTable) -> Population | None:
        """For whom the phase is, by caption and section; the document's own title limits nobody."""
        language = self._document.language
        inner = [words for words in reversed(table.section) if not self._is_title(words)]
        return merged([parse_population(words, language) for words in (table.caption, *inner)])

    def _is_title(self, words: str) -> bool:
        bare = " ".join(fold(words).split())
        return bool(bare) and bare in " ".join(fold(self._document.title).split())

    def _headings(self, table: PrintedTable) -> Iterator[_Heading]:
        """Words that may state the schedule, the nearest first."""
        first = table.first
        if table.caption_span is not None and table.caption_page in self._pages:
            span, page = table.caption_span, table.caption_page
            yield _Heading(page, span.start, span.cut(self._pages[page].text), True)
        for words in reversed(table.section):
            found = self._find(words, first)
            if found is not None:
                yield found
        yield from self._sentences_around(table)

    def _find(self, words: str, row: Passage) -> _Heading | None:
        """A section heading where it is printed, on the row's page or the nearest one before."""
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
        for number in range(row.page, max(0, row.page - 6), -1):
            page = self._pages.get(number)
            matches = list(pattern.finditer(page.text)) if page else []
            if number == row.page:
                matches = [match for match in matches if match.start() < row.span.start]
            if matches:
                return _Heading(number, matches[-1].start(), matches[-1].group(), True)
        return None

    def _sentences_around(self, table: PrintedTable) -> Iterator[_Heading]:
        """The prose right above the table, and its notes right below it."""
        first, last = table.rows[0], table.rows[-1]
        above = [
            each
            for each in self._prose
            if each.page == first.page and 0 <= first.span.start - each.span.end < _NEAR
        ]
        below = [
            each
            for each in self._prose
            if each.page == last.page and 0 <= each.span.start - last.span.end < _NEAR // 4
        ]
        for passage in (*above[-1:], *below[:1]):
            yield _Heading(passage.page, passage.span.start, passage.text, False)


@dataclass(frozen=True, slots=True)
class _CitedSchedule:
    """A schedule whose numbers are cited on their pages."""

    cycles: CitedNumber | None = None
    cycle_days: CitedNumber | None = None
    cycle_numbers: tuple[CitedNumber, ...] = ()
    start_weeks: tuple[CitedNumber, ...] = ()
    start_days: tuple[CitedNumber, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether anything is stated at all."""
        return self != _CitedSchedule()

    def completed(self, other: "_CitedSchedule") -> "_CitedSchedule":
        """This schedule with the count or the length it lacks taken from words further away."""
        if not self.is_stated:
            return other
        if self.start_weeks or self.start_days:
            return self
        return _CitedSchedule(
            cycles=self.cycles or (None if self.cycle_numbers else other.cycles),
            cycle_days=self.cycle_days or other.cycle_days,
            cycle_numbers=self.cycle_numbers,
        )


def _schedule(headings: Sequence[_Heading]) -> _CitedSchedule:
    schedule = _CitedSchedule()
    for heading in headings:
        stated = _cited(read_schedule(heading.text, is_heading=heading.is_title), heading)
        schedule = schedule.completed(stated)
    return schedule


def _cited(schedule: Schedule, heading: _Heading) -> _CitedSchedule:
    def cite(number: HeadingNumber) -> CitedNumber:
        start = heading.start + number.start
        return CitedNumber(number.value, heading.page, Span(start, heading.start + number.end))

    return _CitedSchedule(
        cycles=cite(schedule.cycles) if schedule.cycles else None,
        cycle_days=cite(schedule.cycle_days) if schedule.cycle_days else None,
        cycle_numbers=tuple(map(cite, schedule.cycle_numbers)),
        start_weeks=tuple(map(cite, schedule.start_weeks)),
        start_days=tuple(map(cite, schedule.start_days)),
    )


def _counts_from_start(doses: Sequence[DoseReference], schedule: _CitedSchedule) -> bool:
    """Whether the rows of `Week 3` number their days from the start of treatment (day 15...)."""
    days = [day for dose in doses for day in dose.days]
    weeks = [number.value for number in schedule.start_weeks]
    return bool(days and weeks) and min(weeks) > 1 and min(days) > (min(weeks) - 1) * 7


def _place(table: PrintedTable) -> tuple[int, Span]:
    if table.caption_span is not None and table.caption_page is not None:
        return table.caption_page, table.caption_span
    return table.first.page, table.first.span


def _phase_id(sha256: str, page: int, span: Span) -> str:
    key = f"{sha256}:{page}:{span.start}:{span.end}"
    return "f_" + hashlib.sha256(key.encode()).hexdigest()[:20]
