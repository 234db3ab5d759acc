"""Whether the words of a page really say what a reference claims they say (pure).

It decides three things: the quote stands at its span, the value is printed in the quote, and so
is the unit. It does not decide what the words mean clinically.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.documents.span import Span

_THIN_SPACES: Final = "\u00a0\u2007\u2009\u202f"
# One printed number: digits with points, commas or thin spaces between them. A decimal comma may
# be followed by a space (`6, 0 mg/m2`), as typesetting systems print it.
_NUMBER: Final = re.compile(
    rf"\d+(?:[.,{_THIN_SPACES}]\d+|, (?=\d)\d+|[ {_THIN_SPACES}]\d{{3}}(?!\d))*"
)
# What follows the lower end of a range: `54-56 Gy`, `10 a 15 mg`.
_UP_TO: Final = re.compile(r"^\s*(?:[-–—−/]|a|to|y|and|e)\s*\d+(?:[.,]\d+)?")
_UNIT_WITHIN: Final = 24
_MILLION: Final = re.compile(r"^\s*(?:x\s*10\s*\^?\s*6|million|millon|milhoe|mega|mui|miu|m(?=u))")
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")

# How the parts of a UCUM unit are printed in English, Spanish and Portuguese protocols, folded.
_PRINTED: Final[dict[str, tuple[str, ...]]] = {
    "mg": ("mg", "milligram", "miligramo", "miligrama"),
    "g": ("g", "gr", "gram", "gramo", "grama"),
    "ug": ("ug", "mcg", "microgram", "microgramo", "micrograma"),
    "ng": ("ng", "nanogram", "nanogramo", "nanograma"),
    "kg": ("kg", "kilo"),
    "m2": ("m2", "m^2", "m-2", "sqm", "square met", "metro cuadrado", "metro quadrado", "sc"),
    "[iU]": ("iu", "ui", "u", "unit", "unidad", "unidade"),
    "Gy": ("gy", "gray"),
    "cGy": ("cgy", "centigray"),
    "MBq": ("mbq", "megabecquerel"),
    "GBq": ("gbq", "gigabecquerel"),
    "mL": ("ml",),
    "L": ("l", "litre", "liter", "litro"),
    "mmol": ("mmol",),
    "mol": ("mol",),
    "meq": ("meq",),
    "%": ("%",),
    "min": ("min",),
    "h": ("h", "hour", "hora"),
    "d": ("d", "day", "dia", "diari"),
    "wk": ("week", "seman", "wk"),
}


def is_quoted(page_text: str, span: Span, quote: str) -> bool:
    """Whether exactly these words stand at this span of the page."""
    return span.end <= len(page_text) and span.cut(page_text) == quote


def states_value(quote: str, value: Decimal) -> bool:
    """Whether the value is printed in the quote, in any of the ways numbers are printed.

    `5000` is found in `5.000`, `5,000` and `5 000`; `1.5` in `1,5` and `1, 5`; `1000000` in
    `1 million`.
    """
    return value in set(printed_numbers(quote))


def states_unit(quote: str, unit: str) -> bool:
    """Whether every part of the UCUM unit is printed in the quote, in words or symbols."""
    folded = _fold(quote)
    parts = [part for part in re.split(r"[/.]", unit) if part and part != "1"]
    return all(_is_printed(part, folded) for part in parts if not part.startswith("{"))


def states_quantity(quote: str, value: Decimal, unit: str) -> bool:
    """Whether both the value and the unit are printed in the quote."""
    return states_value(quote, value) and states_unit(quote, unit)


def printed_numbers(text: str) -> Iterator[Decimal]:
    """Every reading of every number in the text, those of its parts included."""
    for match in _NUMBER.finditer(text.translate(_SUPERSCRIPTS)):
        yield from _readings_of(match)


def number_places(text: str, value: Decimal) -> list[tuple[int, int]]:
    """Where a number that can be read as the value is printed, as [start, end) of the text."""
    matches = _NUMBER.finditer(text.translate(_SUPERSCRIPTS))
    return [match.span() for match in matches if value in _readings_of(match)]


def quantity_places(text: str, value: Decimal, unit: str) -> list[tuple[int, int]]:
    """Where the quantity is printed, as [start, end) of its number.

    Of the places that can be read as the value, those that the unit follows (after the end of a
    range, it may be); where none is, those that read as the value whole; then all. `5` of `5 mg/kg`
    is not that of `7.5 mg/m2`. Gray may be printed as centigray.
    """
    folded = text.translate(_SUPERSCRIPTS)
    found = [*_counted(folded, value, unit.split("/")[0])]
    if unit.startswith("Gy"):
        found += _counted(folded, value * 100, "cGy")
    whole = [match.span() for match in _NUMBER.finditer(folded) if _is_whole(match, value)]
    return found or whole or number_places(text, value)


def _counted(folded: str, value: Decimal, unit: str) -> Iterator[tuple[int, int]]:
    """Where the whole number is printed before the unit."""
    for match in _NUMBER.finditer(folded):
        rest = _UP_TO.sub("", folded[match.end() : match.end() + _UNIT_WITHIN], count=1)
        if _is_whole(match, value) and _begins_with(unit, _fold(rest).lstrip()):
            yield match.span()


def _is_whole(match: re.Match[str], value: Decimal) -> bool:
    """Whether all of the printed number is the value, and not one of its parts."""
    return value in _in_millions(match, _whole_readings(match.group()))


def _begins_with(unit: str, folded: str) -> bool:
    forms = _PRINTED.get(unit, (unit.lower(),))
    return any(re.match(rf"{re.escape(form)}(?![a-z]{{3}})", folded) for form in forms)


def _readings_of(match: re.Match[str]) -> set[Decimal]:
    parts = {Decimal(digits) for digits in re.findall(r"\d+", match.group())}
    return _in_millions(match, parts | _whole_readings(match.group()))


def _in_millions(match: re.Match[str], readings: set[Decimal]) -> set[Decimal]:
    """The readings, and their millions where the text goes on so."""
    after = _fold(match.string[match.end() : match.end() + 12])
    if _MILLION.match(after):
        return readings | {reading * 1_000_000 for reading in readings}
    return readings


def _whole_readings(printed: str) -> set[Decimal]:
    """`1.500` may be one and a half or fifteen hundred: both are what the page prints."""
    joined = re.sub(rf"[ {_THIN_SPACES}](?=\d{{3}}(?!\d))", "", printed)
    readings = set()
    if re.fullmatch(r"\d+", joined):
        readings.add(Decimal(joined))
    if re.fullmatch(r"\d{1,3}(?:[.,]?\d{3})+", joined):
        readings.add(Decimal(re.sub(r"[.,]", "", joined)))
    pieces = re.split(r"[.,] ?", joined)
    if len(pieces) == 2 and all(piece.isdigit() for piece in pieces):
        readings.add(Decimal(".".join(pieces)))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+", joined):
        whole, _, fraction = joined.replace(",", ".").rpartition(".")
        readings.add(Decimal(f"{whole.replace('.', '')}.{fraction}"))
    return readings


def _is_printed(part: str, folded: str) -> bool:
    forms = _PRINTED.get(part, (part.lower(),))
    return any(_form_stands(form, folded) for form in forms)


def _form_stands(form: str, folded: str) -> bool:
    if len(form) > 3:
        return form in folded
    # `m2` may run into the next word (`m-2day`), letters may not (`mg` is not in `mgs`).
    after = r"\d" if form[-1].isdigit() else "[a-z]"
    return bool(re.search(rf"(?<![a-z]){re.escape(form)}(?!{after})", folded))


def _fold(text: str) -> str:
    """Lower case without accents, superscripts as digits, micro as u."""
    plain = text.translate(_SUPERSCRIPTS).replace("µ", "u").replace("μ", "u")
    decomposed = unicodedata.normalize("NFKD", plain.lower())
    return "".join(one for one in decomposed if not unicodedata.combining(one))
