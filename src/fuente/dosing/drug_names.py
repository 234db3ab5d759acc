"""Printed drug names found in a text: by their words, in any spacing, and by one slip of spelling.

Decides where a name stands and which printed form it is. Knows forms and international names only;
what an ambiguous form means is decided elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fuente.dosing.plain_text import plain

_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_BETWEEN: Final = re.compile(r"(?: ?[-/,.'(\[] ?| |['.]-|\) ?)?")
# A name shorter than this is never corrected: too many ordinary words are one letter away.
_CORRECTABLE: Final = 8
# No name is longer, so a longer run of letters is no slip of one.
_LONGEST: Final = 32
_WORDS_KEPT: Final = 50_000
_LETTERS: Final = re.compile(r"[a-z]+")
# A footnote mark that text extraction sets on the line: `Vincristine1`.
_MARKED: Final = re.compile(r"(?P<name>[A-Za-z]{3,})[1-9]")


@dataclass(frozen=True, slots=True)
class DrugName:
    """A printed form: its words, the drug it names (None when open), whether its case matters."""

    tokens: tuple[str, ...]
    inn: str | None
    printed: str
    is_abbreviation: bool


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A form at [start, end) of plain text; `corrected` when one letter had to be changed."""

    start: int
    end: int
    name: DrugName
    corrected: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text."""

    start: int
    end: int
    text: str


class NameIndex:
    """All printed forms, by first word and by every spelling with one letter left out."""

    def __init__(
        self, forms: Iterable[tuple[str, str]], ambiguous: frozenset[str] = frozenset()
    ) -> None:
        """Take pairs of an international name and a printed form, and the ambiguous short forms."""
        self._ambiguous = ambiguous
        self._names = _index(forms, ambiguous)
        self._misspellings = _misspellings(self._names)
        self._met: dict[str, tuple[DrugName | None, bool]] = {}

    def find(self, text: str) -> Iterator[NameMatch]:
        """All names in plain text, in order, the longest at each place."""
        tokens = [_Token(one.start(), one.end(), one.group()) for one in _TOKEN.finditer(text)]
        position = 0
        while position < len(tokens):
            name, corrected = self._longest(text, tokens, position)
            if name is None and (marked := _MARKED.fullmatch(tokens[position].text)):
                start = tokens[position].start
                bare = _Token(start, start + marked.end("name"), marked["name"])
                tokens[position] = bare
                name, corrected = self._longest(text, tokens, position)
            count = len(name.tokens) if name is not None else 1
            if name is not None:
                end = tokens[position + count - 1].end
                yield NameMatch(tokens[position].start, end, name, corrected)
            position += count

    def _longest(
        self, text: str, tokens: list[_Token], position: int
    ) -> tuple[DrugName | None, bool]:
        first = tokens[position].text
        for name in self._names.get(first.lower(), ()):
            if self._stands(name, text, tokens[position : position + len(name.tokens)]):
                return name, False
        return self._once(first.lower())

    def _stands(self, name: DrugName, text: str, tokens: list[_Token]) -> bool:
        if tuple(token.text.lower() for token in tokens) != name.tokens:
            return False
        if not all(_BETWEEN.fullmatch(text, a.end, b.start) for a, b in pairwise(tokens)):
            return False
        return not name.is_abbreviation or self._case_allows(name, tokens)

    def _case_allows(self, name: DrugName, tokens: list[_Token]) -> bool:
        """An abbreviation in capitals or as listed; in small letters when it is no usual word."""
        surface = "".join(token.text for token in tokens)
        if surface.isupper() or surface == "".join(_TOKEN.findall(name.printed)):
            return True
        return len(surface) >= 3 and name.printed.upper() not in self._ambiguous

    def _once(self, word: str) -> tuple[DrugName | None, bool]:
        """Looked up once for each word: a document repeats few of them very often."""
        if word not in self._met:
            if len(self._met) >= _WORDS_KEPT:
                self._met.clear()
            self._met[word] = self._inflected_or_corrected(word)
        return self._met[word]

    def _inflected_or_corrected(self, word: str) -> tuple[DrugName | None, bool]:
        if not _CORRECTABLE - 1 <= len(word) <= _LONGEST or not _LETTERS.fullmatch(word):
            return None, False
        if word.endswith("s") and (name := self._single(word[:-1])):
            return name, False
        meant = {
            name.inn: name
            for variant in _with_one_left_out(word)
            for name in self._misspellings.get(variant, ())
            if _one_edit_apart(word, name.tokens[0])
        }
        # A slip that could be two drugs is none.
        return (next(iter(meant.values())), True) if len(meant) == 1 else (None, False)

    def _single(self, word: str) -> DrugName | None:
        for name in self._names.get(word, ()):
            if len(name.tokens) == 1 and not name.is_abbreviation:
                return name
        return None


def _index(
    forms: Iterable[tuple[str, str]], ambiguous: frozenset[str]
) -> dict[str, tuple[DrugName, ...]]:
    names = {(one.tokens, one.printed): one for inn, form in forms for one in _forms(form, inn)}
    for short in ambiguous:
        names.setdefault(((short.lower(),), short), DrugName((short.lower(),), None, short, True))
    index: dict[str, list[DrugName]] = {}
    for name in names.values():
        index.setdefault(name.tokens[0], []).append(name)
    return {
        first: tuple(sorted(found, key=lambda name: (-len(name.tokens), name.is_abbreviation)))
        for first, found in index.items()
    }


def _forms(printed: str, inn: str) -> Iterator[DrugName]:
    """The form itself, and written in one word where it has a hyphen or is an abbreviation."""
    tokens = tuple(_TOKEN.findall(plain(printed).text))
    short = _is_abbreviation(printed)
    yield DrugName(tuple(token.lower() for token in tokens), inn, printed, short)
    if len(tokens) > 1 and (short or "-" in printed):
        joined = "".join(tokens)
        yield DrugName((joined.lower(),), inn, joined if short else printed, short)


def _is_abbreviation(printed: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", printed)
    inner_capital = any(letter.isupper() for letter in letters[1:])
    return len(letters) <= 6 and (inner_capital or (letters[:1].isupper() and len(letters) <= 4))


def _misspellings(names: dict[str, tuple[DrugName, ...]]) -> dict[str, tuple[DrugName, ...]]:
    index: dict[str, list[DrugName]] = {}
    for found in names.values():
        for name in found:
            word = name.tokens[0]
            is_word = len(name.tokens) == 1 and len(word) >= _CORRECTABLE
            # Brands are left out: `platino` is Spanish for platinum and no slip of `Platinol`.
            if is_word and _LETTERS.fullmatch(word) and name.printed[0].islower():
                for variant in _with_one_left_out(word):
                    index.setdefault(variant, []).append(name)
    return {variant: tuple(found) for variant, found in index.items()}


def _with_one_left_out(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_edit_apart(word: str, other: str) -> bool:
    """Whether one letter is changed, missing, added, or swapped with its neighbour."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, others = word[start:], other[start:]
    swapped = len(rest) > 1 and rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
