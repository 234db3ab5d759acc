"""The course of one tumour: operation, cycles, radiation and transplant laid out by day.

Order follows the documents: a phase printed as pre-operative comes before the operation, one given
during radiotherapy starts with it, a conditioning phase leads to its transplant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.dosing.regimen import Phase, PhaseRole, Regimen, SurgeryStatement
from fuente.generation.body import BodyTimeline
from fuente.generation.case import Case, plus
from fuente.generation.chemotherapy import Administration, Dispenser
from fuente.generation.disease import Disease
from fuente.generation.front_line import FrontLine, is_given_with_radiation
from fuente.generation.irradiation import Field, episode, pick_irradiation
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.generation.operations import (
    Operation,
    operation,
    pick_procedure,
    pick_shunt,
    shunt,
    tumour_procedures,
)
from fuente.generation.profile import Profile
from fuente.generation.schedule import Calendar, Cycle
from fuente.generation.transplantation import pick_conditioning, transplant

# Tumours taken out before anything else: intracranial ones, and those of ovary, testis and the
# sacrococcygeal region. Source: surgery notes of the project's regimen facts. Confidence: medium.
_UPFRONT_SITES: Final = ("C56", "C62", "C76.3", "C73", "C54")
# Share of intracranial tumours with a shunt. Source: the same notes (about one third of
# medulloblastomas). Confidence: medium.
_SHUNT_SHARE: Final = Decimal("0.33")
# Youngest age for external radiation. Source: invariant RT-10. Confidence: high.
_RADIATION_FROM_MONTHS: Final = 12
_CRANIOSPINAL_FROM_MONTHS: Final = 36


@dataclass(slots=True)
class Treatment:
    """What one tumour's treatment adds to the record, in the order it was laid out."""

    surgery: list[dict[str, Any]] = field(default_factory=list)
    radiotherapy: list[dict[str, Any]] = field(default_factory=list)
    hsct: list[dict[str, Any]] = field(default_factory=list)
    administrations: list[Administration] = field(default_factory=list)
    procedure: str | None = None
    start: Leaf | None = None
    end: Leaf | None = None
    finished: bool = True

    def reaches(self, day: Leaf) -> None:
        """Remember the latest day of treatment."""
        if self.end is None or day.value > self.end.value:
            self.end = day

    def begins(self, day: Leaf) -> None:
        """Remember the earliest day of treatment."""
        if self.start is None or day.value < self.start.value:
            self.start = day


@dataclass(frozen=True, slots=True)
class TumourCase:
    """One tumour of one patient: what it is, what is planned, and the patient's size over time."""

    case: Case
    disease: Disease
    blocks: frozenset[str]
    front: FrontLine
    body: BodyTimeline
    profile: Profile
    scope: str


