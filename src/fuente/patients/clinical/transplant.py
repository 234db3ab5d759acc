"""Stem cell transplants with their conditioning. Field names are those of the record."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from fuente.patients.clinical.part import CitationId, Part, noted


class ConditioningDose(Part):
    """One drug of the conditioning with its cited dose."""

    drug_inn: str = noted("international nonproprietary name in English", system="INN")
    value: Decimal = noted("dose per administration as the cited document states it")
    value_unit: str = noted("unit of value", system="UCUM")
    days: tuple[int, ...] = noted("days before the infusion, negative; day 0 is the infusion")
    citation_id: CitationId = noted("citation of the dose")


class Hsct(Part):
    """One haematopoietic stem cell transplant."""

    number: int = noted("1 is the first transplant")
    date: dt.date = noted("infusion day 0")
    type: Literal["autologous", "allogeneic", "syngeneic"] = noted(
        "type", system="SNOMED CT 53088000/50223000"
    )
    blood_group_before: Literal["A", "B", "AB", "O"] = noted(
        "blood group before", system="LOINC 883-9 / LL2419-1"
    )
    rh_before: Literal["positive", "negative"] = noted("rh before", system="LOINC 10331-7")
    blood_group_after: Literal["A", "B", "AB", "O"] = noted(
        "blood group after", system="LOINC 883-9"
    )
    rh_after: Literal["positive", "negative"] = noted("rh after", system="LOINC 10331-7")
    donor_type: (
        Literal[
            "self",
            "matched_related",
            "matched_unrelated",
            "mismatched_related",
            "mismatched_unrelated",
            "haploidentical",
            "cord_unrelated",
        ]
        | None
    ) = noted("allogeneic only; 'self' for autologous", system="PCSP", default=None)
    donor_relationship: (
        Literal["self", "sibling", "mother", "father", "other_relative", "unrelated"] | None
    ) = noted("must agree with donor_type", system="local", default=None)
    donor_sex: Literal["male", "female"] | None = noted("donor sex", default=None)
    donor_blood_group: Literal["A", "B", "AB", "O"] | None = noted("allogeneic", default=None)
    conditioning_intensity: Literal["myeloablative", "reduced"] = noted("intensity", system="local")
    cell_source: Literal["PBSC", "bone_marrow", "cord"] = noted("cell source", system="PCSP")
    cd34_dose: Decimal | None = noted(
        ">=2 autologous PBSC", unit="10*6/kg", system="UCUM", default=None
    )
    cd34_dose_unit: str | None = noted("unit of cd34 dose", system="UCUM", default=None)
    conditioning: tuple[ConditioningDose, ...] = noted("conditioning drugs and doses")
    tbi_gy: Decimal | None = noted("also a radiotherapy row", unit="Gy", default=None)
    gvhd: bool = noted("false for autologous")
    gvhd_acute_grade: Literal["0", "I", "II", "III", "IV"] | None = noted(
        "iff acute GVHD", system="Glucksberg", default=None
    )
    gvhd_acute_onset: dt.date | None = noted("<= day +100", default=None)
    gvhd_chronic_grade: Literal["none", "limited", "extensive"] | None = noted(
        "onset > day +90", system="Shulman", default=None
    )
    gvhd_organs: tuple[str, ...] = noted("iff gvhd", system="SNOMED CT", default=())
    immunosuppression: bool = noted("mandatory true for allogeneic")
    immunosuppressants: tuple[str, ...] = noted(
        "iff immunosuppression", system="ATC L04", default=()
    )
    immunosuppression_end: dt.date | None = noted("immunosuppression end", default=None)
