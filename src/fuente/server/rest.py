"""REST routes for patients and questions: parse, call one workflow, render."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from fuente.assembly import Application
from fuente.errors import InvalidRequest
from fuente.patients.anatomy import sites
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request as PatientRequest
from fuente.patients.request_parser import parse_request
from fuente.server.access import INVALID, NOT_FOUND, SECURED, WITH_BODY, application_of, lanes_of
from fuente.server.authentication import actor_of
from fuente.server.schemas import (
    MOST_AT_ONCE,
    AskBody,
    PatientsAnswer,
    PatientsBody,
    PatientsPage,
    Problem,
)
from fuente.server.stored import RECORD_ID, patients_page, read_patient
from fuente.server.strict_json import StrictRoute
from fuente.workflows.ask import answer_json, ask
from fuente.workflows.generate import Outcome, generate_patients

router = APIRouter(route_class=StrictRoute, prefix="/v1", **SECURED)


@router.post(
    "/patients",
    tags=["patients"],
    response_model=PatientsAnswer,
    responses={
        **WITH_BODY,
        422: {"model": PatientsAnswer | Problem, "description": "refused, with the reason"},
    },
)
async def create_patients(body: PatientsBody, request: Request) -> Response:
    """Generate patients; a single refusal is 422 with the same body."""
    asked, count = await run_in_threadpool(_asked, body)
    coming = _generation(application_of(request), body, asked, actor_of(request))
    outcomes: list[Outcome] = []
    # One turn per patient: a cohort keeps nobody waiting, and ends when its caller has gone.
    while len(outcomes) < count and not await request.is_disconnected():
        outcomes.append(await lanes_of(request).generation.run(lambda: next(coming)))
    content = b'{"patients":[' + b",".join(one.line.rstrip() for one in outcomes) + b"]}"
    alone = len(outcomes) == 1 and outcomes[0].refusal is not None
    return Response(content, 422 if alone else 200, media_type="application/json")


@router.get("/patients", tags=["patients"], responses=INVALID)
def list_patients(
    request: Request,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> PatientsPage:
    """List stored patients, the newest first."""
    return patients_page(request, offset, limit)


@router.get(
    "/patients/{record_id}",
    tags=["patients"],
    response_model=dict[str, Any],
    responses={**NOT_FOUND, **INVALID},
)
def get_patient(record_id: Annotated[str, Path(pattern=RECORD_ID)], request: Request) -> Response:
    """Give one stored patient, byte for byte as generated."""
    return Response(read_patient(request, record_id).line, media_type="application/json")


@router.post(
    "/ask", tags=["questions"], response_model=dict[str, Any], responses={**WITH_BODY, **INVALID}
)
async def ask_question(body: AskBody, request: Request) -> dict[str, Any]:
    """Answer a dosing question from the documents, or abstain with the reason."""
    application, actor = application_of(request), actor_of(request)
    return await lanes_of(request).answers.run(
        lambda: answer_json(ask(body.question, application.asking(actor)))
    )


def _generation(
    application: Application, body: PatientsBody, asked: PatientRequest, actor: str
) -> Iterator[Outcome]:
    """As many as are taken; the engines are opened with the first, which may take seconds."""
    seed = secrets.randbelow(2**31) if body.seed is None else body.seed
    yield from generate_patients(
        asked, application.generating(actor), seed=seed, count=MOST_AT_ONCE, as_of=body.as_of
    )


def _asked(body: PatientsBody) -> tuple[PatientRequest, int]:
    """The request and how many patients it means."""
    stated = body.request
    if isinstance(stated, PatientRequest):
        _check_known(stated)
        asked = stated
    else:
        asked = parse_request(stated, body.language)
    if body.language is not None:
        asked = asked.model_copy(update={"language": body.language})
    count = body.count or asked.n_patients
    if count > MOST_AT_ONCE:
        raise InvalidRequest(
            f"{count} patients are more than one call gives.",
            f"Ask for at most {MOST_AT_ONCE} at a time, with `count` and another `seed`.",
        )
    return asked, count


def _check_known(asked: PatientRequest) -> None:
    """Codes in words come from the catalogue; codes sent as such may be anything."""
    tumours = [one.catalogue_id for one in (asked.diagnosis, asked.second_tumour) if one]
    places = [*asked.metastasis_sites, asked.diagnosis.topography if asked.diagnosis else None]
    _check("the diagnosis catalogue", tumours, [one.id for one in load_catalogue().all()])
    _check("the table of topographies", places, list(sites()))


def _check(table: str, codes: Iterable[str | None], known: Sequence[str]) -> None:
    for code in codes:
        if code is not None and code not in known:
            raise InvalidRequest(
                f"There is no {code[:40]!r} in {table}.", f"It has {', '.join(sorted(known))}."
            )
