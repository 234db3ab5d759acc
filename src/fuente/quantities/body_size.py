"""Body surface area from height and weight, by a named formula.

Decides the surface to two decimals, as protocols use it. Knows nothing of growth or of doses.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

_HUNDREDTH: Final = Decimal("0.01")


class SurfaceFormula(StrEnum):
    """The formulas in use for children; a record states which one it used."""

    MOSTELLER = "mosteller"
    HAYCOCK = "haycock"
    DUBOIS = "dubois"


def body_surface_area(
    height_cm: Decimal, weight_kg: Decimal, formula: SurfaceFormula = SurfaceFormula.MOSTELLER
) -> Decimal:
    """The body surface in m2, rounded half up to two decimals.

    Raises:
        ValueError: height or weight is not a positive number.
    """
    for name, number in (("height", height_cm), ("weight", weight_kg)):
        if not number.is_finite() or number <= 0:
            raise ValueError(f"the {name} must be a positive number, not {number}")
    return _FORMULAS[formula](height_cm, weight_kg).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _mosteller(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    # sqrt(height x weight / 3600). Source: Mosteller, N Engl J Med 1987;317:1098. Confidence: high.
    return (height_cm * weight_kg / 3600).sqrt()


def _haycock(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    # Source: Haycock et al., J Pediatr 1978;93:62-66. Confidence: high.
    factor, of_weight, of_height = Decimal("0.024265"), Decimal("0.5378"), Decimal("0.3964")
    return factor * weight_kg**of_weight * height_cm**of_height


def _dubois(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    # Source: Du Bois and Du Bois, Arch Intern Med 1916;17:863-871. Confidence: high.
    factor, of_weight, of_height = Decimal("0.007184"), Decimal("0.425"), Decimal("0.725")
    return factor * weight_kg**of_weight * height_cm**of_height


_FORMULAS: Final[dict[SurfaceFormula, Callable[[Decimal, Decimal], Decimal]]] = {
    SurfaceFormula.MOSTELLER: _mosteller,
    SurfaceFormula.HAYCOCK: _haycock,
    SurfaceFormula.DUBOIS: _dubois,
}
