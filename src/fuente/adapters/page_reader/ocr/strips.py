"""The strips of a page that are read a second time, and where each stands when stacked.

A strip is the piece of a line around a doubtful word: what stands close beside it, not across a
gutter. Enlarged and stacked, strips are read with other letter sizes and other neighbours than on
the page, so that a slip is seldom made twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fuente.adapters.page_reader.ocr.limits import MAX_DOTS
from fuente.adapters.page_reader.ocr.picture import Picture
from fuente.adapters.page_reader.ocr.words import ReadWord

ENLARGED: Final = 2
_GAP: Final = 60
"""Dots of white around an enlarged strip: a line of its own, not the next of a paragraph."""

_MARGIN: Final = 12
"""Dots around the words of a strip, for soft edges and marks left out."""

_NEAR: Final = 1.2
"""Share of a word's height up to which the next word belongs to the strip; a space has 0.4."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A rectangle of a picture, its edges in dots.

    Raises:
        ValueError: it is empty or begins outside the picture.
    """

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if min(self.left, self.top) < 0 or self.wide < 1 or self.high < 1:
            raise ValueError("a strip is empty")

    @property
    def wide(self) -> int:
        """Dots from edge to edge."""
        return self.right - self.left

    @property
    def high(self) -> int:
        """Dots from top to bottom."""
        return self.bottom - self.top


def strip_around(word: ReadWord, words: Sequence[ReadWord], picture: Picture) -> Strip:
    """The piece of its line around a word."""
    line = sorted((one for one in words if one.line == word.line), key=lambda one: one.box.left)
    at = line.index(word)
    near = _NEAR * (word.box.bottom - word.box.top)
    first, last = at, at
    while first > 0 and line[first].box.left - line[first - 1].box.right < near:
        first -= 1
    while last + 1 < len(line) and line[last + 1].box.left - line[last].box.right < near:
        last += 1
    boxes = [one.box for one in line[first : last + 1]]
    per = picture.dots_per_point
    return Strip(
        max(0, round(min(box.left for box in boxes) * per) - _MARGIN),
        max(0, round(min(box.top for box in boxes) * per) - _MARGIN),
        min(picture.wide, round(max(box.right for box in boxes) * per) + _MARGIN),
        min(picture.high, round(max(box.bottom for box in boxes) * per) + _MARGIN),
    )


def place_strips(strips: Sequence[Strip]) -> Iterator[tuple[int, int]]:
    """Left and top of each strip in the stack."""
    top = _GAP
    for strip in strips:
        yield _GAP, top
        top += strip.high * ENLARGED + _GAP


def size_of_stack(strips: Sequence[Strip]) -> tuple[int, int]:
    """Width and height of the stack."""
    wide = max(strip.wide for strip in strips) * ENLARGED + 2 * _GAP
    high = sum(strip.high * ENLARGED + _GAP for strip in strips) + _GAP
    return wide, high


def stacks_of(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """The strips in as many stacks as are needed for none to be too large."""
    held: list[Strip] = []
    for strip in strips:
        if held and _dots([*held, strip]) > MAX_DOTS:
            yield held
            held = []
        if _dots([strip]) <= MAX_DOTS:
            held.append(strip)
    if held:
        yield held


def _dots(strips: Sequence[Strip]) -> int:
    wide, high = size_of_stack(strips)
    return wide * high
