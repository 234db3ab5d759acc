"""When radiation happens and which of a document's fields the patient may have."""

from dataclasses import replace
from typing import Final

from fuente.dosing.disease_words import NOT_OPERATED, read_disease_words
from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.dosing.regimen import Phase, Regimen
from fuente.generation.case import DAYS_PER_MONTH, Case
from fuente.generation.disease import Disease
from fuente.generation.front_line import is_given_with_radiation
from fuente.generation.irradiation import Field, episode, margins_for_boost, pick_irradiation
from fuente.generation.leaf import Leaf, derived
from fuente.generation.profile import Profile
from fuente.generation.treatment import Treatment, TumourCase
from fuente.patients.fields import field_fits

# Youngest ages for external radiation and for the whole neuraxis, in months. Source: invariant
# RT-10. Confidence: high.
_FROM_MONTHS: Final = 12
_CRANIOSPINAL_FROM_MONTHS: Final = 36
# From an operation before any drug to radiation, in days: week 13 of the drugs. Source: R10 of the
# project's regimen facts. Confidence: medium.
_AFTER_FIRST_OPERATION: Final = (87, 100)
# Intracranial tumours irradiated after their drugs. Source: R19 of the project's regimen facts
# (SIOP CNS GCT II: four courses, then radiotherapy). Confidence: high.
_DRUGS_FIRST: Final = ("GERMINOMA",)


def youngest_for_radiation(references: tuple[DoseReference, ...]) -> int:
    """The youngest age in days at which one of these fields may be given."""
    months = min((_from_months(one) for one in references), default=0)
    return int(months * DAYS_PER_MONTH) + 1


def has_field(case: Case, disease: Disease, profile: Profile, regimen: Regimen) -> bool:
    """Whether the document states a field for this disease, whatever its operation leaves."""
    return any(
        _is_possible(case, disease, profile, one) and profile.belongs_to(one.population)
        for one in _stated(case, disease, regimen)
    )


