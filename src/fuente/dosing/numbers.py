"""Numbers as printed in English, Spanish and Portuguese, read into exact decimals.

Decides which mark is decimal and which groups thousands, and repairs the spaces and letters that
extraction and OCR put into numbers. Knows nothing of units.
"""

import re
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language

# A printed number in plain text: digits with marks between them, a thin or plain space before
# groups of three, or a space after a decimal comma (`1, 5`) where one or two digits follow. What
# stands behind `^` is raised print: an exponent or a note's mark, no number.
NUMBER: Final = (
    r"(?<![\w.,^])(?<!\^[-+])(?<![a-z]-)(?:"
    r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![\d.,]*\d)"
    r"|\d+(?:[.,]\d+)*"
    r"|[.,]\d+"
    r")"
)
# A digit that OCR took for a letter, only inside a number that also has a true digit; the `i` of
# `5000iu` belongs to the unit.
SLIPPED_NUMBER: Final = (
    r"(?<![\w.,^])(?=[OoIl\d.,]*\d)(?=[\d.,]*[OoIl])[OoIl\d]+(?:[.,][OoIl\d]+)?(?!u)"
)
SPACED_DECIMAL: Final = (
    r"(?<![\w.,^])(?<![a-z]-)(?:\d{1,4} ?, \d{1,2}(?![\d.,])|\d{1,4} [.,]\d{1,2}(?!\d))"
)

_GROUPED_BY_DOT: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_GROUPED_BY_COMMA: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_GROUPED_BY_SPACE: Final = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?![\d ])")
_SLIPS: Final = str.maketrans("OoIl", "0011")

_WORDS: Final[dict[str, int]] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "un": 1,
    "una": 1,
    "uno": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "doce": 12,
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "quatro": 4,
    "sete": 7,
    "oito": 8,
    "nove": 9,
    "dez": 10,
    "doze": 12,
}
# `a` and `once` mean something else in running words (`1 a 5`, the Spanish eleven), so they count
# only where a pattern asks for them by name.
COUNT: Final = (
    r"(?:\d{1,3}|(?:"
    + "|".join(
        sorted((word for word in _WORDS if word not in {"a", "once"}), key=len, reverse=True)
    )
    + r")(?![a-z]))"
)


def parse_number(text: str, language: Language | None) -> Decimal:
    """The exact value of a printed number.

    In Spanish and Portuguese the comma is decimal and a dot before exactly three digits groups
    thousands; in English the comma before exactly three digits groups thousands. A number that
    begins with zero is never grouped. Without a language the English reading holds.

    Raises:
        ValueError: the text is not one number.
    """
    cleaned = _unslipped(text.strip())
    if _GROUPED_BY_SPACE.match(cleaned):
        cleaned = cleaned.replace(" ", "")
    cleaned = cleaned.replace(" ", "")
    if not re.fullmatch(r"\d*(?:[.,]\d+)*", cleaned) or not cleaned:
        raise ValueError(f"'{text}' is not a number")
    return Decimal(_decimal_point(cleaned, language))


def parse_count(text: str) -> int:
    """A small whole number in digits or words of the three languages.

    Raises:
        ValueError: the text is neither.
    """
    word = text.strip().lower()
    if word.isdecimal():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    raise ValueError(f"'{text}' is not a count")


def format_number(value: Decimal, language: Language) -> str:
    """The value as a document of that language prints it, thousands ungrouped."""
    plain = format(value, "f")
    return plain if language is Language.ENGLISH else plain.replace(".", ",")


def json_number(value: Decimal) -> int | float:
    """An int for an integral value and a float otherwise."""
    return int(value) if value == value.to_integral_value() else float(value)


def _unslipped(text: str) -> str:
    return text.translate(_SLIPS) if re.search(r"\d", text) else text


def _decimal_point(number: str, language: Language | None) -> str:
    if "," in number and "." in number:
        decimal_mark = max(number.rindex(","), number.rindex("."))
        whole, part = number[:decimal_mark], number[decimal_mark + 1 :]
        if not (_GROUPED_BY_DOT.fullmatch(whole) or _GROUPED_BY_COMMA.fullmatch(whole)):
            raise ValueError(f"'{number}' is not a number: its marks group other than thousands")
        return re.sub(r"[.,]", "", whole) + "." + part
    comma_is_decimal = language in (Language.SPANISH, Language.PORTUGUESE)
    if number.count(",") > 1 or number.count(".") > 1:
        if not (_GROUPED_BY_DOT.fullmatch(number) or _GROUPED_BY_COMMA.fullmatch(number)):
            raise ValueError(f"'{number}' is not a number: its marks group other than thousands")
        return re.sub(r"[.,]", "", number)
    if _GROUPED_BY_DOT.fullmatch(number) and comma_is_decimal:
        return number.replace(".", "")
    if _GROUPED_BY_COMMA.fullmatch(number) and not comma_is_decimal:
        return number.replace(",", "")
    return number.replace(",", ".")
