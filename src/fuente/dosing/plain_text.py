"""A text made plain for matching: no diacritics, one kind of dash and space, words rejoined.

Decides which characters mean the same; keeps for each plain character where it stood in the
printed text, so that whatever is matched can be cited. Case is kept: `IT` is a route and `it` is
not.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from fuente.documents.span import Span

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe63\uff0d"
_SIGNS: Final = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("\u00ad\ufeff\u200b\u200c\u200d\u2060\ufffe", ""),
    **dict.fromkeys("×✕✖", "x"),
    **dict.fromkeys("·∙⋅•‧", "."),
    **dict.fromkeys("≤⩽≦", "≤"),
    **dict.fromkeys("≥⩾≧", "≥"),
    "µ": "u",
    "μ": "u",
    "β": "beta",
    "º": "o",
    "ª": "a",
    **{sign: f"^{digit}" for digit, sign in enumerate("⁴⁵⁶⁷⁸⁹", 4)},
    **{chr(0xE000 + digit): f"^{digit}" for digit in range(10)},
}
_SMALL_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_SMALL_RUN: Final = re.compile(rf"(?<![⁺⁻{_SMALL_DIGITS}])[⁺⁻]?[{_SMALL_DIGITS}]+")
_SET_APART: Final = str.maketrans(_SMALL_DIGITS, "".join(map(chr, range(0xE000, 0xE00A))) * 2)
"""To characters of nobody's: behind a number, a raised figure is an exponent or a note's mark."""

_FRACTIONS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
"""Those with an exact decimal that no grouping of thousands looks like."""

_UNREADABLE: Final = frozenset("⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉")
"""Left as they are, so that a number with one of them has no unit behind it and is no dose."""

_KEPT: Final = 2048
"""Texts remembered: several readers look at the same cell."""

_REPLACED: Final = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])|\s+")


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain characters and, for each, the place it came from in the printed text."""

    text: str
    places: tuple[int, ...] | range

    def printed_span(self, start: int, end: int) -> Span:
        """The printed characters behind the plain ones in [start, end)."""
        return Span(self.places[start], self.places[end - 1] + 1)


@lru_cache(_KEPT)
def plain(text: str) -> PlainText:
    """Make a text plain, joining words that a line break has split."""
    text = _SMALL_RUN.sub(_apart_from_numbers, text)
    table = {character: _plain_character(character) for character in set(text)}
    whole = _FRACTIONS.keys().isdisjoint(table) and not _REPLACED_RUN.search(text)
    if whole and all(len(shape) == 1 for shape in table.values()):
        return PlainText("".join(map(table.__getitem__, text)), range(len(text)))
    return _joined(text, table)


_REPLACED_RUN: Final = re.compile(r"\s\s|[^\W\d_]-[ \t]*\r?\n")


def _joined(text: str, table: dict[str, str]) -> PlainText:
    shapes: list[str] = []
    places: list[int] = []
    position = 0
    for match in _REPLACED.finditer(text):
        _append(text, position, match.start(), table, (shapes, places))
        if match.group()[0] != "-":
            shapes.append(" ")
            places.append(match.start())
        position = match.end()
    _append(text, position, len(text), table, (shapes, places))
    return PlainText("".join(shapes), tuple(places))


def _append(
    text: str, start: int, end: int, table: dict[str, str], into: tuple[list[str], list[int]]
) -> None:
    shapes, places = into
    for place in range(start, end):
        character = text[place]
        shape = _decimal(text, place) if character in _FRACTIONS else table[character]
        shapes.append(shape)
        places.extend([place] * len(shape))


def _apart_from_numbers(match: re.Match[str]) -> str:
    """Small digits as they are where they belong to letters: `m²`, `H₂O`, `¹³¹I`."""
    near = match.string[max(0, match.start() - 3) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    is_isotope = after.isalpha() and not near[-1:].strip() and not near.rstrip()[-1:].isdecimal()
    if (near[-1:].isalpha() or is_isotope) and not after.isdecimal():
        return match[0]
    return match[0].translate(_SET_APART)


def _decimal(text: str, place: int) -> str:
    """`½` as the end of the number before it, or as a number of its own."""
    before = text[:place].rstrip(" ")[-1:]
    whole = "" if before.isascii() and before.isdigit() else "0"
    return f"{whole}{_FRACTIONS[text[place]]}"


@cache
def _plain_character(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isspace():
        return " "
    if character in _UNREADABLE:
        return character
    compatible = unicodedata.normalize("NFKD", character)
    return "".join(part for part in compatible if not unicodedata.combining(part))
