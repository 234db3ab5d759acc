"""Log in and out, and the page that describes the API: what surrounds the auditor's pages."""

import re
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from fuente.audit.event import Action, AuditEvent
from fuente.server.access import application_of
from fuente.server.authentication import COOKIE, denial_of
from fuente.server.rendering import page
from fuente.server.sessions import SECONDS, Sessions
from fuente.workflows.tokens import actor_of_token, is_known_token

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_START: Final = "/patients"
_LOCAL: Final = re.compile(r"/(?![/\\])[\w./?=&%~:-]{0,500}", re.ASCII)


@router.get("/")
def home() -> Response:
    """The list of patients is the start page."""
    return RedirectResponse(_START, status_code=303)


@router.get("/login")
def login_form(request: Request, next: str = _START) -> Response:
    """Where a browser exchanges its token for a cookie."""
    return page(request, "login.html", {"next": _local(next), "failed": False})


@router.post("/login")
def login(
    request: Request, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = _START
) -> Response:
    """Begin a session for a known token."""
    store = application_of(request).store
    if not is_known_token(store, token.strip()):
        store.log(denial_of(request, "unknown token at log-in"))
        return page(request, "login.html", {"next": _local(next), "failed": True}, 401)
    actor = actor_of_token(token.strip())
    store.log(AuditEvent(Action.LOGIN, actor, "/login"))
    response = RedirectResponse(_local(next), status_code=303)
    response.set_cookie(
        COOKIE,
        _sessions(request).begin(actor),
        max_age=SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout")
def logout(request: Request) -> Response:
    """End the session and forget its cookie."""
    _sessions(request).end(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


@router.get("/docs")
def api_page(request: Request) -> Response:
    """The description of the API, drawn by Swagger UI from this host's own files."""
    return page(request, "docs.html", {})


def _sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def _local(target: str) -> str:
    """A path on this host; anything else becomes the start page."""
    here = _LOCAL.fullmatch(target) is not None and not target.startswith("/login")
    return target if here else _START
