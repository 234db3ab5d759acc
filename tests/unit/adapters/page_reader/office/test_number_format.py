from decimal import Decimal

import pytest

from fuente.adapters.page_reader.office.number_format import (
    BUILT_IN,
    general,
    shown_number,
    shown_text,
)


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("1.5", "0.00", "1.50"),
        ("1.5", "0.0##", "1.5"),
        ("2", "0.0##", "2.0"),
        ("0.05", "#.##", ".05"),
        ("0.15", "0%", "15%"),
        ("0.155", "0.0%", "15.5%"),
        ("7", "000", "007"),
        ("1.005", "0.00", "1.01"),
        ("0.125", "0.00", "0.13"),
        ("0.30000000000000004", "General", "0.3"),
        ("75", "General", "75"),
        ("75", '0" mg/m2"', "75 mg/m2"),
        ("75", '#,##0.0" mg"', "75.0 mg"),
        ("-3", "0.0;(0.0)", "(3.0)"),
        ("-3", "0.0", "-3.0"),
        ("-0.001", "0.0", "0.0"),
        ("0", '0;-0;"none"', "none"),
        ("5", ";;;", ""),
        ("5", "", "5"),
        ("1e300", "0." + "0" * 200, "1e300"),
        ("5", '[Red][<10]"low" 0;0', "low 5"),
        ("50", '[Red][<10]"low" 0;0', "50"),
        ("1.5", "[$€-C0A]0.00", "€1.50"),
        ("12500000", "0.0,,", "12.5"),
        ("0.00015", "0.0E+00", "1.5E-04"),
        ("text", "0.00", "text"),
        ("1e999999999", "0", "1e999999999"),
    ],
)
def test_a_number_is_shown_by_its_format(stored, code, shown):
    """Decimals as many as the format asks for, rounded as Excel rounds."""
    assert shown_number(stored, code) == shown


def test_thousands_are_not_parted():
    """A mark between thousands is a decimal mark in another language."""
    assert shown_number("1500", "#,##0") == "1500"


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("45717", BUILT_IN[14], "2025-03-01"),
        ("45717.75", BUILT_IN[22], "2025-03-01 18:00"),
        ("45717", "dd/mm/yyyy", "01/03/2025"),
        ("45717", "[$-C0A]d mmmm yyyy", "1 marzo 2025"),
        ("45717", "d mmm yy", "1 Mar 25"),
        ("45717", "dddd", "Saturday"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.000694444", "mm:ss", "01:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
    ],
)
def test_a_date_is_shown_by_its_format(stored, code, shown):
    """Dates count days; those without an order of their own are written year first."""
    assert shown_number(stored, code) == shown


def test_a_workbook_of_an_old_mac_counts_from_1904():
    """The same number is another day there."""
    assert shown_number("0", "yyyy-mm-dd", from_1904=True) == "1904-01-01"


def test_a_format_may_put_words_around_a_text():
    """Its fourth part is for texts."""
    assert shown_text("daily", '0;0;0;"given "@') == "given daily"
    assert shown_text("daily", "0.00") == "daily"


def test_a_condition_that_is_no_number_is_none():
    """Neither for numbers nor for words."""
    code = '[>1.2.3]0.0;0;0;"given "@'
    assert shown_text("daily", code) == "given daily"
    assert shown_number("2", code) == "2.0"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        *(("1.10", "1.1"), ("100", "100"), ("0.0001", "0.0001"), ("0.00001", "1E-05")),
        *(("123456789012", "1.23456789E+11"), ("0", "0")),
    ],
)
def test_without_a_format_the_digits_that_matter_are_shown(number, shown):
    """At most ten, and never a long row of zeros."""
    assert general(Decimal(number)) == shown
