"""Words parted by the frames they stand in.

Posters set prose in boxes side by side. With the rules wiped out tesseract takes two boxes for one,
and a line then runs from one box into its neighbour. Here each line is cut where a rule stood, and
the words of a box come together, in the order in which they were read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fuente.adapters.page_reader.ocr.words import ReadWord
from fuente.adapters.page_reader.pdf.grids import undivided
from fuente.adapters.page_reader.pdf.lattice import Lattice, find_lattices
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box

_INSIDE = 0.3
"""Share of its height by which a word may reach over the rule of its frame, a box being rough."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A box, or several without a rule between them."""

    boxes: tuple[Box, ...]

    @property
    def area(self) -> float:
        """In square points."""
        return sum((box.right - box.left) * (box.bottom - box.top) for box in self.boxes)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in self.boxes)


def find_frames(rulings: Rulings, lines: Sequence[Box], words: Sequence[ReadWord]) -> list[Frame]:
    """What the rules enclose, the smallest first, without what a rule through a word encloses.

    Such a rule is a stroke of a large letter, a fold or a scratch: it parts nothing.
    """
    found = [frame for lattice in find_lattices(rulings, lines) for frame in _frames(lattice)]
    found.sort(key=lambda frame: (frame.area, frame.boxes[0].top, frame.boxes[0].left))
    crossed = {at for word in words for at in _crossed(word.box, found)}
    return [frame for at, frame in enumerate(found) if at not in crossed]


def by_frames(
    words: Sequence[ReadWord], straight: Sequence[ReadWord], frames: Sequence[Frame]
) -> list[ReadWord]:
    """The words with those of each frame together, and no line in two frames.

    `straight` are the same words where they lie on the page made straight, as the frames do.
    """
    owners = [_owner(*_middle(word.box), frames) for word in straight]
    lines: dict[tuple[tuple[int, int, int], int], int] = {}
    firsts: dict[int, int] = {}
    parted: list[tuple[int, int, ReadWord]] = []
    for at, (word, owner) in enumerate(zip(words, owners, strict=True)):
        line = lines.setdefault((word.line, owner), len(lines))
        first = at if owner < 0 else firsts.setdefault(owner, at)
        parted.append((first, at, replace(word, line=(line, 0, 0))))
    return [word for _, _, word in sorted(parted, key=lambda one: one[:2])]


def _frames(lattice: Lattice) -> Iterator[Frame]:
    for places in undivided(lattice):
        yield Frame(tuple(_box(lattice, row, column) for row, column in sorted(places)))


def _box(lattice: Lattice, row: int, column: int) -> Box:
    return Box(lattice.xs[column], lattice.ys[row], lattice.xs[column + 1], lattice.ys[row + 1])


def _crossed(word: Box, frames: Sequence[Frame]) -> list[int]:
    """The frames that hold the two ends of a word, if these are not one."""
    inset = _INSIDE * (word.bottom - word.top)
    middle = (word.top + word.bottom) / 2
    ends = [_owner(x, middle, frames) for x in (word.left + inset, word.right - inset)]
    return [at for at in ends if at >= 0] if ends[0] != ends[1] else []


def _owner(x: float, y: float, frames: Sequence[Frame]) -> int:
    """The place of the smallest frame around a point, -1 without one."""
    return next((at for at, frame in enumerate(frames) if frame.holds(x, y)), -1)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
