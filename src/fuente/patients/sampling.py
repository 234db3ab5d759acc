"""Named, reproducible draws: what is drawn depends only on the seed, the scope and the name.

Each draw hashes its own key with SHA-256, so adding, removing or reordering draws never moves
another one, on any platform or Python version. It knows nothing of what the numbers mean.
"""

import hashlib
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from typing import Final, TypeVar

from fuente.patients.normal_quantile import inverse_normal

T = TypeVar("T")

_EXACT: Final = Context(prec=40, rounding=ROUND_HALF_EVEN)
_STEP: Final = Decimal("1e-12")
_BITS: Final = 256
_SEPARATOR: Final = "\x1f"
# Rejected draws of a truncated normal before the value is held at the nearer bound.
_ATTEMPTS: Final = 64


class Draws:
    """A family of draws for one seed and one scope, such as `patient` or `patient/identity`.

    Asking twice for the same name gives the same answer.
    """

    __slots__ = ("scope", "seed")

    def __init__(self, seed: int, scope: str) -> None:
        self.seed = seed
        self.scope = scope

    def within(self, part: str) -> "Draws":
        """The draws of a part of this scope, independent of the whole."""
        return Draws(self.seed, f"{self.scope}/{part}")

    def uniform(self, name: str, low: Decimal | int, high: Decimal | int) -> Decimal:
        """A value in [low, high), rounded down to 12 decimals.

        Raises:
            ValueError: `high` is not above `low`.
        """
        low, high = Decimal(low), Decimal(high)
        if not low < high:
            raise ValueError(f"draw {name!r}: {low} to {high} is not a range")
        spread = _EXACT.multiply(high - low, self._fraction(name))
        return max(low, _EXACT.add(low, spread).quantize(_STEP, ROUND_DOWN, context=_EXACT))

    def integer(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included.

        Raises:
            ValueError: `high` is below `low`.
        """
        if high < low:
            raise ValueError(f"draw {name!r}: {low} to {high} is not a range")
        return low + self._bits(name) * (high - low + 1) // (1 << _BITS)

    def boolean(self, name: str, probability: Decimal | int) -> bool:
        """True with this probability (0 never, 1 always).

        Raises:
            ValueError: the probability is not between 0 and 1.
        """
        if not 0 <= Decimal(probability) <= 1:
            raise ValueError(f"draw {name!r}: {probability} is not a probability")
        return self._fraction(name) < probability

    def choice(
        self, name: str, options: Sequence[T], weights: Sequence[Decimal | int] | None = None
    ) -> T:
        """One of the options, equally likely or in proportion to the weights.

        Raises:
            ValueError: no options, or weights that do not fit them.
        """
        if not options:
            raise ValueError(f"draw {name!r} has no options")
        if weights is None:
            return options[self.integer(name, 0, len(options) - 1)]
        total = _checked_total(name, options, weights)
        mark = _EXACT.multiply(self._fraction(name), total)
        return options[_index_at(mark, weights)]

    def shuffled(self, name: str, options: Sequence[T]) -> tuple[T, ...]:
        """All options in drawn order."""
        keyed = [(self._bits(f"{name}{_SEPARATOR}{i}"), i) for i in range(len(options))]
        return tuple(options[i] for _, i in sorted(keyed))

    def sample(self, name: str, options: Sequence[T], count: int) -> tuple[T, ...]:
        """`count` different options (all of them when fewer), in drawn order."""
        return self.shuffled(name, options)[:count]

    def normal(
        self,
        name: str,
        mean: Decimal | int,
        sd: Decimal | int,
        low: Decimal | int,
        high: Decimal | int,
    ) -> Decimal:
        """A normal value truncated to [low, high], rounded half to even to 12 decimals.

        Raises:
            ValueError: `high` is below `low`, or `sd` is negative.
        """
        low, high = Decimal(low), Decimal(high)
        if high < low or sd < 0:
            raise ValueError(f"draw {name!r}: bounds {low} to {high}, sd {sd} do not fit")
        value = Decimal(mean)
        for attempt in range(_ATTEMPTS):
            z = inverse_normal(self._fraction(f"{name}{_SEPARATOR}{attempt}"))
            value = _EXACT.add(Decimal(mean), _EXACT.multiply(Decimal(sd), z))
            value = value.quantize(_STEP, context=_EXACT)
            if low <= value <= high:
                return value
        return min(max(value, low), high)

    def hexadecimal(self, name: str, digits: int) -> str:
        """That many hexadecimal digits (64 at most), for ids."""
        return f"{self._bits(name):064x}"[:digits]

    def _bits(self, name: str) -> int:
        key = _SEPARATOR.join((str(self.seed), self.scope, name))
        return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest(), "big")

    def _fraction(self, name: str) -> Decimal:
        # 128 bits are ample for a fraction; the half keeps it strictly inside (0, 1).
        high_bits = self._bits(name) >> (_BITS - 128)
        return _EXACT.divide(Decimal(2 * high_bits + 1), Decimal(1 << 129))


def _checked_total(name: str, options: Sequence[T], weights: Sequence[Decimal | int]) -> Decimal:
    if len(weights) != len(options) or any(w < 0 for w in weights):
        raise ValueError(f"draw {name!r}: each option needs one weight of 0 or more")
    total = sum((Decimal(w) for w in weights), Decimal(0))
    if total <= 0:
        raise ValueError(f"draw {name!r}: at least one weight must be above 0")
    return total


def _index_at(mark: Decimal, weights: Sequence[Decimal | int]) -> int:
    reached = Decimal(0)
    last = 0
    for index, weight in enumerate(weights):
        if weight <= 0:
            continue
        reached += Decimal(weight)
        last = index
        if mark < reached:
            return index
    return last
