"""The person: sex and birth drawn to fit request and tumour; the identity is invented."""

from decimal import Decimal
from typing import Any, Final

from fuente.generation.case import DAYS_PER_YEAR, Case, age_years, plus, years_before
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.patients import anatomy
from fuente.patients.diagnosis import Diagnosis
from fuente.patients.identity import draw_identity
from fuente.quantities.growth import Sex

_OUTCOME_STATUS: Final = {
    "alive_no_disease": "alive",
    "alive_with_disease": "alive",
    "dead_of_disease": "dead",
    "dead_other": "dead",
}
# Mean length of a month in days, for ages asked for in months.
_MONTH: Final = DAYS_PER_YEAR / 12
# Follow-up added to the age at diagnosis when no age is asked for, in years.
_FOLLOW_UP: Final = 3


def draw_sex(case: Case, entry: Diagnosis) -> Leaf:
    """The sex: as requested, fixed by the tumour, or drawn by its share of boys."""
    if case.request.sex is not None:
        return derived(case.request.sex, "as requested")
    if entry.sex is not None:
        return derived(entry.sex, "the tumour occurs in one sex")
    asked = case.request.diagnosis.topography if case.request.diagnosis else None
    if asked is not None and (only := anatomy.site(asked).sex) is not None:
        return derived(only, "the site asked for belongs to one sex")
    male = case.draws.boolean("sex", Decimal(entry.percent_male) / 100)
    return sampled("male" if male else "female", f"male {entry.percent_male} percent")


def draw_birth(case: Case, entry: Diagnosis, oldest_needed: int) -> Leaf:
    """A birth date that gives the age asked for on the reference date.

    When none is asked for, the patient is at least `oldest_needed` days old, so that the planned
    course fits between the youngest age of the tumour and today.
    """
    request = case.request
    if request.age_months is not None:
        youngest = int(request.age_months * _MONTH) + 1
        days = case.draws.integer("birth", youngest, youngest + 28)
        return sampled(plus(case.as_of, -days), f"{request.age_months} months old, uniform day")
    years = request.age_years if request.age_years is not None else _age(case, entry, oldest_needed)
    first = plus(years_before(case.as_of, years + 1), 1)
    # A child who is barely old enough for the course was born as early as the age allows.
    last = min(years_before(case.as_of, years), plus(case.as_of, -oldest_needed))
    days = case.draws.integer("birth", 0, max(0, (last - first).days))
    return sampled(plus(first, days), f"{years} years old on the reference date, uniform day")


def demographics(case: Case, sex: Leaf, birth: Leaf, outcome: dict[str, Any]) -> dict[str, Any]:
    """The demographics block."""
    gender: Sex = sex.value
    years = age_years(birth.value, case.as_of)
    identity = draw_identity(case.draws, gender, years)
    how = "drawn from invented identities"
    return {
        "given_name": sampled(identity.given_name, how),
        "family_name_1": sampled(identity.family_name_1, how),
        "family_name_2": sampled(identity.family_name_2, how) if identity.family_name_2 else None,
        "birth_date": birth,
        "sex": sex,
        "phone": sampled(identity.phone, "reserved range +34 75 to 79"),
        "email": sampled(identity.email, "reserved domain"),
        "email_owner": derived(identity.email_owner, "by age"),
        "sip_number": sampled(identity.sip_number, how),
        "nhc": sampled(identity.nhc, how),
        "address": {
            "street": sampled(identity.address.street, how),
            "postal_code": sampled(identity.address.postal_code, "53000 to 99999"),
            "city": sampled(identity.address.city, how),
        },
        "vital_status": derived(
            _OUTCOME_STATUS[outcome["status"].value], "by outcome", outcome["status"]
        ),
        "last_follow_up_date": derived(
            outcome["date_last_contact"].value, "last contact", outcome["date_last_contact"]
        ),
    }


def _age(case: Case, entry: Diagnosis, oldest_needed: int) -> int:
    """Age today when none is asked for: around the tumour's peak, plus some follow-up."""
    low, high = entry.age.peak_from, entry.age.peak_to
    at_diagnosis = case.draws.uniform("age_at_diagnosis", low, high + Decimal("0.01"))
    follow_up = case.draws.uniform("follow_up", Decimal("0.5"), Decimal(_FOLLOW_UP))
    oldest = int(entry.age.maximum) + _FOLLOW_UP
    needed = int(oldest_needed / DAYS_PER_YEAR) + 1
    return max(min(int(at_diagnosis + follow_up), oldest, 20), needed)
