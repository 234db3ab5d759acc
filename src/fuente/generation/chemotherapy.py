"""Administrations: every dated giving of a drug, its dose recomputed from the cited reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fuente.documents.citation import Citation
from fuente.dosing.calculation import Body, CalculatedDose, calculate_dose
from fuente.dosing.reference import DoseReference, ReferenceKind, Route
from fuente.dosing.regimen import BandedRow, Phase, Regimen
from fuente.evidence.bundle import Bundle
from fuente.generation.body import BodyTimeline, Measurement
from fuente.generation.case import Case
from fuente.generation.leaf import Leaf, cited, derived
from fuente.generation.schedule import Cycle
from fuente.quantities.quantity import denominator

# Days of a cycle over which the size measured at its start is used. With a measurement at most
# four weeks old at the start it stays within the 60 days of invariant ANT-04. Confidence: high.
_SAME_SIZE_DAYS: Final = 28
# EDQM Standard Terms for routes of administration. Intravenous, oral, subcutaneous and
# intramuscular from general knowledge, intrathecal confirmed in the PCSP guide 1.0.0; the
# intra-arterial code is not confirmed and stays a word. Confidence: medium.
EDQM_ROUTES: Final = {
    Route.IV: "20045000",
    Route.PO: "20053000",
    Route.IT: "20042000",
    Route.SC: "20066000",
    Route.IM: "20035000",
    Route.IA: "intra-arterial",
}


@dataclass(frozen=True, slots=True)
class Administration:
    """One giving: its row of the record, and what the totals need to know of it."""

    tree: dict[str, Any]
    drug: str
    day: Leaf
    route: Route
    dose: Leaf
    unit: str
    measurement: Measurement
    cycle: Cycle


@dataclass(frozen=True, slots=True)
class Giving:
    """What to give on which day of which cycle."""

    cycle: Cycle
    reference: DoseReference
    day: Leaf
    route: Route


class Dispenser:
    """Turns cycles into administrations for one patient under one regimen."""

    def __init__(self, case: Case, regimen: Regimen, body: BodyTimeline) -> None:
        self._case = case
        self._bundle: Bundle = case.bundle
        self._regimen = regimen
        self._body = body

    def give(self, cycles: Sequence[Cycle]) -> tuple[Administration, ...]:
        """All administrations up to the reference date, by date and printed order."""
        givings = sorted(
            (giving for cycle in cycles for giving in self._givings(cycle)),
            key=lambda giving: _date(giving),
        )
        return tuple(self._administer(one) for one in givings if _date(one) <= self._case.as_of)

    def _givings(self, cycle: Cycle) -> Iterator[Giving]:
        for reference in self._bundle.doses(cycle.phase):
            own = self._own_reference(reference, cycle)
            if own is None:
                continue
            citation = self._bundle.citation(reference)
            for day in _days(reference, cycle.length):
                for _ in range(own.times_per_day or 1):
                    route = reference.route or own.route or Route.IV
                    yield Giving(cycle, own, cited(day, citation), route)
        for row in cycle.phase.banded:
            yield from self._banded(row, cycle)

    def _banded(self, row: BandedRow, cycle: Cycle) -> Iterator[Giving]:
        citation = self._bundle.cite(self._regimen.document_sha256, row.page, row.span)
        for day in row.days or (1,):
            measurement = self._measured(cycle, day)
            for reference in self._in_band(row, measurement):
                for _ in range(row.times_per_day or 1):
                    route = row.route or reference.route or Route.IV
                    yield Giving(cycle, reference, cited(day, citation), route)

    def _in_band(self, row: BandedRow, measured: Measurement) -> Iterator[DoseReference]:
        references = self._bundle.references
        for one in row.band_reference_ids:
            reference = references.get(one)
            if reference is not None and self._admits(reference, measured):
                yield reference

    def _own_reference(self, printed: DoseReference, cycle: Cycle) -> DoseReference | None:
        """The reference of the document for this patient's age and size; None when excluded."""
        measured = self._measured(cycle, min(printed.days, default=1))
        special = [
            other
            for other in self._bundle.of_document(printed.document_sha256, printed.drug or "")
            if _is_for_some(other)
            and _may_replace(other, printed)
            and self._admits(other, measured)
        ]
        if special:
            return special[0]
        return printed if self._admits(printed, measured) else None

    def _measured(self, cycle: Cycle, day: int) -> Measurement:
        start = min(cycle.date_of(day), self._case.as_of)
        return self._body.on(derived(start, "first dose of the cycle", cycle.start))

    def _admits(self, reference: DoseReference, measured: Measurement) -> bool:
        months = self._body.months(measured.measured_on.value)
        population = reference.population
        return population is None or population.admits(
            months, measured.weight.value, measured.surface.value
        )

    def _administer(self, giving: Giving) -> Administration:
        reference = giving.reference
        day = _dated(giving)
        measured = self._body.on(self._sized_on(giving, day))
        citation = self._bundle.citation(reference)
        drug = cited(reference.drug or "", citation)
        size = _size_used(reference, measured)
        prescribed = cited(_prescribed_value(reference), citation)
        calculated = calculate_dose(
            reference, Body(weight_kg=measured.weight.value, bsa_m2=measured.surface.value)
        )
        dose = _dose(calculated, prescribed, size, reference, citation_leaf=drug)
        tree: dict[str, Any] = {
            "date": day,
            "drug_inn": drug,
            "atc": derived(
                self._case.vocabulary.drug(drug.value).atc, "ATC code of the drug", drug
            ),
            "prescribed_value": prescribed,
            "prescribed_unit": cited(reference.unit, citation),
            "dose_administered": dose,
            "dose_administered_unit": derived(calculated.unit, "unit of the amount prescribed"),
            **size,
            "cap_applied": derived(
                calculated.cap_applied, "computed dose above the stated cap", dose
            ),
            "route": cited(EDQM_ROUTES[giving.route], citation),
            "phase": cited(giving.cycle.phase.name, self._heading(giving.cycle.phase)),
            "cycle": derived(giving.cycle.number, "number of the cycle within the phase"),
            "day": giving.day,
            "citation_id": derived(citation.citation_id, "citation of the prescribed dose"),
        }
        if reference.infusion_h is not None:
            tree["infusion_hours"] = cited(reference.infusion_h, citation)
        return Administration(
            tree, drug.value, day, giving.route, dose, calculated.unit, measured, giving.cycle
        )

    def _sized_on(self, giving: Giving, day: Leaf) -> Leaf:
        """The dose stays the same within a cycle, unless the cycle is long."""
        start = giving.cycle.start
        recent = 0 <= (day.value - start.value).days <= _SAME_SIZE_DAYS
        return start if recent and start.value <= self._case.as_of else day

    def _heading(self, phase: Phase) -> Citation:
        return self._bundle.cite(self._regimen.document_sha256, phase.page, phase.heading)


