"""Lower case without diacritics, character for character.

Every offset in the folded text is the same offset in the printed one, so what is matched in the
folded text can be cited in the printed one. Knows nothing of what the words mean.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043"), "-")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u200a\u202f\n\r\t"), " ")
_SIGNS = {0x2A7D: "\u2264", 0x2A7E: "\u2265", 0x00D7: "x"}
_KEPT: Final = 4096
"""Texts remembered: a page's headers and cells are looked at by every rule, one after the other."""

_TABLE = {**_DASHES, **_SPACES, **_SIGNS}


class _Folded(dict[int, int | str]):
    """What stands for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> int | str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        plain = base if len(base) == 1 else chr(code)
        self[code] = _TABLE.get(ord(plain), plain)
        return self[code]


_FOLDED: Final = _Folded()


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """The text in lower case, without diacritics, with one kind of dash and space."""
    return text.translate(_FOLDED)


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches one of the alternatives, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
