"""What the REST endpoints take and give, as declared in OpenAPI."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from fuente.patients.request import Request as PatientRequest
from fuente.workflows.generate import MAX_SEED

MOST_AT_ONCE: Final = 100
"""Patients in one call; a patient takes seconds, and the caller waits."""

# Growth references, editions and ages are about people of these years.
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2100, 12, 31)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _a_number(value: Any) -> Any:  # noqa: ANN401  a JSON value
    """Numbers are JSON numbers: neither `"2"` nor `true` is one."""
    if isinstance(value, str | bool):
        raise ValueError("a number is written without quotation marks")
    return value


_Whole = Annotated[int, BeforeValidator(_a_number)]


class PatientsBody(_Body):
    """A request for patients, in words or already structured."""

    request: Annotated[str, StringConstraints(min_length=1, max_length=4000)] | PatientRequest = (
        Field(description="free text, or the structured request")
    )
    seed: _Whole | None = Field(None, ge=0, le=MAX_SEED, description="drawn when absent")
    count: _Whole | None = Field(
        None, ge=1, le=MOST_AT_ONCE, description="how many patients; by default what the text says"
    )
    language: Literal["en", "es"] | None = Field(None, description="of the narrative")
    as_of: date | None = Field(None, ge=_EARLIEST, le=_LATEST, description="reference date")


class PatientsAnswer(_Body):
    """The records and refusals, in order, exactly as the command line prints them."""

    patients: list[dict[str, Any]]


class PatientRow(_Body):
    """One stored patient in a list."""

    record_id: str
    name: str
    birth_date: str
    sex: str
    diagnosis: str
    date_of_diagnosis: str
    status: str
    language: str
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


class DocumentRow(_Body):
    """One document as held."""

    file: str
    sha256: str
    status: str
    standing: Literal["current", "superseded", "withdrawn"]
    superseded_by: str = ""
    title: str = ""
    language: str
    edition: str = ""
    edition_date: str = ""
    pages: int
    pages_without_text: list[int]
    passages: int
    references: int
    warnings: list[str]


class Ingested(_Body):
    """What became of an uploaded file: the counts are those of the document held."""

    file: str
    sha256: str
    status: Literal["ready", "partial", "duplicate"]
    reason: str = ""
    pages: int
    pages_without_text: list[int]
    passages: int
    references: int


class Rejected(_Body):
    """A file that could not become a document, and why."""

    error: Literal["DocumentRejected"]
    detail: str
    file: str
    sha256: str
    status: Literal["rejected"]
    reason: str


class PageText(_Body):
    """The stored text of one page, the one spans of citations count in."""

    document_sha256: str
    page: int
    page_label: str
    text: str
    text_source: str
    warnings: list[str]


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
    """An error: its class in fuente's error tree, and what happened with its remedy."""

    error: str
    detail: str
