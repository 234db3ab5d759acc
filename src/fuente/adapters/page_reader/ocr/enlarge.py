"""The program that cuts strips out of a page's picture and enlarges them, one below the other.

Runs as `python -m fuente.adapters.page_reader.ocr.enlarge` with one JSON object on standard input,
confined like the readers.
"""

import json
from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image, ImageFile

from fuente.adapters.page_reader.ocr.cleaning import Grey
from fuente.adapters.page_reader.ocr.picture import (
    Drawing,
    Picture,
    drawing_from_fields,
    fields_from_drawing,
)
from fuente.adapters.page_reader.ocr.strips import ENLARGED, Strip, place_strips, size_of_stack
from fuente.adapters.page_reader.program import Failed, answer
from fuente.adapters.page_reader.wire import line_from_fields

_PAPER = 255
_LOADED_EARLY = (ImageFile,)
"""Pillow loads it at first use, when no file can be opened any more."""


def main() -> None:
    """Read standard input, write one line with the picture."""
    answer(_lines)


def _lines(content: bytes) -> Iterator[bytes]:
    try:
        fields = json.loads(content)
        picture = drawing_from_fields(fields).picture
        strips = [Strip(*map(int, edges)) for edges in fields["strips"]]
        if picture is None or not strips:
            raise ValueError("there is nothing to enlarge")
        yield line_from_fields(fields_from_drawing(_drawing(picture, strips)))
    except (ValueError, KeyError, TypeError) as error:
        raise Failed(f"the strips to enlarge are malformed ({error})") from error


def _drawing(picture: Picture, strips: Sequence[Strip]) -> Drawing:
    stacked = stack(picture, strips)
    high, wide = stacked.shape
    per = picture.dots_per_point * ENLARGED
    drawn = Picture(wide, high, stacked.tobytes(), per)
    return Drawing(wide / per, high / per, drawn, [[], []])


def stack(picture: Picture, strips: Sequence[Strip]) -> Grey:
    """The strips enlarged, with white between and around them."""
    whole = np.frombuffer(picture.dots, dtype=np.uint8).reshape(picture.high, picture.wide)
    wide, high = size_of_stack(strips)
    stacked = np.full((high, wide), _PAPER, dtype=np.uint8)
    for strip, (left, top) in zip(strips, place_strips(strips), strict=True):
        cut = Image.fromarray(whole[strip.top : strip.bottom, strip.left : strip.right])
        size = (strip.wide * ENLARGED, strip.high * ENLARGED)
        large = np.asarray(cut.resize(size, Image.Resampling.LANCZOS))
        stacked[top : top + size[1], left : left + size[0]] = large
    return stacked


if __name__ == "__main__":
    main()
