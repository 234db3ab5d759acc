"""Routes, timing words and names of combinations."""

from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.acronyms import find_acronyms
from fuente.dosing.remainder import Remainder
from fuente.dosing.routes import find_route
from fuente.dosing.timing_words import take_timing


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("IV", "IV"),
        ("i.v.", "IV"),
        ("EV em bolo", "IV"),
        ("intravenoso", "IV"),
        ("endovenosa", "IV"),
        ("v.o.", "PO"),
        ("by mouth", "PO"),
        ("oral", "PO"),
        ("vía oral", "PO"),
        ("IT", "IT"),
        ("intratecal", "IT"),
        ("TIT", "IT"),
        ("i.m.", "IM"),
        ("SC", "SC"),
        ("subcutáneo", "SC"),
        ("intra-arterial", "IA"),
        ("intravitreal", "intravitreal"),
        ("IV or PO", "IV"),
    ],
)
def test_route(text, route):
    """Short forms and words of three languages."""
    assert find_route(text.replace("í", "i").replace("á", "a")) == route


@pytest.mark.parametrize("text", ["give it daily", "stage IV disease", "estadio IV", "day 1", ""])
def test_no_route(text):
    """The pronoun and the stage are no routes."""
    assert find_route(text) is None


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("q12h", {"interval_h": Decimal(12)}),
        ("cada 6 horas", {"interval_h": Decimal(6)}),
        ("de 12 em 12 horas", {"interval_h": Decimal(12)}),
        ("8/8h", {"interval_h": Decimal(8)}),
        ("bid", {"times_per_day": 2}),
        ("tres veces al dia", {"times_per_day": 3}),
        ("3 vezes ao dia", {"times_per_day": 3}),
        ("once daily", {"per": "day"}),
        ("weekly", {"interval_days": 7}),
        ("semanal", {"interval_days": 7}),
        ("every other day", {"interval_days": 2}),
        ("q3w", {"cycle_length_days": 21}),
        ("cada 28 dias", {"cycle_length_days": 28}),
        ("a cada 6 semanas", {"cycle_length_days": 42}),
        ("6 ciclos de 21 dias", {"n_cycles": 6, "cycle_length_days": 21}),
        ("of each 28-day cycle", {"cycle_length_days": 28}),
        ("3 times per week", {"doses_per_week": 3}),
        ("mon/wed/fri", {"doses_per_week": 3}),
        ("lunes y jueves", {"doses_per_week": 2}),
        ("de segunda a sexta", {"days_per_week": 5}),
        ("for 6 weeks", {"n_weeks": 6}),
        ("14/7", {"n_days": 14}),
        ("over 30 minutes", {"infusion_h": Decimal("0.5")}),
        ("en infusion de 24 horas", {"infusion_h": Decimal(24)}),
        ("as a 1-hour infusion", {"infusion_h": Decimal(1)}),
        ("starting at hour 24", {"start_hour": Decimal(24)}),
        ("a partir de la hora 42", {"start_hour": Decimal(42)}),
        ("24 hours after the start", {"start_hour": Decimal(24)}),
        ("desde el dia 6", {"start_day": 6}),
        ("from day -1", {"start_day": -1}),
        ("descenso en 9 dias", {"taper_days": 9}),
        ("taper over 2 weeks", {"taper_days": 14}),
        ("16 dosis", {"n_doses": 16}),
        ("dosis unica", {"n_doses": 1, "per": "dose"}),
        ("starts 4 weeks after radiotherapy", {}),
    ],
)
def test_timing(words, stated):
    """One wording states one thing and its words are taken out of the phrase."""
    rest = Remainder(words)
    marks = ("divided", "spread", "daily")

    found = take_timing(rest, Language.SPANISH)

    assert {key: value for key, value in found.items() if key not in marks} == stated
    assert not stated or "§" in rest.words


def test_the_first_statement_of_a_kind_stays():
    """A later wording of the same kind does not replace the earlier one."""
    assert take_timing(Remainder("q6h, then q12h"), None)["interval_h"] == 6


def test_combinations_are_named_in_capitals():
    """A combination stands for its drugs; two joined by a slash are one name."""
    (mention,) = find_acronyms("VDC/IE every 14 days")

    assert mention.name == "VDC/IE"
    assert mention.drugs == (
        "vincristine",
        "doxorubicin",
        "cyclophosphamide",
        "ifosfamide",
        "etoposide",
    )


@pytest.mark.parametrize("text", ["ice cream", "map of the ward", "beam", "MAPLE", "x-ICE"])
def test_ordinary_words_are_no_combinations(text):
    """Small letters and longer words name none."""
    assert find_acronyms(text) == ()
