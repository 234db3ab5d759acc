"""The body of a Word document as blocks in reading order: paragraphs, tables and page breaks.

A table of one column is a frame around paragraphs and is read as these; a table within another
table's cell becomes lines of that cell.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import child_value, elements_of, within
from fuente.adapters.page_reader.office.word_lists import Lists
from fuente.adapters.page_reader.office.word_notes import Note
from fuente.adapters.page_reader.office.word_styles import Styles
from fuente.adapters.page_reader.office.word_tables import PASSED_THROUGH, RawCell, rows_of
from fuente.adapters.page_reader.office.word_text import (
    PAGE_BREAK,
    PRINTED_BREAK,
    PrintedWords,
    WordsReader,
    is_placeholder,
)
from fuente.adapters.page_reader.plain.typewriter import TypedCell

_MARKS: Final = str.maketrans("", "", PAGE_BREAK + PRINTED_BREAK)
_LEADERS: Final = " ..... "
"""What Word prints for the last tab of an entry in a table of contents."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph's words, how they are set, and what is referred to in them."""

    text: str
    place: str
    level: int = 0
    bold: bool = False
    size: int = 0
    notes: tuple[Note, ...] = ()
    pictures: int = 0
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of at least two columns, and where the last print broke pages in it."""

    cells: tuple[TypedCell, ...]
    notes: tuple[Note, ...] = ()
    pictures: int = 0
    struck: bool = False
    starts_page: bool = False
    crosses_page: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page ends here; `printed` where only the last print says so."""

    printed: bool = False


Block = Paragraph | Table | PageBreak


