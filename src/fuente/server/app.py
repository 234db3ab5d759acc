"""The application factory: routes, the gate before them, and one form for every failure."""

from importlib.resources import files
from pathlib import Path
from typing import Final

import fastapi_offline
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from fuente import __version__
from fuente.assembly import Application
from fuente.server import documents, health, login, pages, rest
from fuente.server.authentication import Gate
from fuente.server.lanes import Lanes
from fuente.server.limits import MOST_OF_A_FORM, BodyLimit
from fuente.server.problems import handle_problems
from fuente.server.sessions import Sessions

_ROUTERS: Final = (
    health.router,
    rest.router,
    documents.router,
    login.router,
    pages.router,
)
# Beside the file itself a multipart body carries its headers.
_FORM_AROUND_A_FILE: Final = 64 * 1024


def create_app(application: Application) -> FastAPI:
    """The service over one opened data folder."""
    app = FastAPI(
        title="fuente",
        version=__version__,
        description="Synthetic paediatric-oncology patients whose every number has a source.",
        docs_url=None,
        redoc_url=None,
        # Nothing is traced or counted for anyone else, whatever is installed beside us.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.application = application
    app.state.sessions = Sessions()
    app.state.lanes = Lanes()
    handle_problems(app)
    for router in _ROUTERS:
        _summarise(router)
        app.include_router(router)
    app.mount("/static/swagger", StaticFiles(directory=_swagger_folder()))
    app.mount("/static", StaticFiles(directory=str(files("fuente.server") / "static")))
    largest = application.settings.max_upload_mb * 1024 * 1024 + _FORM_AROUND_A_FILE
    app.add_middleware(BodyLimit, most=lambda method, path: _most(method, path, largest))
    # Added last, so it comes first: nobody unknown gets any further.
    app.add_middleware(Gate, service=app)
    return app


def _summarise(router: APIRouter) -> None:
    """Let OpenAPI name each route by the sentence that documents it, however many apps share it."""
    for route in router.routes:
        if isinstance(route, APIRoute) and route.description:
            route.summary, route.description = route.description.rstrip("."), ""


def _most(method: str, path: str, largest: int) -> int:
    return largest if (method, path) == ("POST", "/v1/documents") else MOST_OF_A_FORM


def _swagger_folder() -> str:
    # The package carries Swagger UI's files; FastAPI's own page would fetch them from a CDN.
    return str(Path(fastapi_offline.__file__).parent / "static")
