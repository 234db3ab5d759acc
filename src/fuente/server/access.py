"""What routes share: the application they serve, and what every secured route declares."""

from typing import Any, Final

from fastapi import Request, Security
from fastapi.security import HTTPBearer

from fuente.assembly import Application
from fuente.server.lanes import Lanes
from fuente.server.schemas import Problem

_BEARER: Final = HTTPBearer(auto_error=False, description="a token of `fuente token create`")

# The gate has checked the token already; this only says so in OpenAPI.
SECURED: Final[dict[str, Any]] = {
    "dependencies": [Security(_BEARER)],
    "responses": {
        401: {"model": Problem, "description": "no valid token"},
        403: {"model": Problem, "description": "a session used by another site"},
        503: {"model": Problem, "description": "busy, or the store or the model cannot be used"},
    },
}

NOT_FOUND: Final[dict[int | str, Any]] = {404: {"model": Problem, "description": "not held here"}}
INVALID: Final[dict[int | str, Any]] = {
    422: {"model": Problem, "description": "the request is not valid"}
}
WITH_BODY: Final[dict[int | str, Any]] = {
    400: {"model": Problem, "description": "the body is not what it is declared to be"},
    413: {"model": Problem, "description": "the body is too large"},
    415: {"model": Problem, "description": "the body is not JSON"},
}


def application_of(request: Request) -> Application:
    """The application this service runs."""
    application: Application = request.app.state.application
    return application


def lanes_of(request: Request) -> Lanes:
    """The lanes long work takes its turn in."""
    lanes: Lanes = request.app.state.lanes
    return lanes