def _days(reference: DoseReference, length: int) -> tuple[int, ...]:
    """Days of the cycle with a dose; daily or weekly without days fills the cycle."""
    if reference.days:
        return reference.days
    if reference.per == "day":
        return tuple(range(1, length + 1))
    if reference.per == "week":
        return tuple(range(1, length + 1, 7))
    return (1,)


def _date(giving: Giving) -> date:
    return giving.cycle.date_of(giving.day.value)


def _dated(giving: Giving) -> Leaf:
    cycle = giving.cycle
    formula = "day 0 + day" if cycle.from_zero else "first day of the cycle + day - 1"
    return derived(_date(giving), formula, cycle.start, giving.day)


def _is_for_some(reference: DoseReference) -> bool:
    """Whether the page restricts the statement to some ages or sizes."""
    who = reference.population
    return who is not None and any(
        bound is not None
        for bound in (
            who.age_months_min,
            who.age_months_max,
            who.weight_kg_min,
            who.weight_kg_max,
            who.bsa_m2_min,
            who.bsa_m2_max,
        )
    )


def _may_replace(special: DoseReference, printed: DoseReference) -> bool:
    """Whether a rule for some patients speaks of the same giving as the printed row."""
    same_route = special.route in (printed.route, None) and special.route is not Route.IT
    return (
        special.kind is ReferenceKind.DOSE
        and same_route
        and special.reference_id != printed.reference_id
        and (not special.phase or special.phase == printed.phase or not special.days)
    )


def _prescribed_value(reference: DoseReference) -> Decimal:
    if reference.value is not None:
        return reference.value
    assert reference.minimum is not None
    return reference.minimum


def _size_used(reference: DoseReference, measured: Measurement) -> dict[str, Leaf]:
    per = denominator(reference.unit)
    if per == "m2":
        surface = measured.surface
        return {"bsa_used": derived(surface.value, "latest body surface", surface)}
    if per == "kg":
        weight = measured.weight
        return {"weight_used": derived(weight.value, "latest weight", weight)}
    return {}


def _dose(
    calculated: CalculatedDose,
    prescribed: Leaf,
    size: dict[str, Leaf],
    reference: DoseReference,
    *,
    citation_leaf: Leaf,
) -> Leaf:
    inputs = [prescribed, *size.values()]
    if reference.cap is not None and citation_leaf.citation is not None:
        inputs.append(cited(reference.cap.value, citation_leaf.citation))
    return derived(calculated.value, "; ".join(calculated.steps), *inputs)
