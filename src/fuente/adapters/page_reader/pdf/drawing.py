"""A page drawn small and grey, to see whether something shows at a place."""

from dataclasses import dataclass
from typing import Final

from fuente.adapters.page_reader.pdf.characters import PdfPage
from fuente.documents.span import Box

_DOTS_PER_POINT: Final = 1.5

_MAX_SIDE: Final = 2000.0
"""Dots of a drawn page; a poster is drawn coarser."""

_SHOWS: Final = 8
"""Grey levels (of 255) by which print must change its paper: a tenth of black makes 25."""

_INK: Final = 48
"""Grey levels between paper and ink; a full stop of 4 points makes 45 where it falls worst."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The grey dots of a page, row by row."""

    dots: bytes
    width: int
    height: int
    stride: int
    scale: float

    def differs(self, other: "Drawing", box: Box) -> bool:
        """Whether two drawings of a page are notably unlike anywhere within a box."""
        for mine, theirs in zip(self._rows(box), other._rows(box), strict=True):
            if mine != theirs and _unlike(mine, theirs) >= _SHOWS:
                return True
        return False

    def has_ink(self, box: Box) -> bool:
        """Whether there is anything but even ground within a box."""
        dots = b"".join(self._rows(box))
        return max(dots) - min(dots) >= _INK

    def _rows(self, box: Box) -> list[bytes]:
        left, right = self._dot(box.left, self.width), self._dot(box.right, self.width) + 1
        top, bottom = self._dot(box.top, self.height), self._dot(box.bottom, self.height) + 1
        starts = range(top * self.stride, bottom * self.stride, self.stride)
        return [self.dots[start + left : start + right] for start in starts]

    def _dot(self, at: float, count: int) -> int:
        return min(max(0, int(at * self.scale)), count - 1)


def drawn(page: PdfPage) -> Drawing:
    """The page as it is shown, without the fields of forms."""
    scale = min(_DOTS_PER_POINT, _MAX_SIDE / max(1.0, *page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    return Drawing(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, scale)


def _unlike(one: bytes, other: bytes) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
