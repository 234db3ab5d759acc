"""A regimen as a document lays it out: phases in printed order, each with its references.

Everything numeric is a `CitedNumber` or comes from a `DoseReference`; nothing here is known in
advance.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fuente.documents.span import Span
from fuente.dosing.reference import Population, Route


class PhaseRole(StrEnum):
    """What part a phase plays in a course of treatment."""

    FRONT_LINE = "front_line"
    SALVAGE = "salvage"
    CONDITIONING = "conditioning"
    PROPHYLAXIS = "prophylaxis"


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number read from a page, with the page and the span of the words that state it."""

    value: Decimal
    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class BandedRow:
    """A row of a dose table that sends its amount to a band table: `by age, see Table 9`.

    The row states drugs, days and route (cited by `page` and `span`); the amounts stand in the
    references of the band table, one per drug and band.
    """

    drug_names: tuple[str, ...]
    days: tuple[int, ...]
    route: Route | None
    times_per_day: int | None
    page: int
    span: Span
    band_reference_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """One dose table of a protocol: which drugs, in which cycles, for whom.

    The schedule is one of: `cycles` cycles every `cycle_days`; a place in a shared numbered
    sequence (`cycle_numbers`, for `Cycles 1, 3, 5`); starts in the weeks of treatment
    (`start_weeks`) or on the days of the block (`start_days`). All empty means one cycle.
    Phases with the same non-empty `arm_group` exclude each other; `arm` names this one.
    `excludes_drugs`/text conditions stay in `population.text`.
    """

    phase_id: str
    name: str
    order: int
    role: PhaseRole
    page: int
    heading: Span
    reference_ids: tuple[str, ...]
    cycles: CitedNumber | None = None
    cycle_days: CitedNumber | None = None
    cycle_numbers: tuple[CitedNumber, ...] = ()
    start_weeks: tuple[CitedNumber, ...] = ()
    start_days: tuple[CitedNumber, ...] = ()
    population: Population | None = None
    arm_group: str = ""
    arm: str = ""
    banded: tuple[BandedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SurgeryStatement:
    """A sentence of the document that states an operation: procedure codes and the week, if any."""

    page: int
    span: Span
    procedures: tuple[str, ...]
    week: CitedNumber | None = None


@dataclass(frozen=True, slots=True)
class Regimen:
    """The treatment one document describes for some diagnoses of the catalogue."""

    regimen_id: str
    document_sha256: str
    file: str
    name: str
    diagnoses: tuple[str, ...]
    phases: tuple[Phase, ...]
    radiotherapy_ids: tuple[str, ...] = ()
    limit_ids: tuple[str, ...] = ()
    surgery: tuple[SurgeryStatement, ...] = ()
