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
# INSS and COG (germ cell tumours), general knowledge. Confidence: high.
_BY_STAGE: Final = {
    ("SIOP", "I"): ("R0",),
    ("SIOP", "II"): ("R0",),
    ("IRS", "I"): ("R0",),
    ("IRS", "II"): ("R1",),
    ("INSS", "1"): ("R0",),
    ("INSS", "2A"): ("R1", "R2"),
    ("other", "I"): ("R0",),
    ("TNM", "I"): ("R0",),
}
# Groups of tumours resected at diagnosis. Source: definitions of IRS and COG, general knowledge.
# Confidence: high.
_REMOVED_FIRST: Final = (("IRS", "I"), ("IRS", "II"), ("other", "I"), ("other", "II"))
# Operations that take out all one can see. Source: surgical practice, general knowledge.
# Confidence: medium.
_TO_THE_EYE_COMPLETE: Final = frozenset(
    {"nephrectomy", "enucleation", "limb_salvage", "hepatectomy", "thyroidectomy", "oophorectomy",
     "orchidectomy"}
)  # fmt: skip
# A medulloblastoma without spread is of high risk when more than 1.5 cm2 are left, and of standard
# risk when not. Source: risk groups of the project's regimen facts. Confidence: high.
_RESIDUE_IS_RISK: Final = "MB"


def is_removed_at_diagnosis(disease: Disease) -> bool:
    """Whether the stage says that all one could see was removed before any other treatment."""
    if disease.stage is None:
        return False
    system, value = (one.value for one in disease.stage)
    return (system, value) in _REMOVED_FIRST


def possible_margins(
    disease: Disease, procedure: str, blocks: frozenset[str]
) -> tuple[Option, ...]:
    """The margins to choose from, in a course of these blocks."""
    stage = disease.stage
    by_stage = _BY_STAGE.get((stage[0].value, stage[1].value)) if stage is not None else None
    names = by_stage or _by_entity(disease, blocks) or _by_operation(disease, procedure)
    return tuple(one for one in _MARGINS if one.option_id in names)


def _by_entity(disease: Disease, blocks: frozenset[str]) -> tuple[str, ...]:
    entry = disease.entry
    if entry.id == _RESIDUE_IS_RISK and not disease.metastatic.value and disease.risk is not None:
        return ("R2",) if disease.risk.value == "high" else ("R0", "R1")
    if entry.id == "RB" and "radiotherapy" not in blocks:
        # A resection line with tumour in it would call for the orbit to be irradiated.
        return ("R0",)
    # A pilocytic astrocytoma gets drugs only for what could not be removed.
    return ("R2",) if entry.id == "PA" and "chemotherapy" in blocks else ()


def _by_operation(disease: Disease, procedure: str) -> tuple[str, ...]:
    if procedure == "amputation":
        return ("R0",)
    bone = disease.entry.iccc3_at(disease.topography.value).startswith("VIII")
    return ("R0", "R1") if bone or procedure in _TO_THE_EYE_COMPLETE else ("R0", "R1", "R2")
