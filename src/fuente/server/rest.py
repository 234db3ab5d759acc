"""REST routes for patients, questions and health: parse, call one workflow, render."""

import json
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from fuente.assembly import Application
from fuente.audit.event import Action, AuditEvent
from fuente.errors import NotFound
from fuente.patients.request import Request as PatientRequest
from fuente.patients.request_parser import parse_request
from fuente.ports import StoredRecord
from fuente.server.authentication import actor_of
from fuente.server.schemas import (
    AskBody,
    Health,
    PatientRow,
    PatientsAnswer,
    PatientsBody,
    PatientsPage,
    Problem,
    Readiness,
)
from fuente.workflows.ask import answer_json, ask
from fuente.workflows.generate import Outcome, generate_patients

router = APIRouter(responses={401: {"model": Problem}})


@router.get("/healthz", tags=["health"])
def healthz() -> Health:
    """The process runs; needs no token."""
    return Health(status="ok")


@router.get("/readyz", tags=["health"])
def readyz(request: Request) -> Readiness:
    """The store and the index can be read."""
    application = application_of(request)
    documents = len(application.store.documents())
    return Readiness(
        status="ready" if documents else "no documents",
        documents=documents,
        patients=application.store.count_records(),
        index=application.index.count(),
    )


@router.post(
    "/v1/patients",
    tags=["patients"],
    response_model=PatientsAnswer,
    responses={422: {"model": PatientsAnswer, "description": "refused, with the reason"}},
)
async def create_patients(body: PatientsBody, request: Request) -> Response:
    """Generate patients; a single refusal is 422 with the same body."""
    outcomes = await run_in_threadpool(_generate, application_of(request), body, actor_of(request))
    content = b'{"patients":[' + b",".join(one.line.rstrip() for one in outcomes) + b"]}"
    alone = len(outcomes) == 1 and outcomes[0].refusal is not None
    return Response(content, 422 if alone else 200, media_type="application/json")


@router.get("/v1/patients", tags=["patients"])
def list_patients(
    request: Request,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> PatientsPage:
    """Stored patients, the newest first."""
    store = application_of(request).store
    rows = [patient_row(one) for one in store.records(offset, limit)]
    return PatientsPage(total=store.count_records(), offset=offset, limit=limit, patients=rows)


@router.get(
    "/v1/patients/{record_id}",
    tags=["patients"],
    response_model=dict[str, Any],
    responses={404: {"model": Problem}},
)
def get_patient(record_id: str, request: Request) -> Response:
    """One stored patient, byte for byte as generated."""
    stored = read_patient(request, record_id)
    return Response(stored.line, media_type="application/json")


@router.post("/v1/ask", tags=["questions"], response_model=dict[str, Any])
def ask_question(body: AskBody, request: Request) -> dict[str, Any]:
    """Answer a dosing question from the documents, or abstain with the reason."""
    services = application_of(request).asking(actor_of(request))
    return answer_json(ask(body.question, services))


def application_of(request: Request) -> Application:
    """The application this service runs."""
    application: Application = request.app.state.application
    return application


def read_patient(request: Request, record_id: str) -> StoredRecord:
    """A stored patient; reading it is an audit event.

    Raises:
        NotFound: there is none with this id.
    """
    store = application_of(request).store
    stored = store.record(record_id)
    if stored is None:
        raise NotFound(f"there is no patient {record_id[:64]}.")
    store.log(AuditEvent(Action.PATIENT_READ, actor_of(request), record_id))
    return stored


def patient_row(stored: StoredRecord) -> PatientRow:
    """What a list shows of a patient."""
    record = json.loads(stored.line)
    person = record["demographics"]
    names = (person["given_name"], person["family_name_1"], person.get("family_name_2", ""))
    language = record["language"]
    return PatientRow(
        record_id=stored.record_id,
        name=" ".join(part for part in names if part),
        birth_date=person["birth_date"],
        diagnosis=record["diagnoses"][0][f"tumour_name_{language}"],
        generated_at=record["generated_at"],
    )


def _generate(application: Application, body: PatientsBody, actor: str) -> list[Outcome]:
    request = body.request
    parsed = (
        request if isinstance(request, PatientRequest) else parse_request(request, body.language)
    )
    if body.language is not None:
        parsed = parsed.model_copy(update={"language": body.language})
    seed = secrets.randbelow(2**31) if body.seed is None else body.seed
    return list(
        generate_patients(
            parsed,
            application.generating(actor),
            seed=seed,
            count=body.count or parsed.n_patients,
            as_of=body.as_of,
        )
    )
