"""What an ambiguous abbreviation means beside the dose it is printed with.

Decides from unit, amount and route; where these do not settle it, the abbreviation stays without
a drug. The rules are data (`data/abbreviations.csv`) with their reason and confidence.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from fuente.documents.source import Language


@dataclass(frozen=True, slots=True)
class AbbreviationRule:
    """One row: under these conditions the abbreviation means `inn` (nothing when None)."""

    abbreviation: str
    inn: str | None
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    routes: tuple[str, ...]
    languages: tuple[Language, ...]
    severity: str
    reason: str

    def fits(self, value: Decimal | None, unit: str | None, route: str | None) -> bool:
        """Whether a dose written beside the abbreviation meets the conditions."""
        if self.routes and route not in self.routes:
            return False
        if self.unit and unit != self.unit:
            return False
        if self.minimum is not None and (value is None or value < self.minimum):
            return False
        return self.maximum is None or (value is not None and value <= self.maximum)


def rules_for(surface: str, language: Language | None = None) -> tuple[AbbreviationRule, ...]:
    """The rules of an abbreviation in a language; empty when it needs no context."""
    return tuple(
        rule
        for rule in _rules().get(surface.upper(), ())
        if language is None or not rule.languages or language in rule.languages
    )


def abbreviations() -> frozenset[str]:
    """All abbreviations with rules, in capitals."""
    return frozenset(_rules())


def meaning_of(
    surface: str, value: Decimal | None, unit: str | None, route: str | None = None
) -> AbbreviationRule | None:
    """The first rule that fits the dose and names a drug, or None when nothing settles it."""
    for rule in rules_for(surface):
        if rule.inn and rule.fits(value, unit, route):
            return rule
    return None


@cache
def _rules() -> dict[str, tuple[AbbreviationRule, ...]]:
    source = resources.files("fuente.dosing") / "data" / "abbreviations.csv"
    rules: dict[str, tuple[AbbreviationRule, ...]] = {}
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            rule = _rule(row)
            rules[rule.abbreviation] = (*rules.get(rule.abbreviation, ()), rule)
    return rules


def _rule(row: dict[str, str]) -> AbbreviationRule:
    return AbbreviationRule(
        abbreviation=row["abbreviation"],
        inn=row["inn"] or None,
        unit=row["unit"],
        minimum=Decimal(row["minimum"]) if row["minimum"] else None,
        maximum=Decimal(row["maximum"]) if row["maximum"] else None,
        routes=tuple(filter(None, row["routes"].split(";"))),
        languages=tuple(Language(code) for code in row["languages"].split(";") if code),
        severity=row["severity"],
        reason=row["reason"],
    )
