"""Amounts in running text and the part each plays."""

from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.amounts import AmountRole, find_amounts
from fuente.dosing.plain_text import plain

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE


def found(text: str, language: Language = EN) -> list[tuple[str, str | None, str, str]]:
    """Give value, upper value, unit and role of every amount of a printed text."""
    return [
        (
            format(amount.value.normalize(), "f"),
            format(amount.value_max.normalize(), "f") if amount.value_max else None,
            amount.unit,
            amount.role.value,
        )
        for amount in find_amounts(plain(text).text.lower(), language)
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1.5 mg/m2", EN, ("1.5", None, "mg/m2", "dose")),
        ("0.8-1.2 mg/kg", EN, ("0.8", "1.2", "mg/kg", "dose")),
        ("0.8 mg/kg to 1.2 mg/kg", EN, ("0.8", "1.2", "mg/kg", "dose")),
        ("100 mg/m2 - 12 g/m2", EN, ("100", "12000", "mg/m2", "dose")),
        ("entre 0,8 y 1,2 mg/kg", ES, ("0.8", "1.2", "mg/kg", "dose")),
        ("6 MUI/m2", ES, ("6000000", None, "[iU]/m2", "dose")),
        ("3-6 million IU/m2", EN, ("3000000", "6000000", "[iU]/m2", "dose")),
        ("3 x 10^6 IU/m2", EN, ("3000000", None, "[iU]/m2", "dose")),
        ("5.000 mg/m2", ES, ("5000", None, "mg/m2", "dose")),
        ("5.000 mg/m2", EN, ("5", None, "mg/m2", "dose")),
        ("10 000 IU/m2", EN, ("10000", None, "[iU]/m2", "dose")),
        ("1, 5 mg/m2", PT, ("1.5", None, "mg/m2", "dose")),
        ("days 1, 8 500 mg/m2", EN, ("500", None, "mg/m2", "dose")),
        ("VP-16 150 mg/m2", EN, ("150", None, "mg/m2", "dose")),
        ("Ru-106, 40 Gy", EN, ("40", None, "Gy", "dose")),
        ("1500mg/m-2day-1", EN, ("1500", None, "mg/m2", "dose")),
        ("AUC of 4 mg/mL.min", EN, ("4", None, "mg.min/mL", "dose")),
        ("AUC 5-7", EN, ("5", "7", "mg.min/mL", "dose")),
        ("ABC 6", ES, ("6", None, "mg.min/mL", "dose")),
        ("max 2 mg", EN, ("2", None, "mg", "cap")),
        ("(2 mg max)", EN, ("2", None, "mg", "cap")),
        ("not to exceed a single dose of 2 mg", EN, ("2", None, "mg", "cap")),
        ("sin superar 20 g", ES, ("20", None, "g", "cap")),
        ("dosis máxima diaria: 60 mg", ES, ("60", None, "mg", "cap")),
        ("cumulative dose 450 mg/m2", EN, ("450", None, "mg/m2", "cumulative")),
        ("450 mg/m2 de dosis acumulada", ES, ("450", None, "mg/m2", "cumulative")),
        ("(total 75 mg/m2 per cycle)", EN, ("75", None, "mg/m2", "total")),
    ],
)
def test_one_amount(text, language, expected):
    """Value, range, unit and role."""
    assert found(text, language) == [expected]


def test_a_dose_and_its_cap():
    """The word before the second amount says what the second is, not what the first is."""
    roles = [amount[3] for amount in found("12 g/m2 (maximum dose 20 g) over 4 hours")]

    assert roles == ["dose", "cap"]


def test_the_same_dose_in_another_unit():
    """A second unit in brackets states the same dose again."""
    assert [amount[3] for amount in found("444 MBq/kg (12 mCi/kg)")] == ["dose", "alternative"]


def test_a_bare_cap_is_counted_like_the_dose():
    """`max 600` after `mg/m2` is 600 mg."""
    assert found("340 mg/m2/day (max 600)")[1] == ("600", None, "mg", "cap")


@pytest.mark.parametrize("text", ["1.2.3 mg", "12.03.2024 mg", "mg", "5 days", "10 kg", "3 years"])
def test_no_amount(text):
    """Dates, versions, body sizes and ages are no amounts."""
    assert found(text) == []


def test_letters_taken_for_digits_are_marked():
    """A repaired number says so."""
    (amount,) = find_amounts("l.5 mg/m2", EN)

    assert (amount.value, amount.slipped, amount.role) == (Decimal("1.5"), True, AmountRole.DOSE)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("5000iu/m2", "5000", "[iU]/m2"), ("100,000iu", "100000", "[iU]")],
)
def test_the_i_of_a_glued_unit_is_no_digit(text, value, unit):
    """International units printed against their number are read as units."""
    assert found(text) == [(value, None, unit, "dose")]


def test_amounts_point_into_the_words():
    """The offsets cut the number and its unit."""
    words = "vincristine 1.5 mg/m2 and prednisone 60 mg/m2/day"

    assert [words[a.start : a.end] for a in find_amounts(words, EN)] == [
        "1.5 mg/m2",
        "60 mg/m2/day",
    ]


def test_the_last_letter_of_a_drug_joins_no_two_amounts():
    """`10 mg etoposide 150 mg/m2` is two amounts: its `e` is no Portuguese `and`."""
    assert found("max 10 mg etoposide 150 mg/m2") == [
        ("10", None, "mg", "cap"),
        ("150", None, "mg/m2", "dose"),
    ]
