"""Auditor pages: the record as a person reads it, every value one click from what it rests on.

They work without scripts; with them the source opens beside the record instead of in its place.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from fuente.records.finding import Severity
from fuente.server.access import application_of, lanes_of
from fuente.server.documents import Number, Sha256, document_rows
from fuente.server.held_pages import held_page
from fuente.server.reading import RecordView, sections_of
from fuente.server.reading.basis import basis_of
from fuente.server.reading.course import age_text, course_of
from fuente.server.reading.explanation import explain
from fuente.server.reading.making import making_of
from fuente.server.reading.words import label, words_of
from fuente.server.rendering import page
from fuente.server.sources import source_of
from fuente.server.stored import RECORD_ID, patients_page, read_patient

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_ROWS: Final = 50
_RecordId = Annotated[str, Path(pattern=RECORD_ID)]
_Panel = Annotated[bool, Query(description="only the part that goes beside the record")]


@router.get("/patients")
def patients(request: Request, offset: Annotated[int, Query(ge=0, le=10**9)] = 0) -> Response:
    """The stored patients, the newest first."""
    listed = patients_page(request, offset, _ROWS)
    return page(request, "patients.html", {"page": listed, "words_of": words_of})


@router.get("/patients/{record_id}")
def patient(record_id: _RecordId, request: Request) -> Response:
    """One patient as a clinical record, the sources beside it."""
    view = RecordView(read_patient(request, record_id).line)
    context = {
        "course": course_of(view),
        "sections": sections_of(view),
        "basis": basis_of(view),
        "making": making_of(view, application_of(request).store),
        "age": age_text(view, view.data["diagnoses"][0]["date_of_diagnosis"]),
    }
    return _record_page(request, "patient.html", view, context)


@router.get("/patients/{record_id}/origin")
def origin(
    record_id: _RecordId,
    request: Request,
    at: Annotated[str, Query(max_length=300)],
    panel: _Panel = False,
) -> Response:
    """Why one value is what it is, and the page it rests on."""
    view = RecordView(read_patient(request, record_id).line)
    store = application_of(request).store
    told = explain(view, at)
    sources = [source_of(store, one) for one in told.citations]
    context = {"told": told, "sources": sources, "panel": panel}
    return _record_page(request, "origin.html", view, context)


@router.get("/patients/{record_id}/citations/{citation_id}")
def citation(
    record_id: _RecordId, citation_id: str, request: Request, panel: _Panel = False
) -> Response:
    """One citation: the words, where they stand, and the page with the words marked."""
    view = RecordView(read_patient(request, record_id).line)
    cited = view.citation(citation_id)
    context = {
        "sources": [source_of(application_of(request).store, cited)],
        "resting": view.resting_on(citation_id),
        "panel": panel,
    }
    return _record_page(request, "citation.html", view, context)


@router.get("/patients/{record_id}/verification")
async def verification(record_id: _RecordId, request: Request) -> Response:
    """Check the record now, against the stored pages."""
    return await lanes_of(request).answers.run(lambda: _verified(record_id, request))


@router.get("/documents")
def documents(request: Request) -> Response:
    """The documents held."""
    return page(request, "documents.html", {"rows": document_rows(application_of(request))})


@router.get("/documents/{sha256}/pages/{number}")
def document_page(sha256: Sha256, number: Number, request: Request) -> Response:
    """One page of a document, its image beside its stored text."""
    store = application_of(request).store
    context = {"page": held_page(store, sha256, number), "document": store.document(sha256)}
    return page(request, "document.html", context)


def _verified(record_id: str, request: Request) -> Response:
    stored = read_patient(request, record_id)
    findings = application_of(request).verifier.verify(stored.line.decode())
    failed = any(one.severity is Severity.ERROR for one in findings)
    view = RecordView(stored.line)
    context = {"findings": [one.as_json() for one in findings], "failed": failed}
    return _record_page(request, "verification.html", view, context)


def _record_page(
    request: Request, template: str, view: RecordView, context: Mapping[str, Any]
) -> Response:
    shared = {
        "view": view,
        "record": view.data,
        "label": lambda key: label(key, view.tongue),
        "words_of": lambda code: words_of(code, view.tongue),
    }
    return page(request, template, {**shared, **context})
