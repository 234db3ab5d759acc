"""What a browser would show of an HTML tree: headings, paragraphs, list items and tables in order.

Nothing is fetched and no script runs. What a browser hides is left out, since nobody could check a
citation of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fuente.adapters.page_reader.plain.typewriter import TypedCell
from fuente.adapters.page_reader.raised import lowered_text, raised_text

Element = Any
"""An element of lxml, which has no types of its own."""

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_NEVER_SHOWN: Final = frozenset(
    (
        *("head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg"),
        *("canvas", "audio", "video", "select", "textarea", "button", "dialog", "datalist"),
    )
)
_BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
        ),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"),
        *("html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS),
    )
)
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHIFTED: Final = {"sup": raised_text, "sub": lowered_text}
_SHIFTED_STYLE: Final = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BOLD: Final = frozenset({"b", "strong"})
_WIDEST_SPAN: Final = 100
"""Rows or columns one cell may cover; HTML allows 65,534, which no printed table has."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand alone; `level` is that of a heading, 0 for body text."""

    words: str
    level: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, numbered as the browser lays them out."""

    cells: tuple[TypedCell, ...]


Block = Paragraph | Table


def find_blocks(root: Element) -> Iterator[Block]:
    """The blocks of a tree in reading order."""
    return _Walk().blocks_of(root)


class _Walk:
    """Collects inline words until a block begins or ends."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._bold: list[bool] = []
        self._mark = ""
        self._items: Counter[Element] = Counter()

    def blocks_of(self, element: Element) -> Iterator[Block]:
        """The blocks inside an element, and what is left of its words."""
        yield from self._inside(element, bold=False, preformatted=False)
        yield from self._flush()

    def _inside(self, element: Element, *, bold: bool, preformatted: bool) -> Iterator[Block]:
        tag = element.tag
        bold = bold or tag in _BOLD
        preformatted = preformatted or tag == "pre"
        self._add(element.text, bold, preformatted)
        for child in element:
            yield from self._child(child, bold=bold, preformatted=preformatted)
            self._add(child.tail, bold, preformatted)

    def _child(self, child: Element, *, bold: bool, preformatted: bool) -> Iterator[Block]:
        tag = child.tag
        if not isinstance(tag, str) or is_hidden(child):
            return
        if tag == "br":
            self._add("\n", bold, True)
        elif tag == "img":
            self._add(f" {child.get('alt', '')} ", bold, preformatted)
        elif tag == "table":
            yield from self._flush()
            yield from _table(child)
        elif tag in _BLOCKS:
            yield from self._flush()
            self._mark = self._list_mark(child)
            yield from self._inside(child, bold=bold, preformatted=preformatted)
            yield from self._flush(_HEADINGS.get(tag, 0))
        else:
            start = len(self._words)
            yield from self._inside(child, bold=bold, preformatted=preformatted)
            self._shift(child, start)

    def _shift(self, element: Element, start: int) -> None:
        """Raise or lower what an element added to the words, as the browser would."""
        style = _SHIFTED_STYLE.search(element.get("style") or "")
        shift = _SHIFTED.get(style[1].lower()[:3] if style else element.tag)
        if shift and start < len(self._words):
            before = "".join(self._words[max(0, start - 3) : start])
            self._words[start:] = [shift(before, "".join(self._words[start:]))]

    def _list_mark(self, element: Element) -> str:
        """What the browser prints before a list item, so that items stay apart as printed."""
        parent = element.getparent()
        if element.tag != "li" or parent is None:
            return ""
        if parent.tag != "ol":
            return "• "
        before = self._items[parent]
        self._items[parent] += 1
        return f"{_number(parent.get('start'), 1) + before}. "

    def _add(self, words: str | None, bold: bool, preformatted: bool) -> None:
        if words:
            self._words.append(words if preformatted else re.sub(r"[ \t\r\n\f]+", " ", words))
            if words.strip():
                self._bold.append(bold)

    def _flush(self, level: int = 0) -> Iterator[Block]:
        words = tidy("".join(self._words))
        bold = bool(self._bold) and all(self._bold)
        self._words, self._bold = [], []
        if words:
            yield Paragraph(self._mark + words, level, bold)
            self._mark = ""


def is_hidden(element: Element) -> bool:
    """A browser does not show it."""
    if element.tag in _NEVER_SHOWN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def tidy(words: str) -> str:
    """The words with one space between them, line by line, and no empty line."""
    rows = (" ".join(row.split()) for row in words.split("\n"))
    return "\n".join(row for row in rows if row)


def _table(table: Element) -> Iterator[Block]:
    for caption in table.iterchildren("caption"):
        yield Paragraph(" ".join(_words_of(caption).split()), bold=True)
    # Counted before any is read: a frame within frames would be read twice at each depth.
    elements = [cell for row in _rows(table) for cell in _cell_elements(row)]
    if len(elements) == 1:
        # A frame around the page, as old layouts have.
        yield from find_blocks(elements[0])
    elif elements:
        yield Table(tuple(_cells(table)))


def _cells(table: Element) -> Iterator[TypedCell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(_rows(table)):
        column = 0
        for cell in _cell_elements(element):
            while (row, column) in taken:
                column += 1
            rows, columns = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            taken |= {(row + i, column + j) for i in range(rows) for j in range(columns)}
            yield TypedCell(row, column, _words_of(cell), rows, columns)
            column += columns


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr" and not is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            yield from (row for row in child.iterchildren("tr") if not is_hidden(row))


def _cell_elements(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iterchildren("td", "th") if not is_hidden(cell))


def _words_of(cell: Element) -> str:
    """The words of a cell, one line for each block in it; a table in a cell is its rows."""
    lines: list[str] = []
    for block in find_blocks(cell):
        if isinstance(block, Paragraph):
            lines.append(block.words)
        else:
            rows: dict[int, list[str]] = {}
            for inner in block.cells:
                rows.setdefault(inner.row, []).append(inner.text)
            lines += [" ".join(row) for row in rows.values()]
    return "\n".join(lines)


def _span(text: str | None) -> int:
    return min(max(_number(text, 1), 1), _WIDEST_SPAN)


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
