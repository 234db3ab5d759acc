"""Cuts the blocks of a Word document into page-parts and types them.

A part never ends inside a table, behind a heading or behind the words that name a table.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from fuente.adapters.page_reader.office.word_body import Block, PageBreak, Paragraph, Table
from fuente.adapters.page_reader.office.word_notes import Note
from fuente.adapters.page_reader.plain.struck import STRUCK_OUT
from fuente.adapters.page_reader.plain.typewriter import Typewriter, cut_table, rows_that_fit
from fuente.documents.layout import CAPTION
from fuente.documents.source import Page

_PART_LENGTH: Final = 4_000
_LONGEST_PART: Final = 12_000
"""Characters: a page of text, and what no printed page exceeds."""

_LARGER: Final = 1.2
"""Print this much larger than the usual marks a heading that has no style of its own."""

_LARGE_LEVEL: Final = 3
_MAX_HEADING: Final = 140


class PageParts:
    """Page-parts in the making.

    Args:
        read_note: gives the mark and words of a note, which stand at the end of its part.
        is_printed: whether the file says where pages ended at its last print.
    """

    def __init__(self, read_note: Callable[[Note], Paragraph], *, is_printed: bool) -> None:
        self._read_note = read_note
        self._length = _LONGEST_PART if is_printed else _PART_LENGTH
        self._done: list[Page] = []
        self._sheet = Typewriter(1)
        self._last: Paragraph | Table | None = None
        self._notes: dict[Note, None] = {}
        self._pictures = 0
        self._struck = False

    def add(self, block: Block) -> None:
        """The next block of the document."""
        if isinstance(block, PageBreak):
            self._end()
            return
        if self._is_full(block):
            self._end()
        self._notes.update(dict.fromkeys(block.notes))
        self._pictures += block.pictures
        self._struck |= block.struck
        self._last = block
        if isinstance(block, Table):
            self._write_table(block)
        else:
            self._sheet.write(block.text, level=block.level, bold=block.bold, place=block.place)

    def pages(self, warnings: Sequence[str]) -> list[Page]:
        """All parts; what is to be said of the whole file is said on the first."""
        self._end()
        if not self._done or self._pictures or self._struck:
            self._finish()
        self._done[0] = replace(self._done[0], warnings=(*warnings, *self._done[0].warnings))
        return self._done

    def _write_table(self, table: Table) -> None:
        begun_on = len(self._done) + 1
        parts = cut_table(table.cells, rows_that_fit(table.cells))
        for number, cells in enumerate(parts):
            if number:
                self._finish()
            self._sheet.write_table(cells, begun_on)

    def _is_full(self, block: Paragraph | Table) -> bool:
        if self._last is None or _names_next(self._last):
            return False
        is_between = isinstance(block, Paragraph) and isinstance(self._last, Paragraph)
        return self._sheet.length >= (self._length if is_between else _LONGEST_PART)

    def _end(self) -> None:
        if self._sheet.length:
            self._finish()

    def _finish(self) -> None:
        for note in self._notes:
            found = self._read_note(note)
            self._struck |= found.struck
            self._sheet.write(found.text, place=found.place)
        if self._struck:
            self._sheet.warnings.append(STRUCK_OUT)
        if self._pictures:
            self._sheet.warnings.append(f"pictures that were not read: {self._pictures}")
        self._done.append(self._sheet.page())
        self._sheet = Typewriter(len(self._done) + 1)
        self._last = None
        self._notes = {}
        self._pictures = 0
        self._struck = False


def with_levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those headings marked that only their print tells from the usual text."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph):
            sizes[block.size] += len(block.text)
    usual = max(sizes, key=sizes.__getitem__, default=0)
    for block in blocks:
        yield _with_level(block, usual) if isinstance(block, Paragraph) else block


def _with_level(paragraph: Paragraph, usual: int) -> Paragraph:
    is_larger = usual > 0 and paragraph.size >= _LARGER * usual
    if paragraph.level or not is_larger or len(paragraph.text) > _MAX_HEADING:
        return paragraph
    return replace(paragraph, level=_LARGE_LEVEL)


def _names_next(block: Paragraph | Table) -> bool:
    if isinstance(block, Table):
        return False
    is_heading = bool(block.level or block.bold)
    return is_heading or block.text.rstrip().endswith(":") or bool(CAPTION.match(block.text))
