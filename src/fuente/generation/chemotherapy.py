"""Administrations: every dated giving of a drug, its dose recomputed from the cited reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from fuente.documents.citation import Citation
from fuente.dosing.calculation import calculate_dose
from fuente.dosing.reference import DoseReference, Route
from fuente.dosing.regimen import BandedRow, Phase, Regimen
from fuente.evidence.bundle import Bundle
from fuente.generation.body import BodyTimeline, Measurement
from fuente.generation.case import Case
from fuente.generation.giving import (
    amount_given,
    days_given,
    is_for_some,
    may_replace,
    times_given,
    usual_route,
)
from fuente.generation.leaf import Leaf, cited, derived
from fuente.generation.profile import Profile
from fuente.generation.schedule import Cycle
from fuente.quantities.quantity import denominator

# Units of a dose by exposure: the amount follows from the kidneys' function.
EXPOSURES: Final = frozenset({"mg.min/mL"})
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
    route_code: Leaf


class Dispenser:
    """Turns cycles into administrations for one patient under one regimen.

    With the profile of the patient at diagnosis, a row that is printed for another extent of
    disease or risk group is not given; without one, as in a relapse, only age and size count.
    """

    def __init__(
        self, case: Case, regimen: Regimen, body: BodyTimeline, profile: Profile | None = None
    ) -> None:
        self._case = case
        self._profile = profile
        self._bundle: Bundle = case.bundle
        self._regimen = regimen
        self._body = body

    def give(self, cycles: Sequence[Cycle]) -> tuple[Administration, ...]:
        """All administrations up to the reference date, by date and printed order."""
        givings = sorted(
            (giving for cycle in cycles for giving in self._givings(cycle)),
            key=lambda giving: _date(giving),
        )
        return tuple(self._administer(one) for one in givings if self._is_given(one))

    def _is_given(self, giving: Giving) -> bool:
        """Not in the future, and not into the spine where the request excludes that."""
        spared = self._case.request.flags.intrathecal is False and giving.route is Route.IT
        return _date(giving) <= self._case.as_of and not spared

    def _givings(self, cycle: Cycle) -> Iterator[Giving]:
        for reference in self._bundle.doses(cycle.phase):
            own = self._own_reference(reference, cycle)
            if own is None:
                continue
            citation = self._bundle.citation(reference)
            route = self._route(reference.route or own.route, own, citation)
            for day in days_given(reference, cycle.length):
                for _ in range(times_given(reference, own)):
                    yield Giving(cycle, own, cited(day, citation), *route)
        for row in cycle.phase.banded:
            yield from self._banded(row, cycle)

    def _banded(self, row: BandedRow, cycle: Cycle) -> Iterator[Giving]:
        citation = self._bundle.cite(self._regimen.document_sha256, row.page, row.span)
        for day in row.days or (1,):
            measurement = self._measured(cycle, day)
            for reference in self._in_band(row, measurement):
                route = self._route(row.route or reference.route, reference, citation)
                for _ in range(1 if reference.per == "day" else row.times_per_day or 1):
                    yield Giving(cycle, reference, cited(day, citation), *route)

    def _in_band(self, row: BandedRow, measured: Measurement) -> Iterator[DoseReference]:
        references = self._bundle.references
        for one in row.band_reference_ids:
            reference = references.get(one)
            if reference is not None and self._admits(reference, measured):
                yield reference

    def _route(
        self, stated: Route | None, reference: DoseReference, citation: Citation
    ) -> tuple[Route, Leaf]:
        if stated is not None:
            return stated, cited(EDQM_ROUTES[stated], citation)
        usual = usual_route(reference.drug or "", self._case.vocabulary)
        return usual, derived(EDQM_ROUTES[usual], "usual route of the drug; the page states none")

    def _own_reference(self, printed: DoseReference, cycle: Cycle) -> DoseReference | None:
        """The reference of the document for this patient's age and size; None when excluded."""
        measured = self._measured(cycle, min(printed.days, default=1))
        special = [
            other
            for other in self._bundle.of_document(printed.document_sha256, printed.drug or "")
            if is_for_some(other) and may_replace(other, printed) and self._admits(other, measured)
        ]
        if special:
            return special[0]
        return printed if self._admits(printed, measured) else None

    def _measured(self, cycle: Cycle, day: int) -> Measurement:
        start = min(cycle.date_of(day), self._case.as_of)
        return self._body.on(derived(start, "first dose of the cycle", cycle.start))

    def _admits(self, reference: DoseReference, measured: Measurement) -> bool:
        population = reference.population
        if population is None:
            return True
        months = self._body.months(measured.measured_on.value)
        weight, surface = measured.weight.value, measured.surface.value
        if self._profile is None:
            return population.admits(months, weight, surface)
        now = replace(self._profile, months=months, weight=weight, surface=surface)
        return now.belongs_to(population)

    def _administer(self, giving: Giving) -> Administration:
        reference = giving.reference
        day = _dated(giving)
        sized = self._sized_on(giving, day)
        by_exposure = reference.unit in EXPOSURES
        measured = self._body.renal_on(sized) if by_exposure else self._body.on(sized)
        citation = self._bundle.citation(reference)
        drug = cited(reference.drug or "", citation)
        size = _size_used(reference, measured)
        prescribed = cited(amount_given(reference), citation)
        calculated = calculate_dose(reference, measured.as_body, chosen=prescribed.value)
        renal = (measured.renal,) if by_exposure and measured.renal is not None else ()
        inputs = (prescribed, *size.values(), *renal, *_cap(reference, citation))
        dose = derived(calculated.value, "; ".join(calculated.steps), *inputs)
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
            "route": giving.route_code,
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


def _date(giving: Giving) -> date:
    return giving.cycle.date_of(giving.day.value)


def _dated(giving: Giving) -> Leaf:
    cycle = giving.cycle
    formula = "day 0 + day" if cycle.from_zero else "first day of the cycle + day - 1"
    return derived(_date(giving), formula, cycle.start, giving.day)


def _size_used(reference: DoseReference, measured: Measurement) -> dict[str, Leaf]:
    if reference.unit in EXPOSURES:
        weight = measured.weight
        return {"weight_used": derived(weight.value, "latest weight", weight)}
    per = denominator(reference.unit)
    if per == "m2":
        surface = measured.surface
        return {"bsa_used": derived(surface.value, "latest body surface", surface)}
    if per == "kg":
        weight = measured.weight
        return {"weight_used": derived(weight.value, "latest weight", weight)}
    return {}


def _cap(reference: DoseReference, citation: Citation) -> tuple[Leaf, ...]:
    return () if reference.cap is None else (cited(reference.cap.value, citation),)
