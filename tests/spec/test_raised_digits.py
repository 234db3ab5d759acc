"""A raised digit is the mark of a note or a power, and never a digit of the dose before it."""

from decimal import Decimal

import pytest

from fuente.dosing.expressions import parse_dose


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vincristine 30¹ mg/m2", "30"),
        ("vincristine 1.5² mg/m2", "1.5"),
        ("vincristine 1,5³ mg/m2", "1.5"),
        ("doxorubicin 100³ mg/m2", "100"),
        ("doxorubicin 30⁴ mg/m2", "30"),
        ("doxorubicin 25¹² mg/m2", "25"),
        ("doxorubicin 30 mg/m²", "30"),
        ("doxorubicin 30 mg/m²¹", "30"),
        ("asparaginase 6x10³ UI/m2", "6000"),
        ("filgrastim 5 µg/kg", "5"),
    ],
)
def test_a_mark_behind_a_number_is_no_part_of_it(text, value):
    """`30¹ mg` is 30 mg with a note; the power of a metre is part of the unit."""
    assert parse_dose(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["asparaginase 10⁴ UI/m2", "methotrexate 7,5 × 10² mg", "10³ mg"])
def test_a_power_of_ten_that_is_no_unit_gives_no_number(text):
    """Neither 10, nor 4, nor 104."""
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
