"""When a transplant happens: where the front-line document puts it, or after the first line."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Phase, PhaseRole, Regimen
from fuente.generation.case import Case, plus
from fuente.generation.irradiation import (
    Field,
    body_episode,
    days_of_body_irradiation,
    is_whole_body,
)
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.generation.radiating import Radiating
from fuente.generation.schedule import Calendar, Cycle, end_of
from fuente.generation.transplantation import Conditioned, pick_conditioning, transplant
from fuente.generation.treatment import Treatment, TumourCase
from fuente.patients.diagnosis import Frequency

# Days of graft-versus-host prophylaxis that are recorded after the infusion.
_PROPHYLAXIS_DAYS = 28
# Source: invariant DAT-06. Confidence: medium.
_EARLIEST_ALLOGENEIC: Final = 90
_IRRADIATED: Final = re.compile(r"\b(?:TBI|ICT)\b|irradia", re.IGNORECASE)


class Transplanting:
    """Lays out the transplant of one tumour."""

    def __init__(self, tumour: TumourCase, treatment: Treatment, radiating: Radiating) -> None:
        self._tumour = tumour
        self._treatment = treatment
        self._radiating = radiating

    def within_front_line(self, end: Leaf) -> Leaf:
        """The transplant the front-line document describes, its radiation and the later phases."""
        front = self._tumour.front
        if not front.conditioning or "hsct" not in self._tumour.blocks:
            return self._continue(end)
        options = [(front.regimen, phase) for phase in front.conditioning]
        day_zero = self._transplant(options, self._tumour.after(end, "transplant", 28, 42))
        start = self._tumour.after(day_zero, "engraftment", 60, 90)
        if self._radiating.follows_transplant:
            irradiated = self._radiating.irradiate(start)
            start = self._tumour.after(irradiated, "after_late_radiation", 14, 21)
        return self._continue(start)

    def after_front_line(self) -> None:
        """A transplant by a conditioning document, when the front line had none of its own."""
        if "hsct" not in self._tumour.blocks or self._treatment.hsct or not self._is_due:
            return
        options = self._conditionings()
        if options:
            last = self._treatment.end or self._tumour.disease.date
            self._transplant(options, self._tumour.after(last, "transplant", 28, 60))

    @property
    def _is_due(self) -> bool:
        """Whether it was asked for, or belongs to nearly every course of the tumour."""
        usual = self._tumour.disease.entry.modalities.hsct.at_least(Frequency.USUAL)
        return "hsct" in self._tumour.asked or usual

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
        feasible = [one for one in options if self._is_feasible(*one)] or list(options)
        conditioning = pick_conditioning(tumour.case, feasible, tumour.scope)
        beam = self._body_field(conditioning.regimen, conditioning.phase)
        first_drug = min(_days_of(tumour.case, conditioning.phase), default=-7)
        lead = days_of_body_irradiation(beam) - first_drug
        kind = transplant_kind(conditioning.phase) or self._kind()
        after = self._not_too_early(kind, after, lead)
        day_zero = derived(plus(after.value, lead), "first conditioning day + lead", after)
        if tumour.is_future(day_zero):
            self._treatment.finished = False
            return day_zero
        leaf = sampled(kind, "type of the conditioning or of the catalogue")
        number = self._treatment.next_number("hsct")
        cycle = Cycle(conditioning.phase, 1, day_zero, lead, from_zero=True)
        drugs = self._treatment.dispense(tumour, conditioning.regimen, (cycle,))
        before = Conditioned(drugs, self._irradiate(beam, after) if beam else None)
        self._treatment.hsct.append(transplant(tumour.case, number, leaf, day_zero, before))
        if kind == "allogeneic":
            self._prophylaxis(conditioning.regimen, day_zero)
        self._treatment.spans(day_zero, day_zero)
        return day_zero

    def _not_too_early(self, kind: str, start: Leaf, lead: int) -> Leaf:
        """The conditioning of an allogeneic transplant waits until a donor can have been found."""
        diagnosed = self._tumour.disease.date
        earliest = plus(diagnosed.value, _EARLIEST_ALLOGENEIC - lead)
        if kind != "allogeneic" or start.value >= earliest:
            return start
        formula = f"{_EARLIEST_ALLOGENEIC} days after the diagnosis, less the conditioning"
        return derived(earliest, formula, diagnosed)

    def _is_feasible(self, regimen: Regimen, phase: Phase) -> bool:
        """Whether the irradiation the phase is printed with, if any, can be given."""
        if not _IRRADIATED.search(phase.name):
            return True
        excluded = self._tumour.case.request.excludes("radiotherapy")
        return not excluded and self._body_field(regimen, phase) is not None

    def _body_field(self, regimen: Regimen, phase: Phase) -> DoseReference | None:
        """The whole body irradiation that belongs to the conditioning, if it has one."""
        if not _IRRADIATED.search(phase.name):
            return None
        stated = self._tumour.profile.eligible(self._tumour.case.bundle.irradiations(regimen))
        return next((one for one in stated if is_whole_body(one)), None)

    def _irradiate(self, reference: DoseReference, start: Leaf) -> Leaf:
        """The irradiation before the drugs of the conditioning; its dose."""
        tumour = self._tumour
        intent = derived("conditioning", "before a transplant")
        field = Field(reference, tumour.disease.number, intent, tumour.body.on(start))
        number = self._treatment.next_number("radiotherapy")
        row = body_episode(tumour.case, number, field, start)
        self._treatment.radiotherapy.append(row)
        dose: Leaf = row["total_dose"]
        return dose

    def _prophylaxis(self, regimen: Regimen, day_zero: Leaf) -> None:
        """Prophylaxis of the conditioning's own document, else of any that has it."""
        diagnosis = self._tumour.disease.entry.id
        found = self._tumour.case.bundle.phases(diagnosis, PhaseRole.PROPHYLAXIS)
        own = [one for one in found if one[0].regimen_id == regimen.regimen_id]
        source = (own or found)[0][0] if found else regimen
        cycles = tuple(
            Cycle(phase, 1, day_zero, _PROPHYLAXIS_DAYS, from_zero=True)
            for held, phase in found
            if held is source
        )
        self._treatment.dispense(self._tumour, source, cycles)


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
