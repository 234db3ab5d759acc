"""The growth reference interpolates, inverts and refuses ages it does not know."""

from decimal import Decimal

import pytest

from fuente.quantities.growth import Lms, height_cm, height_z, lms, value_at, weight_kg, weight_z


def test_tabulated_ages_return_the_printed_parameters():
    """At a tabulated age the parameters are the table's own."""
    assert lms("male", "height", 24) == Lms(
        Decimal("0.941524"), Decimal("86.4522"), Decimal("0.0403215")
    )


def test_between_ages_parameters_are_linear():
    """Half way between two tabulated ages every parameter is the mean of both."""
    low, high = lms("female", "weight", 48), lms("female", "weight", 60)
    assert lms("female", "weight", 54).median == (low.median + high.median) / 2


@pytest.mark.parametrize(
    ("sex", "months", "z", "expected"),
    [
        # CDC 2000, printed 3rd and 97th centiles of stature and length (z = -1.88079, 1.88079).
        ("male", 36, "-1.88079", "88.1"),
        ("female", 36, "1.88079", "101.5"),
        ("male", 12, "0", "75.5"),
    ],
)
def test_heights_reproduce_printed_centiles(sex, months, z, expected):
    """Known centiles of the CDC charts come out, rounded to 0.1 cm."""
    assert height_cm(sex, months, Decimal(z)) == Decimal(expected)


def test_weight_has_two_decimals_and_height_one():
    """The rounding is 0.01 kg and 0.1 cm."""
    assert weight_kg("male", 61, Decimal("0.3")).as_tuple().exponent == -2
    assert height_cm("male", 61, Decimal("0.3")).as_tuple().exponent == -1


def test_length_is_taken_lying_before_two_years():
    """Before 24 months the infant table answers, from 24 months the standing one."""
    assert height_cm("male", Decimal("23.9"), 0) > height_cm("male", 24, 0)


def test_adults_keep_the_last_size():
    """Above 20 years the size of 20 years is returned."""
    assert weight_kg("female", 252, 0) == weight_kg("female", 240, 0)


def test_a_power_of_zero_is_the_exponential_form():
    """With L = 0 the value is M exp(S z)."""
    assert value_at(Lms(Decimal(0), Decimal(10), Decimal("0.1")), 0) == 10
    assert round(value_at(Lms(Decimal(0), Decimal(10), Decimal("0.1")), 1), 4) == Decimal("11.0517")


@pytest.mark.parametrize("z", ["-2.5", "-1", "0", "0.37", "2.5"])
def test_z_scores_invert_measurements(z):
    """The z-score of a generated measurement is the one it was made from, within rounding."""
    tall = height_cm("female", 100, Decimal(z))
    heavy = weight_kg("female", 100, Decimal(z))
    assert abs(height_z("female", 100, tall) - Decimal(z)) <= Decimal("0.02")
    assert abs(weight_z("female", 100, heavy) - Decimal(z)) <= Decimal("0.02")


@pytest.mark.parametrize(("sex", "age"), [("male", -1), ("other", 10), ("male", Decimal("NaN"))])
def test_unknown_sex_or_age_is_an_error(sex, age):
    """A negative age or a sex without a table raises an error that names it."""
    with pytest.raises(ValueError, match=r"age in months|no growth reference"):
        height_cm(sex, age, 0)


def test_impossible_measurements_are_errors():
    """A size that is not positive has no z-score."""
    with pytest.raises(ValueError, match="positive"):
        weight_z("male", 10, Decimal(0))
    with pytest.raises(ValueError, match="outside"):
        value_at(Lms(Decimal(1), Decimal(10), Decimal("0.5")), -3)
    with pytest.raises(ValueError, match="positive"):
        Lms(Decimal(1), Decimal(0), Decimal(1))
