"""The table tesseract writes, as words: what was read, how surely, and where it stands.

A row that makes no sense is an error: the table comes from a program that saw a hostile picture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fuente.adapters.page_reader.letters import spelled_out
from fuente.adapters.page_reader.ocr.limits import SURE
from fuente.documents.span import Box

_COLUMNS: Final = 12
_WORD_LEVEL: Final = "5"
_COUNTS: Final = re.compile(
    r"\d|/|[(\[]?(?:m?c?g|[µμu]g|kg|m?l|u\.?i\.?|i\.?u\.?|u|c?gy|mmol|meq|mci)\W*$",
    re.IGNORECASE,
)
"""The beginning of a number, or a unit: a slip here changes a dose."""

_VERY_SURE: Final = 85.0
"""Of the specks and strokes of drawings on seven scanned pages hardly any was read so surely."""

_RULE: Final = "|"
"""A piece of a rule between two cells, however surely read: no dose has such a word."""

_STAR: Final = "*"
_BULLET: Final = "•"
_LIST: Final = 3
"""Lines of a page that begin with a star; the pages seen have up to two notes marked so."""

_NOISE: Final = re.compile(r"[^\w%<>=≥≤±+]+")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word in points of the page; `line` is the block, paragraph and line it was read in.

    `read_twice`: a second, sure reading gave the same.
    """

    text: str
    confidence: float
    box: Box
    line: tuple[int, int, int]
    read_twice: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it can be relied on."""
        return self.read_twice or self.confidence >= SURE

    @property
    def is_doubtful(self) -> bool:
        """Whether a number or unit may have been misread."""
        return not self.is_sure and bool(_COUNTS.match(self.text) or _has_digit(self.text))


def words_from_table(table: str, dots_per_point: float) -> list[ReadWord]:
    """The words in the order they were read, without specks taken for marks.

    Raises:
        ValueError: the table is malformed.
    """
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    if any(len(row) != _COLUMNS for row in rows):
        raise ValueError("a row of the recognised words is cut short")
    words = (_word(row, dots_per_point) for row in rows if row[0] == _WORD_LEVEL)
    return [word for word in words if word.text and not _is_noise(word)]


def words_from_tables(tables: Sequence[str], dots_per_point: float) -> list[ReadWord]:
    """The words of the whole page, then those found in what was left.

    There, what is not very sure is a piece of a drawing.
    """
    whole, *rest = (words_from_table(table, dots_per_point) for table in tables)
    blocks = max((word.line[0] for word in whole), default=0)
    later = [
        replace(word, line=(blocks + word.line[0], *word.line[1:]))
        for words in rest
        for word in words
        if word.confidence >= _VERY_SURE
    ]
    return [*whole, *later]


def with_bullets(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words, with the stars before the lines of a list written as the bullets they are.

    Tesseract knows no bullet. A star that begins a line may mark a footnote; three do not.
    """
    begun = {words[at].line: at for at in reversed(range(len(words)))}
    stars = {at for at in begun.values() if words[at].text == _STAR}
    if len(stars) < _LIST:
        return list(words)
    return [replace(one, text=_BULLET) if at in stars else one for at, one in enumerate(words)]


def _word(row: list[str], per: float) -> ReadWord:
    left, top, width, height = (int(value) for value in row[6:10])
    if min(left, top, width, height) < 0:
        raise ValueError("a recognised word lies outside the picture")
    box = Box(left / per, top / per, (left + width) / per, (top + height) / per)
    block, paragraph, line = map(int, row[2:5])
    text = spelled_out(row[11]).strip().replace("\0", "")
    return ReadWord(text, float(row[10]), box, (block, paragraph, line))


def _is_noise(word: ReadWord) -> bool:
    return word.text == _RULE or (not word.is_sure and bool(_NOISE.fullmatch(word.text)))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
