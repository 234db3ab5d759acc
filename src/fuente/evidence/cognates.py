"""Words as keys under which English, Spanish and Portuguese spellings of one word meet.

Medical words are Latin and Greek in all three: `cyclophosphamide` and `ciclofosfamida`, `induction`
and `indução` get one key each. Words that differ by more than spelling are in `synonyms`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
# Ends that differ between the languages, longest first.
_ENDINGS: Final = (
    ("ctions", "cion"),
    ("ction", "cion"),
    ("tions", "cion"),
    ("ciones", "cion"),
    ("coes", "cion"),
    ("tion", "cion"),
    ("soes", "sion"),
    ("cao", "cion"),
    ("sao", "sion"),
    ("dades", "dad"),
    ("ities", "idad"),
    # Flow is no adjective: without this `diarrhoea` and `diaria` (daily) were one word.
    ("rrhoea", "rrex"),
    ("rrhea", "rrex"),
    ("rreia", "rrex"),
    ("rrea", "rrex"),
    ("dade", "dad"),
    ("ity", "idad"),
)
_BEGINNINGS: Final = (("pn", "n"), ("ps", "s"), ("esc", "sc"), ("esp", "sp"), ("est", "st"))
_INSIDE: Final = (
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("ae", "e"),
    ("oe", "e"),
    ("ou", "o"),
    ("qu", "c"),
    ("ch", "c"),
    ("y", "i"),
    ("k", "c"),
)
_DOUBLED: Final = re.compile(r"([a-z])\1")
_LAST_VOWELS: Final = re.compile(r"(?<=[a-z]{4})(?:um|us|[aeiou]+)$")


def cognate_keys(text: str) -> str:
    """The keys of all words and numbers of the text, separated by spaces."""
    return " ".join(key_of(token) for token in _TOKEN.findall(fold_text(text)))


def fold_text(text: str) -> str:
    """Lower case without accents, with superscript digits as digits."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@lru_cache(maxsize=100_000)
def key_of(token: str) -> str:
    """The key of one folded word; a number is its own key with a decimal point."""
    if not token.isalpha() or not token.isascii():
        return token.replace(",", ".")
    word = _replaced_ending(token)
    for printed, plain in _BEGINNINGS:
        if word.startswith(printed) and len(word) > 4:
            word = plain + word[len(printed) :]
    for printed, plain in _INSIDE:
        word = word.replace(printed, plain)
    if len(word) > 3:
        word = _DOUBLED.sub(r"\1", word)
        word = _LAST_VOWELS.sub("", word.removesuffix("s"))
    return word


def _replaced_ending(word: str) -> str:
    for printed, plain in _ENDINGS:
        if word.endswith(printed) and len(word) > len(printed) + 1:
            return word.removesuffix(printed) + plain
    return word
