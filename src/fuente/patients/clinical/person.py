"""The person: identity and body size. Field names are those of the record."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from fuente.patients.clinical.part import Part, noted


class Address(Part):
    """An invented address; its postal code is outside the Spanish range."""

    street: str = noted("invented street and number")
    postal_code: str = noted("53000-99999: unused in Spain")
    city: str = noted("invented town")


class Demographics(Part):
    """Who the fictitious patient is."""

    given_name: str = noted("given name, fictitious")
    family_name_1: str = noted("first family name, fictitious")
    family_name_2: str | None = noted("second family name; may be absent", default=None)
    birth_date: dt.date = noted("date of birth", system="LOINC 21112-8")
    sex: Literal["male", "female", "other", "unknown"] = noted(
        "sex", system="FHIR AdministrativeGender"
    )
    phone: str = noted("from a reserved range of numbers (rule ID-05)")
    email: str = noted("in a reserved domain (rule ID-04)")
    email_owner: Literal["patient", "mother", "father", "legal_guardian"] = noted(
        "< 14 y: parent or guardian", system="local"
    )
    sip_number: str = noted("health card number, fictitious")
    nhc: str = noted("hospital record number, fictitious")
    national_id: str | None = noted(
        "default absent; only with a wrong control letter", default=None
    )
    address: Address | None = noted("invented; the postal code is unused in Spain", default=None)
    vital_status: Literal["alive", "dead", "lost_to_follow_up"] = noted(
        "vital status", system="local"
    )
    death_date: dt.date | None = noted("date of death; present if and only if dead", default=None)
    last_follow_up_date: dt.date | None = noted("last follow up date", default=None)


class Anthropometry(Part):
    """One measurement of size; the body surface follows from it."""

    measured_on: dt.date = noted("date of the measurement")
    height_cm: Decimal = noted("height, one decimal", unit="cm", system="LOINC 8302-2")
    weight_kg: Decimal = noted("weight, two decimals", unit="kg", system="LOINC 29463-7")
    bsa_m2: Decimal = noted("Mosteller, 2 decimals", unit="m2", system="LOINC 3140-1")
    gfr_ml_min: Decimal | None = noted(
        "required iff an AUC dose exists (raw or 1.73 m2-normalised flag)",
        unit="mL/min",
        system="LOINC code to be confirmed",
        default=None,
    )
