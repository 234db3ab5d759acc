"""Every dose reference as a JSON object, as `fuente references` prints it.

It decides the shape at the edge: numbers are JSON numbers and what is not stated is left out.
"""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.reference import Cap, DoseReference, Irradiation, Population
from fuente.ports import DocumentStore, ReferenceFilter
from fuente.workflows.doubts import Doubts
from fuente.workflows.places import Places

Json = dict[str, Any]
_ANY: Final = ReferenceFilter()


def list_references(store: DocumentStore, where: ReferenceFilter = _ANY) -> Iterator[Json]:
    """The references the filter admits, in document order."""
    places, doubts = Places(store), Doubts(store)
    for one in map(doubts.added_to, store.references(where)):
        yield reference_json(one, places.of(one.document_sha256, one.page, one.span))


def reference_json(reference: DoseReference, place: str = "") -> Json:
    """One reference with what its page states and nothing else."""
    stated: Json = {
        "reference_id": reference.reference_id,
        "document_sha256": reference.document_sha256,
        "passage_id": reference.passage_id,
        "file": reference.file,
        "page": reference.page,
        "page_label": reference.page_label,
        "place": place,
        "span": [reference.span.start, reference.span.end],
        "quote": reference.quote,
        "kind": str(reference.kind),
        "source": str(reference.source),
        "drug": reference.drug,
        **amount_json(reference),
        "unit": reference.unit,
        "per": reference.per,
        "times_per_day": reference.times_per_day,
        "route": reference.route and str(reference.route),
        "days": list(reference.days),
        "infusion_h": number(reference.infusion_h),
        "cap": reference.cap and _stated(reference.cap),
        "population": reference.population and _stated(reference.population),
        "phase": reference.phase,
        "diagnoses": list(reference.diagnoses),
        "irradiation": reference.irradiation and _stated(reference.irradiation),
        "warnings": list(reference.warnings),
    }
    return stated_only(stated)


def amount_json(reference: DoseReference) -> Json:
    """`value`, or `min` and `max`."""
    if reference.value is not None:
        return {"value": number(reference.value)}
    return {"min": number(reference.minimum), "max": number(reference.maximum)}


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where the decimal is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def stated_only(row: Json) -> Json:
    """What is not stated is left out.

    `page` stays, null where a format has no pages, and so does `warnings`: an empty list says that
    the reference was read without doubt.
    """
    kept = ("page", "warnings")
    return {key: value for key, value in row.items() if key in kept or value not in (None, "", [])}


def _stated(part: Cap | Population | Irradiation) -> Json:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {
        name: _plain(value)
        for name, value in values.items()
        if value is not None and value is not False and value != "" and value != frozenset()
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return sorted(value) if isinstance(value, frozenset) else value
