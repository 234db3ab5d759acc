"""What every part of the record shares: frozen models, and fields that carry their meaning.

The record is declared once, here and in the sibling modules; validation, JSON Schema, the field
reference in the documentation and the coverage report all come from these declarations.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

Topography = Annotated[str, StringConstraints(pattern=r"^C\d{2}\.\d$")]
"""An ICD-O-3 topography code."""

Morphology = Annotated[str, StringConstraints(pattern=r"^[89]\d{3}/[0-3]$")]
"""An ICD-O-3 morphology code with behaviour."""

AtcCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{2}[A-Z]{2}\d{2}$")]
"""A WHO ATC code at the fifth level."""

CitationId = Annotated[str, StringConstraints(pattern=r"^c-[0-9a-f]{16}-\d+-\d+-\d+$")]
"""The id of a citation of this record."""


class Part(BaseModel):
    """A frozen part of the record; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def noted(
    description: str,
    *,
    unit: str | None = None,
    system: str | None = None,
    default: Any = ...,  # noqa: ANN401  pydantic's own type for a default
) -> Any:  # noqa: ANN401  a field takes the place of its value
    """A field with its description, its UCUM unit and its code system as metadata."""
    extra: JsonDict = {}
    if unit:
        extra["unit"] = unit
    if system:
        extra["system"] = system
    return Field(default, description=description, json_schema_extra=extra or None)
