"""Spellings of dose units."""

from decimal import Decimal

import pytest

from fuente.dosing.units import parse_unit, read_unit


@pytest.mark.parametrize(
    ("printed", "unit", "per"),
    [
        ("mg/m²", "mg/m2", None),
        ("mg/m2", "mg/m2", None),
        ("mg/m^2", "mg/m2", None),
        ("mg / m2", "mg/m2", None),
        ("MG/M2", "mg/m2", None),
        ("mg/m 2", "mg/m2", None),
        ("mg m-2", "mg/m2", None),
        ("mg/m2/día", "mg/m2", "day"),
        ("mg/m2/d", "mg/m2", "day"),
        ("mg/m-2day-1", "mg/m2", "day"),
        ("mg/m2/24h", "mg/m2", "day"),
        ("mg por m2 por día", "mg/m2", "day"),
        ("mg/m2 x dia", "mg/m2", "day"),
        ("mg/m2/dosis", "mg/m2", "dose"),
        ("mg/kg/dose", "mg/kg", "dose"),
        ("mg/m2/week", "mg/m2", "week"),
        ("mg/m2/ciclo", "mg/m2", "cycle"),
        ("mg/m2/course", "mg/m2", "course"),
        ("mg/m2 de superficie corporal", "mg/m2", None),
        ("mg/m2 SC/día", "mg/m2", "day"),
        ("mg/metro cuadrado", "mg/m2", None),
        ("g/m2", "g/m2", None),
        ("gr/m2", "g/m2", None),
        ("mcg/kg", "ug/kg", None),
        ("µg/kg", "ug/kg", None),
        ("μg/kg", "ug/kg", None),
        ("micrograms/kg", "ug/kg", None),
        ("UI/m2", "[iU]/m2", None),
        ("IU/m²", "[iU]/m2", None),
        ("u.i./m2", "[iU]/m2", None),
        ("international units/m2", "[iU]/m2", None),
        ("U/m2", "U/m2", None),
        ("unidades/m2", "U/m2", None),
        ("MBq/kg", "MBq/kg", None),
        ("mCi/kg", "mCi/kg", None),
        ("GBq", "GBq", None),
        ("cGy", "cGy", None),
        ("Gy", "Gy", None),
        ("mg/mL.min", "mg.min/mL", None),
        ("mg/ml x min", "mg.min/mL", None),
        ("mg·min/mL", "mg.min/mL", None),
        ("mg.h/L", "mg.h/L", None),
        ("mcg/kg/min", "ug/kg/min", None),
        ("mg/kg/h", "mg/kg/h", None),
        ("mg", "mg", None),
        ("mg/día", "mg", "day"),
    ],
)
def test_unit(printed, unit, per):
    """Every spelling has one unit and one period."""
    reading = parse_unit(printed)

    assert (reading.unit, reading.per, reading.malformed) == (unit, per, False)


@pytest.mark.parametrize(
    ("printed", "factor"),
    [("MUI/m2", 10**6), ("MIU/m2", 10**6), ("millones de UI/m2", 10**6), ("million IU", 10**6)],
)
def test_millions_are_multiplied_out(printed, factor):
    """A unit of a million units is a unit and a factor."""
    reading = parse_unit(printed)

    assert (reading.unit.split("/")[0], reading.factor) == ("[iU]", Decimal(factor))


def test_an_interval_in_the_unit():
    """`mg/kg/12 h` is a dose every twelve hours."""
    reading = parse_unit("mg/kg/12 h")

    assert (reading.unit, reading.per, reading.interval_h) == ("mg/kg", "dose", 12)


@pytest.mark.parametrize("printed", ["mg/mg2", "mg/m3", "mg/m", "mg/cm2", "mg/k"])
def test_a_unit_gone_wrong_is_malformed(printed):
    """A unit that is nearly one is reported, not guessed."""
    assert parse_unit(printed).malformed


@pytest.mark.parametrize("printed", ["mg/rn2", "rng/m2", "mglm2", "mg/m2a"])
def test_a_misread_unit_is_repaired_and_says_so(printed):
    """Slips of OCR and footnote marks do not change the unit."""
    reading = parse_unit(printed)

    assert (reading.unit, reading.repaired) == ("mg/m2", True)


@pytest.mark.parametrize("printed", ["mg/dL", "mg/ml", "g/L", "mg/mm3"])
def test_concentrations_are_told_apart(printed):
    """An amount per volume is no dose."""
    assert parse_unit(printed).is_concentration


def test_an_exposure_is_no_concentration():
    """The area under the curve has a volume in it and is a dose."""
    assert not parse_unit("mg/mL.min").is_concentration


@pytest.mark.parametrize("printed", ["", "banana", "mg/m2 weekly", "5 mg", "m2"])
def test_not_a_unit(printed):
    """What is not one unit is refused with the spelling to use."""
    with pytest.raises(ValueError, match="mg/m2"):
        parse_unit(printed)


@pytest.mark.parametrize("text", ["mgs of", "g-csf", "graph", "units"])
def test_a_unit_ends_with_its_letters(text):
    """A unit inside a longer word is not read."""
    found = read_unit(text, 0)

    assert found is None or found[1] in (3, 5)
