"""Letters that were set as one sign, and words that were set letter by letter.

Both are how type is set, not what is said. Ligatures are spelled out, as pdfium spells those of a
PDF. Letters that stand apart cannot be joined safely, since nothing says where one word ends: the
page is warned about.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from fuente.documents.source import Page

_SPELLED: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_APART: Final = re.compile(r"(?<!\w)[^\W\d_](?:[ \t\u00a0]{1,3}[^\W\d_]){4,}(?!\w)")
_UNIT_APART: Final = re.compile(r"(?:\d ?|/ ?)(?:m c g|m g|k g|m l)(?!\w)")
_DIFFERENT: Final = 4
"""Different letters of a word; ticks in a table are one letter again and again."""

_CAPITALS: Final = 8
_DIFFERENT_CAPITALS: Final = 5
"""Capitals that may be a word; the days of a week are seven, and courses are A, B and C in turn."""


def spelled_out(text: str) -> str:
    """The text with ligatures as the letters they are made of: a word is found by its letters."""
    return text.translate(_SPELLED)


def with_doubts_of_letters(page: Page) -> Page:
    """The page, warned about when letters of words or units stand apart on it."""
    places = sum(1 for _ in _words_apart(page.text)) + len(_UNIT_APART.findall(page.text))
    if not places:
        return page
    times = f"in {places} places" if places > 1 else "in one place"
    doubt = f"letters stand apart {times} (as in `v i n c r i s t i n e`): doses may be missed"
    return replace(page, warnings=(*page.warnings, doubt))


def _words_apart(text: str) -> Iterator[str]:
    for found in _APART.finditer(text):
        letters = "".join(found[0].split())
        different = sorted(set(letters.lower()))
        if list(letters.lower()) == different:
            continue
        if letters.isupper():
            is_word = len(letters) >= _CAPITALS and len(different) >= _DIFFERENT_CAPITALS
        else:
            is_word = len(different) >= _DIFFERENT
        if is_word:
            yield letters
