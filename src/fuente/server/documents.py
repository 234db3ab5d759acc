"""REST routes for documents: upload, list, page text and page image with the quote marked."""

import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response, UploadFile
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from fuente.assembly import Application
from fuente.documents.marks import marks_of
from fuente.documents.source import SourceDocument
from fuente.ports import PassageIndex, Store
from fuente.server.access import INVALID, NOT_FOUND, SECURED, WITH_BODY, application_of, lanes_of
from fuente.server.authentication import actor_of
from fuente.server.file_names import stored_name
from fuente.server.held_pages import cited_span, held_page
from fuente.server.schemas import DocumentRow, Ingested, PageText, Problem, Rejected
from fuente.workflows.editions import restore, withdraw
from fuente.workflows.ingest import IngestResult, ingest_file
from fuente.workflows.list_documents import document_json

router = APIRouter(tags=["documents"], prefix="/v1/documents", **SECURED)

Sha256 = Annotated[str, InPath(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file")]
Number = Annotated[int, InPath(ge=1, le=100_000, description="physical page, from 1")]
_PNG: Final[dict[int | str, Any]] = {200: {"content": {"image/png": {}}}}


@router.post(
    "",
    response_model=Ingested,
    responses={
        **WITH_BODY,
        422: {"model": Rejected | Problem, "description": "rejected, with the reason"},
    },
)
async def upload_document(file: UploadFile, request: Request) -> JSONResponse:
    """Ingest one uploaded file; a rejected one is 422 with the reason."""
    application, actor = application_of(request), actor_of(request)
    name, content = stored_name(file.filename or ""), await file.read()
    result = await lanes_of(request).ingest.run(lambda: _ingest(application, name, content, actor))
    return _rejection(result) if result.status == "rejected" else JSONResponse(_stated(result))


@router.get("")
def list_documents(request: Request) -> list[DocumentRow]:
    """List the documents held."""
    return document_rows(application_of(request))


@router.post("/{sha256}/withdraw", responses={**NOT_FOUND, **INVALID})
async def withdraw_document(sha256: Sha256, request: Request) -> DocumentRow:
    """Take a document out of use; the citations that point at it still open."""
    return await _with_new_standing(withdraw, sha256, request)


@router.post("/{sha256}/restore", responses={**NOT_FOUND, **INVALID})
async def restore_document(sha256: Sha256, request: Request) -> DocumentRow:
    """Take a withdrawn or superseded document back into use."""
    return await _with_new_standing(restore, sha256, request)


@router.get(
    "/{sha256}/pages/{number}.png",
    response_class=Response,
    responses={**_PNG, **NOT_FOUND, **INVALID},
)
async def page_image(
    sha256: Sha256,
    number: Number,
    request: Request,
    citation: Annotated[str, Query(max_length=120, description="marks these words")] = "",
) -> Response:
    """Draw the page as a PNG image, the cited words marked."""
    application = application_of(request)
    image = await lanes_of(request).images.run(lambda: _draw(application, sha256, number, citation))
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(image, media_type="image/png", headers=headers)


@router.get("/{sha256}/pages/{number}", responses={**NOT_FOUND, **INVALID})
def page_text(sha256: Sha256, number: Number, request: Request) -> PageText:
    """Give the stored text of a page, the one citations point into."""
    page = held_page(application_of(request).store, sha256, number)
    return PageText(
        document_sha256=sha256,
        page=page.number,
        page_label=page.label,
        text=page.text,
        text_source=page.text_source,
        warnings=list(page.warnings),
    )


def document_rows(application: Application) -> list[DocumentRow]:
    """The documents held."""
    return [_row(application, one) for one in application.store.documents()]


def _row(application: Application, document: SourceDocument) -> DocumentRow:
    """One row; where a file once lay on this host is nobody's business."""
    row = document_json(application.store, document)
    return DocumentRow(**{key: value for key, value in row.items() if key != "path"})


async def _with_new_standing(
    change: Callable[[str, Store, PassageIndex, str], SourceDocument], sha256: str, request: Request
) -> DocumentRow:
    application, actor = application_of(request), actor_of(request)
    document = await lanes_of(request).ingest.run(
        lambda: change(sha256, application.store, application.index, actor)
    )
    return _row(application, document)


def _ingest(application: Application, name: str, content: bytes, actor: str) -> IngestResult:
    with tempfile.TemporaryDirectory(prefix="fuente-upload-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return ingest_file(path, application.ingesting(actor))


def _draw(application: Application, sha256: str, number: int, citation: str) -> bytes:
    page = held_page(application.store, sha256, number)
    marks = marks_of(page, cited_span(citation, sha256, page)) if citation else ()
    content = application.store.content(sha256)
    return application.renderer.render(content, number, marks, page.turned)


def _stated(result: IngestResult) -> dict[str, Any]:
    row = asdict(result)
    return {key: value for key, value in row.items() if key != "path" and value != ""}


def _rejection(result: IngestResult) -> JSONResponse:
    body = Rejected(
        error="DocumentRejected",
        detail=result.reason,
        file=result.file,
        sha256=result.sha256,
        status="rejected",
        reason=result.reason,
    )
    return JSONResponse(body.model_dump(), 422)
