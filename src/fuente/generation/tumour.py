"""The course of one tumour: operation, cycles, radiation and transplant laid out by day.

Order follows the documents: a phase printed as pre-operative comes before the operation, one given
during radiotherapy starts with it, a conditioning phase leads to its transplant.
"""

from collections.abc import Sequence
from typing import Final

from fuente.dosing.regimen import Phase
from fuente.generation.case import plus
from fuente.generation.front_line import is_maintenance
from fuente.generation.leaf import Leaf
from fuente.generation.operating import Operating
from fuente.generation.radiating import Radiating
from fuente.generation.schedule import Calendar, Cycle, end_of
from fuente.generation.transplanting import Transplanting
from fuente.generation.treatment import Treatment, TumourCase

# Chemotherapy before a transplant in first remission, in days: the practice of invariant DAT-06
# (not before 90 days) with room for consolidation. Confidence: medium.
_DAYS_TO_TRANSPLANT: Final = 150
# From diagnosis or biopsy to the first drug, and from an operation on the tumour to radiation, in
# days. Source: the project's regimen facts (radiotherapy within 31 days of a craniotomy, not before
# the wound has healed). Confidence: medium.
_STARTING_DAYS: Final = (3, 14)
_HEALING_DAYS: Final = (21, 31)


def lay_out(tumour: TumourCase, counts: dict[str, int]) -> Treatment:
    """Everything done for one tumour up to the reference date."""
    treatment = Treatment(counts)
    operating = Operating(tumour, treatment)
    radiating = Radiating(tumour, treatment)
    transplanting = Transplanting(tumour, treatment, radiating)
    operated = operating.before_treatment()
    heals = operating.is_first and bool(radiating.phases)
    start = tumour.after(operated, "start", *(_HEALING_DAYS if heals else _STARTING_DAYS))
    radiated_first = radiating.is_first
    if radiated_first:
        end = radiating.irradiate(tumour.after(start, "recovery", 14, 28))
        start = tumour.after(end, "after_radiation", 21, 35)
    end = _drugs(tumour, treatment, operating, start)
    end = transplanting.within_front_line(end)
    radiating.late(end)
    transplanting.after_front_line()
    if "chemotherapy" not in tumour.blocks and tumour.case.request.excludes("chemotherapy"):
        # The drugs of a conditioning stand with their transplant.
        treatment.administrations.clear()
    return treatment


def _drugs(tumour: TumourCase, treatment: Treatment, operating: Operating, start: Leaf) -> Leaf:
    """The cycles up to the document's own transplant, with the operation in its place."""
    if "chemotherapy" not in tumour.blocks or not tumour.front.phases:
        if operating.is_late:
            return operating.operate(tumour.after(start, "operation", 7, 28))
        return start
    before, after = _around_surgery(tumour, operating)
    cycles = _until_transplant(tumour, _cycles(tumour, before, start), start)
    end = operating.among(cycles, start) if operating.is_late else end_of(cycles, start)
    if after:
        cycles += _cycles(tumour, after, end)
        end = end_of(cycles, start)
    treatment.dispense(tumour, tumour.front.regimen, cycles)
    intensive = [one for one in cycles if not is_maintenance(one.phase)]
    treatment.intensive_end = end_of(intensive, start)
    return end


def _until_transplant(
    tumour: TumourCase, cycles: tuple[Cycle, ...], start: Leaf
) -> tuple[Cycle, ...]:
    """A leukaemia or lymphoma is transplanted in first remission: later cycles are not given."""
    entry = tumour.disease.entry
    if "hsct" not in tumour.blocks or tumour.front.conditioning or not entry.is_haematological:
        return cycles
    latest = plus(start.value, _DAYS_TO_TRANSPLANT)
    kept = [one for one in cycles if one.end <= latest and not is_maintenance(one.phase)]
    return tuple(kept) or cycles[:1]


def _around_surgery(
    tumour: TumourCase, operating: Operating
) -> tuple[tuple[Phase, ...], tuple[Phase, ...]]:
    front = tumour.front
    if not (front.before_surgery and operating.is_late):
        return front.before_transplant, ()
    ids = {one.phase_id for one in front.before_surgery}
    rest = tuple(one for one in front.before_transplant if one.phase_id not in ids)
    # Phases that state weeks of the whole treatment keep counting from its first day.
    if any(one.start_weeks for one in rest):
        return front.before_transplant, ()
    return front.before_surgery, rest


def _cycles(tumour: TumourCase, phases: Sequence[Phase], start: Leaf) -> tuple[Cycle, ...]:
    return Calendar(tumour.case.bundle, tumour.front.regimen, start).cycles(phases)
