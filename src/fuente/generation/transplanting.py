"""When a transplant happens: where the front-line document puts it, or after the first line."""

from collections.abc import Iterator, Sequence

from fuente.dosing.regimen import Phase, PhaseRole, Regimen
from fuente.generation.case import Case, plus
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.generation.schedule import Calendar, Cycle, end_of
from fuente.generation.transplantation import pick_conditioning, transplant
from fuente.generation.treatment import Treatment, TumourCase

# Days of graft-versus-host prophylaxis that are recorded after the infusion.
_PROPHYLAXIS_DAYS = 28


class Transplanting:
    """Lays out the transplant of one tumour."""

    def __init__(self, tumour: TumourCase, treatment: Treatment) -> None:
        self._tumour = tumour
        self._treatment = treatment

    def within_front_line(self, end: Leaf) -> Leaf:
        """The transplant the front-line document describes and the phases after it."""
        front = self._tumour.front
        if not front.conditioning or "hsct" not in self._tumour.blocks:
            return self._continue(end)
        options = [(front.regimen, phase) for phase in front.conditioning]
        day_zero = self._transplant(options, self._tumour.after(end, "transplant", 28, 42))
        return self._continue(self._tumour.after(day_zero, "engraftment", 60, 90))

    def after_front_line(self) -> None:
        """A transplant by a conditioning document, when the front line had none of its own."""
        if "hsct" not in self._tumour.blocks or self._treatment.hsct:
            return
        options = self._conditionings()
        if options:
            last = self._treatment.end or self._tumour.disease.date
            self._transplant(options, self._tumour.after(last, "transplant", 28, 60))

    def _continue(self, start: Leaf) -> Leaf:
        front = self._tumour.front
        if "chemotherapy" not in self._tumour.blocks:
            return start
        cycles = Calendar(self._tumour.case.bundle, front.regimen, start).cycles(
            front.after_transplant
        )
        self._treatment.dispense(self._tumour, front.regimen, cycles)
        return end_of(cycles, start)

    def _conditionings(self) -> list[tuple[Regimen, Phase]]:
        tumour = self._tumour
        found = tumour.case.bundle.phases(tumour.disease.entry.id, PhaseRole.CONDITIONING)
        fitting = [one for one in found if tumour.profile.belongs_to(one[1].population)]
        wanted = (self._kind(), "")
        return [one for one in fitting if transplant_kind(one[1]) in wanted] or list(found)

    def _kind(self) -> str:
        asked = self._tumour.case.request.flags.hsct_type
        return asked or self._tumour.disease.entry.hsct_type or "autologous"

    def _transplant(self, options: Sequence[tuple[Regimen, Phase]], after: Leaf) -> Leaf:
        tumour = self._tumour
        conditioning = pick_conditioning(tumour.case, options, tumour.scope)
        lead = -min(_days_of(tumour.case, conditioning.phase), default=-7)
        day_zero = derived(plus(after.value, lead), "first conditioning day + lead", after)
        if tumour.is_future(day_zero):
            self._treatment.finished = False
            return day_zero
        kind = transplant_kind(conditioning.phase) or self._kind()
        leaf = sampled(kind, "type of the conditioning or of the catalogue")
        number = self._treatment.next_number("hsct")
        self._treatment.hsct.append(transplant(tumour.case, number, leaf, day_zero, conditioning))
        cycle = Cycle(conditioning.phase, 1, day_zero, lead, from_zero=True)
        self._treatment.dispense(tumour, conditioning.regimen, (cycle,))
        if kind == "allogeneic":
            self._prophylaxis(conditioning.regimen, day_zero)
        self._treatment.spans(day_zero, day_zero)
        return day_zero

    def _prophylaxis(self, regimen: Regimen, day_zero: Leaf) -> None:
        cycles = tuple(
            Cycle(phase, 1, day_zero, _PROPHYLAXIS_DAYS, from_zero=True)
            for phase in regimen.phases
            if phase.role is PhaseRole.PROPHYLAXIS
        )
        self._treatment.dispense(self._tumour, regimen, cycles)


def transplant_kind(phase: Phase) -> str:
    """Autologous or allogeneic as the phase is printed; empty when it does not say."""
    words = f"{phase.name} {phase.population.text if phase.population else ''}".lower()
    if "autolog" in words or "autólog" in words:
        return "autologous"
    return "allogeneic" if "allogen" in words or "alogén" in words else ""


def _days_of(case: Case, phase: Phase) -> Iterator[int]:
    for reference in case.bundle.doses(phase):
        yield from reference.days
    for row in phase.banded:
        yield from row.days
