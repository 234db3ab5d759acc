"""REST routes for documents: upload, list, page text and page image with the quote marked."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from fuente.assembly import Application
from fuente.documents.citation import parse_citation_id
from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.errors import InvalidRequest, NotFound
from fuente.server.authentication import actor_of
from fuente.server.rest import application_of
from fuente.server.schemas import Problem
from fuente.workflows.ingest import IngestResult, ingest_file
from fuente.workflows.list_documents import document_json

router = APIRouter(tags=["documents"], responses={401: {"model": Problem}})


@router.post("/v1/documents", response_model=dict[str, Any])
async def upload_document(file: UploadFile, request: Request) -> JSONResponse:
    """Ingest one uploaded file; a rejected one is 422 with the reason."""
    application = application_of(request)
    content = await file.read()
    result = await run_in_threadpool(
        _ingest, application, Path(file.filename or "upload").name, content, actor_of(request)
    )
    body = {key: value for key, value in asdict(result).items() if key != "path" and value != ""}
    return JSONResponse(body, 422 if result.status == "rejected" else 200)


@router.get("/v1/documents")
def list_documents(request: Request) -> list[dict[str, Any]]:
    """The documents held."""
    store = application_of(request).store
    return [document_json(store, one) for one in store.documents()]


@router.get("/v1/documents/{sha256}/pages/{number}.png", response_class=Response)
async def page_image(
    sha256: str,
    number: int,
    request: Request,
    citation: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    """The page as an image, the cited words marked."""
    spans = (_cited_span(citation, sha256, number),) if citation else ()
    image = await run_in_threadpool(_render, application_of(request), sha256, number, spans)
    return Response(
        image, media_type="image/png", headers={"Cache-Control": "private, max-age=600"}
    )


@router.get("/v1/documents/{sha256}/pages/{number}")
def page_text(sha256: str, number: int, request: Request) -> dict[str, Any]:
    """The stored text of a page, the one citations point into."""
    page = _page(application_of(request), sha256, number)
    return {
        "document_sha256": sha256,
        "page": page.number,
        "page_label": page.label,
        "text": page.text,
        "text_source": page.text_source,
        "warnings": list(page.warnings),
    }


def _ingest(application: Application, name: str, content: bytes, actor: str) -> IngestResult:
    with tempfile.TemporaryDirectory(prefix="fuente-upload-") as folder:
        path = Path(folder) / (name or "upload")
        path.write_bytes(content)
        return ingest_file(path, application.ingesting(actor))


def _render(application: Application, sha256: str, number: int, spans: tuple[Span, ...]) -> bytes:
    _page(application, sha256, number)
    return application.renderer.render(application.store.content(sha256), number, spans)


def _page(application: Application, sha256: str, number: int) -> Page:
    page = application.store.page(sha256, number)
    if page is None:
        raise NotFound(f"document {sha256[:16]} has no page {number} here.")
    return page


def _cited_span(citation: str, sha256: str, number: int) -> Span:
    try:
        prefix, page, span = parse_citation_id(citation)
    except ValueError as problem:
        raise InvalidRequest(f"{problem}.") from problem
    if not sha256.startswith(prefix) or page != number:
        raise InvalidRequest(f"citation {citation} is of another page.")
    return span
