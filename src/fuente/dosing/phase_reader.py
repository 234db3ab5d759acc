"""Phases of treatment: which dose tables are phases, what they hold and when they are given.

Decides from caption, section headings and the sentences around a table. Every schedule number is
cited where it is printed; a number that cannot be found on its page is not used.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import Page, SourceDocument
from fuente.documents.span import Span
from fuente.dosing.banded_rows import BandTables, banded_row
from fuente.dosing.cited_schedule import CitedSchedule, cited_schedule
from fuente.dosing.folding import fold
from fuente.dosing.phase_heading import Arm, phase_name, phase_role, read_arm
from fuente.dosing.phase_source import PhaseSource
from fuente.dosing.printed_table import PrintedTable, printed_tables
from fuente.dosing.prose_phases import prose_phases
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import BandedRow, Phase, PhaseRole
from fuente.dosing.sheet_phases import SheetPhase, is_sheet, sheet_phases

# A table with one of these words in its caption states doses but is no phase of treatment.
_NO_PHASE: Final = re.compile(
    r"\b(?:supportive|support|antiemetic\w*|emesis|hydration|leucovorin rescue|folinic rescue|"
    r"dose (?:modification|adjust\w+|reduction|adaptation)s?|toxicit\w+|infants?|"
    r"(?:under|below) \d+ (?:months|kg)|cumulative|limits?|example|worked|conversion|equivalen\w+|"
    r"intrathecal doses?|doses? by (?:age|weight)|"
    r"soporte|antiemetic\w+|hidratacion|hiperhidratacion|rescate (?:con )?(?:acido )?folinico|"
    r"(?:ajustes?|modificacion(?:es)?|reduccion(?:es)?|adaptacion) de (?:la )?dosis|toxicidad|"
    r"lactantes?|menores de \d+ (?:meses|kg)|acumulad[oa]s?|limites?|ejemplos?|"
    r"dosis intratecales?|dosis (?:por|segun) (?:la )?(?:edad|peso)|"
    r"suporte|ajuste de dose|modificac\w+ de dose)\b"
)


@dataclass(frozen=True, slots=True)
class ReadPhase:
    """A phase, the diagnoses it is for, and the arm its caption names."""

    phase: Phase
    diagnoses: tuple[str, ...]
    arm: Arm | None


def read_phases(
    document: SourceDocument,
    pages: Sequence[Page],
    passages: Sequence[Passage],
    references: Sequence[DoseReference],
) -> tuple[ReadPhase, ...]:
    """The dose tables and treatment sheets that are phases, in printed order."""
    tables = printed_tables(passages)
    source = PhaseSource(document, pages, passages, references)
    bands = BandTables(tables, source.by_passage)
    sheets = [table for table in tables if is_sheet(table, source)]
    phases = [_of_sheet(each, source) for each in sheet_phases(sheets, source)]
    phases += [
        phase
        for table in tables
        if table not in sheets and (phase := _of_table(table, source, bands)) is not None
    ]
    if not phases:
        phases = list(_of_prose(passages, source))
    return tuple(sorted(phases, key=lambda each: (each.phase.page, each.phase.heading)))


def _of_prose(passages: Sequence[Passage], source: PhaseSource) -> Iterator[ReadPhase]:
    """The phases of a document that prints no dose table."""
    for each in prose_phases(passages, source):
        headings = (each.phase.name, *each.passages[0].section[-1:])
        if not any(_NO_PHASE.search(fold(words)) for words in headings):
            yield ReadPhase(each.phase, source.diagnoses(each.passages), None)


def _of_table(table: PrintedTable, source: PhaseSource, bands: BandTables) -> ReadPhase | None:
    """The phase a table is, or None when it is none."""
    doses = tuple(each for row in table.rows for each in source.doses(row))
    # A band table leaves the days to the rows that point at it; with days it is a phase itself.
    if bands.is_band_table(table) and not any(each.days for each in doses):
        return None
    if _NO_PHASE.search(fold(table.caption)):
        return None
    banded = tuple(_banded(table, source, bands))
    role = phase_role(table.caption, *reversed(table.section), source.document.title)
    schedule = cited_schedule(source.headings(table))
    if role is not PhaseRole.CONDITIONING:
        schedule = schedule.completed(cited_schedule(source.sentences_around(table)))
    if not (doses or banded) or not (_has_days(doses, banded) or schedule.is_stated):
        return None
    words = table.caption or next(iter(reversed(table.section)), "")
    page, span = _place(table)
    phase = Phase(
        phase_id=source.phase_id(page, span),
        name=phase_name(words),
        order=0,
        role=role,
        page=page,
        heading=span,
        reference_ids=tuple(each.reference_id for each in doses),
        cycles=schedule.cycles,
        cycle_days=schedule.cycle_days,
        cycle_numbers=schedule.cycle_numbers,
        start_weeks=() if _counts_from_start(doses, schedule) else schedule.start_weeks,
        start_days=schedule.start_days,
        population=source.population(table.caption, *reversed(table.section)),
        banded=banded,
    )
    return ReadPhase(phase, source.diagnoses(table.rows), read_arm(words))


def _of_sheet(sheet: SheetPhase, source: PhaseSource) -> ReadPhase:
    phase = Phase(
        phase_id=source.phase_id(sheet.page, sheet.heading),
        name=phase_name(sheet.titles[0]),
        order=0,
        role=phase_role(*sheet.titles, source.document.title),
        page=sheet.page,
        heading=sheet.heading,
        reference_ids=tuple(each.reference_id for each in sheet.doses),
        cycles=sheet.cycles,
        cycle_days=sheet.cycle_days,
        population=source.population(*sheet.titles),
    )
    return ReadPhase(phase, source.diagnoses(sheet.rows), read_arm(sheet.titles[0]))


def _banded(table: PrintedTable, source: PhaseSource, bands: BandTables) -> Iterator[BandedRow]:
    for row in table.rows:
        found = _banded_row(row, source, bands)
        if found is not None:
            yield found


def _banded_row(row: Passage, source: PhaseSource, bands: BandTables) -> BandedRow | None:
    return None if source.doses(row) else banded_row(row, bands, source.language)


def _has_days(doses: Sequence[DoseReference], banded: Sequence[BandedRow]) -> bool:
    return any(each.days for each in doses) or any(each.days for each in banded)


def _counts_from_start(doses: Sequence[DoseReference], schedule: CitedSchedule) -> bool:
    """Whether the rows of `Week 3` number their days from the start of treatment (day 15...)."""
    days = [day for dose in doses for day in dose.days]
    weeks = [number.value for number in schedule.start_weeks]
    return bool(days and weeks) and min(weeks) > 1 and min(days) > (min(weeks) - 1) * 7


def _place(table: PrintedTable) -> tuple[int, Span]:
    if table.caption_span is not None and table.caption_page is not None:
        return table.caption_page, table.caption_span
    return table.first.page, table.first.span
