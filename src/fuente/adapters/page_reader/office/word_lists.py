"""The numbers and bullets Word prints before the paragraphs of a list, which are not in its text.

They are counted as Word counts them, so that a section is found by the number a person sees.
"""

from collections import defaultdict
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import (
    child_value,
    elements_of,
    number_of,
    value_of,
)
from fuente.adapters.page_reader.office.word_styles import ListPlace, Styles

_BULLET: Final = "•"
_DEPTHS: Final = 9
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MAX_ROMAN: Final = 4999


class Lists:
    """Counts through the lists of one document, paragraph by paragraph.

    Args:
        root: the numbering part; None for a document without lists.
        styles: the styles, since a list may be defined by one.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {value_of(one, "numId"): one for one in elements_of(root, "w:num")}
        self._shapes = {
            value_of(one, "abstractNumId"): one for one in elements_of(root, "w:abstractNum")
        }
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _DEPTHS)
        self._started: set[tuple[str, int]] = set()

    def mark(self, place: ListPlace | None) -> str:
        """What is printed before the next paragraph of a list, with a space; empty for no list."""
        if place is None or place.depth >= _DEPTHS or place.list_id not in self._lists:
            return ""
        shape = self._shape(place.list_id)
        level = _level(self._shapes.get(shape), place.depth)
        kind = child_value(level, "w:numFmt", "decimal")
        if level is None or kind == "bullet":
            return f"{_BULLET} "
        counts = self._counted(shape, place)
        words = _filled(self._shapes.get(shape), child_value(level, "w:lvlText"), counts)
        return f"{words} " if words.strip() and kind != "none" else ""

    def _shape(self, list_id: str) -> str:
        """The definition of a list; one that refers to a list style is that style's."""
        shape = child_value(self._lists[list_id], "w:abstractNumId")
        style = child_value(self._shapes.get(shape), "w:numStyleLink")
        other = self._styles.list_of_style(style) if style else ""
        return child_value(self._lists.get(other), "w:abstractNumId") or shape

    def _counted(self, shape: str, place: ListPlace) -> list[int]:
        counts = self._counts[shape]
        restart = self._restart(place)
        if restart is not None:
            counts[place.depth] = restart
        elif counts[place.depth]:
            counts[place.depth] += 1
        else:
            counts[place.depth] = _start(self._shapes.get(shape), place.depth)
        counts[place.depth + 1 :] = [0] * (_DEPTHS - place.depth - 1)
        for above in range(place.depth):
            counts[above] = counts[above] or _start(self._shapes.get(shape), above)
        return counts

    def _restart(self, place: ListPlace) -> int | None:
        """The number a list starts anew with, once."""
        key = (place.list_id, place.depth)
        if key in self._started:
            return None
        self._started.add(key)
        for override in elements_of(self._lists[place.list_id], "w:lvlOverride"):
            start = child_value(override, "w:startOverride")
            if start and value_of(override, "ilvl") == str(place.depth):
                return number_of(start, 1)
        return None


def roman(number: int) -> str:
    """A number in small roman letters, as far as they go."""
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def _level(shape: Element | None, depth: int) -> Element | None:
    levels = elements_of(shape, "w:lvl")
    return next((one for one in levels if value_of(one, "ilvl") == str(depth)), None)


def _start(shape: Element | None, depth: int) -> int:
    return number_of(child_value(_level(shape, depth), "w:start"), 1)


def _filled(shape: Element | None, pattern: str, counts: list[int]) -> str:
    for depth in range(_DEPTHS):
        if f"%{depth + 1}" in pattern:
            kind = child_value(_level(shape, depth), "w:numFmt", "decimal")
            pattern = pattern.replace(f"%{depth + 1}", _numeral(counts[depth], kind))
    return pattern


def _numeral(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if kind == "upperRoman" else roman(number)
    return f"{number:02d}" if kind == "decimalZero" else str(number)
