"""A page's picture made easy to read: letters dark on an even ground, rules found and wiped out.

A rule is a stretch of dark dots longer than any stroke of a letter of text. A scan that is a little
askew gives short stretches at several heights, which are joined later. On a scanned table of 22
rows tesseract read its headers, printed on grey, only from a picture cleaned like this.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fuente.adapters.page_reader.pdf.rulings import MAX_SEGMENTS, Rulings
from fuente.documents.span import Box

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Stretch = tuple[int, int, int]
"""A row and where the stretch starts and ends in it; a column for one that goes down."""

_BLACK = 140
"""Darker than this over an area, letters are printed white."""

_BLOCK = 4
"""Dots: grounds are looked at in blocks of this side."""

_CORE = 3
"""Blocks on every side that make a dark area; the strokes of bold letters are narrower."""

_SPREAD = 200
"""Blocks by which an area reaches from there between letters printed white."""

_AROUND_LETTERS = 6
"""Blocks by which letters printed white in a dark area may part it."""

_AROUND = 8
"""Blocks around a place whose mean is its ground."""

_DARKER = 18
"""Grey levels by which print is darker than its ground."""

_LEAST = 14.0
"""Points: the shortest side of a cell; strokes of titles this long are told by their words."""

_LEAST_WIPED = 24.0
"""Points: longer than the strokes of letters in titles, which must not be wiped out."""

_SLACK = 3
"""Dots beside a rule that are wiped out with it, for its soft edge."""


def clean(grey: Grey, dots_per_point: float) -> tuple[Grey, Rulings]:
    """The picture with one ground and no rules, and its rules and edges of dark areas in points.

    A picture with more stretches than a table can have is a drawing: it has no rules.
    """
    areas = _areas(grey < _BLACK)
    upright = np.where(areas, 255 - grey, grey).astype(np.uint8)
    ground = _ground(upright)
    dark = upright.astype(np.int16) < ground.astype(np.int16) - _DARKER
    even = np.minimum(255, upright.astype(np.float32) * 255 / np.maximum(ground, 1))
    cleaned = even.astype(np.uint8)
    least = round(_LEAST_WIPED * dots_per_point)
    _wipe(cleaned, _stretches(dark, least))
    _wipe(cleaned.T, _stretches(dark.T, least))
    edges = areas & ~_as_dots(_shrunk(areas[::_BLOCK, ::_BLOCK], 1), areas.shape)
    return cleaned, _rulings(dark | edges, dots_per_point)


def _rulings(lines: Mask, per: float) -> Rulings:
    least = round(_LEAST * per)
    across, down = list(_stretches(lines, least)), list(_stretches(lines.T, least))
    if len(across) + len(down) > MAX_SEGMENTS:
        return Rulings((), (), complete=False)
    return Rulings(
        tuple(Box(start / per, at / per, end / per, at / per) for at, start, end in across),
        tuple(Box(at / per, start / per, at / per, end / per) for at, start, end in down),
    )


def _wipe(grey: Grey, stretches: Iterable[Stretch]) -> None:
    for row, start, end in stretches:
        grey[max(0, row - _SLACK) : row + _SLACK + 1, start:end] = 255


def _ground(grey: Grey) -> Grey:
    """The mean beside each dot, on the darkest of four sides: shading ends where it is seen to."""
    means = np.add.reduce(_blocks(grey), axis=(1, 3), dtype=np.float64) / _BLOCK**2
    padded = np.pad(means, ((_AROUND + 1, _AROUND), (_AROUND + 1, _AROUND)), mode="edge")
    sums = padded.cumsum(axis=0).cumsum(axis=1)
    side, half = 2 * _AROUND + 1, _AROUND + 1
    windows = ((0, 0, half, side), (_AROUND, 0, half, side),
               (0, 0, side, half), (0, _AROUND, side, half))  # fmt: skip
    darkest = np.minimum.reduce([_means(sums, means.shape, *window) for window in windows])
    ground: Grey = darkest.astype(np.uint8)
    return _as_dots(ground, grey.shape)


def _means(
    sums: NDArray[np.float64], shape: tuple[int, ...], top: int, left: int, high: int, wide: int
) -> NDArray[np.float64]:
    """The means of the windows that begin so far below and to the right of each place."""
    rows, columns = slice(top, top + shape[0]), slice(left, left + shape[1])
    below, beyond = (
        slice(top + high, top + high + shape[0]),
        slice(left + wide, left + wide + shape[1]),
    )
    total = sums[below, beyond] - sums[rows, beyond] - sums[below, columns] + sums[rows, columns]
    return np.asarray(total / (high * wide))


def _areas(dark: Mask) -> Mask:
    """The dark areas of a picture, whole, with the letters printed white in them."""
    full: Mask = np.logical_and.reduce(_blocks(dark), axis=(1, 3))
    solid = _shrunk(full, _CORE)
    for _ in range(_SPREAD):
        solid = _grown(solid, 1) & full
    whole = _shrunk(_grown(solid, _AROUND_LETTERS), _AROUND_LETTERS)
    return _as_dots(_grown(whole, 1), dark.shape)


def _blocks(dots: NDArray[Any]) -> NDArray[Any]:
    high, wide = (side // _BLOCK for side in dots.shape)
    return dots[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK)


def _as_dots(blocks: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Blocks drawn as dots; the last ones reach to the edge."""
    dots = blocks.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)
    missing = [(0, max(0, side - have)) for side, have in zip(shape, dots.shape, strict=True)]
    return np.pad(dots, missing, mode="edge")[: shape[0], : shape[1]]


def _grown(blocks: Mask, reach: int) -> Mask:
    """Every block within reach of a dark one."""
    found = blocks.copy()
    for _ in range(reach):
        for axis in (0, 1):
            near = found.copy()
            low = np.moveaxis(near, axis, 0)
            whole = np.moveaxis(found, axis, 0)
            low[1:] |= whole[:-1]
            low[:-1] |= whole[1:]
            found = near
    return found


def _shrunk(blocks: Mask, reach: int) -> Mask:
    """Every block with nothing but dark ones within reach."""
    return ~_grown(~blocks, reach)


def _all_within(dark: Mask, length: int) -> Mask:
    """Along each row, whether `length` dots from here on are all dark."""
    sums = np.zeros((dark.shape[0], dark.shape[1] + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, dtype=np.int32, out=sums[:, 1:])
    found: Mask = (sums[:, length:] - sums[:, :-length]) == length
    return found


def _stretches(dark: Any, least: int) -> Iterator[Stretch]:  # noqa: ANN401  a Mask or its transpose
    """Every run of at least `least` dark dots along a row."""
    if dark.shape[1] <= least:
        return
    runs = np.zeros((dark.shape[0], dark.shape[1] - least + 3), dtype=np.int8)
    runs[:, 1:-1] = _all_within(dark, least)
    steps = np.diff(runs, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield row, start, end + least - 1