class TumourCourse:
    """Lays out the treatment of one tumour."""

    def __init__(self, tumour: TumourCase, counts: dict[str, int]) -> None:
        self._tumour = tumour
        self._case = tumour.case
        self._counts = counts
        self._treatment = Treatment()

    def lay_out(self) -> Treatment:
        """Everything up to the reference date."""
        day = self._before_treatment()
        start = self._case.later(day, f"{self._tumour.scope}/start", 3, 14)
        upfront_radiation = self._upfront_radiation()
        if upfront_radiation and not self._radiation_phases():
            start = self._irradiate(upfront_radiation, self._after(start, "recovery", 14, 28))
            start = self._after(start, "after_radiation", 21, 35)
        end = self._drugs(start)
        if self._radiation_phases() or not upfront_radiation:
            self._late_radiation(end)
        self._external_transplant()
        return self._treatment

    def _before_treatment(self) -> Leaf:
        """Biopsy, shunt and an operation done first; the day treatment may follow."""
        day = self._tumour.disease.date
        if "surgery" not in self._tumour.blocks:
            return day
        if self._wants_shunt():
            kind = pick_shunt(self._case, self._tumour.scope)
            placed = self._after(day, "shunt", 0, 3)
            self._add_surgery(
                shunt(self._case, self._next("surgery"), kind, placed, self._tumour.disease), placed
            )
        if self._operates_first():
            return self._operate(self._after(day, "operation", 1, 8))
        biopsy = Operation(derived("biopsy", "before the first dose"), day)
        self._add_surgery(
            operation(self._case, self._next("surgery"), biopsy, self._tumour.disease), day
        )
        return day

    def _drugs(self, start: Leaf) -> Leaf:
        """Chemotherapy with the operation and the document's own transplant in their places."""
        if "chemotherapy" not in self._tumour.blocks or not self._tumour.front.phases:
            return self._late_operation(start)
        before, after = self._split()
        cycles = self._cycles(before, start)
        if self._operates_late():
            end = self._operate_between(cycles, start)
        else:
            end = _end_of(cycles, start)
        if after:
            cycles += self._cycles(after, end)
            end = _end_of(cycles, start)
        self._dispense(cycles)
        return self._own_transplant(end)

    def _split(self) -> tuple[tuple[Phase, ...], tuple[Phase, ...]]:
        front = self._tumour.front
        pre = front.before_surgery
        if pre and self._operates_late():
            names = {one.phase_id for one in pre}
            rest = tuple(p for p in front.before_transplant if p.phase_id not in names)
            return pre, rest
        return front.before_transplant, ()

    def _cycles(self, phases: Sequence[Phase], start: Leaf) -> tuple[Cycle, ...]:
        return Calendar(self._case.bundle, self._tumour.front.regimen, start).cycles(phases)

    def _dispense(self, cycles: Sequence[Cycle], regimen: Regimen | None = None) -> None:
        regimen = regimen or self._tumour.front.regimen
        given = Dispenser(self._case, regimen, self._tumour.body).give(cycles)
        self._treatment.administrations.extend(given)
        for cycle in cycles:
            self._treatment.finished &= cycle.end <= self._case.as_of
        for one in given:
            self._treatment.begins(one.day)
            self._treatment.reaches(one.day)

    # -- operations -----------------------------------------------------------------------------

    def _operates_first(self) -> bool:
        site = self._tumour.disease.topography.value
        upfront = self._tumour.disease.entry.is_intracranial or site.startswith(_UPFRONT_SITES)
        return upfront and self._stated_week() is None

    def _operates_late(self) -> bool:
        return (
            "surgery" in self._tumour.blocks
            and not self._operates_first()
            and not self._tumour.disease.entry.is_haematological
        )

    def _late_operation(self, start: Leaf) -> Leaf:
        if self._operates_late():
            return self._operate(self._after(start, "operation", 7, 28))
        return start

    def _operate_between(self, cycles: Sequence[Cycle], start: Leaf) -> Leaf:
        """The operation after the pre-operative cycles, or in the week the document states."""
        week = self._stated_week()
        if week is not None and not self._tumour.front.before_surgery:
            offset = int((week - 1) * 7)
            day = derived(plus(start.value, offset), "first day + 7 * (week - 1)", start)
            self._operate(day)
            return _end_of(cycles, start)
        if not self._tumour.front.before_surgery:
            self._operate(self._after(start, "operation", 70, 100))
            return _end_of(cycles, start)
        day = self._operate(self._after(_end_of(cycles, start), "operation", 5, 14))
        return self._after(day, "recovery", 10, 18)

    def _operate(self, day: Leaf) -> Leaf:
        stated = self._statements()
        names = tuple(name for one in stated for name in one.procedures)
        options = tumour_procedures(self._tumour.disease, names)
        procedure = pick_procedure(self._case, options, self._tumour.scope)
        if day.value > self._case.as_of:
            self._treatment.finished = False
            return day
        source = next((one for one in stated if procedure.value in one.procedures), None)
        citation = None
        if source is not None:
            sha256 = self._tumour.front.regimen.document_sha256
            citation = self._case.bundle.cite(sha256, source.page, source.span)
        what = Operation(procedure, day, citation)
        row = operation(self._case, self._next("surgery"), what, self._tumour.disease)
        self._treatment.procedure = procedure.value
        self._add_surgery(row, day)
        return day

    def _statements(self) -> tuple[SurgeryStatement, ...]:
        return self._tumour.front.regimen.surgery

    def _stated_week(self) -> Decimal | None:
        weeks = [one.week.value for one in self._statements() if one.week is not None]
        return weeks[0] if weeks and weeks[0] > 1 else None

    def _wants_shunt(self) -> bool:
        asked = self._case.request.flags.shunt
        if asked is not None:
            return asked
        intracranial = self._tumour.disease.entry.is_intracranial
        return intracranial and self._case.draws.boolean("surgery/shunt", _SHUNT_SHARE)

    def _add_surgery(self, row: dict[str, Any], day: Leaf) -> None:
        self._treatment.surgery.append(row)
        self._treatment.begins(day)
        self._treatment.reaches(day)

    # -- radiation ------------------------------------------------------------------------------

    def _upfront_radiation(self) -> tuple[DoseReference, ...]:
        return self._fields() if self._tumour.disease.entry.is_intracranial else ()

    def _radiation_phases(self) -> tuple[Phase, ...]:
        given = "chemotherapy" in self._tumour.blocks
        phases = self._tumour.front.phases if given else ()
        return tuple(one for one in phases if is_given_with_radiation(one))

    def _late_radiation(self, end: Leaf) -> None:
        fields = self._fields()
        if not fields:
            return
        names = {one.phase_id for one in self._radiation_phases()}
        given = self._treatment.administrations
        starts = [one.cycle.start for one in given if one.cycle.phase.phase_id in names]
        start = min(starts, key=_day, default=None)
        self._irradiate(fields, start or self._after(end, "radiation", 14, 28))

    def _fields(self) -> tuple[DoseReference, ...]:
        if "radiotherapy" not in self._tumour.blocks:
            return ()
        every = self._case.bundle.irradiations(self._tumour.front.regimen)
        fitting = [one for one in self._tumour.profile.eligible(every) if self._may_irradiate(one)]
        return tuple(fitting) or tuple(one for one in every if self._may_irradiate(one))

    def _may_irradiate(self, reference: DoseReference) -> bool:
        flags = self._case.request.flags
        if reference.kind is ReferenceKind.METABOLIC:
            return bool(flags.metabolic_rt) or self._tumour.disease.entry.id == "PTC"
        what = reference.irradiation
        if what is None or what.target == "whole_body":
            return False
        if flags.brachytherapy:
            return what.technique == "brachytherapy"
        months = self._tumour.profile.months
        lungs = {site.value for site in self._tumour.disease.sites} & {"C34.9"}
        return (
            (what.technique == "brachytherapy" or months >= _RADIATION_FROM_MONTHS)
            and (what.target != "craniospinal" or months >= _CRANIOSPINAL_FROM_MONTHS)
            and (what.target != "whole_lung" or bool(lungs))
        )

    def _irradiate(self, fields: tuple[DoseReference, ...], start: Leaf) -> Leaf:
        reference = pick_irradiation(self._case, fields, self._tumour.scope)
        if start.value > self._case.as_of:
            self._treatment.finished = False
            return start
        measured = self._tumour.body.on(start)
        intent = derived("curative", "first line")
        what = Field(reference, self._tumour.disease.number, intent, measured)
        scope = f"{self._tumour.scope}/radiotherapy"
        row = episode(self._case, self._next("radiotherapy"), what, start, scope)
        if row["end_date"].value > self._case.as_of:
            self._treatment.finished = False
            return start
        self._treatment.radiotherapy.append(row)
        self._treatment.begins(row["start_date"])
        self._treatment.reaches(row["end_date"])
        end: Leaf = row["end_date"]
        return end

    # -- transplant -----------------------------------------------------------------------------

    def _own_transplant(self, end: Leaf) -> Leaf:
        """The transplant the front-line document itself describes, and the phases after it."""
        front = self._tumour.front
        if not front.conditioning or "hsct" not in self._tumour.blocks:
            self._dispense(self._cycles(front.after_transplant, end))
            return _end_of((), end)
        options = [(front.regimen, phase) for phase in front.conditioning]
        day_zero = self._transplant(options, self._after(end, "transplant", 28, 42))
        after = self._cycles(front.after_transplant, self._after(day_zero, "engraftment", 60, 90))
        self._dispense(after)
        return _end_of(after, day_zero)

    def _external_transplant(self) -> None:
        """A transplant by the conditioning document, when the front line has none of its own."""
        if "hsct" not in self._tumour.blocks or self._treatment.hsct:
            return
        options = self._conditionings()
        if options:
            last = self._treatment.end or self._tumour.disease.date
            self._transplant(options, self._after(last, "transplant", 28, 60))

    def _conditionings(self) -> list[tuple[Regimen, Phase]]:
        wanted = self._kind()
        found = self._case.bundle.phases(self._tumour.disease.entry.id, PhaseRole.CONDITIONING)
        fitting = [one for one in found if self._tumour.profile.belongs_to(one[1].population)]
        matching = [one for one in fitting if _transplant_kind(one[1]) in (wanted, "")]
        return matching or list(found)

    def _kind(self) -> str:
        asked = self._case.request.flags.hsct_type
        return asked or self._tumour.disease.entry.hsct_type or "autologous"

    def _transplant(self, options: Sequence[tuple[Regimen, Phase]], after: Leaf) -> Leaf:
        conditioning = pick_conditioning(self._case, options, self._tumour.scope)
        lead = -min(_days_of(self._case, conditioning.phase), default=-7)
        day_zero = derived(plus(after.value, lead), "first conditioning day + lead", after)
        if day_zero.value > self._case.as_of:
            self._treatment.finished = False
            return day_zero
        kind = _transplant_kind(conditioning.phase) or self._kind()
        tree = transplant(
            self._case,
            sampled(kind, "type of the conditioning or the catalogue"),
            day_zero,
            conditioning,
            None,
        )
        self._treatment.hsct.append(tree)
        cycle = Cycle(conditioning.phase, 1, day_zero, lead, from_zero=True)
        self._dispense((cycle,), conditioning.regimen)
        if kind == "allogeneic":
            self._prophylaxis(conditioning.regimen, day_zero)
        self._treatment.reaches(day_zero)
        return day_zero

    def _prophylaxis(self, regimen: Regimen, day_zero: Leaf) -> None:
        phases = [one for one in regimen.phases if one.role is PhaseRole.PROPHYLAXIS]
        cycles = tuple(Cycle(one, 1, day_zero, 28, from_zero=True) for one in phases)
        self._dispense(cycles, regimen)

    # -- small things ---------------------------------------------------------------------------

    def _after(self, start: Leaf, what: str, low: int, high: int) -> Leaf:
        """A sampled number of days later; may lie after the reference date."""
        days = self._case.draw_days(f"{self._tumour.scope}/{what}", low, high)
        return derived(plus(start.value, days.value), "start + days", start, days)

    def _next(self, block: str) -> int:
        self._counts[block] = self._counts.get(block, 0) + 1
        return self._counts[block]


def _end_of(cycles: Sequence[Cycle], start: Leaf) -> Leaf:
    last = max(cycles, key=lambda one: one.end, default=None)
    if last is None:
        return start
    return derived(last.end, "end of the last cycle", last.start)


def _days_of(case: Case, phase: Phase) -> Iterator[int]:
    for reference in case.bundle.doses(phase):
        yield from reference.days
    for row in phase.banded:
        yield from row.days


def _transplant_kind(phase: Phase) -> str:
    words = f"{phase.name} {phase.population.text if phase.population else ''}".lower()
    if "autolog" in words or "autólog" in words:
        return "autologous"
    return "allogeneic" if "allogen" in words or "alogén" in words else ""


def _day(leaf: Leaf) -> date:
    day: date = leaf.value
    return day
