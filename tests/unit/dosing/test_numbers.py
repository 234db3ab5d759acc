"""Printed numbers of three languages."""

from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.numbers import format_number, json_number, parse_count, parse_number

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.5", EN, "1.5"),
        ("1,200", EN, "1200"),
        ("12,000", EN, "12000"),
        ("1,200.5", EN, "1200.5"),
        ("1,000,000", EN, "1000000"),
        ("1,5", EN, "1.5"),
        ("1,25", EN, "1.25"),
        ("0,375", EN, "0.375"),
        ("1.500", EN, "1.500"),
        ("10 000", EN, "10000"),
        ("5.000", ES, "5000"),
        ("1.5", ES, "1.5"),
        ("0.375", ES, "0.375"),
        ("1,5", ES, "1.5"),
        ("37,5", PT, "37.5"),
        ("1.234,5", ES, "1234.5"),
        ("3.000.000", ES, "3000000"),
        ("12,000", ES, "12.000"),
        ("1, 5", PT, "1.5"),
        ("6, 0", PT, "6.0"),
        ("1 .5", EN, "1.5"),
        ("l.5", EN, "1.5"),
        ("1O0", EN, "100"),
        (".5", EN, "0.5"),
        ("1,200", None, "1200"),
    ],
)
def test_number(text, language, value):
    """The marks of each language are read as that language prints them."""
    assert parse_number(text, language) == Decimal(value)


@pytest.mark.parametrize("text", ["", "mg", "1.2.3", "1,2,3", "12.03.2024", "1-5", "--", "1.5,2"])
def test_not_a_number(text):
    """What is not one number is refused, never repaired into another."""
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text, EN)


@pytest.mark.parametrize(
    ("text", "count"), [("6", 6), ("two", 2), ("Tres", 3), ("duas", 2), ("twice", 2)]
)
def test_count(text, count):
    """Small counts may be words."""
    assert parse_count(text) == count


def test_not_a_count():
    """An unknown word is no count."""
    with pytest.raises(ValueError, match="dozen"):
        parse_count("dozen")


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [("1.5", EN, "1.5"), ("1.5", ES, "1,5"), ("1E+3", ES, "1000"), ("0.00001", PT, "0,00001")],
)
def test_format(value, language, text):
    """A number is printed with the decimal mark of the language and without an exponent."""
    assert format_number(Decimal(value), language) == text


def test_json_numbers():
    """Integral values become ints and others floats."""
    assert (json_number(Decimal("2.0")), json_number(Decimal("1.5"))) == (2, 1.5)
    assert isinstance(json_number(Decimal("2.0")), int)
