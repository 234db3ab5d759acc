"""For whom a statement holds, from headings, cells and conditions."""

from dataclasses import fields
from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.bounds import find_bounds
from fuente.dosing.population import parse_bands, parse_population
from fuente.dosing.reference import Population


def stated(text: str, language: Language | None = None) -> dict[str, object]:
    """Give what a population states, without its words and what it leaves open."""
    population = parse_population(text, language)
    assert population is not None, text
    values = {one.name: getattr(population, one.name) for one in fields(population)}
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if name != "text" and value not in (None, False, frozenset())
    }


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("<1 year", None, 12),
        ("< 1 año", None, 12),
        ("<1 a", None, 12),
        ("1-<2 years", 12, 24),
        ("1-2 años", 12, 24),
        ("1-1.99 y", 12, 24),
        ("2-2.99 years", 24, 36),
        ("3 a 8,99 años", 36, 108),
        (">=3 years", 36, None),
        ("≥ 3 años", 36, None),
        ("≥ 9 anos", 108, None),
        ("from 3 years", 36, None),
        ("3 years and over", 36, None),
        ("3+ years", 36, None),
        ("3 años o más", 36, None),
        ("mayores de 3 años", 36, None),
        ("menores de 1 año", None, 12),
        ("crianças menores de 3 anos", None, 36),
        ("< 6 meses", None, 6),
        ("6-<12 mo", 6, 12),
        ("6 months to 2 years", 6, 24),
        ("between 1 and 2 years", 12, 24),
        ("de 1 a 3 años", 12, 36),
        ("under 12 months", None, 12),
        ("Infants", None, 12),
        ("lactantes", None, 12),
    ],
)
def test_ages(text, low, high):
    """Ages become half-open intervals in months."""
    population = parse_population(text)

    assert population is not None
    assert (population.age_months_min, population.age_months_max) == (low, high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<9 kg", {"weight_kg_max": 9}),
        ("9-<16 kg", {"weight_kg_min": 9, "weight_kg_max": 16}),
        ("16-23 kg", {"weight_kg_min": 16, "weight_kg_max": 23, "weight_max_inclusive": True}),
        (
            ">23-34 kg",
            {
                "weight_kg_min": 23,
                "weight_kg_max": 34,
                "weight_min_exclusive": True,
                "weight_max_inclusive": True,
            },
        ),
        (">34 kg", {"weight_kg_min": 34, "weight_min_exclusive": True}),
        ("below 10 kg", {"weight_kg_max": 10}),
        ("<=0.5 m2", {"bsa_m2_max": 0.5, "bsa_max_inclusive": True}),
        (
            ">0.5-1.0 m2",
            {
                "bsa_m2_min": 0.5,
                "bsa_m2_max": 1.0,
                "bsa_min_exclusive": True,
                "bsa_max_inclusive": True,
            },
        ),
    ],
)
def test_sizes(text, expected):
    """Weights and surfaces keep which ends belong to the band."""
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Metastatic disease", {"metastatic": True}),
        ("enfermedad metastásica", {"metastatic": True}),
        ("Standard risk", {"risk_groups": frozenset({"standard"})}),
        ("riesgo alto", {"risk_groups": frozenset({"high"})}),
        ("muito alto risco", None),
        ("risco intermediário", {"risk_groups": frozenset({"intermediate"})}),
        ("very high risk", {"risk_groups": frozenset({"very_high"})}),
        ("standard and high risk", {"risk_groups": frozenset({"standard", "high"})}),
        ("riesgo bajo e intermedio", {"risk_groups": frozenset({"low", "intermediate"})}),
        (
            "High risk, metastatic, >= 18 months",
            {"risk_groups": frozenset({"high"}), "metastatic": True, "age_months_min": 18},
        ),
    ],
)
def test_groups(text, expected):
    """Extent of disease and risk groups use the record's words."""
    if expected is not None:
        assert stated(text) == expected


@pytest.mark.parametrize("text", ["Localised disease", "enfermedad localizada", "no metastásica"])
def test_not_metastatic(text):
    """Localised disease excludes metastases, which is more than not mentioning them."""
    population = parse_population(text)

    assert population is not None
    assert population.metastatic is False


@pytest.mark.parametrize(
    "text", ["Maximum", "Vincristine 1.5 mg/m2 days 1-5", "10 mg", "Protocol M", "2 y 3", ""]
)
def test_no_population(text):
    """Words that bound nobody give none."""
    assert parse_population(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Infants under 12 months or below 10 kg",
        "menores de 12 meses o con peso inferior a 10 kg",
        "menores de 12 meses ou < 10 kg",
    ],
)
def test_alternatives(text):
    """Bounds joined by "or" admit whoever meets one of them."""
    population = parse_population(text)

    assert population is not None
    assert population.either
    assert population.admits(Decimal(14), Decimal(9), Decimal("0.45"))
    assert population.admits(Decimal(11), Decimal(11), Decimal("0.5"))
    assert not population.admits(Decimal(14), Decimal(11), Decimal("0.5"))


def test_bounds_without_or_must_all_hold():
    """Age and weight side by side bound together."""
    population = parse_population("< 12 months, < 10 kg")

    assert population is not None
    assert not population.admits(Decimal(14), Decimal(9), Decimal("0.45"))


def test_everyone():
    """A population without bounds admits every body."""
    assert Population().admits(Decimal(0), Decimal(3), Decimal("0.2"))


def test_neighbouring_bands_settle_their_ends():
    """`3-8 y` before `>=9 y` runs up to nine; `1-2` before `2-3` ends at two."""
    bands = parse_bands(["<1 y", "1-2 y", "2-3 y", "3-8 y", ">=9 y"])

    assert [band.age_months_max for band in bands if band] == [12, 24, 36, 108, None]


def test_neighbouring_weights_settle_their_ends():
    """A limit belongs to the lower band exactly when the next one excludes it."""
    bands = parse_bands(["<9 kg", "9-16 kg", "16-23 kg", ">23-34 kg", ">34 kg"])

    assert [band.weight_max_inclusive for band in bands if band] == [
        False,
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("< 1 año", "<1 y"),
        ("1-<2 years", "1-<2 y"),
        ("mayores de 3 años", ">3 y"),
        ("≥3 a", ">=3 y"),
        (">23-34 kg", ">23-34 kg"),
        ("<=0,5 m2", "<=0.5 m2"),
        ("hasta 6 meses", "<=6 mo"),
    ],
)
def test_one_spelling(text, canonical):
    """A bound is written in one way whatever was printed."""
    (bound,) = find_bounds(text.lower().replace("ñ", "n"), Language.SPANISH)

    assert bound.canonical() == canonical
