"""The record: one synthetic patient, its citations, the origin of every value, how it was made.

Top-level names are those of the command line's contract.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from fuente.patients.clinical import (
    Anthropometry,
    Chemotherapy,
    Corticosteroid,
    Demographics,
    Diagnosis,
    Hsct,
    Intrathecal,
    Other,
    Outcome,
    Radiotherapy,
    Relapse,
    Surgery,
    TreatmentLine,
)
from fuente.patients.clinical.part import CitationId
from fuente.patients.request import Request

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

DISCLAIMER = {
    "en": "Fictional patient for software testing. Not a real person. Not for treatment use.",
    "es": "Paciente ficticio para pruebas de software. No es una persona real. "
    "No apto para uso terapéutico.",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitationRecord(_Part):
    """A pointer a person can follow, with the words cut from the page by code."""

    citation_id: CitationId
    document_sha256: Sha256
    file: str
    edition: str
    page: int = Field(ge=1)
    page_label: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str
    source: Literal["text", "table", "ocr"]


class OriginRecord(_Part):
    """How one value came to be."""

    kind: Literal["cited", "derived", "sampled", "chosen"]
    citation: str | None = None
    formula: str | None = None
    inputs: tuple[str, ...] = ()


class NarrativeSentence(_Part):
    """One sentence: the text, its section, and whether the model's words were kept."""

    section: str
    text: str
    by: Literal["model", "rendered"]


class Narrative(_Part):
    """The clinical summary in the language asked for."""

    language: Literal["en", "es"]
    text: str
    sentences: tuple[NarrativeSentence, ...]


class ModelRecord(_Part):
    """Which model chose and wrote."""

    name: str
    sha256: Sha256
    weights: str
    template_sha256: Sha256
    engine: str


class PickRecord(_Part):
    """One choice with everything that was on offer."""

    name: str
    options: tuple[str, ...]
    option_id: str
    by: str


class StepRecord(_Part):
    """One step of the evidence gathering: the tool, its arguments and what it returned."""

    tool: Literal["search_protocols", "dose_references"]
    arguments: dict[str, str]
    passage_ids: tuple[str, ...] = ()
    reference_ids: tuple[str, ...] = ()


class EvidenceRecord(_Part):
    """What the patient rests on, and how it was gathered."""

    documents: tuple[Sha256, ...]
    references: int
    gathered_by_agent: int
    gathered_by_plan: int
    agent_outcome: Literal["done", "step_limit", "time_limit", "failed"]
    agent_detail: str = ""
    steps: tuple[StepRecord, ...]


class PlanRecord(_Part):
    """The diagnoses the planner settled on."""

    diagnosis: str
    second_diagnosis: str | None = None


class Manifest(_Part):
    """Everything needed to make the record again."""

    fuente_version: str
    rules: str
    model: ModelRecord
    plan: PlanRecord
    evidence: EvidenceRecord
    choices: tuple[PickRecord, ...]


class Record(_Part):
    """One synthetic patient, complete."""

    record_id: Annotated[
        str,
        StringConstraints(
            pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
        ),
    ]
    is_synthetic: Literal[True]
    disclaimer: str
    language: Literal["en", "es"]
    generated_at: dt.date
    seed: int = Field(ge=0)
    request: Request
    demographics: Demographics
    anthropometry: tuple[Anthropometry, ...]
    diagnoses: tuple[Diagnosis, ...] = Field(min_length=1)
    treatment_lines: tuple[TreatmentLine, ...] = ()
    chemotherapy: tuple[Chemotherapy, ...] = ()
    intrathecal: Intrathecal | None = None
    corticosteroid: Corticosteroid | None = None
    hsct: tuple[Hsct, ...] = ()
    radiotherapy: tuple[Radiotherapy, ...] = ()
    surgery: tuple[Surgery, ...] = ()
    relapse: tuple[Relapse, ...] = ()
    other: Other | None = None
    outcome: Outcome
    narrative: Narrative
    citations: tuple[CitationRecord, ...]
    origins: dict[str, OriginRecord]
    manifest: Manifest


CLINICAL_BLOCKS = (
    "demographics",
    "anthropometry",
    "diagnoses",
    "treatment_lines",
    "chemotherapy",
    "intrathecal",
    "corticosteroid",
    "hsct",
    "radiotherapy",
    "surgery",
    "relapse",
    "other",
    "outcome",
)
"""The blocks that describe the patient: every number, date and code in them has an origin."""


def json_values(node: Any) -> Any:  # noqa: ANN401  a JSON tree
    """The tree as JSON values with exact numbers: Decimal and int stay, dates become text."""
    if isinstance(node, dt.date):
        return node.isoformat()
    if isinstance(node, dict):
        return {key: json_values(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [json_values(one) for one in node]
    if isinstance(node, Decimal) and node == node.to_integral_value():
        return int(node)
    if isinstance(node, float):
        return Decimal(str(node))
    return node
