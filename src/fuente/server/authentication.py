"""Who may speak to the service: a bearer token, or the session a browser exchanged it for.

Everything is closed but `/healthz`, the login page and the two files it is drawn with. A refusal is
an event of the audit log. What the caller may then do is no concern of this module: every token may
do everything.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fuente.audit.event import Action, AuditEvent
from fuente.workflows.tokens import actor_of_token, is_known_token

COOKIE: Final = "fuente_session"
OPEN: Final = frozenset({"/healthz", "/login", "/static/fuente.css", "/static/favicon.svg"})
"""What needs no token: these paths, to the letter."""

# Everything comes from this host and nothing is written into the pages' own markup.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not `no-referrer`: with it a browser hides the origin of our own forms as well.
    "Referrer-Policy": "same-origin",
}
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class _Denied:
    status: int
    reason: str
    detail: str


_UNKNOWN: Final = _Denied(
    401,
    "no valid token",
    "No valid token. Send Authorization: Bearer TOKEN, or log in at /login.",
)
_FOREIGN: Final = _Denied(
    403, "sent by another site", "A page of another site sent this; the session does not count."
)


class Gate:
    """Lets a request through or says who must log in; sets the headers every answer carries."""

    def __init__(self, app: ASGIApp, service: FastAPI) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an admitted request on, its actor noted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        request = Request(scope, receive)
        admitted = "anonymous" if scope["path"] in OPEN else self._admit(request)
        if isinstance(admitted, str):
            scope.setdefault("state", {})["actor"] = admitted
            await self._app(scope, receive, sealed)
        else:
            await (await self._turn_away(request, admitted))(scope, receive, sealed)

    def _admit(self, request: Request) -> str | _Denied:
        """The actor, or why there is none. The look-ups take microseconds and never wait."""
        state = self._service.state
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind:
            known = kind.lower() == "bearer" and is_known_token(
                state.application.store, token.strip()
            )
            return actor_of_token(token.strip()) if known else _UNKNOWN
        actor: str | None = state.sessions.actor(request.cookies.get(COOKIE, ""))
        if actor is None:
            return _UNKNOWN
        return actor if request.method in _SAFE_METHODS or _is_own(request) else _FOREIGN

    async def _turn_away(self, request: Request, denied: _Denied) -> Response:
        await run_in_threadpool(
            self._service.state.application.store.log, denial_of(request, denied.reason)
        )
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)
        error = "NotAuthenticated" if denied.status == 401 else "Forbidden"
        headers = {"WWW-Authenticate": "Bearer"} if denied.status == 401 else None
        return JSONResponse({"error": error, "detail": denied.detail}, denied.status, headers)


def actor_of(request: Request) -> str:
    """How the audit log names the caller."""
    actor: str = request.state.actor
    return actor


def denial_of(request: Request, reason: str) -> AuditEvent:
    """The event of a denied access: what was asked for, from where, and why not."""
    return AuditEvent(
        Action.ACCESS_DENIED,
        "anonymous",
        request.url.path[:200],
        {
            "method": request.method[:16],
            "client": request.client.host if request.client else "",
            "reason": reason,
        },
    )


def _is_own(request: Request) -> bool:
    """Whether one of our own pages sent it, or no page at all.

    `SameSite` alone is not enough: it ignores ports, so another service of this host is same-site.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
