"""Templates to pages; everything shown is escaped."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

_TEMPLATES: Final = Jinja2Templates(directory=str(files("fuente.server") / "templates"))


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One page from its template."""
    return _TEMPLATES.TemplateResponse(
        request, template, dict(context), status_code=status, headers=dict(headers or {})
    )
