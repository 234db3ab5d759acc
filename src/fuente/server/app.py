"""The application factory: routes, the gate, and one place where errors become answers."""

from importlib.resources import files
from pathlib import Path

import fastapi_offline
from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import BaseHTTPMiddleware

from fuente import __version__
from fuente.assembly import Application
from fuente.errors import FuenteError
from fuente.server import documents, pages, rest
from fuente.server.authentication import Gate
from fuente.server.limits import BodyLimit


def create_app(application: Application) -> FastAPI:
    """The service over one opened data folder."""
    app = FastAPI(
        title="fuente",
        version=__version__,
        description="Synthetic paediatric-oncology patients whose every number has a source.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.application = application
    app.add_exception_handler(FuenteError, _problem)
    app.include_router(rest.router)
    app.include_router(documents.router)
    app.include_router(pages.router)
    app.mount("/static/swagger", StaticFiles(directory=_swagger_folder()))
    app.mount("/static", StaticFiles(directory=str(files("fuente.server") / "static")))
    app.add_api_route("/docs", _docs, include_in_schema=False, response_class=HTMLResponse)
    app.add_middleware(BodyLimit, most=application.settings.max_upload_mb * 1024 * 1024)
    app.add_middleware(BaseHTTPMiddleware, dispatch=Gate(lambda: application.store))
    return app


async def _problem(request: Request, problem: Exception) -> JSONResponse:
    status = problem.http_status if isinstance(problem, FuenteError) else 500
    body = {"error": type(problem).__name__, "detail": str(problem)}
    headers = {"Retry-After": "5"} if status == 503 else None
    return JSONResponse(body, status, headers=headers)


def _docs() -> HTMLResponse:
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="fuente",
        swagger_js_url="/static/swagger/swagger-ui-bundle.js",
        swagger_css_url="/static/swagger/swagger-ui.css",
        swagger_favicon_url="/static/favicon.svg",
    )


def _swagger_folder() -> str:
    # The package carries Swagger UI's files; FastAPI's own page would fetch them from a CDN.
    return str(Path(fastapi_offline.__file__).parent / "static")
