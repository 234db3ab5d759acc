"""How a failure is answered: always `{error, detail}`, or a page where a browser asked for one.

Details come from fuente's own messages; what the caller sent is never repeated from a check of it.
"""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from fuente.errors import FuenteError
from fuente.server.rendering import page

_NAMES: Final = {
    400: "InvalidRequest",
    404: "NotFound",
    405: "MethodNotAllowed",
    413: "TooLarge",
    415: "UnsupportedMediaType",
    503: "ServiceBusy",
}
_SHOWN: Final = 5
_MOST: Final = 1000


def handle_problems(app: FastAPI) -> None:
    """Answer every failure of the app in one form."""
    app.add_exception_handler(FuenteError, _deliberate)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _deliberate(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, FuenteError)
    return _answer(request, problem.http_status, type(problem).__name__, str(problem))


def _invalid(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    return _answer(request, 422, "InvalidRequest", _told(problem.errors()))


def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    name = _NAMES.get(problem.status_code, "HTTPError")
    return _answer(request, problem.status_code, name, str(problem.detail), problem.headers)


def _unforeseen(request: Request, problem: Exception) -> Response:
    # The cause goes to the operator's log: it may hold what no caller should see.
    detail = "The service failed on this request. Its log says why."
    return _answer(request, 500, "InternalError", detail)


def _told(errors: Sequence[Any]) -> str:
    """What is wrong where; never the value, which may be a secret."""
    shown = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in errors[:_SHOWN]]
    more = len(errors) - len(shown)
    return "; ".join([*shown, *([f"and {more} more"] if more else [])])[:_MOST]


def _answer(
    request: Request,
    status: int,
    error: str,
    detail: str,
    headers: Any = None,  # noqa: ANN401
) -> Response:
    headers = {**(headers or {}), **({"Retry-After": "5"} if status == 503 else {})}
    if "text/html" in request.headers.get("accept", "") and not _is_api(request):
        context = {"status": status, "error": error, "detail": detail}
        return page(request, "problem.html", context, status, headers)
    return JSONResponse({"error": error, "detail": detail}, status, headers)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/v1/")
