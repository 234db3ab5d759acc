"""What a Word style says of a paragraph or a run, its own words and those it inherits.

Only what changes how the words are read: the outline level, weight, size, raised and hidden print,
and the list a style belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import (
    child_value,
    elements_of,
    number_of,
    switch,
    value_of,
    within,
)

_DEFAULT_HALF_POINTS: Final = 20
_TITLE_NAMES: Final = {"title": 1, "subtitle": 2}
_LEVELS: Final = 6
_BODY_LEVEL: Final = 9
_CONTENTS: Final = re.compile(r"toc \d", re.IGNORECASE)
_MAX_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class RunLook:
    """How some words are printed, as far as reading them depends on it."""

    bold: bool = False
    hidden: bool = False
    raised: bool = False
    lowered: bool = False
    struck: bool = False
    size: int = _DEFAULT_HALF_POINTS


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list a paragraph is in and how deep; list `0` is none."""

    list_id: str
    depth: int


class Styles:
    """The styles of a document.

    Args:
        root: the styles part; None for a document without one.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles = {value_of(one, "styleId"): one for one in elements_of(root, "w:style")}
        self._default = next(
            (
                value_of(one, "styleId")
                for one in self._styles.values()
                if value_of(one, "type") == "paragraph"
                and value_of(one, "default") in ("1", "true")
            ),
            "",
        )
        default_size = child_value(root, "w:docDefaults/w:rPrDefault/w:rPr/w:sz")
        self._size = number_of(default_size, _DEFAULT_HALF_POINTS)

    def paragraph_look(self, properties: Element | None) -> RunLook:
        """How the words of a paragraph are printed unless a run says otherwise."""
        look = RunLook(size=self._size)
        for style in reversed(list(self._chain(self._style_of(properties)))):
            look = _overlaid(look, style.find("w:rPr"))
        return look

    def run_look(self, base: RunLook, properties: Element | None) -> RunLook:
        """How a run is printed in a paragraph that is printed like `base`."""
        if properties is None:
            return base
        for style in reversed(list(self._chain(child_value(properties, "w:rStyle")))):
            base = _overlaid(base, style.find("w:rPr"))
        return _overlaid(base, properties)

    def level(self, properties: Element | None) -> int:
        """The heading level a paragraph has by its style or its own outline, 0 for body text."""
        own = child_value(properties, "w:outlineLvl")
        if own:
            return _level_of_outline(own)
        for style in self._chain(self._style_of(properties)):
            outline = child_value(style, "w:pPr/w:outlineLvl")
            if outline:
                return _level_of_outline(outline)
            named = _TITLE_NAMES.get(child_value(style, "w:name").lower(), 0)
            if named:
                return named
        return 0

    def starts_page(self, properties: Element | None) -> bool:
        """Whether a paragraph begins a page, by itself or by its style."""
        own = switch(properties, "w:pageBreakBefore")
        if own is not None:
            return own
        chain = self._chain(self._style_of(properties))
        return any(switch(style.find("w:pPr"), "w:pageBreakBefore") for style in chain)

    def is_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is an entry of a table of contents."""
        chain = self._chain(self._style_of(properties))
        return any(_CONTENTS.fullmatch(child_value(style, "w:name")) for style in chain)

    def list_place(self, properties: Element | None) -> ListPlace | None:
        """The list a paragraph is in, by itself or by its style."""
        found = _list_place(properties)
        for style in self._chain(self._style_of(properties)) if found is None else ():
            found = found or _list_place(style.find("w:pPr"))
        return found if found and found.list_id != "0" else None

    def list_of_style(self, style: str) -> str:
        """The list a list style stands for; empty where it names none."""
        return child_value(self._styles.get(style), "w:pPr/w:numPr/w:numId")

    def _style_of(self, properties: Element | None) -> str:
        return child_value(properties, "w:pStyle") or self._default

    def _chain(self, style: str) -> Iterator[Element]:
        for _ in range(_MAX_CHAIN):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = child_value(found, "w:basedOn")


def _overlaid(look: RunLook, properties: Element | None) -> RunLook:
    if properties is None or not len(properties):
        return look
    bold, hidden = switch(properties, "w:b"), switch(properties, "w:vanish")
    return RunLook(
        bold=look.bold if bold is None else bold,
        hidden=look.hidden if hidden is None else hidden,
        raised=_is_shifted(look.raised, properties, "superscript", 1),
        lowered=_is_shifted(look.lowered, properties, "subscript", -1),
        struck=_is_struck(look.struck, properties),
        size=number_of(child_value(properties, "w:sz"), look.size),
    )


def _is_struck(inherited: bool, properties: Element) -> bool:
    """Struck once or twice; Word says of both, also that one is off."""
    said = [switch(properties, name) for name in ("w:strike", "w:dstrike")]
    return any(said) if said != [None, None] else inherited


def _is_shifted(inherited: bool, properties: Element, name: str, direction: int) -> bool:
    aligned = child_value(properties, "w:vertAlign")
    if aligned:
        return aligned == name
    return number_of(child_value(properties, "w:position")) * direction > 0 or inherited


def _level_of_outline(outline: str) -> int:
    level = number_of(outline, _BODY_LEVEL)
    return min(level + 1, _LEVELS) if 0 <= level < _BODY_LEVEL else 0


def _list_place(properties: Element | None) -> ListPlace | None:
    listed = within(properties, "w:numPr")
    if listed is None:
        return None
    return ListPlace(
        child_value(listed, "w:numId"), max(0, number_of(child_value(listed, "w:ilvl")))
    )
