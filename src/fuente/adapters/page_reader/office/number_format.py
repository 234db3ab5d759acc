"""A stored number as Excel shows it: decimals, percentages, exponents, dates and times.

Thousands are not parted: the mark depends on the reader's language, and `1,500` could be taken for
one and a half. Dates that Excel would print in the reader's own order are written year first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from fuente.adapters.page_reader.office.date_format import date_part, moment_of

GENERAL: Final = "General"
BUILT_IN: Final = {
    **{0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy"},
    **{16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm"},
    **{21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00"},
    **{40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
}  # fmt: skip
"""The formats every workbook has without defining them (ECMA-376 part 1, 18.8.30)."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<meridiem>AM/PM|A/P)|(?P<general>General)|(?P<exponent>E[+-]0+)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED: Final = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_LOCALE: Final = re.compile(r"\$([^-]*)(?:-([0-9a-f]+))?", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?(?:\d+\.?\d*|\.\d+))")
_LANGUAGE_BITS: Final = 0x3FF
_LAST_SERIAL: Final = 2_958_465
_PRECISE: Final = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_DIGITS: Final = Context(prec=10, rounding=ROUND_HALF_UP)
_MOST_PLAIN: Final = Decimal(10) ** 11
_LEAST_PLAIN: Final = Decimal("0.0001")
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: what it is for and how it prints."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    language: int

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed", "meridiem") for token in self.tokens)


def shown_number(stored: str, code: str, *, from_1904: bool = False) -> str:
    """A number as it is shown; words that are no number are given back as they are."""
    try:
        number = _PRECISE.create_decimal(stored)
        return _shown(number, _sections(code), from_1904) if number.is_finite() else stored
    except ArithmeticError:
        return stored


def shown_text(words: str, code: str) -> str:
    """Words as their cell's format shows them, where it puts something around them."""
    sections = _sections(code)
    if len(sections) < 4 or not any(token.text == "@" for token in sections[3].tokens):
        return words
    return "".join(words if token.text == "@" else token.text for token in sections[3].tokens)


def general(number: Decimal) -> str:
    """A number without a format: as many digits as matter, at most ten."""
    short = _GENERAL_DIGITS.plus(number).normalize(_GENERAL_DIGITS)
    if short and not _LEAST_PLAIN <= abs(short) < _MOST_PLAIN:
        mantissa, _, exponent = f"{short:E}".partition("E")
        return f"{mantissa}E{int(exponent):+03d}"
    return f"{short:f}"


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        token = _token(match)
        if token == _Token("plain", ";"):
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_section(tokens) for tokens in sections)


