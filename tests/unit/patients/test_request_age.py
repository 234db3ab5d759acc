"""Ages are told from durations, counts and ages at other events."""

from decimal import Decimal

import pytest

from fuente.patients.request_age import read_ages


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3-year-old", 3),
        ("3 yo", 3),
        ("3 y/o", 3),
        ("8y male", 8),
        ("aged seven", 7),
        ("age: 7.", 7),
        ("boy of 13", 13),
        ("nino de siete anos", 7),
        ("twenty-one year old", 21),
        ("paciente de veinte anos", 20),
        ("tres anos y medio", 3),
        ("10 years and 6 months", 10),
        ("toddler", 2),
        ("infants under one year", 0),
        ("lactante", 0),
        ("germinoma, 14, boy", 14),
        ("relapse 2 years after treatment in a 12-year-old", 12),
        ("5000 years old", 120),
    ],
)
def test_completed_years(text, years):
    """Present ages in digits and words, in both languages."""
    assert read_ages(text).years == years


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("8 meses", 8),
        ("18-month-old", 18),
        ("ano y medio", 18),
        ("newborn", 0),
        ("6 weeks old", 1),
        ("recien nacido", 0),
    ],
)
def test_months_of_the_youngest(text, months):
    """Infants' ages are kept in months."""
    ages = read_ages(text)
    assert ages.months == months
    assert ages.years is None


def test_many_months_are_years():
    """More than 36 months are given as years."""
    assert read_ages("48 months old").years == 4


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 5 and 8 years", 5, 8),
        ("aged 5-8", 5, 8),
        ("entre 5 y 8 anos", 5, 8),
        ("under 5 years", None, 5),
        ("mayores de 10 anos", 10, None),
        ("teenager", 13, 17),
        ("preescolar", 3, 5),
        ("under 18 months", None, Decimal("1.5")),
    ],
)
def test_ranges(text, low, high):
    """Ranges, limits and stages of life give bounds."""
    ages = read_ages(text)
    assert (ages.minimum, ages.maximum) == (low, high)
    assert ages.is_stated


@pytest.mark.parametrize(
    ("text", "years", "at_diagnosis"),
    [
        ("18-year-old, tumour at 13", 18, 13),
        ("18 anos, diagnosticada a los 5 anos", 18, 5),
        ("osteosarcoma at age 15, 20-year-old", 20, 15),
        ("wilms when he was 3, 9 years old", 9, 3),
        ("5 years, currently 9 years", 9, 5),
        ("second tumour at 14, 16 years, diagnosed at 4", 16, 4),
    ],
)
def test_the_age_at_diagnosis_is_another_age(text, years, at_diagnosis):
    """The present age and the age at first diagnosis are told apart."""
    ages = read_ages(text)
    assert (ages.years, ages.at_diagnosis) == (years, at_diagnosis)


@pytest.mark.parametrize(
    "text",
    [
        "recaida a los 2 anos de finalizar",
        "for 3 years",
        "durante 2 anos",
        "relapsed at age 10",
        "kmt2a",
        "neurofibromatosis tipo 1 y glioma",
        "3 cycles",
    ],
)
def test_durations_and_counts_are_no_ages(text):
    """Stretches of time, ages at other events and numbers in names are no present age."""
    assert not read_ages(text).is_stated


def test_two_present_ages_are_both_kept():
    """Two different ages mean two patients, for the checks to see."""
    assert len(read_ages("a 3-year-old and a 5-year-old").current) == 2


def test_adult_wording_counts_without_an_age():
    """`Adult` is out of scope unless an age is stated."""
    assert read_ages("an adult").adult_wording
    assert not read_ages("young adult of 19 years").adult_wording


def test_the_lowest_age_is_what_the_words_allow():
    """Months, years and bounds all give a least age in years."""
    assert read_ages("6 meses").lowest == Decimal("0.5")
    assert read_ages("over 30 years").lowest == 30
    assert read_ages("nothing").lowest is None
