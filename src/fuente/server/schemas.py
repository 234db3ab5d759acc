"""What the REST endpoints take and give, as declared in OpenAPI."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fuente.patients.request import Request as PatientRequest
from fuente.workflows.generate import MAX_SEED


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PatientsBody(_Body):
    """A request for patients, in words or already structured."""

    request: str | PatientRequest = Field(description="free text, or the structured request")
    seed: int | None = Field(None, ge=0, le=MAX_SEED, description="drawn when absent")
    count: int | None = Field(None, ge=1, le=100, description="how many patients")
    language: Literal["en", "es"] | None = Field(None, description="of the narrative")
    as_of: date | None = Field(None, description="reference date")


class PatientsAnswer(_Body):
    """The records and refusals, in order, exactly as the command line prints them."""

    patients: list[dict[str, Any]]


class PatientRow(_Body):
    """One stored patient in a list."""

    record_id: str
    name: str
    birth_date: str
    diagnosis: str
    generated_at: str


class PatientsPage(_Body):
    """A page of stored patients."""

    total: int
    offset: int
    limit: int
    patients: list[PatientRow]


class AskBody(_Body):
    """A dosing question."""

    question: str = Field(min_length=1, max_length=2000)


class Health(_Body):
    """Whether the service runs."""

    status: Literal["ok"]


class Readiness(_Body):
    """Whether it can generate, and what it holds."""

    status: Literal["ready", "no documents"]
    documents: int
    patients: int
    index: int


class Problem(_Body):
    """An error: the class of fuente's error tree and what to do."""

    error: str
    detail: str
