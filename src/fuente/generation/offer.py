"""What the held documents offer for a diagnosis: a first line, fields, injections, a transplant."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from fuente.dosing.reference import DoseReference, ReferenceKind, Route
from fuente.dosing.regimen import PhaseRole, Regimen
from fuente.evidence.bundle import phases_with_role
from fuente.generation.front_line import is_for_risk
from fuente.patients.catalogue import Catalogue
from fuente.patients.diagnosis import Diagnosis, Frequency

_EVERYONE: Final = re.compile(r"all patients|todos los pacientes", re.IGNORECASE)


class Offer:
    """Answers for each diagnosis of the catalogue what the regimens and references state."""

    def __init__(
        self,
        catalogue: Catalogue,
        regimens: Sequence[Regimen],
        references: Mapping[str, DoseReference],
    ) -> None:
        self._catalogue = catalogue
        self._regimens = tuple(regimens)
        self._references = references

    def regimens_for(self, diagnosis: str) -> tuple[Regimen, ...]:
        """The regimens of the held documents for the diagnosis."""
        return tuple(one for one in self._regimens if diagnosis in one.diagnoses)

    def treats(self, diagnosis: str) -> bool:
        """Whether a document describes a first line for the diagnosis."""
        return any(
            phases_with_role(regimen, PhaseRole.FRONT_LINE) or regimen.radiotherapy_ids
            for regimen in self.regimens_for(diagnosis)
            if not _is_transplant_document(regimen)
        )

    def treats_risk(self, diagnosis: str, risk: str | None) -> bool:
        """Whether a first line is for the risk group, as far as the titles of documents say."""
        first_lines = [
            one
            for one in self.regimens_for(diagnosis)
            if phases_with_role(one, PhaseRole.FRONT_LINE)
        ]
        return not first_lines or any(is_for_risk(one, risk) for one in first_lines)

    def states(self, diagnosis: str, block: str) -> bool:
        """Whether a document states how the diagnosis is treated so."""
        if block == "chemotherapy":
            return any(
                phases_with_role(r, PhaseRole.FRONT_LINE) for r in self.regimens_for(diagnosis)
            )
        if block == "radiotherapy":
            return any(regimen.radiotherapy_ids for regimen in self.regimens_for(diagnosis))
        if block == "hsct":
            entry = self._catalogue.diagnosis(diagnosis)
            roles = [
                phases_with_role(r, PhaseRole.CONDITIONING) for r in self.regimens_for(diagnosis)
            ]
            return any(roles) and entry.modalities.hsct is not Frequency.NEVER
        return True

    def transplants_in_first_line(self, diagnosis: str) -> bool:
        """Whether a document puts a transplant among the phases of its first line."""
        return any(
            phases_with_role(regimen, PhaseRole.FRONT_LINE)
            and phases_with_role(regimen, PhaseRole.CONDITIONING)
            for regimen in self.regimens_for(diagnosis)
        )

    def irradiates_everyone(self, entry: Diagnosis) -> bool:
        """Whether a field is stated for all patients."""
        populations = (one.population for one in self.irradiations(entry))
        return any(one is not None and _EVERYONE.match(one.text) for one in populations)

    def has_boost(self, entry: Diagnosis) -> bool:
        """Whether a field with a boost is stated."""
        fields = (one.irradiation for one in self.irradiations(entry))
        return any(field is not None and field.boost_gy for field in fields)

    def has_triple_injections(self, entry: Diagnosis) -> bool:
        """Whether every intrathecal row has three drugs with amounts of their own."""
        rows = [len(row) for row in self._intrathecal_rows(entry)]
        return min(rows, default=0) >= 3

    def has_injections(self, entry: Diagnosis) -> bool:
        """Whether intrathecal doses are stated."""
        return any(self._intrathecal_rows(entry))

    def has_technique(self, entry: Diagnosis, technique: str) -> bool:
        """Whether radiation by this technique is stated."""
        return any(
            reference.irradiation is not None and reference.irradiation.technique == technique
            for reference in self.irradiations(entry)
        )

    def has_radionuclides(self, entry: Diagnosis) -> bool:
        """Whether radionuclide therapy is stated."""
        return any(one.kind is ReferenceKind.METABOLIC for one in self.irradiations(entry))

    def irradiations(self, entry: Diagnosis) -> Iterable[DoseReference]:
        """Every field and radionuclide stated for the diagnosis."""
        return (
            self._references[one]
            for regimen in self.regimens_for(entry.id)
            for one in regimen.radiotherapy_ids
            if one in self._references
        )

    def _intrathecal_rows(self, entry: Diagnosis) -> Iterable[set[str | None]]:
        return (
            {
                self._references[one].drug
                for one in row.band_reference_ids
                if one in self._references
            }
            for regimen in self.regimens_for(entry.id)
            for phase in phases_with_role(regimen, PhaseRole.FRONT_LINE)
            for row in phase.banded
            if row.route is Route.IT
        )


def _is_transplant_document(regimen: Regimen) -> bool:
    roles = {phase.role for phase in regimen.phases}
    return PhaseRole.CONDITIONING in roles and PhaseRole.FRONT_LINE not in roles
