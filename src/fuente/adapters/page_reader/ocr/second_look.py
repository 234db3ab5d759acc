"""Which doubtful numbers and units were read alike when their strips were read a second time."""

from collections.abc import Mapping, Sequence
from typing import Final

from fuente.adapters.page_reader.ocr.strips import ENLARGED, Strip, place_strips
from fuente.adapters.page_reader.ocr.words import ReadWord, words_from_table

_BESIDE: Final = 1.0
"""Points by which the middle of a word may lie outside the box it had at first."""

_GUESSED: Final = 40.0
"""Confidence below which a first reading is worth nothing.

Of four printed pages drawn coarse and grainy 16 doubtful words were confirmed; the one misread was
`(20mi)` for `(20ml)`, at 10. Those confirmed on a real scan were read at 47 to 65.
"""

_ENDS: Final = ".,;:"
"""Marks after a number or unit that are no part of it."""


def read_alike(
    strips: Mapping[int, Strip], words: Sequence[ReadWord], table: str, dots_per_point: float
) -> list[int]:
    """The places among the words of those that the table of the stacked strips confirms.

    `strips` has the strip of each doubtful word by its place; equal strips are stacked once.
    """
    stacked = list(dict.fromkeys(strips.values()))
    corners = dict(zip(stacked, place_strips(stacked), strict=True))
    again = words_from_table(table, dots_per_point * ENLARGED)
    return [
        at
        for at, strip in strips.items()
        if _agree(words[at], _words_at(words[at], strip, corners[strip], again, dots_per_point))
    ]


def _words_at(
    word: ReadWord, strip: Strip, corner: tuple[int, int], again: Sequence[ReadWord], per: float
) -> list[ReadWord]:
    """What was read the second time where the word stands."""
    left, top = (edge / (per * ENLARGED) for edge in corner)
    bottom = top + strip.high / per
    across = strip.left / per - left
    return [
        one
        for one in again
        if top <= (one.box.top + one.box.bottom) / 2 <= bottom
        and word.box.left - _BESIDE
        <= (one.box.left + one.box.right) / 2 + across
        <= word.box.right + _BESIDE
    ]


def _agree(first: ReadWord, second: Sequence[ReadWord]) -> bool:
    """Whether every letter, digit and mark is the same: guessed well at first, then sure."""
    if not second or first.confidence < _GUESSED or not all(word.is_sure for word in second):
        return False
    return "".join(word.text for word in second).rstrip(_ENDS) == first.text.rstrip(_ENDS)
