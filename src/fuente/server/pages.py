"""Auditor pages: the record as a person reads it, every cited value one click from its page."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from fuente.audit.event import Action, AuditEvent
from fuente.errors import NotFound
from fuente.server.authentication import COOKIE
from fuente.server.reading import reading_of
from fuente.server.rest import application_of, patient_row, read_patient
from fuente.workflows.list_documents import document_json
from fuente.workflows.tokens import is_known_token, token_hash

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_ROWS: Final = 50
_SESSION_SECONDS: Final = 8 * 3600
_TEMPLATES: Final = Jinja2Templates(directory=str(files("fuente.server") / "templates"))


@router.get("/")
def home() -> Response:
    """The list of patients is the start page."""
    return RedirectResponse("/patients", status_code=303)


@router.get("/login")
def login_form(request: Request, next: str = "/patients") -> Response:
    """Where a browser exchanges its token for a cookie."""
    return _page(request, "login.html", {"next": _local(next), "failed": False})


@router.post("/login")
def login(
    request: Request,
    token: Annotated[str, Form(max_length=200)],
    next: Annotated[str, Form(max_length=500)] = "/patients",
) -> Response:
    """Set the session cookie for a known token."""
    store = application_of(request).store
    if not is_known_token(store, token.strip()):
        store.log(AuditEvent(Action.ACCESS_DENIED, "anonymous", "/login"))
        context = {"next": _local(next), "failed": True}
        return _page(request, "login.html", context, status=401)
    actor = f"token:{token_hash(token.strip())[:12]}"
    store.log(AuditEvent(Action.LOGIN, actor, "/login"))
    response = RedirectResponse(_local(next), status_code=303)
    response.set_cookie(
        COOKIE,
        token.strip(),
        max_age=_SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout")
def logout() -> Response:
    """Forget the session cookie."""
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/patients")
def patients(request: Request, offset: Annotated[int, Query(ge=0, le=10**9)] = 0) -> Response:
    """The stored patients, the newest first."""
    store = application_of(request).store
    rows = [patient_row(one) for one in store.records(offset, _ROWS)]
    context = {"rows": rows, "offset": offset, "step": _ROWS, "total": store.count_records()}
    return _page(request, "patients.html", context)


@router.get("/patients/{record_id}")
def patient(record_id: str, request: Request) -> Response:
    """One patient as a clinical record, its sources beside it."""
    record = json.loads(read_patient(request, record_id).line)
    return _page(request, "patient.html", {"record": record, "reading": reading_of(record)})


@router.get("/patients/{record_id}/citations/{citation_id}")
def citation(record_id: str, citation_id: str, request: Request) -> Response:
    """One citation: the words, where they stand, and the page with the words marked."""
    record = json.loads(read_patient(request, record_id).line)
    found = next((one for one in record["citations"] if one["citation_id"] == citation_id), None)
    if found is None:
        raise NotFound(f"patient {record_id[:36]} has no citation {citation_id[:64]}.")
    return _page(request, "citation.html", {"record_id": record_id, "citation": found})


@router.get("/documents")
def documents(request: Request) -> Response:
    """The documents held."""
    store = application_of(request).store
    rows = [document_json(store, one) for one in store.documents()]
    return _page(request, "documents.html", {"rows": rows})


def _page(
    request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> Response:
    return _TEMPLATES.TemplateResponse(request, template, dict(context), status_code=status)


def _local(target: str) -> str:
    """A path on this host; anything else becomes the start page."""
    clean = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if clean and Path(target).name != "login" else "/patients"