class Radiating:
    """Lays out the radiation of one tumour."""

    def __init__(self, tumour: TumourCase, treatment: Treatment) -> None:
        self._tumour = tumour
        self._treatment = treatment
        self._is_placed = False

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Phases printed as given during radiotherapy."""
        given = "chemotherapy" in self._tumour.blocks
        phases = self._tumour.front.phases if given else ()
        return tuple(one for one in phases if is_given_with_radiation(one))

    @property
    def is_first(self) -> bool:
        """Whether radiation comes before chemotherapy: intracranial, and no phase goes with it."""
        entry = self._tumour.disease.entry
        early = entry.is_intracranial and entry.id not in _DRUGS_FIRST
        return early and bool(self.fields) and not self.phases

    @property
    def follows_transplant(self) -> bool:
        """Whether a field is printed as given after the high-dose treatment."""
        populations = (one.population for one in self.fields)
        texts = (one.text for one in populations if one is not None)
        return any(read_disease_words(text).after_high_dose for text in texts)

    @property
    def fields(self) -> tuple[DoseReference, ...]:
        """The fields of the document the patient may have."""
        if "radiotherapy" not in self._tumour.blocks:
            return ()
        fitting = self._fitting(self._margins)
        if fitting or "radiotherapy" not in self._tumour.asked:
            return self._wanted(fitting)
        every = self._stated
        possible = tuple(one for one in every if self._is_possible(one))
        return self._wanted(
            self._tumour.profile.eligible(possible)
            or possible
            or tuple(one for one in every if one.irradiation is not None)
        )

    def suits(self, margins: str | None) -> bool:
        """Whether a field is stated for the patient after an operation with these margins."""
        return bool(self._fitting(margins))

    def _fitting(self, margins: str | None) -> tuple[DoseReference, ...]:
        """The possible fields whose printed conditions the patient meets."""
        tumour = self._tumour
        extent = replace(tumour.profile.extent, margins=margins, high_dose="hsct" in tumour.blocks)
        possible = tuple(one for one in self._stated if self._is_possible(one))
        return replace(tumour.profile, extent=extent).eligible(possible)

    @property
    def _margins(self) -> str:
        known = self._treatment.margins
        return NOT_OPERATED if known is None else known.value

    def _wanted(self, fields: tuple[DoseReference, ...]) -> tuple[DoseReference, ...]:
        """Those with or without a boost, where the request says which."""
        boost = self._tumour.case.request.flags.boost
        if boost is None:
            return fields
        return tuple(one for one in fields if _has_boost(one) == boost) or fields

    def late(self, end: Leaf) -> None:
        """Radiation with its own phase, else weeks after the operation or the last cycle.

        What was placed before or after a transplant is not given again.
        """
        if self._is_placed or not self.fields:
            return
        ids = {one.phase_id for one in self.phases}
        given = self._treatment.administrations
        starts = [one.cycle.start for one in given if one.cycle.phase.phase_id in ids]
        first = min(starts, key=lambda leaf: leaf.value, default=None)
        operated, drugs = self._treatment.operated, self._treatment.intensive_end
        if self._tumour.disease.entry.id in _DRUGS_FIRST:
            operated = None
        wait = (14, 28)
        if operated is not None and given and operated.value < given[0].day.value:
            wait = _AFTER_FIRST_OPERATION
        before = operated or drugs or end
        self.irradiate(first or self._tumour.after(before, "radiation", *wait))

    def irradiate(self, start: Leaf) -> Leaf:
        """One episode from that day; the day it ends, or `start` if it lies in the future."""
        self._is_placed = True
        tumour = self._tumour
        reference = pick_irradiation(tumour.case, self.fields, tumour.scope)
        if tumour.is_future(start):
            self._treatment.finished = False
            return start
        intent = derived("curative", "first line")
        what = Field(
            reference,
            tumour.disease.number,
            intent,
            tumour.body.on(start),
            boosted=self._is_boosted(reference),
        )
        number = self._treatment.counts.get("radiotherapy", 0) + 1
        row = episode(tumour.case, number, what, start, f"{tumour.scope}/radiotherapy")
        end: Leaf = row["end_date"]
        if tumour.is_future(end):
            self._treatment.finished = False
            return start
        self._treatment.next_number("radiotherapy")
        self._treatment.radiotherapy.append(row)
        self._treatment.spans(row["start_date"], end)
        return end

    def _is_boosted(self, reference: DoseReference) -> bool:
        """Whether the boost of the field, if it states one, is given: some are for residue only."""
        asked = self._tumour.case.request.flags.boost
        if asked is not None:
            return asked
        after = margins_for_boost(reference)
        return not after or self._margins in after

    def _is_possible(self, reference: DoseReference) -> bool:
        what, tumour = reference.irradiation, self._tumour
        if what is not None and what.target == "eye" and self._treatment.procedure == "enucleation":
            return False
        return _is_possible(tumour.case, tumour.disease, tumour.profile, reference)

    @property
    def _stated(self) -> tuple[DoseReference, ...]:
        tumour = self._tumour
        return _stated(tumour.case, tumour.disease, tumour.front.regimen)


def _stated(case: Case, disease: Disease, regimen: Regimen) -> tuple[DoseReference, ...]:
    """The fields of the first line's document; of every document, for a radionuclide."""
    if not case.request.flags.metabolic_rt:
        return case.bundle.irradiations(regimen)
    # Radionuclide therapy has documents of its own, apart from the drugs of the first line.
    others = [one for one in case.bundle.regimens if disease.entry.id in one.diagnoses]
    return tuple(reference for one in others for reference in case.bundle.irradiations(one))


def _is_possible(case: Case, disease: Disease, profile: Profile, reference: DoseReference) -> bool:
    """Whether the field suits the site, the age and the technique asked for."""
    flags = case.request.flags
    if reference.kind is ReferenceKind.METABOLIC:
        return bool(flags.metabolic_rt) or disease.entry.id == "PTC"
    what = reference.irradiation
    if what is None or what.target == "whole_body" or flags.metabolic_rt:
        return False
    if flags.brachytherapy:
        return what.technique == "brachytherapy"
    sites = [disease.topography.value, *(one.value for one in disease.sites)]
    group = disease.entry.iccc3_at(disease.topography.value)
    if not field_fits(what.target or "primary", sites, group):
        return False
    return (
        (what.technique == "brachytherapy" or profile.months >= _FROM_MONTHS)
        and (what.target != "craniospinal" or profile.months >= _CRANIOSPINAL_FROM_MONTHS)
        and (what.target != "whole_lung" or "C34.9" in sites)
    )


def _from_months(reference: DoseReference) -> int:
    """The age from which a field may be given: plaques and radionuclides from birth on."""
    what = reference.irradiation
    if what is None or what.technique == "brachytherapy":
        return 0
    return _CRANIOSPINAL_FROM_MONTHS if what.target == "craniospinal" else _FROM_MONTHS


def _has_boost(reference: DoseReference) -> bool:
    return reference.irradiation is not None and bool(reference.irradiation.boost_gy)
