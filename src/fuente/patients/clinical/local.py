"""Local treatment: radiotherapy and surgery. Field names are those of the record."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from fuente.patients.clinical.part import CitationId, Part, noted


class Radiotherapy(Part):
    """One radiotherapy episode."""

    episode: int = noted("1 is the first episode")
    start_date: dt.date = noted("start date")
    end_date: dt.date = noted("equals start for single-fraction/metabolic")
    type: Literal["external_beam", "brachytherapy", "metabolic"] = noted(
        "type", system="SNOMED CT 33195004/152198000/399315003"
    )
    device: (
        Literal[
            "linac_mv", "linac_electrons", "cobalt", "orthovoltage", "proton", "other", "unknown"
        ]
        | None
    ) = noted("iff external_beam", system="PCSP", default=None)
    target_site: tuple[str, ...] = noted("one to five target sites", system="PCSP RT sites")
    laterality: Literal["right", "left", "bilateral", "midline"] | None = noted(
        "paired targets", default=None
    )
    total_dose: Decimal | None = noted(
        "external and brachytherapy only", unit="Gy", system="UCUM", default=None
    )
    total_dose_unit: str | None = noted("unit of total dose", system="UCUM", default=None)
    fractions: int | None = noted("external only", default=None)
    dose_per_fraction: Decimal | None = noted("total_dose / fractions", unit="Gy", default=None)
    dose_per_fraction_unit: str | None = noted(
        "unit of dose per fraction", system="UCUM", default=None
    )
    boost_given: bool = noted("boost given")
    boost_site: str | None = noted("iff boost, inside the target field", default=None)
    boost_dose: Decimal | None = noted("ADDITIONAL to total_dose", unit="Gy", default=None)
    boost_dose_unit: str | None = noted("unit of boost dose", system="UCUM", default=None)
    boost_fractions: int | None = noted("boost fractions", default=None)
    block_used: bool = noted("block used")
    block_site: str | None = noted("iff block, not the target itself", default=None)
    brachy_technique: (
        Literal["surface_plaque", "interstitial", "intracavitary", "intraluminal"] | None
    ) = noted("iff brachytherapy", system="PCSP", default=None)
    brachy_isotope: Literal["Ru-106", "I-125", "Ir-192", "Pd-103", "Au-198", "Cs-137"] | None = (
        noted("iff brachytherapy", system="SNOMED CT isotopes", default=None)
    )
    brachy_reference_point: Literal["tumour_apex", "5mm_depth", "applicator_surface"] | None = (
        noted("iff brachytherapy", default=None)
    )
    brachy_duration_h: Decimal | None = noted("iff brachytherapy", unit="h", default=None)
    radionuclide: Literal["I-131", "131I-MIBG", "177Lu-DOTATATE", "Y-90"] | None = noted(
        "iff metabolic", system="SNOMED CT", default=None
    )
    activity_mbq: Decimal | None = noted("iff metabolic", unit="MBq", system="UCUM", default=None)
    activity_per_kg: Decimal | None = noted("activity per kg", unit="MBq/kg", default=None)
    courses: int | None = noted("iff metabolic", default=None)
    relates_to_diagnosis: int = noted("number of the diagnosis treated")
    citation_id: CitationId | None = noted("citation of dose and fractions", default=None)
    intent: Literal["curative", "adjuvant", "palliative", "conditioning"] = noted("intent")


class Surgery(Part):
    """One operation."""

    number: int = noted("1 is the first operation")
    date: dt.date = noted("date")
    description: str = noted("paired organs: state the side")
    procedure: Literal[
        "resection",
        "nephrectomy",
        "enucleation",
        "craniotomy",
        "biopsy",
        "orchidectomy",
        "oophorectomy",
        "thyroidectomy",
        "hepatectomy",
        "adrenalectomy",
        "amputation",
        "limb_salvage",
        "thoracotomy_metastasectomy",
        "splenectomy",
        "shunt_placement",
        "gastrostomy",
        "colostomy",
        "port_insertion",
        "other",
    ] = noted("procedure", system="local")
    affected_organs: tuple[str, ...] = noted("affected organs", system="SNOMED CT")
    sacrificed_organs: tuple[str, ...] = noted(
        "'sacrificed' = removed or functionally lost", system="SNOMED CT", default=()
    )
    amputation: bool = noted("limb amputation only")
    shunt: bool = noted("shunt")
    shunt_type: (
        Literal[
            "ventriculoperitoneal",
            "ventriculoatrial",
            "subduroperitoneal",
            "third_ventriculostomy",
            "external_ventricular_drain",
            "other",
        ]
        | None
    ) = noted("iff shunt", system="PCSP shunt types", default=None)
    shunt_laterality: Literal["right", "left", "midline"] | None = noted(
        "shunt laterality", default=None
    )
    shunt_present: bool | None = noted("iff shunt", default=None)
    shunt_removal_date: dt.date | None = noted("iff removed", default=None)
    margins: Literal["R0", "R1", "R2", "not_applicable"] | None = noted(
        "margins", system="local", default=None
    )
    relates_to_diagnosis: int = noted("number of the diagnosis treated")
    citation_id: CitationId | None = noted(
        "citation of the operation's place in the protocol", default=None
    )
    prosthesis: Literal["none", "internal", "external"] | None = noted(
        "prosthesis", system="PCSP", default=None
    )
