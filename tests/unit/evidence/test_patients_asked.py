"""Whom a question is about, and which statements are for them."""

from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.population import parse_population
from fuente.evidence.patients_asked import patients_asked

EN, ES = Language.ENGLISH, Language.SPANISH


@pytest.mark.parametrize(
    ("question", "language", "stated", "is_excluded", "closeness"),
    [
        ("Dose for a 4-year-old?", EN, "3-8 years", False, 1),
        ("Dose for a 4-year-old?", EN, "5-12 years", True, 0),
        ("Dose for a 3-year-old?", EN, "3 years and older", False, 1),
        ("Dose in children under 5 years?", EN, "age 5-12 years", True, 0),
        ("Dosis en mayores de 70 años", ES, "mayores de 70 años", False, 1),
        ("Dosis en mayores de 75 años", ES, "mayores de 80 años", False, 0),
        ("Dose for a child of 10-15.9 kg", EN, "5-15 kg", False, 0),
        ("Dose for a child of 10-15.9 kg", EN, "16-30 kg", True, 0),
        ("Dose for a child of 8 kg", EN, "no bound at all", False, 0),
        ("Dosis para un niño de 8 kg", ES, "5-10 kg", False, 1),
        ("Dose every day for 2 years", EN, "under 12 months", False, 0),
        ("Dose of vincristine?", EN, "under 12 months", False, 0),
    ],
)
def test_patients(question, language, stated, is_excluded, closeness):
    """A statement for other ages or weights is excluded; one for just these is close."""
    asked, population = patients_asked(question, language), parse_population(stated, language)

    assert asked.excludes(population) is is_excluded
    assert asked.closeness(population) == closeness


def test_an_age_is_read_in_months():
    """Ages of questions and of statements are compared in one unit."""
    age = patients_asked("Dose for an 18-month-old", EN).age

    assert age is not None
    assert age.low == Decimal(18)
