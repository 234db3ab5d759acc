"""A page drawn for reading, as it passes from the drawing child to tesseract: grey dots, no format.

A PGM is a line of numbers before the dots, so what a hostile file made of the drawing child can say
nothing to tesseract but grey values.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fuente.adapters.page_reader.ocr.limits import MAX_DOTS
from fuente.documents.span import Box

_MARGIN = 3
"""Dots around a word that belong to it, for its soft edge."""

_DARK_AS_ONE = bytes(1 if grey < 128 else 0 for grey in range(256))


@dataclass(frozen=True, slots=True)
class Picture:
    """The dots of one page, row by row, and how many of them make a point of the page."""

    wide: int
    high: int
    dots: bytes
    dots_per_point: float

    @property
    def ink(self) -> int:
        """How many dots are dark."""
        return self.dots.translate(_DARK_AS_ONE).count(1)

    def without(self, boxes: Iterable[Box]) -> "Picture":
        """The picture with some places of the page painted white."""
        dots = bytearray(self.dots)
        for box in boxes:
            left, top, right, bottom = self._dots_of(box)
            for row in range(top, bottom):
                dots[row * self.wide + left : row * self.wide + right] = b"\xff" * (right - left)
        return replace(self, dots=bytes(dots))

    def _dots_of(self, box: Box) -> tuple[int, int, int, int]:
        per = self.dots_per_point
        left, right = (round(x * per) for x in (box.left, box.right))
        top, bottom = (round(y * per) for y in (box.top, box.bottom))
        return (
            max(0, left - _MARGIN),
            max(0, top - _MARGIN),
            max(0, min(self.wide, right + _MARGIN)),
            max(0, min(self.high, bottom + _MARGIN)),
        )

    def as_pgm(self) -> bytes:
        """The picture in the plainest format tesseract reads."""
        return b"P5 %d %d 255\n" % (self.wide, self.high) + self.dots


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the drawing child found: the picture (None for a blank page) and its straight rules.

    `width` and `height` are the page's, in points, turned as it was drawn. `rulings` are flat boxes
    as numbers, those across and those down: they only pass through this process.
    """

    width: float
    height: float
    picture: Picture | None
    rulings: Any


def fields_from_drawing(drawing: Drawing) -> dict[str, Any]:
    """The message for a drawing."""
    picture = drawing.picture
    return {
        "page": [drawing.width, drawing.height],
        "dots": [picture.wide, picture.high, picture.dots_per_point] if picture else [],
        "picture": base64.b64encode(picture.dots).decode() if picture else "",
        "rulings": drawing.rulings,
    }


def drawing_from_fields(fields: Mapping[str, Any]) -> Drawing:
    """The drawing in a message.

    Raises:
        ValueError: the message is malformed.
    """
    try:
        width, height = map(float, fields["page"])
        picture = _picture(fields["dots"], fields["picture"]) if fields["dots"] else None
        return Drawing(width, height, picture, fields["rulings"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"the drawing is malformed: {error!r}") from error


def _picture(size: Sequence[float], packed: str) -> Picture:
    wide, high = int(size[0]), int(size[1])
    dots = base64.b64decode(packed, validate=True)
    if wide < 1 or high < 1 or wide * high > MAX_DOTS or len(dots) != wide * high:
        raise ValueError("the picture is not as large as it says")
    return Picture(wide, high, dots, float(size[2]))
