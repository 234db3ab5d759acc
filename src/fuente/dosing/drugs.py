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
from fuente.dosing.drug_names import NameIndex, NameMatch
from fuente.dosing.plain_text import plain
from fuente.dosing.units import read_unit
from fuente.errors import NotFound

_DOSE_NEAR: Final = re.compile(r"[^\d;\n]{0,24}?(\d[\d.,]*(?: ?- ?\d[\d.,]*)?) ?")


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

    @property
    def forms(self) -> tuple[str, ...]:
        """All printed forms: the international names and the synonyms."""
        return (self.inn, self.inn_es, self.inn_pt, *self.synonyms)

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


class Vocabulary:
    """All drugs, found by any of their names."""

    def __init__(self, drugs: Iterable[Drug]) -> None:
        self._drugs = {drug.inn: drug for drug in drugs}
        forms = ((drug.inn, form) for drug in self._drugs.values() for form in drug.forms)
        self._names = NameIndex(forms, abbreviations())

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
        for match in self._names.find(source.text):
            meaning = self._meaning(source.text, match, language)
            if meaning is None:
                continue
            span = source.printed_span(match.start, match.end)
            surface = span.cut(text)
            drug, certain, warning = meaning
            if match.corrected:
                certain, warning = False, f"'{surface}' read as {match.name.printed}"
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

    def _meaning(
        self, text: str, match: NameMatch, language: Language | None
    ) -> tuple[Drug | None, bool, str] | None:
        """The drug a form means here, whether that is certain, and why not; None for no name."""
        printed, inn = match.name.printed, match.name.inn
        rules = rules_for(printed, language) if match.name.is_abbreviation else ()
        if not rules:
            return (self._drugs[inn], True, "") if inn else None
        dose = _dose_after(text, match.end)
        rule = meaning_of(printed, *dose) if dose else None
        if rule is not None and rule.inn:
            warning = f"{printed}: {rule.reason}" if rule.severity == "warning" else ""
            return self._drugs[rule.inn], True, warning
        if len(printed) == 1 and not dose:
            return None
        known = rules[0].inn if rules[0].severity == "context" else None
        return (self._drugs[known] if known else None), False, f"{printed}: {rules[0].reason}"


@cache
def load_vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    source = resources.files("fuente.dosing") / "data" / "drugs.csv"
    with source.open(encoding="utf-8") as lines:
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
