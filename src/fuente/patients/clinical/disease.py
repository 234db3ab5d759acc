"""The tumours: what, where, how far. Field names are those of the record."""

import datetime as dt
from typing import Literal

from fuente.patients.clinical.part import Morphology, Part, Topography, noted


class SecondTumour(Part):
    """How a second tumour relates to the first."""

    diagnosis_ref: int = noted("number of the diagnosis it follows")
    in_previous_rt_field: bool | None = noted("in previous rt field", default=None)
    association: Literal["treatment_related", "genetic", "sporadic", "unknown"] | None = noted(
        "association", default=None
    )


class Diagnosis(Part):
    """One tumour; the second tumour is the second entry."""

    diagnosis_number: int = noted("2 = second tumour")
    date_of_diagnosis: dt.date = noted("date of diagnosis")
    tumour_name_en: str = noted("tumour name en")
    tumour_name_es: str = noted("tumour name es")
    morphology: Morphology = noted("morphology and behaviour", system="ICD-O-3.2")
    topography: Topography = noted("primary site", system="ICD-O-3 topography")
    site_text: str | None = noted("site text", default=None)
    laterality: (
        Literal["right", "left", "bilateral", "unilateral_nos", "midline", "na", "unknown"] | None
    ) = noted(
        "required for paired organs",
        system="SNOMED CT 24028007/7771000/51440002/66459002",
        default=None,
    )
    iccc3_group: str = noted("computed from morphology and topography", system="ICCC-3 (IARC 2017)")
    stage_system: str | None = noted("must fit the tumour", system="local", default=None)
    stage_value: str | None = noted("stage value", default=None)
    risk_group: Literal["low", "standard", "intermediate", "high", "very_high"] | None = noted(
        "risk group", system="local", default=None
    )
    metastatic: bool = noted("metastatic")
    metastasis_sites: tuple[Topography, ...] = noted(
        ">=1 iff metastatic", system="ICD-O-3 topography", default=()
    )
    genetic_disease: bool = noted("genetic disease")
    genetic_disease_name: str | None = noted("iff genetic_disease", default=None)
    genetic_markers: str | None = noted("fusion, amplification, karyotype", default=None)
    immunophenotype: str | None = noted("leukaemia/lymphoma only", default=None)
    prosthesis_placed: bool = noted("prosthesis placed")
    prosthesis_type: Literal["internal", "external", "internal_and_external"] | None = noted(
        "iff placed", system="PCSP local", default=None
    )
    prosthesis_site: str | None = noted("iff placed", default=None)
    prosthesis_present: bool | None = noted("iff placed", default=None)
    second_tumour: SecondTumour | None = noted("how it relates to the first tumour", default=None)
