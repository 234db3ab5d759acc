"""From a dose reference to the amount of one administration."""

from decimal import Decimal

import pytest
from tests.factories_dosing import make_reference

from fuente.dosing.calculation import Body, calculate_dose, reference_for
from fuente.dosing.reference import Cap, Population

BODY = Body(weight_kg=Decimal(20), bsa_m2=Decimal("0.80"), age_months=Decimal(72))


def test_every_step_is_recorded():
    """The lines of the calculation can be read and checked by hand."""
    reference = make_reference(
        drug="vincristine", value=Decimal("1.5"), unit="mg/m2", cap=Cap(Decimal(2), "mg")
    )

    dose = calculate_dose(reference, Body(bsa_m2=Decimal("1.70")), reduction_percent=25)

    assert dose.steps == (
        "1.5 mg/m2 x 1.7 m2 = 2.55 mg",
        "cap 2 mg: 2.55 -> 2 mg",
        "reduced by 25 %: 1.5 mg",
    )
    assert (dose.value, dose.cap_applied) == (Decimal("1.5"), True)


def test_the_reduction_follows_the_cap():
    """A capped dose is reduced from the cap, not from the uncapped amount."""
    reference = make_reference(value=Decimal(10), unit="mg/kg", cap=Cap(Decimal(100), "mg"))

    assert calculate_dose(reference, BODY, reduction_percent=50).value == 50


@pytest.mark.parametrize(
    ("drug", "value", "unit", "expected", "counted"),
    [
        ("vincristine", "1.5", "mg/m2", "1.2", "mg"),
        ("methotrexate", "5", "g/m2", "4000", "mg"),
        ("dactinomycin", "45", "ug/kg", "0.9", "mg"),
        ("filgrastim", "5", "ug/kg", "100", "ug"),
        ("blinatumomab", "15", "ug/m2", "12", "ug"),
        ("bleomycin", "15", "U/m2", "12000", "[iU]"),
        ("iobenguane (131I)", "12", "mCi/kg", "8880", "MBq"),
        ("methotrexate", "12", "mg", "12", "mg"),
        (None, "100", "mg/m2", "80", "mg"),
        ("unknown drug", "2", "g/m2", "1.6", "g"),
        ("carboplatin", "5", "mg.min/mL", "536", "mg"),
    ],
)
def test_units(drug, value, unit, expected, counted):
    """Each unit is multiplied by what it is per, and counted as the drug is counted."""
    reference = make_reference(drug=drug, value=Decimal(value), unit=unit)
    body = Body(BODY.weight_kg, BODY.bsa_m2, BODY.age_months, gfr_ml_min=Decimal(100))

    dose = calculate_dose(reference, body)

    assert (dose.value, dose.unit) == (Decimal(expected), counted)


@pytest.mark.parametrize(
    ("unit", "missing"), [("mg/m2", "m2"), ("mg/kg", "kg"), ("mg.min/mL", "GFR"), ("mg/kg/h", "h")]
)
def test_what_the_body_lacks_is_named(unit, missing):
    """A dose that cannot be calculated is an error that names what is missing."""
    with pytest.raises(ValueError, match=missing):
        calculate_dose(make_reference(unit=unit), Body())


def test_a_range_needs_a_choice():
    """A range is not averaged: somebody chooses, within it."""
    reference = make_reference(minimum=Decimal(1), maximum=Decimal(2), unit="mg/kg")

    assert calculate_dose(reference, BODY, chosen=Decimal("1.5")).value == 30
    with pytest.raises(ValueError, match="choose"):
        calculate_dose(reference, BODY)
    with pytest.raises(ValueError, match="outside"):
        calculate_dose(reference, BODY, chosen=Decimal(3))


@pytest.mark.parametrize("percent", [-1, 100, 250])
def test_a_reduction_is_a_share(percent):
    """Less than nothing and everything are no reductions."""
    with pytest.raises(ValueError, match="reduction"):
        calculate_dose(make_reference(unit="mg/kg"), BODY, reduction_percent=percent)


@pytest.mark.parametrize(
    ("per", "times", "cap", "expected"),
    [
        ("dose", None, Cap(Decimal(50), "mg"), "50"),
        ("dose", 2, Cap(Decimal(50), "mg", "day"), "25"),
        ("day", 2, Cap(Decimal(20), "mg"), "40"),
        ("day", None, Cap(Decimal(50), "mg", "day"), "50"),
        ("dose", None, Cap(Decimal("0.05"), "g"), "50"),
        ("dose", None, Cap(Decimal(2), "mg/kg"), "40"),
        ("dose", None, Cap(Decimal(50), "mg", "course"), "100"),
    ],
)
def test_caps_by_period(per, times, cap, expected):
    """A cap is brought to the period of the dose; one for a whole course caps no single dose."""
    reference = make_reference(
        value=Decimal(5), unit="mg/kg", per=per, times_per_day=times, cap=cap
    )

    assert calculate_dose(reference, BODY).value == Decimal(expected)


@pytest.mark.parametrize(
    ("drug", "value", "expected"),
    [
        ("cisplatin", "49.125", "49.1"),
        ("cisplatin", "577.5", "578"),
        ("cisplatin", "18240", "18200"),
        ("cisplatin", "0.012345", "0.0123"),
        ("pegaspargase", "1012.5", "1013"),
    ],
)
def test_rounding(drug, value, expected):
    """Three significant digits, whole units where a drug is dispensed so."""
    unit = "[iU]" if drug == "pegaspargase" else "mg"

    assert calculate_dose(
        make_reference(drug=drug, value=Decimal(value), unit=unit), BODY
    ).value == Decimal(expected)


def test_rounding_never_crosses_the_cap():
    """Where the nearest value is above the cap, the one below is given."""
    reference = make_reference(value=Decimal("12.258"), unit="mg", cap=Cap(Decimal("12.26"), "mg"))

    assert calculate_dose(reference, BODY).value == Decimal("12.2")


def test_the_band_of_a_body():
    """Of neighbouring references the one whose population admits the body is used."""
    young = make_reference(value=Decimal(8), population=Population(age_months_max=Decimal(36)))
    older = make_reference(value=Decimal(12), population=Population(age_months_min=Decimal(36)))

    assert reference_for((young, older), BODY) is older
    assert reference_for((young,), BODY) is None
    assert reference_for((make_reference(),), Body()) is not None
