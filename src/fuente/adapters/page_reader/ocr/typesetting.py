"""Recognised words set as print: the stored text, its characters' boxes and its lines.

Tesseract gives the ink of each word; sizes and baselines are worked out from it, so that the lines
of a scan have the boxes those of a text layer have, and headings stand out by size.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from fuente.adapters.page_reader.ocr.words import ReadWord
from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.adapters.page_reader.pdf.text_lines import find_lines
from fuente.documents.source import Line
from fuente.documents.span import Box, Span

_TALL = frozenset("bdfhklt0123456789()[]{}/|%&$?!ß")
_DEEP = frozenset("gjpqyQç,;()[]{}|/")
_TALL_PART, _LOW_PART, _DEEP_PART = 0.72, 0.52, 0.21
"""Shares of the size: ink above the baseline of tall and of low letters, and ink below it."""

_ABOVE, _BELOW = 0.85, 0.25
"""Shares of the size by which the box of a character reaches above and below its baseline."""

_SAME_SIZE = 0.15
"""Share by which a line's size may be off and still be that of the body."""

_DEFAULT_SIZE = 10.0
_SMALLEST = 2.0


@dataclass(frozen=True, slots=True)
class SetText:
    """Words set as text: its characters, its lines, and where each word stands in it."""

    characters: Characters
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]


def set_words(words: Sequence[ReadWord]) -> SetText:
    """Words in reading order; a space parts those of one line, a line feed the lines."""
    sizes = line_sizes(words)
    pieces: list[str] = []
    boxes: list[Box | None] = []
    set_sizes: list[float] = []
    spans: list[Span] = []
    last: tuple[int, int, int] | None = None
    for word in words:
        if last is not None:
            pieces.append(" " if word.line == last else "\n")
            boxes.append(None)
            set_sizes.append(sizes[last])
        last = word.line
        spans.append(Span(len(boxes), len(boxes) + len(word.text)))
        pieces.append(word.text)
        boxes.extend(_character_boxes(word, sizes[word.line]))
        set_sizes.extend([sizes[word.line]] * len(word.text))
    characters = Characters("".join(pieces), boxes)
    lines = find_lines(characters, set_sizes.__getitem__, lambda _: False)
    return SetText(characters, lines, tuple(spans))


def line_sizes(words: Sequence[ReadWord]) -> dict[tuple[int, int, int], float]:
    """The size each line is set in; lines nearly as large as the body are the body."""
    ordered = sorted(words, key=lambda word: word.line)
    measured = {
        line: max(_SMALLEST, _measured(list(group)))
        for line, group in groupby(ordered, key=lambda word: word.line)
    }
    letters: Counter[float] = Counter()
    for word in words:
        letters[round(measured[word.line] * 2) / 2] += len(word.text)
    body = max(letters, key=lambda size: (letters[size], size), default=_DEFAULT_SIZE)
    return {line: _settled(size, body) for line, size in measured.items()}


def _settled(size: float, body: float) -> float:
    return body if abs(size - body) <= _SAME_SIZE * body else round(size * 2) / 2


def _measured(line: Sequence[ReadWord]) -> float:
    sizes = [
        (word.box.bottom - word.box.top) / _ink(word.text)
        for word in line
        if any(character.isalnum() for character in word.text)
    ]
    return median(sizes) if sizes else _DEFAULT_SIZE


def _ink(text: str) -> float:
    """How high the ink of a word is, as a share of its size."""
    tall = any(c in _TALL or c.isupper() or (c.isalpha() and not c.isascii()) for c in text)
    return (_TALL_PART if tall else _LOW_PART) + _depth(text)


def _depth(text: str) -> float:
    return _DEEP_PART if any(character in _DEEP for character in text) else 0.0


def _character_boxes(word: ReadWord, size: float) -> list[Box | None]:
    """Boxes of equal width, around the baseline the ink stands on; a mark keeps its own height."""
    top, bottom = word.box.top, word.box.bottom
    if any(character.isalnum() for character in word.text):
        baseline = bottom - _depth(word.text) * size
        top, bottom = baseline - _ABOVE * size, baseline + _BELOW * size
    step = (word.box.right - word.box.left) / len(word.text)
    left = word.box.left
    return [
        Box(left + at * step, max(0.0, top), left + (at + 1) * step, bottom)
        for at in range(len(word.text))
    ]
