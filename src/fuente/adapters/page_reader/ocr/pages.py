"""Reads pages and pictures of a PDF that hold no text: each is drawn, recognised and composed.

What fails costs its page and nothing else: it stays a page without text, with the reason as a
warning. The time for a whole document is limited; the pages beyond it are named.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from time import monotonic
from typing import Any, Final

from fuente.adapters.page_reader.ocr.engine import (
    HOW_TO_INSTALL,
    ONE_BLOCK,
    SCATTERED,
    Engine,
    OcrUnavailable,
    find_engine,
)
from fuente.adapters.page_reader.ocr.joining import joined
from fuente.adapters.page_reader.ocr.limits import BUDGET_SECONDS, PAGE_SECONDS
from fuente.adapters.page_reader.ocr.picture import (
    Drawing,
    Picture,
    drawing_from_fields,
    fields_from_drawing,
)
from fuente.adapters.page_reader.ocr.second_look import read_alike
from fuente.adapters.page_reader.ocr.strips import Strip, stacks_of, strip_around
from fuente.adapters.page_reader.ocr.words import ReadWord, words_from_table, words_from_tables
from fuente.adapters.page_reader.process import ChildFailed, ReadingChild
from fuente.adapters.page_reader.wire import fields_from_line, page_from_fields
from fuente.documents.source import Page

_READS_BADLY: Final = 80.0
"""Mean confidence below which a page may be upside down; those tried were then read at 73."""

_A_WORD: Final = 300
"""Dark dots that may be a word of two letters in print of 10 points."""

_MAX_ANSWER: Final = 64 * 1024 * 1024
"""What is taken from the drawing child: 20 million dots, packed, and their rules."""

_TOO_LATE: Final = "the time for OCR was used up before this page"

Pages = tuple[Page, ...]
Warnings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was recognised on one page, turned one way: on the whole page, and in what was left."""

    drawing: Drawing
    tables: tuple[str, ...]
    words: tuple[ReadWord, ...]
    turned: int

    @property
    def confidence(self) -> float:
        """The mean over its words, 0 without any."""
        sure = [word.confidence for word in self.words]
        return sum(sure) / len(sure) if sure else 0.0

    @property
    def runs_down(self) -> bool:
        """Whether words follow each other downwards: the page lies on its side."""
        pairs = [pair for pair in pairwise(self.words) if pair[0].line == pair[1].line]
        along = sum(abs(after.box.left - before.box.left) for before, after in pairs)
        down = sum(abs(after.box.top - before.box.top) for before, after in pairs)
        return down > along


class OcrReader:
    """Reads pages without text where this host has tesseract; it keeps no state but which one.

    Args:
        budget_seconds: what the pages of one document may take together.
        page_seconds: what each step of one page may take.
    """

    def __init__(
        self, budget_seconds: float = BUDGET_SECONDS, page_seconds: float = PAGE_SECONDS
    ) -> None:
        self._budget_seconds = budget_seconds
        self._page_seconds = page_seconds

    def read(
        self, content: bytes, pages: Pages, progress: Callable[[int, int], None]
    ) -> tuple[Pages, Warnings]:
        """The pages, those without text read where that was possible, and what to say of it."""
        wanted = _pictured(pages)
        if not wanted:
            return pages, ()
        try:
            run = _Run(find_engine(), content, self._budget_seconds, self._page_seconds)
        except OcrUnavailable as problem:
            return pages, unread_pictures(pages, f"{problem}; {HOW_TO_INSTALL}")
        read: dict[int, Page] = {}
        for done, number in enumerate(wanted, start=1):
            read[number] = run.page(pages[number - 1])
            progress(done, len(wanted))
        return tuple(read.get(page.number, page) for page in pages), run.said(list(read.values()))


