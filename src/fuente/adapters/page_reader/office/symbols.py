"""Characters Word stores by their place in a symbol font, as the characters they look like."""

import re
from typing import Final

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
_SYMBOL: Final = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    **{0x2D: "−", 0x40: "≅", 0x5E: "⊥", 0x7E: "~", 0xA2: "\u2032", 0xA3: "≤", 0xA4: "/", 0xA5: "∞"},
    **{0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "\u2033"},
    **{0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈"},
    **{0xBC: "…", 0xC5: "⊕", 0xD0: "∠", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑"},
}  # fmt: skip
"""Adobe's Symbol font, which every symbol in a protocol's doses was seen to come from."""

_DINGBATS: Final = {
    **{0x6C: "•", 0x6E: "■", 0x71: "□", 0x75: "◆", 0x76: "•", 0x9F: "•", 0xA7: "▪", 0xA8: "□"},
    **{0xD8: "•", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFE: "☑"},
    0xE8: "→", 0xF0: "→",
}  # fmt: skip
_PRINTABLE: Final = range(0x20, 0x7F)
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")
_FIRST_PRIVATE: Final = 0xF000


def symbol(font: str, code: str) -> str:
    """The character of a `w:sym`; one that is not known is a replacement character."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    if number < _FIRST_PRIVATE and not _is_symbol_font(font):
        return chr(number) if number in range(0x20, 0xD800) else UNKNOWN
    return _looked_up(font, number & 0xFF)


def plain(words: str, font: str = "") -> str:
    """Words with the private characters of symbol fonts replaced, and without soft hyphens."""
    words = words.replace("\N{SOFT HYPHEN}", "").replace("\N{NON-BREAKING HYPHEN}", "-")
    return _PRIVATE.sub(lambda match: _looked_up(font, ord(match[0]) & 0xFF), words)


def _is_symbol_font(font: str) -> bool:
    return font.startswith(("Symbol", "Wingdings"))


def _looked_up(font: str, code: int) -> str:
    table = _DINGBATS if font.startswith("Wingdings") else _SYMBOL
    otherwise = chr(code) if code in _PRINTABLE and table is _SYMBOL else UNKNOWN
    return table.get(code, otherwise)
