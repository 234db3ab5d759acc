"""Fonts, colours and paragraph styles of the documents; each document picks one of a few looks."""

from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

PAGE_MARGIN = 20 * mm


@dataclass(frozen=True, slots=True)
class Look:
    """One typographic look: two font families, an accent colour, the way tables are ruled."""

    body_font: str
    head_font: str
    accent: colors.Color
    tint: colors.Color
    rules: str

    def bold(self, font: str) -> str:
        """The bold face of one of the standard families."""
        return f"{font.removesuffix('-Roman')}-Bold"

    def italic(self, font: str) -> str:
        """The italic face of one of the standard families."""
        return "Times-Italic" if font.startswith("Times") else "Helvetica-Oblique"

    def style(self, name: str) -> ParagraphStyle:
        """A paragraph style by name."""
        return _STYLES[name](self)


def look_named(name: str) -> Look:
    """The look a document's head asks for."""
    return _LOOKS[name]


_LOOKS = {
    "blue": Look("Helvetica", "Helvetica", colors.HexColor("#1f4e79"),
                 colors.HexColor("#e4edf6"), "banded"),
    "green": Look("Times-Roman", "Helvetica", colors.HexColor("#1d6b57"),
                  colors.HexColor("#e3f1ec"), "ruled"),
    "grey": Look("Times-Roman", "Times-Roman", colors.HexColor("#333333"),
                 colors.HexColor("#ececec"), "grid"),
    "plum": Look("Helvetica", "Helvetica", colors.HexColor("#6a2c5d"),
                 colors.HexColor("#f3e8f0"), "ruled"),
    "teal": Look("Times-Roman", "Helvetica", colors.HexColor("#0f6277"),
                 colors.HexColor("#e1f0f3"), "grid"),
}  # fmt: skip


def _text(look: Look) -> ParagraphStyle:
    times = look.body_font.startswith("Times")
    size = 10.6 if times else 9.8
    return ParagraphStyle(
        "text", fontName=look.body_font, fontSize=size, leading=size * 1.38, spaceAfter=6,
        alignment=TA_JUSTIFY,
    )  # fmt: skip


def _item(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "item", parent=_text(look), leftIndent=13, bulletIndent=3, spaceAfter=3, alignment=0
    )


def _note(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "note", parent=_text(look), backColor=look.tint, borderPadding=6, leftIndent=7,
        rightIndent=7, spaceBefore=9, spaceAfter=13, borderColor=look.accent, borderWidth=0.6,
        alignment=0,
    )  # fmt: skip


def _heading(look: Look, size: float, before: float) -> ParagraphStyle:
    return ParagraphStyle(
        f"heading{size}", fontName=look.bold(look.head_font), fontSize=size, leading=size * 1.25,
        textColor=look.accent, spaceBefore=before, spaceAfter=5, keepWithNext=1,
    )  # fmt: skip


def _caption(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "caption", fontName=look.bold(look.head_font), fontSize=9.2, leading=11.6,
        textColor=look.accent,
    )  # fmt: skip


def _cell(look: Look) -> ParagraphStyle:
    size = 9.2 if look.body_font.startswith("Times") else 8.5
    return ParagraphStyle("cell", fontName=look.body_font, fontSize=size, leading=size * 1.22)


def _cell_head(look: Look) -> ParagraphStyle:
    white = look.rules == "banded"
    return ParagraphStyle(
        "cell_head", fontName=look.bold(look.body_font), fontSize=8.6, leading=10.4,
        textColor=colors.white if white else colors.black,
    )  # fmt: skip


def _footnote(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "footnote", fontName=look.body_font, fontSize=8, leading=9.8, spaceAfter=1.5
    )


def _cover(look: Look, size: float, bold: bool = True) -> ParagraphStyle:
    font = look.bold(look.head_font) if bold else look.head_font
    return ParagraphStyle(
        f"cover{size}", fontName=font, fontSize=size, leading=size * 1.2, spaceAfter=size * 0.45,
        textColor=look.accent,
    )  # fmt: skip


def _warning(look: Look) -> ParagraphStyle:
    return ParagraphStyle(
        "warning", fontName=look.bold(look.head_font), fontSize=12, leading=16,
        alignment=TA_CENTER, textColor=colors.HexColor("#9c1c1c"), borderWidth=1.2,
        borderColor=colors.HexColor("#9c1c1c"), borderPadding=8,
    )  # fmt: skip


_STYLES = {
    "text": _text,
    "item": _item,
    "note": _note,
    "heading1": lambda look: _heading(look, 14, 13),
    "heading2": lambda look: _heading(look, 11.2, 9),
    "caption": _caption,
    "cell": _cell,
    "cell_head": _cell_head,
    "cell_group": lambda look: ParagraphStyle(
        "cell_group", parent=_cell(look), fontName=look.italic(look.body_font)
    ),
    "footnote": _footnote,
    "cover_title": lambda look: _cover(look, 25),
    "cover_subtitle": lambda look: _cover(look, 13, bold=False),
    "warning": _warning,
}
