"""Words with their places, and how words stand in lines and stretches.

The pieces from which tables without vertical rules are read; knows nothing of tables itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.documents.source import Line
from fuente.documents.span import Box

_SAME_LINE = 0.5
"""Share of the smaller height by which words of one printed line overlap."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters [start, end) of the stored text, printed without white space between."""

    start: int
    end: int
    box: Box

    @property
    def height(self) -> float:
        """In points, never zero."""
        return max(1.0, self.box.bottom - self.box.top)

    @property
    def middle(self) -> float:
        """The height at which its middle stands."""
        return (self.box.top + self.box.bottom) / 2


def find_words(characters: Characters, lines: Sequence[Line]) -> list[Word]:
    """The words of a page in text order; no word runs over two lines."""
    words: list[Word] = []
    for line in lines:
        fresh = True
        for index in range(line.span.start, line.span.end):
            box = characters.boxes[index]
            if box is None or characters.text[index].isspace():
                fresh = True
                continue
            if fresh:
                words.append(Word(index, index + 1, box))
            else:
                words[-1] = Word(words[-1].start, index + 1, hull(words[-1].box, box))
            fresh = False
    return words


def hull(one: Box, other: Box) -> Box:
    """The smallest rectangle around both."""
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def hull_of(words: Sequence[Word]) -> Box:
    """The smallest rectangle around some words."""
    box = words[0].box
    for word in words[1:]:
        box = hull(box, word.box)
    return box


def printed_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand at one height, from top to bottom, each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and _on_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.left) for line in lines]


def stretches(line: Sequence[Word], gap: float) -> list[list[Word]]:
    """A printed line cut where the white is wider than `gap` times its height."""
    found: list[list[Word]] = []
    for word in line:
        if found and word.box.left - found[-1][-1].box.right <= gap * word.height:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _on_line(line: Sequence[Word], word: Word) -> bool:
    last = max(line, key=lambda other: other.height)
    overlap = min(last.box.bottom, word.box.bottom) - max(last.box.top, word.box.top)
    return overlap >= _SAME_LINE * min(last.height, word.height)
