"""A raised digit is never a digit of the dose before it, and a fraction is part of its number."""

from decimal import Decimal

import pytest

from fuente.dosing.expressions import parse_dose


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("doxorubicin 30 mg/m²", "30"),
        ("doxorubicin 30 mg/m²¹", "30"),
        ("asparaginase 6x10³ UI/m2", "6000"),
        ("filgrastim 5 µg/kg", "5"),
    ],
)
def test_a_raised_digit_may_belong_to_the_unit(text, value):
    """The power of a metre, the thousands of a unit, and a note behind the unit."""
    assert parse_dose(text).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "vincristine 30¹ mg/m2",
        "vincristine 1.5² mg/m2",
        "vincristine 1,5³ mg/m2",
        "doxorubicin 30⁴ mg/m2",
        "doxorubicin 25¹² mg/m2",
        "prednisone 1¹/₂ mg/kg",
        "asparaginase 10⁴ UI/m2",
        "methotrexate 7,5 × 10² mg",
        "10³ mg",
        "10⁻³ mg",
    ],
)
def test_a_raised_digit_behind_a_number_gives_no_number(text):
    """A note's mark, a power or half a fraction: 301 for 30 would be a dose of ten times."""
    assert parse_dose(text).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("prednisone 1½ mg/kg", "1.5"),
        ("prednisone 1 ½ mg/kg", "1.5"),
        ("prednisone ½ mg/kg", "0.5"),
        ("prednisona 2¼ mg/kg", "2.25"),
        ("prednisona ¾ mg/kg", "0.75"),
    ],
)
def test_a_fraction_is_part_of_the_number(text, value):
    """Printed as one character, in any language."""
    assert parse_dose(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["prednisone 2⅓ mg/kg", "prednisone ⅔ mg/kg", "2⅛ mg/kg"])
def test_a_fraction_without_a_short_decimal_gives_no_number(text):
    """Neither 2 nor 3: what cannot be written exactly is refused."""
    assert parse_dose(text).value is None
