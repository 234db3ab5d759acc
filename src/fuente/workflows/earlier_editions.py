"""What documents that are no longer followed state, for answers that would be silent about it.

An answer never comes from them. It decides what is worth saying: that an earlier edition stated
another value, and that only documents out of use state one.
"""

from collections.abc import Iterable

from fuente.dosing.reference import DoseReference
from fuente.evidence.refusal import Reason, Refusal
from fuente.ports import ReferenceFilter, Store


def changes_since(reference: DoseReference, store: Store) -> tuple[str, ...]:
    """A warning for each superseded edition of the document that states another amount.

    Compared are statements of the same kind, drug, unit, period, phase and patients; an edition
    that states none such, or among them the same amount, is no change.
    """
    superseded = {
        sha256
        for sha256, standing in store.standings().items()
        if standing.successor == reference.document_sha256
    }
    if not superseded or not reference.drug:
        return ()
    where = ReferenceFilter(drug=reference.drug, document_sha256s=frozenset(superseded))
    alike = [one for one in store.references(where) if _about(one) == _about(reference)]
    return tuple(
        warning
        for sha256 in sorted(superseded)
        for warning in _changed(reference, [one for one in alike if one.document_sha256 == sha256])
    )


def only_out_of_use(drugs: Iterable[str], store: Store) -> Refusal | None:
    """The refusal where no document in use states a dose of the first drug, but another does."""
    for drug in tuple(drugs)[:1]:
        if store.references(ReferenceFilter(drug=drug, current=True)):
            return None
        standings = store.standings()
        held = store.references(ReferenceFilter(drug=drug))
        places = dict.fromkeys(
            f"{one.file} page {one.page} ({standings[one.document_sha256].state})" for one in held
        )
        if places:
            return Refusal(
                Reason.SUPERSEDED_ONLY,
                f"Only documents out of use state a dose of {drug}: {'; '.join(places)}.",
                ("`fuente restore` takes a document back into use.",),
            )
    return None


def _changed(reference: DoseReference, earlier: list[DoseReference]) -> tuple[str, ...]:
    if not earlier or any(_amount(one) == _amount(reference) for one in earlier):
        return ()
    one = earlier[0]
    stated = one.value if one.value is not None else f"{one.minimum} to {one.maximum}"
    return (
        f"changed: the superseded edition {one.document_sha256[:16]} states {stated} {one.unit} "
        f"on page {one.page}",
    )


def _about(one: DoseReference) -> tuple[object, ...]:
    return (one.kind, one.unit, one.per, one.phase, one.population)


def _amount(one: DoseReference) -> tuple[object, ...]:
    return (one.value, one.minimum, one.maximum)