class BodyReader:
    """Reads a body block by block; counts paragraphs, tables and text boxes for their places.

    Args:
        styles: the document's styles.
        lists: its lists, which count on through the whole document.
        words: reads the words of a paragraph.
        sections: how each section begins, in order; the first one's beginning is none.
    """

    def __init__(
        self, styles: Styles, lists: Lists, words: WordsReader, sections: Sequence[str]
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._words = words
        self._next_sections = iter(sections[1:])
        self._counts = {"paragraph": 0, "table": 0, "text box": 0}

    def blocks(self, container: Iterable[Element], place: str = "") -> Iterator[Block]:
        """The blocks of the body, of a cell, a text box or a note; `place` names them all."""
        for element in container:
            if element.tag == "w:p":
                yield from self._paragraph(element, place)
            elif element.tag == "w:tbl":
                yield from self._table(element, place)
            elif element.tag in PASSED_THROUGH or (
                element.tag == "w:sdt" and not is_placeholder(element)
            ):
                yield from self.blocks(element, place)
            elif element.tag == "mc:AlternateContent":
                yield from self.blocks(elements_of(element, "mc:Choice"), place)

    def _paragraph(self, element: Element, place: str) -> Iterator[Block]:
        properties = element.find("w:pPr")
        found = self._words.read(element)
        paragraph = self._read_paragraph(properties, found, place)
        if self._styles.starts_page(properties):
            yield PageBreak()
        yield from _parted(paragraph)
        for box in found.boxes:
            yield from self.blocks(box, place or self._counted("text box"))
        if within(properties, "w:sectPr") is not None:
            yield from self._section_break()

    def _read_paragraph(
        self, properties: Element | None, found: PrintedWords, place: str
    ) -> Paragraph:
        mark = self._lists.mark(self._styles.list_place(properties))
        words = found.text
        if not words.translate(_MARKS).strip():
            return Paragraph(words, "", pictures=found.pictures, struck=found.struck)
        if self._styles.is_contents(properties):
            words = _LEADERS.join(words.rsplit("\t", 1))
        return Paragraph(
            text=_with_mark(mark, words),
            place=place or self._counted("paragraph"),
            level=self._styles.level(properties),
            bold=found.is_bold,
            size=found.size,
            notes=tuple(found.notes),
            pictures=found.pictures,
            struck=found.struck,
        )

    def _section_break(self) -> Iterator[Block]:
        if next(self._next_sections, "nextPage") not in ("continuous", "nextColumn"):
            yield PageBreak()

    def _counted(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind} {self._counts[kind]}"

    def _table(self, element: Element, place: str) -> Iterator[Block]:
        name = place or self._counted("table")
        rows = list(rows_of(element))
        if max(map(len, rows), default=0) < 2:
            for number, row in enumerate(rows, start=1):
                for cell in row:
                    yield from self.blocks(cell.element, place or f"{name}, row {number}")
            return
        table = self._merged(rows, "" if place else name)
        if table.starts_page:
            yield PageBreak(printed=True)
        yield table
        if table.crosses_page:
            yield PageBreak(printed=True)

    def _merged(self, rows: Sequence[Sequence[RawCell]], name: str) -> Table:
        """The table with its cells read and those merged downwards joined."""
        contents: list[_Content] = []
        cells: list[TypedCell] = []
        open_cells: dict[int, int] = {}
        for number, row in enumerate(rows):
            place = f"{name}, row {number + 1}" if name else ""
            for raw in row:
                above = open_cells.get(raw.column) if raw.continues else None
                if above is not None:
                    span = number - cells[above].row + 1
                    cells[above] = replace(cells[above], row_span=span)
                    continue
                content = self._content(raw.element)
                contents.append(replace(content, row=number))
                open_cells[raw.column] = len(cells)
                cells.append(_typed(raw, number, content, place))
        return Table(
            cells=tuple(cells),
            notes=tuple(note for content in contents for note in content.notes),
            pictures=sum(content.pictures for content in contents),
            struck=any(content.struck for content in contents),
            starts_page=any(one.breaks and not one.row for one in contents),
            crosses_page=any(one.breaks and one.row for one in contents),
        )

    def _content(self, cell: Element) -> "_Content":
        lines: list[str] = []
        bold: list[bool] = []
        notes: list[Note] = []
        pictures, breaks, struck = 0, False, False
        for block in self.blocks(cell, "cell"):
            if isinstance(block, PageBreak):
                breaks = True
                continue
            pictures += block.pictures
            struck |= block.struck
            notes.extend(block.notes)
            if isinstance(block, Table):
                lines.extend(_lines_of(block))
            elif block.text.strip():
                lines.append(block.text)
                bold.append(block.bold)
        is_bold = bool(bold) and all(bold)
        return _Content("\n".join(lines), is_bold, tuple(notes), pictures, breaks, struck)


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in one cell."""

    text: str
    bold: bool
    notes: tuple[Note, ...]
    pictures: int
    breaks: bool
    struck: bool
    row: int = 0


def section_starts(body: Element) -> list[str]:
    """How each section of a body begins: on a new page unless it says otherwise."""
    found = (element for element in body.iter("w:sectPr"))
    return [child_value(element, "w:type", "nextPage") for element in found]


def _parted(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph parted where a page was broken by hand; the last print breaks only around it."""
    before, pieces = _leading_breaks(paragraph.text)
    yield from before
    printed = PRINTED_BREAK in pieces
    for number, piece in enumerate(pieces.split(PAGE_BREAK)):
        if number:
            yield PageBreak()
        words = piece.translate(_MARKS)
        part = replace(paragraph, text=words)
        if number:
            part = replace(part, pictures=0, struck=False)
        if words.strip() or part.pictures or part.struck:
            yield part
    if printed:
        yield PageBreak(printed=True)


def _leading_breaks(words: str) -> tuple[list[PageBreak], str]:
    start = words[: len(words) - len(words.lstrip())]
    marks = [mark for mark in start if mark in (PAGE_BREAK, PRINTED_BREAK)]
    rest = start.translate(_MARKS) + words[len(start) :]
    return [PageBreak(printed=mark == PRINTED_BREAK) for mark in marks], rest


def _with_mark(mark: str, words: str) -> str:
    start = len(words) - len(words.lstrip())
    return words[:start] + mark + words[start:]


def _typed(raw: RawCell, row: int, content: _Content, place: str) -> TypedCell:
    return TypedCell(
        row, raw.column, content.text, column_span=raw.span, place=place, bold=content.bold
    )


def _lines_of(table: Table) -> Iterator[str]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    for words in rows.values():
        yield "\t".join(word for word in words if word)
