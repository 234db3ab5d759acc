"""Body surface area by three named formulas."""

from decimal import Decimal

import pytest

from fuente.quantities.body_size import SurfaceFormula, body_surface_area


@pytest.mark.parametrize(
    ("height", "weight", "mosteller", "haycock", "dubois"),
    [
        ("180", "80", "2.00", "2.01", "2.00"),
        ("100", "16", "0.67", "0.67", "0.66"),
        ("140", "32", "1.12", "1.11", "1.13"),
        ("50", "3.5", "0.22", "0.22", "0.21"),
    ],
)
def test_formulas(height, weight, mosteller, haycock, dubois):
    """Each formula gives its own surface, to two decimals."""
    size = Decimal(height), Decimal(weight)

    assert body_surface_area(*size) == Decimal(mosteller)
    assert body_surface_area(*size, SurfaceFormula.HAYCOCK) == Decimal(haycock)
    assert body_surface_area(*size, SurfaceFormula.DUBOIS) == Decimal(dubois)


@pytest.mark.parametrize(("height", "weight"), [("0", "10"), ("100", "-1"), ("NaN", "10")])
def test_impossible_bodies(height, weight):
    """A body without a size has no surface."""
    with pytest.raises(ValueError, match="positive"):
        body_surface_area(Decimal(height), Decimal(weight))
