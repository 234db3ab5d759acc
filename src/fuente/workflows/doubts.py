"""Warnings of values that other held documents contradict, added when references are read.

They depend on what else is held, so they are computed when asked for and stored nowhere. Withdrawn
documents are left out: they were found wanting.
"""

from dataclasses import replace
from functools import cache, cached_property

from fuente.documents.standing import StandingState
from fuente.dosing.reference import DoseReference
from fuente.evidence.doubts import doubts_about, subject_of
from fuente.ports import DocumentStore, ReferenceFilter


class Doubts:
    """Compares references with those of the same drug in the other documents.

    Args:
        store: where the references are held.
    """

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._of_subject = cache(self._read)
        self._withdrawn = {
            sha256
            for sha256, standing in store.standings().items()
            if standing.state is StandingState.WITHDRAWN
        }

    def added_to(self, reference: DoseReference) -> DoseReference:
        """The reference with a warning for each doubt, as printed otherwise."""
        subject = subject_of(reference)
        doubts = doubts_about(reference, self._of_subject(subject, reference.drug or ""))
        return replace(reference, warnings=(*reference.warnings, *doubts)) if doubts else reference

    def _read(self, subject: str, drug: str) -> tuple[DoseReference, ...]:
        """All references with this subject; those of open drugs are looked through once."""
        if not subject:
            return ()
        if not drug:
            return self._open.get(subject, ())
        found = self._store.references(ReferenceFilter(drug=drug))
        return tuple(one for one in found if one.document_sha256 not in self._withdrawn)

    @cached_property
    def _open(self) -> dict[str, tuple[DoseReference, ...]]:
        found: dict[str, tuple[DoseReference, ...]] = {}
        for one in self._store.references():
            if one.drug is None and one.document_sha256 not in self._withdrawn:
                found[subject_of(one)] = (*found.get(subject_of(one), ()), one)
        return found
