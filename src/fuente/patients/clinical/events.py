"""What else happened, and where the patient stands. Field names are those of the record."""

import datetime as dt
from typing import Literal

from fuente.patients.clinical.part import Part, Topography, noted


class Relapse(Part):
    """One relapse or progression."""

    number: int = noted("1 is the first relapse")
    date: dt.date = noted("date")
    kind: Literal["relapse", "progression"] = noted("kind", system="PCSP")
    timing: Literal["during_first_line", "after_end_of_treatment"] = noted("timing")
    extent: Literal["local", "distant", "combined"] = noted(
        "extent", system="SNOMED CT 255470001/261007001/89780004"
    )
    sites: tuple[Topography, ...] = noted("distant/combined only", system="ICD-O-3", default=())
    salvage_line: int | None = noted("salvage line", default=None)


class Other(Part):
    """Toxicity, catheter, fertility preservation, transfusions and late effects."""

    toxicity: bool = noted("severe treatment toxicity (CTCAE grade 3 or more)")
    toxicity_date: dt.date | None = noted("iff toxicity", default=None)
    toxicity_description: str | None = noted("iff toxicity", default=None)
    toxicity_grade: Literal["3", "4", "5"] | None = noted(
        "toxicity grade", system="CTCAE v5", default=None
    )
    toxicity_outcome: (
        Literal["resolved", "resolving", "sequelae", "not_resolved", "fatal"] | None
    ) = noted("iff toxicity", system="local", default=None)
    catheter: bool = noted("catheter")
    catheter_type: (
        Literal["port-a-cath", "Hickman-Broviac", "PICC", "umbilical", "other"] | None
    ) = noted("iff catheter", system="local", default=None)
    catheter_vein: (
        Literal[
            "right_internal_jugular", "left_internal_jugular", "subclavian", "femoral", "basilic"
        ]
        | None
    ) = noted("catheter vein", system="SNOMED CT", default=None)
    catheter_present: bool | None = noted("iff catheter", default=None)
    catheter_complications: bool | None = noted("iff catheter", default=None)
    catheter_complication_list: tuple[str, ...] = noted(
        "iff complications", system="SNOMED CT 439127006...", default=()
    )
    fertility_preservation: bool = noted("fertility preservation")
    fertility_method: (
        Literal[
            "sperm_cryopreservation",
            "testicular_tissue",
            "ovarian_tissue",
            "oocyte",
            "ovarian_transposition",
        ]
        | None
    ) = noted(
        "must match sex and puberty", system="SNOMED CT 88094004 (cryopreservation)", default=None
    )
    fertility_date: dt.date | None = noted("iff preservation", default=None)
    fertility_hospital: str | None = noted("iff preservation", default=None)
    transfusions: bool = noted("transfusions")
    transfusion_count: int | None = noted("iff transfusions", default=None)
    transfusions_over_10: bool | None = noted(
        "more than ten; exactly ten is avoided (rule OTH-07)", default=None
    )
    last_transfusion_date: dt.date | None = noted("last transfusion date", default=None)
    hypogonadism: bool | None = noted(
        "optional PCSP extras", system="SNOMED CT 48130008", default=None
    )
    growth_hormone_deficiency: bool | None = noted(
        "growth hormone deficiency", system="SNOMED CT 397827003", default=None
    )
    hydrocephalus: bool | None = noted(
        "true implies shunt or ETV considered", system="SNOMED CT 230745008", default=None
    )
    sinusoidal_obstruction: bool | None = noted(
        "typical after dactinomycin/BuMel", system="SNOMED CT 65617004", default=None
    )


class Outcome(Part):
    """Where the patient stands at last contact."""

    status: Literal["alive_no_disease", "alive_with_disease", "dead_of_disease", "dead_other"] = (
        noted("status", system="local")
    )
    date_last_contact: dt.date = noted("date last contact")
