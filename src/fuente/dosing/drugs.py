"""The drug vocabulary: which printed names mean which drug, in three languages.

Decides what a name or an unambiguous abbreviation means, what a misspelt name was meant to be
(with a warning), and which abbreviations need a dose beside them. It holds fences for what is
plausible per administration, and no dose.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.abbreviations import abbreviations, meaning_of, rules_for
from fuente.dosing.plain_text import plain
from fuente.dosing.units import read_unit
from fuente.errors import NotFound

_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_BETWEEN: Final = re.compile(r"(?: ?[-/,.'(\[] ?| |['.]-|\) ?)?")
_DOSE_NEAR: Final = re.compile(r"[^\d;\n]{0,24}?(\d[\d.,]*(?: ?- ?\d[\d.,]*)?) ?")
# A name shorter than this is never corrected: too many ordinary words are one letter away.
_CORRECTABLE: Final = 8
_ALPHABET: Final = re.compile(r"[a-z]+")


class IntrathecalUse(StrEnum):
    """Whether a drug may be given into the cerebrospinal fluid."""

    ALLOWED = "yes"
    NOT_USED = "no"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Drug:
    """One drug by its international name, with the fence of one plausible administration.

    `plausible_min` and `plausible_max` are an absolute amount in `plausible_unit` (UCUM) for a
    child of any size; they tell a slip from a dose and are no limit of treatment.
    """

    inn: str
    inn_es: str
    inn_pt: str
    atc: str
    drug_class: str
    synonyms: tuple[str, ...]
    routes: tuple[str, ...]
    units: tuple[str, ...]
    plausible_min: Decimal
    plausible_max: Decimal
    plausible_unit: str
    intrathecal: IntrathecalUse
    confidence: str

    def name(self, language: Language) -> str:
        """The international name in a language."""
        names = {Language.SPANISH: self.inn_es, Language.PORTUGUESE: self.inn_pt}
        return names.get(language, self.inn)


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug name in a text, at [start, end) of the printed characters.

    `drug` is None when an ambiguous abbreviation stands without a dose that settles it. `certain`
    is false for a corrected spelling or an abbreviation out of context; `warning` says why.
    """

    start: int
    end: int
    surface: str
    drug: Drug | None
    certain: bool = True
    warning: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A printed form: its tokens, and whether its case matters."""

    tokens: tuple[str, ...]
    inn: str | None
    printed: str
    is_abbreviation: bool


class Vocabulary:
    """All drugs, found by any of their names."""

    def __init__(self, drugs: Iterable[Drug]) -> None:
        self._drugs = {drug.inn: drug for drug in drugs}
        self._names = _index(self._drugs.values())
        self._misspellings = _misspellings(self._names)

    def __iter__(self) -> Iterator[Drug]:
        return iter(self._drugs.values())

    def drug(self, inn: str) -> Drug:
        """The drug of an English international name.

        Raises:
            NotFound: the vocabulary has no such drug.
        """
        if inn not in self._drugs:
            raise NotFound(f"There is no drug '{inn}' in the vocabulary.")
        return self._drugs[inn]

    def find(self, text: str, language: Language | None = None) -> tuple[DrugMention, ...]:
        """Every drug named in the text, in printed order, the longest name first."""
        source = plain(text)
        mentions = []
        for start, end, name, corrected in self._matches(source.text):
            mention = self._mention(source.text, (start, end), name, language)
            span = source.printed_span(start, end)
            surface = span.cut(text)
            if mention is None:
                continue
            drug, certain, warning = mention
            if corrected:
                certain, warning = False, f"'{surface}' read as {name.printed}"
            mentions.append(DrugMention(span.start, span.end, surface, drug, certain, warning))
        return tuple(mentions)

    def resolve(
        self, surface: str, value: Decimal | None, unit: str | None, route: str | None = None
    ) -> Drug | None:
        """The drug an abbreviation means beside this dose, or None when that does not settle it."""
        key = surface.upper()
        if key in abbreviations():
            rule = meaning_of(key, value, unit, route)
            return self._drugs[rule.inn] if rule and rule.inn else None
        mentions = self.find(surface)
        return mentions[0].drug if mentions else None

    def _matches(self, text: str) -> Iterator[tuple[int, int, _Name, bool]]:
        tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text)]
        position = 0
        while position < len(tokens):
            name, count, corrected = self._longest(text, tokens, position)
            if name is not None:
                yield tokens[position][0], tokens[position + count - 1][1], name, corrected
            position += count

    def _longest(
        self, text: str, tokens: list[tuple[int, int, str]], position: int
    ) -> tuple[_Name | None, int, bool]:
        first = tokens[position][2]
        for name in self._names.get(first.lower(), ()):
            if _stands(name, text, tokens, position):
                return name, len(name.tokens), False
        corrected = self._corrected(first)
        return corrected, 1, corrected is not None

    def _corrected(self, token: str) -> _Name | None:
        word = token.lower()
        if len(word) < _CORRECTABLE - 1 or not _ALPHABET.fullmatch(word):
            return None
        if word.endswith("s") and (name := self._single(word[:-1])):
            return name
        for variant in _deletions(word):
            for name in self._misspellings.get(variant, ()):
                if _one_edit_apart(word, name.tokens[0]):
                    return name
        return None

    def _single(self, word: str) -> _Name | None:
        for name in self._names.get(word, ()):
            if len(name.tokens) == 1 and not name.is_abbreviation:
                return name
        return None

    def _mention(
        self, text: str, place: tuple[int, int], name: _Name, language: Language | None
    ) -> tuple[Drug | None, bool, str] | None:
        start, end = place
        rules = rules_for(name.printed, language) if name.is_abbreviation else ()
        if not rules:
            return (self._drugs[name.inn], True, "") if name.inn else None
        dose = _dose_after(text, end)
        rule = meaning_of(name.printed, *dose) if dose else None
        if rule is not None and rule.inn:
            certain = rule.severity != "error"
            warning = f"{name.printed}: {rule.reason}" if rule.severity == "warning" else ""
            return self._drugs[rule.inn], certain, warning
        if len(name.printed) == 1 and not dose:
            return None
        known = rules[0].inn if rules[0].severity == "context" else None
        return (self._drugs[known] if known else None), False, f"{name.printed}: {rules[0].reason}"


@cache
def load_vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    source = resources.files("fuente.dosing") / "data" / "drugs.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        return Vocabulary(_drug(row) for row in csv.DictReader(lines))


def _drug(row: dict[str, str]) -> Drug:
    synonyms = ";".join((row["synonyms_en"], row["synonyms_es"], row["synonyms_pt"])).split(";")
    return Drug(
        inn=row["inn_en"],
        inn_es=row["inn_es"],
        inn_pt=row["inn_pt"],
        atc=row["atc"],
        drug_class=row["drug_class"],
        synonyms=tuple(dict.fromkeys(filter(None, synonyms))),
        routes=tuple(row["routes"].split(";")),
        units=tuple(row["units"].split(";")),
        plausible_min=Decimal(row["plausible_min"]),
        plausible_max=Decimal(row["plausible_max"]),
        plausible_unit=row["plausible_unit"],
        intrathecal=IntrathecalUse(row["intrathecal"]),
        confidence=row["confidence"],
    )


def _index(drugs: Iterable[Drug]) -> dict[str, tuple[_Name, ...]]:
    names = {
        (name.tokens, name.printed): name
        for drug in drugs
        for printed in (drug.inn, drug.inn_es, drug.inn_pt, *drug.synonyms)
        for name in _forms(printed, drug.inn)
    }
    for short in abbreviations():
        names.setdefault(((short.lower(),), short), _Name((short.lower(),), None, short, True))
    index: dict[str, list[_Name]] = {}
    for name in names.values():
        index.setdefault(name.tokens[0], []).append(name)
    return {
        first: tuple(sorted(found, key=lambda name: (-len(name.tokens), name.is_abbreviation)))
        for first, found in index.items()
    }


def _forms(printed: str, inn: str) -> Iterator[_Name]:
    tokens = tuple(_TOKEN.findall(plain(printed).text))
    lowered = tuple(token.lower() for token in tokens)
    short = _is_abbreviation(printed)
    yield _Name(lowered, inn, printed, short)
    if len(tokens) > 1 and (short or "-" in printed):
        joined = "".join(tokens)
        yield _Name((joined.lower(),), inn, joined if short else printed, short)


def _is_abbreviation(printed: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", printed)
    inner_capital = any(letter.isupper() for letter in letters[1:])
    return len(letters) <= 6 and (inner_capital or (letters[:1].isupper() and len(letters) <= 4))


def _stands(name: _Name, text: str, tokens: list[tuple[int, int, str]], position: int) -> bool:
    count = len(name.tokens)
    candidates = tokens[position : position + count]
    if tuple(token.lower() for _, _, token in candidates) != name.tokens:
        return False
    gaps = zip(candidates, candidates[1:], strict=False)
    if not all(_BETWEEN.fullmatch(text, left[1], right[0]) for left, right in gaps):
        return False
    return not name.is_abbreviation or _case_allows(name, [token for _, _, token in candidates])


def _case_allows(name: _Name, tokens: list[str]) -> bool:
    """An abbreviation in capitals or as listed; in small letters only when it is no usual word."""
    surface = "".join(tokens)
    if surface.isupper() or surface == "".join(_TOKEN.findall(name.printed)):
        return True
    needs_context = name.printed.upper() in abbreviations()
    return len(surface) >= 3 and not needs_context


def _dose_after(text: str, end: int) -> tuple[Decimal, str, None] | None:
    near = _DOSE_NEAR.match(text, end)
    if near is None:
        return None
    found = read_unit(text[near.end() : near.end() + 40].lower(), 0)
    if found is None:
        return None
    digits = re.split(r" ?- ?", near[1])[0].rstrip(".,").replace(",", ".")
    value = Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else Decimal(0)
    return value, found[0].unit, None


def _misspellings(names: dict[str, tuple[_Name, ...]]) -> dict[str, tuple[_Name, ...]]:
    index: dict[str, list[_Name]] = {}
    for found in names.values():
        for name in found:
            word = name.tokens[0]
            if len(name.tokens) == 1 and len(word) >= _CORRECTABLE and _ALPHABET.fullmatch(word):
                for variant in _deletions(word):
                    index.setdefault(variant, []).append(name)
    return {variant: tuple(found) for variant, found in index.items()}


def _deletions(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_edit_apart(word: str, other: str) -> bool:
    """Whether one letter is changed, missing, added, or swapped with its neighbour."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, others = word[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and len(rest) > 1 and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
