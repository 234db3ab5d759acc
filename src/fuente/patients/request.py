"""The structured request: what a patient must be like, as parsed from free text or posted directly.

Field names are those of `fuente parse-request`. A key that was not stated is left out when written.
"""

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Block = Literal[
    "chemotherapy", "radiotherapy", "hsct", "surgery", "relapse", "second_tumour", "other"
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RequestedDiagnosis(_Part):
    """The tumour asked for: a catalogue id, and where and what exactly when stated."""

    catalogue_id: str = Field(description="id in the diagnosis catalogue")
    icdo3: str | None = Field(None, description="ICD-O-3 morphology", pattern=r"^[89]\d{3}/[0-3]$")
    topography: str | None = Field(None, description="ICD-O-3 topography", pattern=r"^C\d{2}\.\d$")
    laterality: Literal["right", "left", "bilateral"] | None = Field(
        None, description="side of a paired organ"
    )


class RequestedSecondTumour(_Part):
    """The second tumour asked for, with the treatment blocks it must have."""

    catalogue_id: str | None = Field(None, description="id in the diagnosis catalogue")
    icdo3: str | None = Field(None, description="ICD-O-3 morphology")
    blocks: tuple[Block, ...] = Field((), description="treatment blocks of the second tumour")
    in_previous_rt_field: bool | None = Field(None, description="arose inside an irradiated field")


class RequestedBlocks(_Part):
    """Blocks that must have rows, and blocks that must have none."""

    required: tuple[Block, ...] = ()
    excluded: tuple[Block, ...] = ()


class RequestedRelapse(_Part):
    """When the relapse must happen."""

    timing: Literal["during_first_line", "after_end_of_treatment"] | None = None


class Flags(_Part):
    """The closed list of details a request may state."""

    shunt: bool | None = None
    shunt_type: str | None = None
    shunt_status: Literal["present", "removed"] | None = None
    intrathecal: bool | None = None
    intrathecal_triple: bool | None = None
    corticosteroid_over_4w: bool | None = None
    hsct_type: Literal["autologous", "allogeneic", "syngeneic"] | None = None
    donor: str | None = None
    gvhd_acute: Literal["0", "I", "II", "III", "IV"] | None = None
    gvhd_chronic: Literal["none", "limited", "extensive"] | None = None
    immunosuppression: bool | None = None
    boost: bool | None = None
    brachytherapy: bool | None = None
    metabolic_rt: bool | None = None
    amputation: bool | None = None
    prosthesis: Literal["internal", "external"] | None = None
    prosthesis_present: bool | None = None
    metastatic: bool | None = None
    catheter: str | bool | None = None
    catheter_status: Literal["present", "removed"] | None = None
    catheter_complication: str | bool | None = None
    complication: str | bool | None = None
    toxicity: str | bool | None = None
    toxicity_outcome: str | None = None
    fertility_preservation: bool | None = None
    transfusions_over_10: bool | None = None


class Request(_Part):
    """One request for patients.

    `action` is `clarify` when the request cannot be met as stated; `questions` then say what would
    settle it. Ages are in completed years, or months for infants.
    """

    text: str = Field("", description="the words the request was parsed from", max_length=4000)
    language: Literal["en", "es"] = Field("en", description="language of the narrative (BCP 47)")
    age_years: int | None = Field(None, ge=0, le=120)
    age_months: int | None = Field(None, ge=0, le=36)
    age_min: Decimal | None = Field(None, ge=0, le=120)
    age_max: Decimal | None = Field(None, ge=0, le=120)
    age_at_first_diagnosis_years: int | None = Field(None, ge=0, le=120)
    sex: Literal["male", "female"] | None = None
    diagnosis: RequestedDiagnosis | None = None
    second_tumour: RequestedSecondTumour | None = None
    blocks: RequestedBlocks = RequestedBlocks()
    relapse: RequestedRelapse | None = None
    flags: Flags = Flags()
    metastasis_sites: tuple[str, ...] = ()
    risk_group: Literal["low", "standard", "intermediate", "high", "very_high"] | None = None
    n_patients: int = Field(1, ge=1, le=1000)
    action: Literal["generate", "clarify"] = "generate"
    warnings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The request as JSON values, unstated keys left out."""
        out = self.model_dump(mode="json", exclude_none=True)
        if not out["flags"]:
            del out["flags"]
        for key in ("metastasis_sites", "questions"):
            if not out[key]:
                del out[key]
        for key in ("age_min", "age_max"):
            if key in out:
                out[key] = _json_number(Decimal(out[key]))
        return out

    def requires(self, block: Block) -> bool:
        """Whether the block must have rows."""
        return block in self.blocks.required

    def excludes(self, block: Block) -> bool:
        """Whether the block must have no rows."""
        return block in self.blocks.excluded


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
