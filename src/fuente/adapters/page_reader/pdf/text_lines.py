"""Groups a page's characters into printed lines, in the order of the stored text.

A line is a run of characters on one baseline: superscripts stay in it, a jump to another column or
row ends it. The text is never reordered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.documents.source import Line
from fuente.documents.span import Box, Span

_SAME_BASELINE = 0.4
"""Share of the smaller height by which two neighbours must overlap to stand on one line."""

_MAX_GAP_SIZES = 3.0
"""After pdfium's own line end, the widest gap (in line heights) that still continues the line."""


@dataclass(slots=True)
class _Run:
    """A line that grows; in numbers, because a box for each letter took a tenth of the time."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    drawn: list[int] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)


def find_lines(
    characters: Characters,
    size_at: Callable[[int], float],
    bold_at: Callable[[int], bool],
) -> tuple[Line, ...]:
    """The lines of a page; `size_at` and `bold_at` say how the character at an index is set."""
    return tuple(_line(run, size_at, bold_at) for run in _runs(characters))


def _runs(characters: Characters) -> list[_Run]:
    runs: list[_Run] = []
    broken = True
    for index, (character, box) in enumerate(zip(characters.text, characters.boxes, strict=True)):
        if character == "\n":
            broken = True
        if character.isspace() or box is None:
            continue
        if runs and _continues(runs[-1], box, broken):
            _extend(runs[-1], index, box)
        else:
            first = (box.left, box.top, box.right, box.bottom)
            runs.append(_Run(index, index + 1, *first, [index]))
        broken = False
    return runs


def _continues(run: _Run, box: Box, broken: bool) -> bool:
    if not broken and _stacks(run, box):
        return True
    height = run.bottom - run.top
    smaller = max(0.1, min(height, box.bottom - box.top))
    overlap = min(run.bottom, box.bottom) - max(run.top, box.top)
    if overlap < _SAME_BASELINE * smaller:
        return False
    if broken:
        return -0.3 * height <= box.left - run.right <= _MAX_GAP_SIZES * height
    return box.right > run.left


def _stacks(above: _Run, box: Box) -> bool:
    """Whether a character carries on a line that is printed sideways."""
    if abs(above.left - box.left) >= 0.5 or abs(above.right - box.right) >= 0.5:
        return False
    width = box.right - box.left
    gap = max(box.top - above.bottom, above.top - box.bottom)
    return -0.2 * width < gap < width


def _extend(run: _Run, index: int, box: Box) -> None:
    run.end = index + 1
    run.drawn.append(index)
    run.left, run.right = min(run.left, box.left), max(run.right, box.right)
    run.top, run.bottom = min(run.top, box.top), max(run.bottom, box.bottom)


def _line(run: _Run, size_at: Callable[[int], float], bold_at: Callable[[int], bool]) -> Line:
    last = len(run.drawn) - 1
    samples = sorted({run.drawn[round(last * part / 4)] for part in range(5)})
    size = median(size_at(index) for index in samples)
    bold = all(bold_at(index) for index in samples)
    return Line(Span(run.start, run.end), run.box, round(size, 2), bold)
