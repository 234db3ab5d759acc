"""Finds diagnosis names in running text: inflected, accented or not, with or without small words.

Names are compared word by word after folding, so `linfomas de Hodgkin, tipo esclerosis nodular`
is the catalogue's `linfoma de Hodgkin esclerosis nodular`. It does not correct misspellings.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from fuente.dosing.folding import fold

_WORD: Final = re.compile(r"[a-z0-9]+|[.;:!?]")
_SPELLINGS: Final = (("haem", "hem"), ("aemia", "emia"), ("tumour", "tumor"), ("paed", "ped"))
# Words a name may or may not carry; skipped on both sides. A full stop is not: it ends a name.
_SMALL_WORDS: Final = """
    of the a an de del la el los las do da dos das type tipo subtype subtipo variedad forma
    nos ne sai s with con com
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name for a diagnosis or family; `language` is en, es, pt or any.

    A name in `capitals` counts only as printed: in lower case it is an ordinary word.
    """

    id: str
    text: str
    language: str
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a diagnosis or family: the id and the half-open character range."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    start: int
    end: int


class NameFinder:
    """Finds the longest known names in a text."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_stems: dict[tuple[str, ...], list[Name]] = {}
        self._capitals: list[tuple[re.Pattern[str], Name]] = []
        self._longest = 0
        for name in names:
            self._learn(name)
        self.words = frozenset(
            token
            for group in self._by_stems.values()
            for name in group
            for token in _WORD.findall(_folded(name.text))
        )

    def mentions(self, text: str, languages: Sequence[str]) -> tuple[Mention, ...]:
        """Every name that stands in the text, in order, longest first, without overlap."""
        spoken = (*languages, "any")
        tokens = _tokens(text)
        found = self._in_capitals(text, spoken)
        position = 0
        while position < len(tokens):
            length, name = self._longest_at(tokens, position, spoken)
            if name is not None:
                last = tokens[position + length - 1]
                found.append(Mention(name.id, tokens[position].start, last.end))
            position += max(length, 1)
        return _without_overlap(found)

    def _learn(self, name: Name) -> None:
        if name.capitals:
            self._capitals.append((re.compile(rf"\b{re.escape(name.text)}\b"), name))
            return
        stems = tuple(token.stem for token in _tokens(name.text))
        self._by_stems.setdefault(stems, []).append(name)
        self._longest = max(self._longest, len(stems))

    def _longest_at(
        self, tokens: Sequence[_Token], position: int, spoken: Sequence[str]
    ) -> tuple[int, Name | None]:
        for length in range(min(self._longest, len(tokens) - position), 0, -1):
            stems = tuple(token.stem for token in tokens[position : position + length])
            for name in self._by_stems.get(stems, ()):
                if name.language in spoken:
                    return length, name
        return 0, None

    def _in_capitals(self, text: str, spoken: Sequence[str]) -> list[Mention]:
        if text.upper() == text:
            return []
        return [
            Mention(name.id, match.start(), match.end())
            for pattern, name in self._capitals
            if name.language in spoken
            for match in pattern.finditer(text)
        ]


def singular(word: str) -> str:
    """A folded word without its plural ending, near enough to compare with."""
    if len(word) > 5 and word.endswith("ores"):
        return word[:-2]
    if len(word) > 5 and word.endswith("omata"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def _tokens(text: str) -> list[_Token]:
    folded = fold(text)
    return [
        _Token(singular(spelled(match.group())), match.start(), match.end())
        for match in _WORD.finditer(folded)
        if match.group() not in _SMALL
    ]


def spelled(word: str) -> str:
    """A folded word in the spelling names are compared in (American)."""
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word


def _folded(text: str) -> str:
    return spelled(fold(text))


def _without_overlap(found: list[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)
