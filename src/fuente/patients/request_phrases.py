"""Turns phrases into patterns over folded text, and number words into numbers.

Knows how words may be spaced, hyphenated and inflected; knows nothing of what they mean.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal

from fuente.patients.request_words import cue_phrases, numbers

Cue = Literal[
    "negation",
    "wide_negation",
    "except",
    "affirmation",
    "only",
    "only_after",
    "not_after",
    "small",
    "or",
    "and",
    "plus",
    "present",
    "removed",
    "after_end",
    "during",
    "in_field",
    "out_of_field",
    "as_second",
    "the_first",
]

_TENS: Final = 20
_HUNDRED: Final = 100
NUMBER_WORDS: Final = numbers()
_WORDS: Final = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
# A number in digits, in words, or as tens and units (`twenty-one`, `treinta y cinco`).
NUMBER: Final = (
    r"(?:(?<![a-z\d])\d+(?:[.,]\d+)?"
    rf"|(?<![a-z])(?:{_WORDS})(?:(?:[\s-]+(?:y[\s-]+)?)(?:{_WORDS}))?(?![a-z]))"
)


def one_of(alternatives: Iterable[str]) -> str:
    """A pattern for one of the phrases as whole words, the longest first, plurals allowed."""
    written = sorted({phrase_pattern(a) for a in alternatives}, key=len, reverse=True)
    return rf"(?<![a-z0-9])(?:{'|'.join(written)})(?![a-z0-9])"


def phrase_pattern(phrase: str) -> str:
    """Words with any white space, hyphen, slash or apostrophe between them."""
    return r"[\s\-/'\u2019+]+".join(_word(word) for word in phrase.split())


@cache
def cue(name: Cue) -> re.Pattern[str]:
    """The compiled pattern of a cue."""
    return re.compile(one_of(cue_phrases(name)))


def number_of(text: str) -> float:
    """The value of what `NUMBER` matched.

    Raises:
        ValueError: the text is no number.
    """
    if text[:1].isdigit():
        return float(text.replace(",", "."))
    parts = [part for part in re.split(r"[\s-]+", text) if part != "y"]
    if not parts or any(part not in NUMBER_WORDS for part in parts):
        raise ValueError(f"{text!r} is no number")
    values = [NUMBER_WORDS[part] for part in parts]
    if values[-1] == _HUNDRED and len(values) > 1:
        return float(values[0] * _HUNDRED)
    return float(sum(values)) if values[0] >= _TENS else float(values[0])


def _word(word: str) -> str:
    return re.escape(word) + ("s?" if len(word) > 4 and not word.endswith("s") else "")
