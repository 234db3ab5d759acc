"""What rules read of a record: its rows with their pointers, its dates, its catalogue entries.

Nothing here judges; a fact that the record does not hold is None or an empty sequence.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.drugs import Drug, IntrathecalUse, load_vocabulary
from fuente.dosing.reference import Route
from fuente.errors import NotFound
from fuente.generation.case import age_months
from fuente.generation.chemotherapy import EDQM_ROUTES
from fuente.patients.catalogue import load_catalogue
from fuente.patients.clinical import Anthropometry, ChemoAdministration, Chemotherapy, Diagnosis
from fuente.patients.diagnosis import Diagnosis as Entry
from fuente.quantities.body_size import body_surface_area
from fuente.records.record import CLINICAL_BLOCKS, Record

INTRATHECAL: Final = EDQM_ROUTES[Route.IT]
INTRAVENOUS: Final = EDQM_ROUTES[Route.IV]
ROUTES: Final = {code: route for route, code in EDQM_ROUTES.items()}
# Given intrathecally in special situations. Source: invariant ITH-01. Confidence: high.
_INJECTED_SPECIALLY: Final = frozenset({"rituximab", "topotecan", "thiotepa"})
_TREATMENTS: Final = ("treatment_lines", "chemotherapy", "hsct", "radiotherapy", "surgery")


def administrations(record: Record) -> Iterator[tuple[str, ChemoAdministration]]:
    """Every giving of a drug with its pointer, course by course."""
    for index, course in enumerate(record.chemotherapy):
        yield from administrations_of(index, course)


def administrations_of(
    index: int, course: Chemotherapy
) -> Iterator[tuple[str, ChemoAdministration]]:
    """Every giving of one course with its pointer."""
    for place, row in enumerate(course.administrations):
        yield f"/chemotherapy/{index}/administrations/{place}", row


def drug_of(inn: str) -> Drug | None:
    """The drug of the vocabulary with this name."""
    try:
        return load_vocabulary().drug(inn)
    except NotFound:
        return None


def may_be_injected(inn: str) -> bool:
    """Whether the drug may go into the cerebrospinal fluid, as a rule or in special situations."""
    drug = drug_of(inn)
    allowed = drug is not None and drug.intrathecal is IntrathecalUse.ALLOWED
    return allowed or inn in _INJECTED_SPECIALLY


def entry_of(row: Diagnosis) -> Entry | None:
    """The catalogue entry a diagnosis row is about, by its codes; its name settles ties."""
    known = load_catalogue().with_morphology(row.morphology)
    here = [one for one in known if row.topography in one.topographies]
    named = [one for one in (here or known) if one.name_en == row.tumour_name_en]
    return next(iter(named or here or known), None)


def diagnosis_of(record: Record, number: int) -> Diagnosis | None:
    """The diagnosis with this number."""
    return next((one for one in record.diagnoses if one.diagnosis_number == number), None)


def months_old(record: Record, day: dt.date) -> Decimal:
    """The patient's age in months on a day."""
    return age_months(record.demographics.birth_date, day)


def surface_of(row: Anthropometry) -> Decimal | None:
    """The body surface that follows from height and weight, whatever the row says."""
    if row.height_cm <= 0 or row.weight_kg <= 0:
        return None
    return body_surface_area(row.height_cm, row.weight_kg)


def measured_by(record: Record, day: dt.date) -> Anthropometry | None:
    """The latest measurement on or before a day."""
    earlier = (one for one in record.anthropometry if one.measured_on <= day)
    return max(earlier, key=lambda one: one.measured_on, default=None)


def drug_days(record: Record, number: int) -> tuple[dt.date, ...]:
    """The days on which a diagnosis was treated with drugs, in order."""
    courses = (one for one in record.chemotherapy if one.relates_to_diagnosis == number)
    return tuple(sorted(row.date for course in courses for row in course.administrations))


def first_drug_day(record: Record) -> dt.date | None:
    """The day of the first drug, for whichever diagnosis."""
    return min((row.date for _, row in administrations(record)), default=None)


def clinical_dates(record: Record) -> Iterator[tuple[str, dt.date]]:
    """Every date of the clinical blocks with its pointer."""
    for block in CLINICAL_BLOCKS:
        yield from _dates(getattr(record, block), f"/{block}")


def treatment_dates(record: Record) -> Iterator[tuple[str, dt.date]]:
    """Every date of the treatment blocks with its pointer."""
    for block in _TREATMENTS:
        yield from _dates(getattr(record, block), f"/{block}")


def _dates(node: Any, pointer: str) -> Iterator[tuple[str, dt.date]]:  # noqa: ANN401  a model tree
    if isinstance(node, dt.date):
        yield pointer, node
    elif isinstance(node, tuple):
        for index, child in enumerate(node):
            yield from _dates(child, f"{pointer}/{index}")
    elif hasattr(type(node), "model_fields"):
        for name in type(node).model_fields:
            yield from _dates(getattr(node, name), f"{pointer}/{name}")
