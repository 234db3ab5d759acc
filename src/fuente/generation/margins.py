"""What an operation may leave behind: as the stage says, as the kind of operation allows."""

from typing import Final

from fuente.generation.choices import Option
from fuente.generation.disease import Disease

_MARGINS: Final = (
    Option("R0", "complete, margins free"),
    Option("R1", "microscopic residue"),
    Option("R2", "macroscopic residue"),
)
WITHOUT_MARGINS: Final = frozenset({"biopsy", "shunt_placement", "port_insertion"})
# Stages that are defined by what the operation left. Source: definitions of SIOP (kidney), IRS,
# INSS, ICRB and COG (germ cell tumours), general knowledge. Confidence: high.
_BY_STAGE: Final = {
    ("SIOP", "I"): ("R0",),
    ("SIOP", "II"): ("R0",),
    ("IRS", "I"): ("R0",),
    ("IRS", "II"): ("R1",),
    ("INSS", "1"): ("R0",),
    ("INSS", "2A"): ("R1", "R2"),
    ("other", "I"): ("R0",),
    ("TNM", "I"): ("R0",),
    ("ICRB", "A"): ("R0",),
    ("ICRB", "B"): ("R0",),
    ("ICRB", "C"): ("R0",),
    ("ICRB", "D"): ("R0",),
}
# Operations that take out all one can see. Source: surgical practice, general knowledge.
# Confidence: medium.
_TO_THE_EYE_COMPLETE: Final = frozenset(
    {"nephrectomy", "enucleation", "limb_salvage", "hepatectomy", "thyroidectomy", "oophorectomy",
     "orchidectomy"}
)  # fmt: skip
# A medulloblastoma without spread is of high risk when more than 1.5 cm2 are left, and of standard
# risk when not. Source: risk groups of the project's regimen facts. Confidence: high.
_RESIDUE_IS_RISK: Final = "MB"


def possible_margins(disease: Disease, procedure: str, drugs: bool) -> tuple[Option, ...]:
    """The margins to choose from, where `drugs` says whether chemotherapy is part of the course."""
    stage = disease.stage
    by_stage = _BY_STAGE.get((stage[0].value, stage[1].value)) if stage is not None else None
    names = by_stage or _by_entity(disease, drugs) or _by_operation(disease, procedure)
    return tuple(one for one in _MARGINS if one.option_id in names)


def _by_entity(disease: Disease, drugs: bool) -> tuple[str, ...]:
    entry = disease.entry
    if entry.id == _RESIDUE_IS_RISK and not disease.metastatic.value and disease.risk is not None:
        return ("R2",) if disease.risk.value == "high" else ("R0", "R1")
    # A pilocytic astrocytoma gets drugs only for what could not be removed.
    return ("R2",) if entry.id == "PA" and drugs else ()


def _by_operation(disease: Disease, procedure: str) -> tuple[str, ...]:
    if procedure == "amputation":
        return ("R0",)
    bone = disease.entry.iccc3_at(disease.topography.value).startswith("VIII")
    return ("R0", "R1") if bone or procedure in _TO_THE_EYE_COMPLETE else ("R0", "R1", "R2")
