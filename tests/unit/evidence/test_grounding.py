"""Whether printed words state a value and a unit."""

from decimal import Decimal

import pytest

from fuente.documents.span import Span
from fuente.evidence.grounding import (
    is_quoted,
    quantity_places,
    states_quantity,
    states_unit,
    states_value,
)


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("Vincristine 1.5 mg/m2", "1.5"),
        ("Vincristina 1,5 mg/m²", "1.5"),
        ("Vincristina 1, 5 mg/m2", "1.5"),
        ("Methotrexate 5.000 mg/m2", "5000"),
        ("Methotrexate 5,000 mg/m2", "5000"),
        ("Methotrexate 5 000 mg/m2", "5000"),
        ("Methotrexate 5\u202f000 mg/m2", "5000"),
        ("Methotrexate 5000mg/m2", "5000"),
        ("Asparaginase 10.000 UI/m2", "10000"),
        ("Cytarabine 1.250,5 mg", "1250.5"),
        ("Cytarabine 1,250.5 mg", "1250.5"),
        ("interferon 3 million IU", "3000000"),
        ("interferon 3 millones de UI", "3000000"),
        ("10-20 mg", "20"),
        ("960 65", "65"),
        ("RT local 59.4 Gy", "59.4"),
    ],
)
def test_a_value_is_found_in_any_printed_form(quote, value):
    """Decimal commas, thousands separators and millions are read as printed."""
    assert states_value(quote, Decimal(value))


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("Vincristine 1.5 mg/m2", "15"),
        ("Vincristine 1.5 mg/m2", "1.6"),
        ("Methotrexate 5.000 mg/m2", "50"),
        ("Methotrexate 5000 mg/m2", "500"),
        ("no number at all", "1"),
        ("3 mg of interferon", "3000000"),
    ],
)
def test_another_value_is_not_found(quote, value):
    """One changed digit is not what the page prints."""
    assert not states_value(quote, Decimal(value))


@pytest.mark.parametrize(
    ("quote", "unit"),
    [
        ("1.5 mg/m²", "mg/m2"),
        ("1.5mg/m2", "mg/m2"),
        ("1500mg/m-2day-1", "mg/m2"),
        ("5µg/kg/dia", "ug/kg"),
        ("5 mcg/kg", "ug/kg"),
        ("6000 UI/m2", "[iU]/m2"),
        ("6000 units per square metre", "[iU]/m2"),
        ("2340 cGY", "cGy"),
        ("54 Gy", "Gy"),
        ("10 mg por metro cuadrado", "mg/m2"),
        ("AUC 5", "{AUC}"),
    ],
)
def test_a_unit_is_found_in_symbols_and_words(quote, unit):
    """UCUM units are met as hospitals print them in three languages."""
    assert states_unit(quote, unit)


@pytest.mark.parametrize(
    ("quote", "unit"), [("1.5 mg/m2", "mg/kg"), ("54 Gy", "cGy"), ("5 mg", "g"), ("5 mg", "[iU]")]
)
def test_another_unit_is_not_found(quote, unit):
    """A unit that is only part of another word or unit does not count."""
    assert not states_unit(quote, unit)


def test_value_and_unit_must_both_be_printed():
    """A right number with a wrong unit is not grounded, nor the other way round."""
    assert states_quantity("max 2 mg", Decimal(2), "mg")
    assert not states_quantity("max 2 mg", Decimal(2), "g")
    assert not states_quantity("max 2 mg", Decimal(3), "mg")


def test_a_quote_must_stand_exactly_at_its_span():
    """One character off, or a span beyond the page, is no quote."""
    page = "Vincristine 1.5 mg/m2"
    assert is_quoted(page, Span(12, 21), "1.5 mg/m2")
    assert not is_quoted(page, Span(11, 20), "1.5 mg/m2")
    assert not is_quoted(page, Span(12, 22), "1.5 mg/m2")


@pytest.mark.parametrize(
    ("text", "value", "unit", "found"),
    [
        ("bevacizumab 7.5 mg/m2; bevacizumab 5 mg/kg", "5", "mg/kg", ["5"]),
        ("5-FU 400 mg/m2, irinotecan 5 mg/kg", "5", "mg/kg", ["5"]),
        ("craniospinal 2340 cGy, boost to 54 Gy", "23.4", "Gy", ["2340"]),
        ("completing 54-56 Gy", "54", "Gy", ["54"]),
        ("de 10 a 15 mg/kg", "10", "mg/kg", ["10"]),
        ("320 960 65", "65", "mg/m2", ["65"]),
        ("3.000.000 UI/m2", "3000000", "[iU]/m2", ["3.000.000"]),
        ("6 MUI/m2", "6000000", "[iU]/m2", ["6"]),
        ("2.0 mg", "2", "mg", ["2.0"]),
    ],
)
def test_a_quantity_stands_where_its_unit_follows(text, value, unit, found):
    """Of equal numbers in a quote the one with the unit is meant; a bare cell has none."""
    places = quantity_places(text, Decimal(value), unit)
    assert [text[start:end] for start, end in places] == found


def test_a_quantity_the_text_does_not_print_has_no_place():
    """Neither whole nor in part."""
    assert quantity_places("vincristine 1.5 mg/m2", Decimal(4), "mg/m2") == []
