"""Bounds of age, weight and body surface as printed: `<1 year`, `9-<16 kg`, `3 a 8,99 años`.

Decides where each bound begins and ends and whether its ends belong to it. Does not decide what
the bound is a bound of: a population, a column or a condition.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import json_number, parse_number

_UNITS: Final[tuple[tuple[str, str], ...]] = (
    ("mo", r"months?(?: old| of age)?|mos?\.?|mes(?:es)?(?: de (?:edad|idade|vida))?"),
    (
        "y",
        # The bare letters are also words of Spanish: they count only where a value may follow.
        r"years?(?: old| of age)?|yrs?\.?(?: old)?|y\.?o\.?|anos?(?: de (?:edad|idade))?"
        r"|[ya](?= ?(?:[:;,.)\]/=§-]|$|old|or|and|\d+(?:[.,]\d+)? ?(?:mg|g|mcg|ug)))",
    ),
    ("kg", r"kgs?|kilos?|kilogram(?:s|os|as)?"),
    ("m2", r"m ?\^?2|square metres?|metros? cuadrados?"),
    ("d", r"days?(?: old| of age)|dias? de (?:edad|vida|idade)"),
    ("wk", r"weeks?(?: old| of age)|semanas? de (?:edad|vida|idade)"),
)
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_UNIT: Final = "(?:" + "|".join(f"(?:{words})" for _, words in _UNITS) + r")(?![a-z0-9])"
_BELOW: Final = (
    r"<(?!=)|under|below|less than|younger than|lighter than|(?:de )?menos de|por debajo de"
    r"|inferior(?:es)? a|menor(?:es)?(?: de| que| a)?|abaixo de|com menos de|until|before"
)
_AT_MOST: Final = (
    r"<=|≤|up to|at most|no more than|hasta(?: los)?|maximo|ate(?: os)?"
    r"|menor(?:es)? o igual(?:es)? (?:a|que)|menor ou igual a"
)
_ABOVE: Final = (
    r">(?!=)|over|above|more than|greater than|older than|heavier than|mas de|superior(?:es)? a"
    r"|mayor(?:es)?(?: de| que| a)?|por encima de|acima de|maior(?:es)?(?: de| que)?|mais de"
)
_AT_LEAST: Final = (
    r">=|≥|at least|from(?: the age of)?|desde(?: los)?|a partir de(?: los)?|al menos|pelo menos"
    r"|mayor(?:es)? o igual(?:es)? (?:a|que|de)|maior ou igual a|a partir dos|>/=|> ?o ?="
)
_SIDES: Final = (
    rf"(?P<atleast>{_AT_LEAST})|(?P<atmost>{_AT_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW})"
)
_RANGE: Final = re.compile(
    rf"(?<![\w.,/])(?:(?:between|entre|from|de|aged|>="
    rf"|≥) ?)?(?P<open>>)? ?(?P<low>{_NUMBER}) ?(?P<lowunit>{_UNIT})?"
    rf" ?(?:-|to|a|al|hasta(?: los)?|ate(?: os)?|and|y|e|through) ?(?P<less><=|≤|<|under "
    rf"|menos de |less than )? ?"
    rf"(?P<high>{_NUMBER}) ?(?P<unit>{_UNIT})"
)
_ONE_SIDED: Final = re.compile(rf"(?<![\w])(?:{_SIDES}) ?(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})")
_SUFFIXED: Final = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}) ?(?P<plus>\+)? ?(?P<unit>{_UNIT})"
    r"(?(plus)|(?:,? (?:and|or|y|o|e|ou) (?P<side>older|over|above|more|heavier|mas|mayor(?:es)?"
    r"|superior|mais|acima|maiores|younger|under|below|less|menos|menor(?:es)?)(?!\w| ?\d| "
    r"(?:de|que|than) ?\d)))"
)
_SUFFIX_BELOW: Final = re.compile(r"younger|under|below|less|men")
_MONTHS: Final = {"y": Decimal(12), "mo": Decimal(1), "wk": Decimal("0.23"), "d": Decimal("0.0329")}


@dataclass(frozen=True, slots=True)
class Bound:
    """One printed bound: `low` and `high` in `unit` (y, mo, d, wk, kg, m2), [start, end) in words.

    `plain_range` marks `a-b` without signs, whose upper end only its neighbour can settle.
    """

    start: int
    end: int
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_exclusive: bool = False
    high_inclusive: bool = False
    plain_range: bool = False

    @property
    def dimension(self) -> str:
        """What is bounded: age, weight or bsa."""
        return {"kg": "weight", "m2": "bsa"}.get(self.unit, "age")

    def months(self, value: Decimal | None) -> Decimal | None:
        """An age of this bound in months."""
        return None if value is None else (value * _MONTHS[self.unit]).normalize() + 0

    def canonical(self, unit: str | None = None) -> str:
        """The bound in one spelling: `<1 y`, `1-<2 y`, `>=3 y`, `>23-34 kg`."""
        name = unit or self.unit
        if self.low is None and self.high is not None:
            return f"{'<=' if self.high_inclusive else '<'}{_shown(self.high)} {name}"
        low = _shown(self.low or Decimal(0))
        if self.high is None:
            return f"{'>' if self.low_exclusive else '>='}{low} {name}"
        less = "" if self.high_inclusive or self.plain_range else "<"
        return f"{'>' if self.low_exclusive else ''}{low}-{less}{_shown(self.high)} {name}"


def find_bounds(words: str, language: Language | None = None) -> tuple[Bound, ...]:
    """All bounds in plain lower-case text, in printed order, none inside another."""
    found: list[Bound] = []
    for pattern, read in ((_RANGE, _range), (_SUFFIXED, _suffixed), (_ONE_SIDED, _one_sided)):
        for match in pattern.finditer(words):
            taken = any(match.start() < b.end and b.start < match.end() for b in found)
            bound = None if taken else read(match, language)
            if bound is not None:
                found.append(bound)
    return tuple(sorted(found, key=lambda bound: bound.start))


def _range(match: re.Match[str], language: Language | None) -> Bound | None:
    low, high = parse_number(match["low"], language), parse_number(match["high"], language)
    unit = _unit(match["unit"])
    low_unit = _unit(match["lowunit"]) if match["lowunit"] else unit
    if {low_unit, unit} == {"mo", "y"}:
        low = low * 12 if low_unit == "y" else low
        high = high * 12 if unit == "y" else high
        unit = "mo"
    elif low_unit != unit:
        return None
    if low >= high:
        return None
    less = (match["less"] or "").strip()
    return Bound(
        start=match.start(),
        end=match.end(),
        unit=unit,
        low=low,
        high=high,
        low_exclusive=bool(match["open"]),
        high_inclusive=less in ("<=", "≤") or bool(match["open"] and not less),
        plain_range=not less,
    )


def _one_sided(match: re.Match[str], language: Language | None) -> Bound:
    number = parse_number(match["number"], language)
    unit, place = _unit(match["unit"]), (match.start(), match.end())
    if match["atleast"] or match["above"]:
        return Bound(*place, unit, low=number, low_exclusive=bool(match["above"]))
    return Bound(*place, unit, high=number, high_inclusive=bool(match["atmost"]))


def _suffixed(match: re.Match[str], language: Language | None) -> Bound:
    number = parse_number(match["number"], language)
    unit, place = _unit(match["unit"]), (match.start(), match.end())
    if match["side"] and _SUFFIX_BELOW.match(match["side"]):
        return Bound(*place, unit, high=number, high_inclusive=True)
    return Bound(*place, unit, low=number)


def _unit(words: str) -> str:
    for unit, pattern in _UNITS:
        if re.fullmatch(pattern, words):
            return unit
    raise ValueError(f"'{words}' is no unit of age or size")


def _shown(number: Decimal) -> str:
    return str(json_number(number))
