"""Raised and lowered print as plain characters, so that none of it joins the number before it."""

import re
from typing import Final

_DIGITS: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOW_DIGITS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_METRES: Final = re.compile(r"(?:^|[\W\d_])[cdkm]?m$")
_POWER: Final = re.compile(r"[23]")
_EXPONENT: Final = re.compile(r"[+\-−]?\d+")
_MARK: Final = re.compile(r"[a-np-z]")
_IN_NUMBER: Final = re.compile(r"[\d⁰¹²³⁴-⁹₀-₉][.,]?$")


def raised_text(before: str, words: str) -> str:
    """Raised words as they are written after `before`.

    The power of a metre is a plain digit, as in `mg/m2`. Other raised figures stay raised, or `10`
    with a raised 9 would be 109. A raised letter behind a letter is a note's mark and stands apart.
    """
    if _POWER.fullmatch(words) and _METRES.search(before):
        return words
    if _EXPONENT.fullmatch(words.strip()) or _IN_NUMBER.search(before):
        return words.translate(_DIGITS)
    if _MARK.fullmatch(words) and before[-1:].isalpha():
        return f" {words}"
    return words


def lowered_text(before: str, words: str) -> str:
    """Lowered words as they are written after `before`: `CO2` is plain, behind a number is none."""
    return words.translate(_LOW_DIGITS) if _IN_NUMBER.search(before) else words


def raised_number(number: int) -> str:
    """A note's number as it is printed, raised."""
    return str(number).translate(_DIGITS)
