"""The inverse of the standard normal distribution in decimal arithmetic.

Written out so that a drawn value has the same digits on every platform; `statistics` and `math`
work in binary floating point, whose last digits depend on the C library.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

_EXACT: Final = Context(prec=40, rounding=ROUND_HALF_EVEN)
_HALF: Final = Decimal("0.5")


def inverse_normal(probability: Decimal) -> Decimal:
    """The standard normal quantile of a probability strictly between 0 and 1.

    Relative error below 1.2e-9.

    Raises:
        ValueError: the probability is not strictly between 0 and 1.
    """
    if not 0 < probability < 1:
        raise ValueError(f"{probability} is not strictly between 0 and 1")
    if probability > _HALF:
        return -inverse_normal(_EXACT.subtract(Decimal(1), probability))
    if probability < _TAIL_BELOW:
        return _tail(probability)
    return _centre(_EXACT.subtract(probability, _HALF))


def _centre(q: Decimal) -> Decimal:
    c = _EXACT
    r = c.multiply(q, q)
    return c.divide(c.multiply(_polynomial(_CENTRE[0], r), q), _polynomial(_CENTRE[1], r))


def _tail(probability: Decimal) -> Decimal:
    c = _EXACT
    q = c.sqrt(c.multiply(Decimal(-2), c.ln(probability)))
    return c.divide(_polynomial(_TAIL[0], q), _polynomial(_TAIL[1], q))


def _polynomial(coefficients: Sequence[Decimal], x: Decimal) -> Decimal:
    value = Decimal(0)
    for coefficient in coefficients:
        value = _EXACT.add(_EXACT.multiply(value, x), coefficient)
    return value


def _decimals(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(part) for part in text.split())


# Numerators and denominators of P. J. Acklam's rational approximation (2003), highest power
# first; the tail form holds below probability 0.02425. Confidence: high (tested against Python).
_TAIL_BELOW: Final = Decimal("0.02425")
_CENTRE: Final = (
    _decimals(
        "-3.969683028665376e+01 2.209460984245205e+02 -2.759285104469687e+02"
        " 1.383577518672690e+02 -3.066479806614716e+01 2.506628277459239e+00"
    ),
    _decimals(
        "-5.447609879822406e+01 1.615858368580409e+02 -1.556989798598866e+02"
        " 6.680131188771972e+01 -1.328068155288572e+01 1"
    ),
)
_TAIL: Final = (
    _decimals(
        "-7.784894002430293e-03 -3.223964580411365e-01 -2.400758277161838e+00"
        " -2.549732539343734e+00 4.374664141464968e+00 2.938163982698783e+00"
    ),
    _decimals(
        "7.784695709041462e-03 3.224671290700398e-01 2.445134137142996e+00 3.754408661907416e+00 1"
    ),
)
