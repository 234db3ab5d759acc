"""The median child of every age: size and body surface area, as a table."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from fuente.quantities.growth import height_cm, weight_kg

MEDIANS = Path(__file__).parents[1] / "data" / "bsa_median_check.csv"
ROWS = list(csv.DictReader(MEDIANS.read_text().splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['sex']}-{r['age_years']}")
def test_the_median_child_has_the_expected_size_and_surface(row):
    """Median height, weight and Mosteller surface agree with the reference table."""
    months = 12 * int(row["age_years"])
    height, weight = height_cm(row["sex"], months, 0), weight_kg(row["sex"], months, 0)
    surface = (height * weight / 3600).sqrt()
    assert abs(height - Decimal(row["height_cm_p50"])) <= Decimal("0.05")
    assert abs(weight - Decimal(row["weight_kg_p50"])) <= Decimal("0.05")
    assert abs(surface - Decimal(row["bsa_m2_mosteller"])) <= Decimal("0.006")
