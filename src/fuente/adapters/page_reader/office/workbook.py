"""What the sheets of an Excel workbook share: their names, the texts, the looks of cells."""

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
from fuente.adapters.page_reader.office.number_format import BUILT_IN, GENERAL
from fuente.adapters.page_reader.office.package import Package
from fuente.adapters.page_reader.raised import raised_text

_LARGER: Final = 1.2
"""Print this much larger than the workbook's usual print marks a title."""

_DEFAULT_SIZE: Final = 11.0
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN: Final = range(0x20, 0xD800)
_LINE_FEED: Final = 0x0A


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows its value."""

    code: str = GENERAL
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its name, its part, and whether it is shown."""

    name: str
    part: str
    is_hidden: bool


class Workbook:
    """The shared parts of one workbook.

    Args:
        package: the opened file.
        part: the name of its workbook part.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        root = package.xml(part)
        properties = root.find("x:workbookPr")
        self.from_1904 = value_of(properties, "date1904") in ("1", "true")
        self.sheets = tuple(self._sheets(root))
        self._texts: list[str] = []
        self._read_texts()
        self._looks = self._read_looks()

    def text(self, number: str) -> str:
        """A shared text by its number."""
        place = number_of(number, -1)
        return self._texts[place] if 0 <= place < len(self._texts) else ""

    def look(self, style: str) -> Look:
        """How cells of a style show their values."""
        place = number_of(style)
        return self._looks[place] if 0 <= place < len(self._looks) else Look()

    def _sheets(self, root: Element) -> Iterator[SheetEntry]:
        targets = {one.name: one for one in self._package.relations(self._part)}
        for sheet in elements_of(root.find("x:sheets"), "x:sheet"):
            relation = targets.get(sheet.get("r:id", ""))
            if relation and relation.kind == "worksheet" and self._package.has(relation.target):
                hidden = value_of(sheet, "state", "visible") != "visible"
                yield SheetEntry(value_of(sheet, "name"), relation.target, hidden)

    def _read_texts(self) -> None:
        name = self._package.related(self._part, "sharedStrings")
        if name:
            self._package.xml(name, lambda item: self._texts.append(rich_text(item)), "x:si")

    def _read_looks(self) -> tuple[Look, ...]:
        name = self._package.related(self._part, "styles")
        root = self._package.xml(name) if name else None
        codes = {
            number_of(value_of(one, "numFmtId")): value_of(one, "formatCode")
            for one in elements_of(within(root, "x:numFmts"), "x:numFmt")
        }
        fonts = list(elements_of(within(root, "x:fonts"), "x:font"))
        usual = _size(fonts[0]) if fonts else _DEFAULT_SIZE
        found = elements_of(within(root, "x:cellXfs"), "x:xf")
        return tuple(_look(one, codes, fonts, usual) for one in found)


def rich_text(item: Element) -> str:
    """The words of a text item, raised figures kept apart from the number before them."""
    words = ""
    for element in item:
        if element.tag == "x:t":
            words += unescaped(element.text or "")
        elif element.tag == "x:r":
            part = unescaped(element.findtext("x:t") or "")
            raised = child_value(element, "x:rPr/x:vertAlign") == "superscript"
            words += raised_text(words, part) if raised else part
    return words


def unescaped(words: str) -> str:
    """Words with the characters XML cannot hold, which Excel writes as `_x000D_`, left away."""
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), words)


def _character(code: int) -> str:
    return chr(code) if code in _PLAIN or code == _LINE_FEED else ""


def _look(style: Element, codes: dict[int, str], fonts: list[Element], usual: float) -> Look:
    number = number_of(value_of(style, "numFmtId"))
    place = number_of(value_of(style, "fontId"))
    font = fonts[place] if 0 <= place < len(fonts) else None
    return Look(
        code=codes.get(number) or BUILT_IN.get(number, GENERAL),
        bold=bool(switch(font, "x:b")),
        large=_size(font) >= _LARGER * usual,
    )


def _size(font: Element | None) -> float:
    try:
        return float(child_value(font, "x:sz")) or _DEFAULT_SIZE
    except ValueError:
        return _DEFAULT_SIZE
