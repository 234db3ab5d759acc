"""Systemic treatment: lines, courses, administrations and what they add up to.

Field names are those of the record.
"""

import datetime as dt
from decimal import Decimal
from typing import Literal

from fuente.patients.clinical.part import AtcCode, CitationId, Part, noted


class TreatmentLine(Part):
    """One line of treatment under one protocol."""

    line_number: int = noted("line number")
    intent: Literal["curative", "palliative", "salvage"] = noted(
        "intent", system="SNOMED CT 373808002/363676003"
    )
    protocol_name: str = noted("must match a cited document")
    protocol_type: Literal["trial_protocol", "personalised", "guideline"] = noted(
        "protocol type", system="PCSP"
    )
    start_date: dt.date = noted("start date")
    end_date: dt.date | None = noted("absent while on treatment", default=None)
    remission: Literal["complete", "partial", "stable", "progressive", "unknown"] = noted(
        "remission", system="local"
    )


class ChemoAdministration(Part):
    """One dated giving of one drug, recomputed from the cited dose."""

    date: dt.date = noted("one row per administration")
    drug_inn: str = noted("international nonproprietary name in English", system="INN")
    atc: AtcCode = noted("ATC code of the drug", system="WHO ATC")
    prescribed_value: Decimal = noted("as the cited document states it")
    prescribed_unit: str = noted("prescribed unit", system="UCUM")
    dose_administered: Decimal = noted("recomputed, never free text", system="UCUM")
    dose_administered_unit: str = noted("unit of dose administered", system="UCUM")
    bsa_used: Decimal | None = noted("iff the unit is per m2", unit="m2", default=None)
    weight_used: Decimal | None = noted("iff the unit is per kg", unit="kg", default=None)
    cap_applied: bool = noted("cap applied")
    dose_reduction_percent: int | None = noted("with reason", unit="%", default=None)
    route: Literal["20045000", "20053000", "20042000", "20066000", "20035000", "intra-arterial"] = (
        noted("route of administration; intra-arterial has no confirmed code", system="EDQM")
    )
    phase: str | None = noted("phase of the protocol as printed", default=None)
    cycle: int | None = noted("cycle", default=None)
    day: int | None = noted("day", default=None)
    infusion_hours: Decimal | None = noted("infusion hours", unit="h", default=None)
    citation_id: CitationId = noted("citation of the prescribed dose")


class CumulativeDose(Part):
    """The total of one drug over a course, per body surface."""

    drug_inn: str = noted("drug inn")
    value: Decimal = noted("PCSP allows mg/m2, g/m2, UI/m2 only", system="UCUM")
    value_unit: str = noted("unit of value", system="UCUM")
    method: Literal["calculated", "estimated"] = noted(
        "must equal the sum of administrations", system="PCSP"
    )


class Chemotherapy(Part):
    """One course of chemotherapy with every administration."""

    relates_to_diagnosis: int = noted("relates to diagnosis")
    line_number: int = noted("line number")
    start_date: dt.date = noted("start date")
    end_date: dt.date = noted("end date")
    institution: str | None = noted("treating hospital, fictitious", default=None)
    administrations: tuple[ChemoAdministration, ...] = noted("every dated giving")
    cumulative_doses: tuple[CumulativeDose, ...] = noted("totals by drug", default=())


class Intrathecal(Part):
    """Summary of the intrathecal injections."""

    given: bool = noted("given")
    injections: int | None = noted("iff given, >=1", default=None)
    drugs: tuple[str, ...] = noted("iff given", default=())
    triple: bool | None = noted("true iff >=3 drugs in the same injection", default=None)
    doses_mg: tuple[Decimal, ...] = noted("doses mg", unit="mg", default=())


class Corticosteroid(Part):
    """Whether corticosteroids were given for more than four weeks."""

    over_4_weeks: bool = noted("continuous exposure incl. taper >28 days")
    drug_inn: str | None = noted("iff over_4_weeks", system="ATC H02", default=None)
    start_date: dt.date | None = noted("start date", default=None)
    end_date: dt.date | None = noted("end date", default=None)
    daily_dose: Decimal | None = noted("daily dose", unit="mg/m2", default=None)
    daily_dose_unit: str | None = noted("unit of daily dose", system="UCUM", default=None)
    indication: (
        Literal["leukaemia", "lymphoma", "LCH", "GVHD", "cerebral_oedema", "other"] | None
    ) = noted("indication", system="local", default=None)
