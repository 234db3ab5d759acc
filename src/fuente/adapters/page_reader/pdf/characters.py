"""One page's characters as pdfium sees them: one Python character, and one box, per pdfium index.

Decides how control codes and surrogates are stored; knows nothing of lines or tables.
"""

import ctypes
from array import array
from dataclasses import dataclass
from math import hypot, nan
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.raised_print import Setting, mark_raised
from fuente.documents.span import Box

PdfPage = Any
TextPage = Any
"""Objects of pypdfium2, which has no types of its own."""

_PLAIN = {0x0A: "\n", 0x0D: " ", 0x09: " ", 0x02: "-", 0xFFFE: "-"}
"""pdfium ends lines with CR LF and stores a hyphen at a line end as U+0002 or U+FFFE."""

_LINE_ENDS = (0x0A, 0x0D)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"-medi", b"demi")
_STROKED_MODES = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE)
_SCALE = 100.0


@dataclass(frozen=True, slots=True)
class Characters:
    """The stored text and, for each character, its box on the upright page (None: not drawn)."""

    text: str
    boxes: list[Box | None]

    def packed(self) -> bytes:
        """Four little-endian float32 per character, NaN where nothing is drawn."""
        values = array("f")
        for box in self.boxes:
            values.extend(
                (box.left, box.top, box.right, box.bottom) if box else (nan, nan, nan, nan)
            )
        return values.tobytes()


@dataclass(frozen=True, slots=True)
class Upright:
    """The map from a page's own coordinates to points from the top left of the page as shown."""

    xx: float
    xy: float
    yx: float
    yy: float
    x0: float
    y0: float

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The upright rectangle of two opposite corners."""
        ax, bx = (
            self.xx * left + self.xy * top + self.x0,
            self.xx * right + self.xy * bottom + self.x0,
        )
        ay, by = (
            self.yx * left + self.yy * top + self.y0,
            self.yx * right + self.yy * bottom + self.y0,
        )
        if ax > bx:
            ax, bx = bx, ax
        return Box(ax, ay, bx, by) if ay <= by else Box(ax, by, bx, ay)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point, upright."""
        return self.xx * x + self.xy * y + self.x0, self.yx * x + self.yy * y + self.y0


def upright_of(page: PdfPage) -> Upright:
    """The map for one page, with its rotation and crop box taken into account."""
    width, height = page.get_size()
    x0, y0 = _on_screen(page, width, height, 0.0, 0.0)
    x1, y1 = _on_screen(page, width, height, 1000.0, 0.0)
    x2, y2 = _on_screen(page, width, height, 0.0, 1000.0)
    return Upright((x1 - x0) / 1000, (x2 - x0) / 1000, (y1 - y0) / 1000, (y2 - y0) / 1000, x0, y0)


def read_characters(text_page: TextPage, upright: Upright) -> Characters:
    """All characters of a page, in pdfium's order."""
    count = text_page.count_chars()
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    boxes = _boxes(text_page, upright, codes)
    text = mark_raised(_text(codes), boxes, lambda at: _setting(text_page, at))
    return Characters(text, boxes)


def size_of(text_page: TextPage, index: int) -> float:
    """The size in points in which a character is set."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text_page, index))
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return size
    return size * hypot(matrix.c, matrix.d)


def _setting(text_page: TextPage, index: int) -> Setting | None:
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return None
    if not pdfium.FPDFText_GetCharOrigin(text_page, index, x, y):
        return None
    long = hypot(matrix.c, matrix.d)
    if not long:
        return None
    size = float(pdfium.FPDFText_GetFontSize(text_page, index)) * long
    return Setting(size, x.value, y.value, matrix.c / long, matrix.d / long)


def is_bold(text_page: TextPage, index: int) -> bool:
    """Whether a character is set bold: by weight, by the font's name, or by a drawn outline."""
    if pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name, len(name), flags)
    if any(part in name.value.lower() for part in _BOLD_NAMES):
        return True
    drawn = pdfium.FPDFText_GetTextObject(text_page, index)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _STROKED_MODES


def _text(codes: list[int]) -> str:
    stored = [_PLAIN.get(code) or _character(code) for code in codes]
    for index in range(len(codes) - 1):
        high, low = codes[index], codes[index + 1]
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            stored[index] = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            stored[index + 1] = "\N{ZERO WIDTH SPACE}"
    return "".join(stored)


def _character(code: int) -> str:
    control = code < 0x20 or 0x7F <= code < 0xA0
    if control or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code & 0xFFFE == 0xFFFE:
        return _REPLACEMENT
    return chr(code)


def _boxes(text_page: TextPage, upright: Upright, codes: list[int]) -> list[Box | None]:
    # One structure for all characters: making one for each took longer than asking pdfium.
    rect = pdfium.FS_RECTF()
    held, find, turned = ctypes.byref(rect), pdfium.FPDFText_GetLooseCharBox, upright.box
    boxes: list[Box | None] = []
    for index, code in enumerate(codes):
        if code in _LINE_ENDS or not find(text_page, index, held):
            boxes.append(None)
            continue
        left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        drawn = left != right and top != bottom
        boxes.append(turned(left, top, right, bottom) if drawn else None)
    return boxes


def _on_screen(
    page: PdfPage, width: float, height: float, x: float, y: float
) -> tuple[float, float]:
    column, row = ctypes.c_int(), ctypes.c_int()
    wide, high = max(1, round(width * _SCALE)), max(1, round(height * _SCALE))
    pdfium.FPDF_PageToDevice(page, 0, 0, wide, high, 0, x, y, column, row)
    return column.value / _SCALE, row.value / _SCALE
