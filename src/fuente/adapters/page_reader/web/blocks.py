"""What a browser would show of an HTML tree: headings, paragraphs, list items and tables in order.

Nothing is fetched and no script runs. What a browser hides is left out, since nobody could check a
citation of it, and so is what it strikes out, since that no longer holds.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fuente.adapters.page_reader.plain.struck import gap_of
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
_STRUCK: Final = frozenset({"del", "s", "strike"})
_STRUCK_STYLE: Final = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_SHIFTED: Final = {"sup": raised_text, "sub": lowered_text}
_SHIFTED_STYLE: Final = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BOLD: Final = frozenset({"b", "strong"})
_WIDEST_SPAN: Final = 100
"""Rows or columns one cell may cover; HTML allows 65,534, which no printed table has."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand alone; `level` is that of a heading, 0 for body text.

    `struck` where it also holds struck-out words, or nothing else: then `words` is empty.
    """

    words: str
    level: int = 0
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, numbered as the browser lays them out."""

    cells: tuple[TypedCell, ...]
    struck: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class _Look:
    """How words are shown."""

    bold: bool = False
    preformatted: bool = False
    struck: bool = False

    def inside(self, element: Element) -> "_Look":
        """How the words of an element are shown that stands among words shown so."""
        return _Look(
            self.bold or element.tag in _BOLD,
            self.preformatted or element.tag == "pre",
            self.struck or _is_struck(element),
        )


def find_blocks(root: Element) -> Iterator[Block]:
    """The blocks of a tree in reading order."""
    return _Walk().blocks_of(root)


class _Walk:
    """Collects inline words until a block begins or ends."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._bold: list[bool] = []
        self._struck = False
        self._mark = ""
        self._items: Counter[Element] = Counter()

    def blocks_of(self, element: Element) -> Iterator[Block]:
        """The blocks inside an element, and what is left of its words."""
        around = any(map(_is_struck, element.iterancestors()))
        yield from self._inside(element, _Look(struck=around))
        yield from self._flush()

    def _inside(self, element: Element, around: _Look) -> Iterator[Block]:
        look = around.inside(element)
        self._add(element.text, look)
        for child in element:
            yield from self._child(child, look)
            self._add(child.tail, look)

    def _child(self, child: Element, look: _Look) -> Iterator[Block]:
        tag = child.tag
        if not isinstance(tag, str) or is_hidden(child):
            return
        if tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._add(f" {child.get('alt', '')} ", look)
        elif tag == "table":
            yield from self._flush()
            yield from _table(child)
        elif tag in _BLOCKS:
            yield from self._flush()
            self._mark = self._list_mark(child)
            yield from self._inside(child, look)
            yield from self._flush(_HEADINGS.get(tag, 0))
            self._mark = ""
        else:
            start = len(self._words)
            yield from self._inside(child, look)
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

    def _add(self, words: str | None, look: _Look) -> None:
        if not words:
            return
        if look.struck:
            self._struck |= bool(words.strip())
            words = gap_of("".join(self._words[-1:]), words)
        self._words.append(words if look.preformatted else re.sub(r"[ \t\r\n\f]+", " ", words))
        if words.strip():
            self._bold.append(look.bold)

    def _flush(self, level: int = 0) -> Iterator[Block]:
        words = tidy("".join(self._words))
        bold = bool(self._bold) and all(self._bold)
        if words or self._struck:
            yield Paragraph(self._mark + words if words else "", level, bold, self._struck)
            self._mark = ""
        self._words, self._bold, self._struck = [], [], False


def _is_struck(element: Element) -> bool:
    return element.tag in _STRUCK or bool(_STRUCK_STYLE.search(element.get("style") or ""))


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
        words, struck = _read_cell(caption)
        yield Paragraph(" ".join(words.split()), bold=True, struck=struck)
    # Counted before any is read: a frame within frames would be read twice at each depth.
    elements = [cell for row in _rows(table) for cell in _cell_elements(row)]
    if len(elements) == 1:
        # A frame around the page, as old layouts have.
        yield from find_blocks(elements[0])
    elif elements:
        yield _laid_out(table)


def _laid_out(table: Element) -> Table:
    cells: list[TypedCell] = []
    holds_struck = False
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(_rows(table)):
        column = 0
        for cell in _cell_elements(element):
            while (row, column) in taken:
                column += 1
            rows, columns = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            taken |= {(row + i, column + j) for i in range(rows) for j in range(columns)}
            words, struck = _read_cell(cell)
            holds_struck |= struck
            cells.append(TypedCell(row, column, words, rows, columns))
            column += columns
    return Table(tuple(cells), holds_struck)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr" and not is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            yield from (row for row in child.iterchildren("tr") if not is_hidden(row))


def _cell_elements(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iterchildren("td", "th") if not is_hidden(cell))


def _read_cell(cell: Element) -> tuple[str, bool]:
    """Its words, a line for each block, a table as its rows; and whether others are struck out."""
    lines: list[str] = []
    struck = False
    for block in find_blocks(cell):
        struck |= block.struck
        if isinstance(block, Paragraph):
            lines += [block.words] if block.words else []
        else:
            rows: dict[int, list[str]] = {}
            for inner in block.cells:
                rows.setdefault(inner.row, []).append(inner.text)
            lines += [" ".join(row) for row in rows.values()]
    return "\n".join(lines), struck


def _span(text: str | None) -> int:
    return min(max(_number(text, 1), 1), _WIDEST_SPAN)


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
