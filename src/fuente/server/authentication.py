"""Who may speak to the service: a bearer token, or the cookie a browser exchanged it for.

Everything but `/healthz`, `/login` and the static files of these pages needs one.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from fuente.audit.event import Action, AuditEvent
from fuente.ports import Store
from fuente.workflows.tokens import is_known_token, token_hash

COOKIE: Final = "fuente_session"
_OPEN: Final = frozenset({"/healthz", "/login"})
_OPEN_PREFIX: Final = "/static/"
# Everything comes from this host; the documentation page alone needs its inline start script.
_POLICY: Final = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
_DOCS_POLICY: Final = (
    f"{_POLICY}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
)

Next = Callable[[Request], Awaitable[Response]]


class Gate:
    """Middleware that lets a request through or says who must log in."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    async def __call__(self, request: Request, proceed: Next) -> Response:
        """Check the token, then set the headers every answer carries."""
        path = request.url.path
        if path in _OPEN or path.startswith(_OPEN_PREFIX) or self._admits(request):
            response = await proceed(request)
        else:
            response = self._turn_away(request)
        response.headers["Content-Security-Policy"] = _DOCS_POLICY if path == "/docs" else _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _admits(self, request: Request) -> bool:
        return is_known_token(self._store(), presented_token(request))

    def _turn_away(self, request: Request) -> Response:
        event = AuditEvent(Action.ACCESS_DENIED, "anonymous", request.url.path[:200])
        self._store().log(event)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/login?next={request.url.path}", status_code=303)
        body = {
            "error": "NotAuthenticated",
            "detail": "No valid token. Send Authorization: Bearer TOKEN, or log in at /login.",
        }
        return JSONResponse(body, 401, headers={"WWW-Authenticate": "Bearer"})


def presented_token(request: Request) -> str:
    """The token of the header, else of the cookie."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(COOKIE, "")


def actor_of(request: Request) -> str:
    """How the audit log names the caller: the beginning of the token's hash."""
    return f"token:{token_hash(presented_token(request))[:12]}"
