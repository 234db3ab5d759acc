"""Finds raised print by how each character is set, so that no exponent joins the number before it.

A PDF knows no superscript: `10` with a raised 6 is the text `106`, its last digit set smaller and
above the baseline.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import hypot
from typing import Final

from fuente.adapters.page_reader.raised import raised_characters
from fuente.documents.span import Box

_CANDIDATE: Final = re.compile(r"[\d(\[+\-−–*]|(?<=\d)[b-np-z]")

_SMALLER: Final = 0.9
"""Raised print on ten real documents has 0.53 to 0.76 of the size before it."""

_LEAST_RISE, _MOST_RISE = 0.15, 0.9
"""Share of the size before it by which raised print stands above the baseline: 0.3 to 0.5 there."""

_FAR: Final = 1.5
"""Sizes from the beginning of a character to that of the next one, a space between included."""

_LONGEST: Final = 12
"""Characters of an exponent or of a list of notes; more is a line beside a large initial."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one character is set: size, baseline point, and the direction up from it."""

    size: float
    x: float
    y: float
    up_x: float
    up_y: float

    def raises(self, other: "Setting") -> bool:
        """Whether another is notably smaller than this one and stands above its baseline."""
        if not self.size or other.size > _SMALLER * self.size:
            return False
        across, down = other.x - self.x, other.y - self.y
        rise = (across * self.up_x + down * self.up_y) / self.size
        return _LEAST_RISE < rise < _MOST_RISE

    def is_near(self, other: "Setting", size: float) -> bool:
        """Whether another follows at once in print of that size."""
        return hypot(other.x - self.x, other.y - self.y) <= _FAR * size


SettingAt = Callable[[int], Setting | None]


def mark_raised(text: str, boxes: Sequence[Box | None], setting_at: SettingAt) -> str:
    """The text with raised figures as superscript characters, one for one."""
    pieces: list[str] = []
    done = 0
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        if start < done:
            continue
        base = _drawn_before(text, boxes, start)
        if base is None or not _is_lower(boxes[start], boxes[base]):
            continue
        end = _end_of_run(text, boxes, setting_at, (base, start))
        if start < end <= start + _LONGEST:
            words = raised_characters(text[:start][-6:], text[start:end], text[end : end + 6])
            pieces += [text[done:start], words]
            done = end
    return "".join((*pieces, text[done:]))


def _drawn_before(text: str, boxes: Sequence[Box | None], start: int) -> int | None:
    near = range(start - 1, max(-1, start - 4), -1)
    return next((at for at in near if boxes[at] and not text[at].isspace()), None)


def _is_lower(box: Box | None, base: Box | None) -> bool:
    """Whether a box is less high, which is known already and spares asking for the size."""
    if box is None or base is None:
        return False
    return box.bottom - box.top < _SMALLER * (base.bottom - base.top)


def _end_of_run(
    text: str, boxes: Sequence[Box | None], setting_at: SettingAt, begun: tuple[int, int]
) -> int:
    """The end of the characters that are raised against the first of two; no run: its start."""
    base_at, end = begun
    base = last = setting_at(base_at)
    for at in islice(range(end, len(text)), 2 * _LONGEST):
        if text[at].isspace() or boxes[at] is None:
            continue
        setting = setting_at(at)
        if not (base and last and setting and base.raises(setting)):
            break
        if not last.is_near(setting, base.size):
            break
        last, end = setting, at + 1
    return end