class _Run:
    """The OCR of one document."""

    def __init__(self, engine: Engine, content: bytes, budget: float, page: float) -> None:
        self._engine = engine
        self._content = content
        self._page_seconds = page
        self._deadline = monotonic() + budget

    def page(self, page: Page) -> Page:
        """The page read, or as it was with the reason why it could not be."""
        if self._left() <= 0:
            return _warned(page, _TOO_LATE)
        try:
            return self._read(page)
        except (ChildFailed, ValueError) as error:
            return _warned(page, f"OCR failed: {error}" if self._left() > 0 else _TOO_LATE)

    def said(self, pages: Sequence[Page]) -> Warnings:
        """What read which pages; why others were not is said of each of them."""
        read = [page.number for page in pages if page.ocr]
        return (f"read by OCR ({self._engine.name}): pages {_listed(read)}",) if read else ()

    def _read(self, page: Page) -> Page:
        mixed = page.text_source != "none"
        reading = self._recognise(page.number, 0) if mixed else self._upright(page.number)
        if reading is None:
            return page
        composed = self._compose(page.number, reading)
        if composed.text_source == "none":
            return page
        if mixed:
            return joined(page, composed)
        return replace(composed, label=page.label, warnings=(*page.warnings, *composed.warnings))

    def _upright(self, number: int) -> _Reading | None:
        """The page turned as it is read best."""
        reading = self._recognise(number, 0)
        if reading and reading.runs_down:
            reading = self._recognise(number, 270)
        if reading and reading.words and reading.confidence < _READS_BADLY:
            other = self._recognise(number, (reading.turned + 180) % 360)
            reading = max(filter(None, (reading, other)), key=lambda one: one.confidence)
        return reading

    def _recognise(self, number: int, turned: int) -> _Reading | None:
        drawing = drawing_from_fields(
            self._ask("ocr.draw_picture", self._content, (str(number), str(turned)))
        )
        if drawing.picture is None:
            return None
        per = drawing.picture.dots_per_point
        table = self._engine.words_of(drawing.picture, self._seconds())
        words = words_from_table(table, per)
        rest = drawing.picture.without(word.box for word in words)
        if rest.ink < _A_WORD:
            return _Reading(drawing, (table,), tuple(words), turned)
        # Tesseract drops what stands apart, such as the narrow columns of a table.
        more = self._engine.words_of(rest, self._seconds(), SCATTERED)
        return _Reading(drawing, (table, more), tuple(words), turned)

    def _compose(self, number: int, reading: _Reading) -> Page:
        picture = reading.drawing.picture
        assert picture is not None
        request = {
            "number": number,
            "turned": reading.turned,
            "page": [reading.drawing.width, reading.drawing.height],
            "dots_per_point": picture.dots_per_point,
            "rulings": reading.drawing.rulings,
            "tables": reading.tables,
        }
        alike, failures = self._second_look(reading.tables, picture)
        request["read_twice"] = alike
        page = page_from_fields(self._ask("ocr.compose_page", json.dumps(request).encode()))
        if page.number != number:
            raise ValueError("another page came than was asked for")
        return replace(page, warnings=(*page.warnings, *failures))

    def _second_look(self, tables: Sequence[str], picture: Picture) -> tuple[list[int], Warnings]:
        """The places of doubtful words that were read alike a second time, enlarged.

        A second look that fails leaves its words in doubt, and says so.
        """
        words = words_from_tables(tables, picture.dots_per_point)
        strips = {
            at: strip_around(word, words, picture)
            for at, word in enumerate(words)
            if word.is_doubtful
        }
        alike: list[int] = []
        failures: list[str] = []
        for stack in stacks_of(list(dict.fromkeys(strips.values()))):
            held = {at: strip for at, strip in strips.items() if strip in stack}
            try:
                table = self._read_again(stack, picture)
                alike += read_alike(held, words, table, picture.dots_per_point)
            except (ChildFailed, ValueError) as error:
                failures.append(f"doubtful numbers were not read a second time: {error}")
        return alike, tuple(failures)

    def _read_again(self, stack: Sequence[Strip], picture: Picture) -> str:
        request = {
            **fields_from_drawing(Drawing(0.0, 0.0, picture, [])),
            "strips": [[one.left, one.top, one.right, one.bottom] for one in stack],
        }
        enlarged = drawing_from_fields(self._ask("ocr.enlarge", json.dumps(request).encode()))
        if enlarged.picture is None:
            raise ValueError("the strips came back empty")
        return self._engine.words_of(enlarged.picture, self._seconds(), ONE_BLOCK)

    def _ask(
        self, program: str, content: bytes, arguments: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        with ReadingChild(program, content, arguments, self._seconds()) as child:
            fields = fields_from_line(b"".join(child.lines(_MAX_ANSWER)))
        if "failed" in fields:
            raise ChildFailed(str(fields["failed"]))
        return fields

    def _left(self) -> float:
        return self._deadline - monotonic()

    def _seconds(self) -> float:
        return max(0.1, min(self._page_seconds, self._left()))


def _warned(page: Page, warning: str) -> Page:
    return replace(page, warnings=(*page.warnings, warning))


def unread_pictures(pages: Pages, why: str) -> Warnings:
    """What is said where pages that are pictures, or hold some, were not read by OCR."""
    numbers = _pictured(pages)
    return (f"pictures were not read ({why}): pages {_listed(numbers)}",) if numbers else ()


def _pictured(pages: Pages) -> list[int]:
    return [page.number for page in pages if page.text_source == "none" or page.pictures]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
