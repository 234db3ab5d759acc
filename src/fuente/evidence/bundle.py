"""The evidence gathered for one patient: regimens, references, and a way to cite them.

It answers what the held documents say for a diagnosis; it knows nothing of the patient.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fuente.documents.citation import Citation
from fuente.documents.span import Span
from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.dosing.regimen import CitedNumber, Phase, PhaseRole, Regimen

Cite = Callable[[str, int, Span], Citation]
"""Cuts a citation: document SHA-256, physical page, span."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Regimens and references of the documents a patient may rest on."""

    regimens: tuple[Regimen, ...]
    references: Mapping[str, DoseReference]
    cite: Cite

    def citation(self, reference: DoseReference) -> Citation:
        """The citation of a reference's passage."""
        return self.cite(reference.document_sha256, reference.page, reference.span)

    def citation_of_number(self, regimen: Regimen, number: CitedNumber) -> Citation:
        """The citation of the words that state a number of a regimen."""
        return self.cite(regimen.document_sha256, number.page, number.span)

    def front_line(self, diagnosis: str) -> tuple[Regimen, ...]:
        """Regimens that treat the diagnosis first, by drugs or by radiation."""
        return tuple(
            regimen
            for regimen in self.regimens
            if diagnosis in regimen.diagnoses
            and (phases_with_role(regimen, PhaseRole.FRONT_LINE) or regimen.radiotherapy_ids)
        )

    def phases(self, diagnosis: str, role: PhaseRole) -> tuple[tuple[Regimen, Phase], ...]:
        """Phases with this role in any regimen for the diagnosis, in document order."""
        return tuple(
            (regimen, phase)
            for regimen in self.regimens
            if diagnosis in regimen.diagnoses
            for phase in phases_with_role(regimen, role)
        )

    def doses(self, phase: Phase) -> tuple[DoseReference, ...]:
        """The dose references of a phase, in printed order."""
        return tuple(
            reference
            for reference in self._known(phase.reference_ids)
            if reference.kind is ReferenceKind.DOSE and reference.drug
        )

    def irradiations(self, regimen: Regimen) -> tuple[DoseReference, ...]:
        """External beam, brachytherapy and metabolic references of a regimen."""
        return tuple(self._known(regimen.radiotherapy_ids))

    def of_document(self, document_sha256: str, drug: str) -> tuple[DoseReference, ...]:
        """Every reference of one document for one drug."""
        return tuple(
            reference
            for reference in self.references.values()
            if reference.document_sha256 == document_sha256 and reference.drug == drug
        )

    def _known(self, ids: tuple[str, ...]) -> Iterator[DoseReference]:
        return (self.references[one] for one in ids if one in self.references)


def phases_with_role(regimen: Regimen, role: PhaseRole) -> tuple[Phase, ...]:
    """The phases of a regimen that play this part, in printed order."""
    return tuple(phase for phase in regimen.phases if phase.role is role)
