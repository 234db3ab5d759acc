"""How far askew a page lies, by its rules, and its words and rules moved to where they belong.

A sheet is seldom laid quite straight on a scanner: over the width of a page a rule then climbs by
more than half a row, and a table could not be told from its neighbours. Tables and lines are found
on the page made straight; marks are drawn where the words are on the scan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fuente.adapters.page_reader.ocr.words import ReadWord
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box

_STEEPEST = 0.04
"""Slope: a sheet that lies more than about two degrees askew was not laid down by its edge."""

_STEP = 0.0005
_BIN = 0.5
"""Points: the heights of two stretches of one rule differ by less once the slope is right."""

_THROUGH = 0.25
"""Share of a word's height or width, on either side, that a rule may touch without crossing it."""


@dataclass(frozen=True, slots=True)
class Straightener:
    """Moves places of a page whose rules climb by `slope`, about the middle of the page."""

    slope: float
    middle_x: float
    middle_y: float

    def box(self, box: Box) -> Box:
        """The box moved, its size kept."""
        across = self.slope * ((box.top + box.bottom) / 2 - self.middle_y)
        down = -self.slope * ((box.left + box.right) / 2 - self.middle_x)
        return Box(box.left + across, box.top + down, box.right + across, box.bottom + down)

    def words(self, words: Sequence[ReadWord]) -> list[ReadWord]:
        """The words moved."""
        return [replace(word, box=self.box(word.box)) for word in words]

    def rulings(self, rulings: Rulings) -> Rulings:
        """The rules moved."""
        return Rulings(
            tuple(map(self.box, rulings.horizontal)), tuple(map(self.box, rulings.vertical))
        )


def straightener_of(rulings: Rulings, width: float, height: float) -> Straightener:
    """The slope at which most of the rules fall together, 0 without rules."""
    stretches = [(box.top, (box.left + box.right) / 2, _length(box)) for box in rulings.horizontal]
    stretches += [(box.left, -(box.top + box.bottom) / 2, _length(box)) for box in rulings.vertical]
    if not stretches:
        return Straightener(0.0, width / 2, height / 2)
    at, along, length = np.array(stretches).T
    slopes = np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP)
    sharpness = [_sharpness(at - slope * along, length) for slope in slopes]
    best = max(range(len(slopes)), key=lambda one: (sharpness[one], -abs(slopes[one])))
    return Straightener(float(slopes[best]), width / 2, height / 2)


def clear_of_words(rulings: Rulings, words: Sequence[ReadWord]) -> Rulings:
    """The rules without those that run through a word: strokes of large letters."""
    boxes = [_core(word.box) for word in words]
    return Rulings(
        tuple(rule for rule in rulings.horizontal if not _is_stroke(rule, boxes)),
        tuple(rule for rule in rulings.vertical if not _is_stroke(rule, boxes)),
    )


def _sharpness(places: "np.ndarray[tuple[int], np.dtype[np.float64]]", length: object) -> float:
    """High where the stretches share few places, each with much length."""
    bins = np.round(places / _BIN).astype(np.int64)
    filled = np.bincount(bins - bins.min(), weights=np.asarray(length))
    return float((filled**2).sum())


def _length(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)


def _core(box: Box) -> Box:
    across, down = _THROUGH * (box.right - box.left), _THROUGH * (box.bottom - box.top)
    return Box(box.left + across, box.top + down, box.right - across, box.bottom - down)


def _is_stroke(rule: Box, cores: Sequence[Box]) -> bool:
    """Whether a word lies on the middle of the rule."""
    x, y = (rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2
    return any(core.left <= x <= core.right and core.top <= y <= core.bottom for core in cores)