def _token(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or "plain"
    text = match[kind]
    if kind == "gap":
        return _Token("literal", " ")
    if kind == "fill":
        return _Token("literal", "")
    if kind in ("quoted", "escaped"):
        return _Token("literal", text)
    if kind == "bracket" and _ELAPSED.fullmatch(text):
        return _Token("elapsed", text.lower())
    return _Token(kind, text.lower() if kind == "date" else text)


def _section(tokens: list[_Token]) -> _Section:
    brackets = [token.text for token in tokens if token.kind == "bracket"]
    conditions = [found for text in brackets if (found := _CONDITION.fullmatch(text))]
    locales = [found for text in brackets if (found := _LOCALE.fullmatch(text))]
    kept = (_currency(token) if token.kind == "bracket" else token for token in tokens)
    language = next((int(one[2], 16) & _LANGUAGE_BITS for one in locales if one[2]), 0)
    condition = (conditions[0][1], Decimal(conditions[0][2])) if conditions else None
    return _Section(tuple(_minutes(list(kept))), condition, language)


def _currency(token: _Token) -> _Token:
    found = _LOCALE.fullmatch(token.text)
    return _Token("literal", found[1] if found else "")


def _minutes(tokens: list[_Token]) -> Iterator[_Token]:
    """`m` means minutes behind hours and before seconds, months elsewhere."""
    places = [n for n, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for number, token in enumerate(tokens):
        if token.kind != "date" or token.text not in ("m", "mm"):
            yield token
            continue
        at = places.index(number)
        before = tokens[places[at - 1]].text if at else ""
        after = tokens[places[at + 1]].text if at + 1 < len(places) else ""
        is_minutes = before.startswith("h") or after.startswith("s")
        yield _Token("date", token.text.replace("m", "n")) if is_minutes else token


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section that prints a number, and whether the number keeps its sign there."""
    if any(section.condition for section in sections):
        return _section_by_condition(number, sections), True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _section_by_condition(number: Decimal, sections: tuple[_Section, ...]) -> _Section:
    otherwise = [section for section in sections if section.condition is None]
    for section in sections:
        if section.condition and _holds(number, *section.condition):
            return section
    return otherwise[0] if otherwise else sections[-1]


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }[sign]


def _shown(number: Decimal, sections: tuple[_Section, ...], from_1904: bool) -> str:
    section, signed = _section_for(number, sections)
    if not section.tokens:
        return "" if len(sections) > 1 else general(number)
    if any(token.kind == "general" for token in section.tokens):
        return _around_general(number, section)
    if section.is_date:
        return _shown_date(number, section, from_1904)
    return _shown_digits(number if signed else abs(number), section)


def _around_general(number: Decimal, section: _Section) -> str:
    shown = general(number)
    words = (shown if token.kind == "general" else token.text for token in section.tokens)
    return "".join(words).strip()


def _shown_digits(number: Decimal, section: _Section) -> str:
    tokens = section.tokens
    if not any(token.kind == "digits" for token in tokens):
        return "".join(_plain_or(general(number), token) for token in tokens).strip()
    if any(token == _Token("plain", "/") for token in tokens):
        return general(number)
    percents = sum(token == _Token("plain", "%") for token in tokens)
    number = _WIDE.scaleb(number, 2 * percents)
    exponent = next((token for token in tokens if token.kind == "exponent"), None)
    printed = False
    pieces = []
    for token in tokens:
        if token.kind == "digits":
            pieces.append("" if printed else _digits(number, token.text, exponent))
            printed = True
        elif token.kind != "exponent":
            pieces.append(token.text)
    return "".join(pieces).strip()


def _plain_or(number: str, token: _Token) -> str:
    return number if token.text == "@" else token.text


def _digits(number: Decimal, pattern: str, exponent: _Token | None) -> str:
    whole, _, fraction = pattern.rstrip(",").partition(".")
    thousands = len(pattern) - len(pattern.rstrip(",")) + len(whole) - len(whole.rstrip(","))
    power = 0
    number = _WIDE.scaleb(number, -3 * thousands)
    if exponent and number:
        power = number.adjusted()
        number = _WIDE.scaleb(number, -power)
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), context=_WIDE)
    printed = _trimmed(f"{rounded:f}", whole.replace(",", ""), fraction)
    return f"{printed}E{power:+03d}" if exponent else printed


def _trimmed(printed: str, whole: str, fraction: str) -> str:
    """Printed digits without the zeros a format leaves away, with those it asks for."""
    sign = "-" if printed.startswith("-") and printed.strip("-0.") else ""
    left, _, right = printed.lstrip("-").partition(".")
    while right and fraction[len(right) - 1] != "0" and right.endswith("0"):
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    return f"{sign}{left or ('0' if not right else '')}{'.' if right else ''}{right}"


def _shown_date(number: Decimal, section: _Section, from_1904: bool) -> str:
    if not 0 <= number <= _LAST_SERIAL:
        return general(number)
    moment = moment_of(number, from_1904, has_fraction=_shows_fraction(section))
    half_day = any(token.kind == "meridiem" for token in section.tokens)
    seconds = int((number * 86400).to_integral_value(ROUND_HALF_UP))
    pieces = []
    for token in section.tokens:
        if token.kind == "elapsed":
            pieces.append(str(seconds // _SECONDS[token.text[0]]).zfill(len(token.text)))
        elif token.kind == "date":
            pieces.append(date_part(moment, token.text, section.language, half_day))
        elif token.kind == "meridiem":
            pieces.append("AM" if moment.hour < 12 else "PM")
        else:
            pieces.append("" if token.text == "@" else token.text)
    return "".join(pieces).strip()


def _shows_fraction(section: _Section) -> bool:
    return any(token.kind == "date" and "." in token.text for token in section.tokens)
