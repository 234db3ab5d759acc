"""Raised and lowered print as plain characters, so that none of it joins the number before it."""

import re
from typing import Final

_DIGITS: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOW_DIGITS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_PLAIN: Final = {
    ord(raised): digit for digit, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)
}
_METRES: Final = re.compile(r"(?:^|[\W\d_])[cdkm]?m$")
_POWER: Final = re.compile(r"[23]")
_EXPONENT: Final = re.compile(r"[+\-−]?\d+")
_MARK: Final = re.compile(r"[a-np-z]")
_IN_NUMBER: Final = re.compile(r"[\d⁰¹²³⁴-⁹₀-₉][.,]?$")
_NEGATIVE_POWER: Final = re.compile(r"[-\u2212\u2013][123]")
_BEFORE_A_WORD: Final = re.compile(r"(?:^|[\s(\[{/\u2010\u2013\u2014-])$")
_ISOTOPE_OR_FRACTION: Final = re.compile(r"[^\W\d_]|\s*[/\u2044]\s*\d")

_LETTERS: Final = str.maketrans("bcdefghijklmnprstuvwxyz", "ᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵖʳˢᵗᵘᵛʷˣʸᶻ")
"""A raised `a` or `o` behind a digit is an ordinal more often than a note's mark."""


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


def raised_characters(before: str, words: str, behind: str) -> str:
    """Raised words between `before` and `behind`, one character for each.

    For print whose characters have each its place: nothing can be put between them. A word that
    begins raised is an isotope (`131I`) or a fraction (`2/3`) and stays plain, as does the power of
    a unit (`kg-1`).
    """
    if _ISOTOPE_OR_FRACTION.match(behind) and _BEFORE_A_WORD.search(before):
        return words
    base = before.rstrip()
    if _METRES.search(base) and words[0] in "23":
        return words[0] + words[1:].translate(_DIGITS)
    if base[-1:].isalpha() and _NEGATIVE_POWER.fullmatch(words):
        return words
    if base[-1:].isdigit() and len(words) == 1:
        return words.translate(_DIGITS).translate(_LETTERS)
    return words.translate(_DIGITS) if any(one.isdigit() for one in words) else words


def lowered_again(text: str) -> str:
    """The text with raised figures as plain ones."""
    return text.translate(_PLAIN)


def raised_number(number: int) -> str:
    """A note's number as it is printed, raised."""
    return str(number).translate(_DIGITS)
