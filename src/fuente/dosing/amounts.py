"""Amounts in running text: a number or a range with its unit, and the part it plays.

Decides whether an amount is the dose, its cap, a total or another statement of the same dose, by
the words right before and after it. Knows nothing of drugs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import NUMBER, SLIPPED_NUMBER, SPACED_DECIMAL, parse_number
from fuente.dosing.remainder import BLANK
from fuente.dosing.units import UnitReading, read_unit
from fuente.quantities.quantity import Quantity, numerator


class AmountRole(StrEnum):
    """What an amount says beside the others of its phrase."""

    DOSE = "dose"
    CAP = "cap"
    TOTAL = "total"
    CUMULATIVE = "cumulative"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount at [start, end) of plain text; `value_max` is the upper end of a range."""

    start: int
    end: int
    value: Decimal
    reading: UnitReading
    value_max: Decimal | None = None
    role: AmountRole = AmountRole.DOSE
    slipped: bool = False

    @property
    def unit(self) -> str:
        """The UCUM unit, without the period."""
        return self.reading.unit

    @property
    def per(self) -> str | None:
        """The period the amount is per."""
        return self.reading.per


_ANY_NUMBER: Final = rf"(?:{SLIPPED_NUMBER}|{SPACED_DECIMAL}|{NUMBER})".replace("OoIl", "oil")
# Text extraction drops the space before an amount: `lamivudine150 mg`, `maximum,700mg`.
_GLUED: Final = (
    r"(?:(?<=[a-z]{5})|(?<=[a-z]{3},))\d+(?:[.,]\d+)?(?= ?(?:mg|mcg|ug|g|ui|iu)(?![a-z]))"
)
_NUMBERS: Final = re.compile(rf"(?:{_ANY_NUMBER}|{_GLUED})")
_OWN_UNIT: Final = r"(?: ?(?P<own>(?:mg|mcg|ug|g|ui|iu|gy|cgy|mci|mbq)[a-z0-9/^ ]{0,12}?))?"
_RANGE: Final = re.compile(
    # The word between two numbers stands alone: the `e` of `etoposide 150 mg` joins nothing.
    rf"(?P<low>{_ANY_NUMBER}){_OWN_UNIT} ?(?:-|–|(?<![a-z])(?:to|up to|a|al|hasta|ate|and|y|e)) ?"
    rf"(?P<high>{_ANY_NUMBER.replace('(?<![', '(?<![')}) ?"
)
# `10 mg - 12/kg` was not read as a range, and its lower end alone is no amount.
_RANGE_GOES_ON: Final = re.compile(r" ?[-–] ?\d+(?:[.,]\d+)? ?/")
_AUC: Final = re.compile(
    r"(?<![a-z])(?:target |objetivo de |alvo )?(?:auc|abc|asc|area (?:bajo|sob|under) (?:la "
    r"|a |the )?(?:curva|curve))"
    r"(?: ?\((?:auc|abc)\))?(?: ?(?:of|de|=|:|target|objetivo|alvo|dose|x))* ?"
    rf"(?P<low>{NUMBER})(?: ?(?:-|to|a) ?(?P<high>{NUMBER}))? ?"
)
_BARE_CAP: Final = re.compile(
    r"\b(?:max(?:im(?:um|o|a|al))?\.?|cap(?:ped at)?|tope|not to exceed|sin superar)"
    rf"(?: ?(?:dose|dosis|of|de|at|single|:|=))* ?(?P<n>{NUMBER})(?= ?(?:[);,]|$))"
)
# `days 1, 8 500 mg`: the number before the space belongs to the list, not to the amount.
_LIST_BEFORE: Final = re.compile(
    r"(?:(?<![a-z])(?:days?|dias?|d|cycles?|ciclos?|weeks?|semanas?|x|no\.?|grade|phase|fase)"
    r"[ :.]*[-+]?(?:\d[\d ,;+&\-]*(?:(?:and|y|e|to|a) )?)?)$"
)
_FILLER: Final = (
    r"(?:[\s:=,(]|of|de|del|la|el|a|at|is|es|to|up|por|per|una|un|the|dose|doses|dosis|single"
    r"|total|diari[ao]|daily"
    r"|absolut[aeo]|individual|unica|en|and|so|que|hasta|ate|<=|≤|<|administration|administracion"
    r"|dia|day|never|not|each|cada|infusion|ser[aá]?|allowed|permitida|recommended"
    r"|recomendada|unit)*"
)
_CAP_BEFORE: Final = re.compile(
    r"(?:\bmax(?:im(?:um|o|a|al|os|as))?\b\.?|\bcap(?:ped)?\b|\bexceed(?:ing|s)?|\bexceder|\bexceda"
    r"|\bsuperar|\bsupere|\bsobrepasar|\bultrapassar|\btopes?\b|\blimit(?:ed|e|ado|ada)?\b"
    r"|\blimite\b"
    rf"|\btecho\b|\bteto\b|\bno mas de\b|\bnot more than\b|\bno more than\b"
    r"|\b(?:never|not|no) (?:be )?(?:above|over|beyond|greater than)\b"
    r"|\b(?:nunca|jamas|no) (?:ser )?(?:por encima de|superior a|mayor (?:de|que|a))\b"
    rf"|\bnever more than\b|\b(?:nao|nunca) mais (?:de|que)\b|\b(?:nunca|jamas) mas (?:de|que)\b"
    rf"|\bup to(?= a max)){_FILLER}$"
)
_CAP_AFTER: Final = re.compile(
    r"^[\s(]*(?:as (?:a )?|de (?:dosis )?|como (?:dosis )?|dose |dosis )?(?:max(?:im(?:um|o|a"
    r"|al))?\b|cap\b|capped|tope\b|limit\b|teto\b)(?![\s:.=,]*(?:single |dose |dosis |of "
    r"|de )*\d)"
)
# What a dose may not pass is its cap, whatever the dose is.
NOT_BEYOND: Final = re.compile(
    r"\b(?:(?:not|never) (?:to )?exceed(?:s|ing)?|no (?:pasa|supera|excede|sobrepasa|rebasa)[nr]?|"
    r"(?:no|not|never|nunca|jamas|nao) (?:more|mas|mais) (?:than|de|que)|"
    r"sin (?:pasar|superar|exceder)|sem (?:passar|ultrapassar|exceder)|"
    r"nao (?:excede|ultrapassa)[mr]?|nunca (?:supera|pasa)[nr]?)"
    r"(?: de| los| las| el| a| os| as| total of)*\s*$"
)
_UP_TO: Final = re.compile(r"(?<![a-z])(?:up to|hasta|ate)(?: los| os)? $")
_SEVERAL_A_DAY: Final = re.compile(
    r" ?(?:\d|every|each|cada|a cada|de \d|twice|three|four|dos|tres|duas|b\.?i?\.?d|t\.?[id])"
)
_AT_MOST: Final = re.compile(r"[(,;][\s]*(?:<=|≤|<) ?$")
GEL_CAP: Final = r"(?:(?:soft|hard|gel(?:atine?)?)[ -]?){1,2}caps?\b"
# A capsule is no maximum: `100 mg gel cap 2 mg/kg`, and `100 mg cap 2 mg/kg` after a strength. Who
# limits prints the number behind a dose by size (`2 mg/kg cap 100 mg`) or after `at`, `of`, `:`.
_CAPSULE: Final = re.compile(
    rf"\b{GEL_CAP}|(?<![\w.,/-])\d+(?:[.,]\d+)? ?(?:mg|mcg|ug|g|ui|iu) ?(?P<cap>caps?\b)"
    r"(?=\.?[ /,;]*\d)"
)
_CUMULATIVE: Final = re.compile(
    r"\b(?:cumulative|acumulad[ao]s?|acumulativ[ao]s?|cumulativ[ao]s?|lifetime|de por vida)\b"
    r"(?:[\s:=,(]|max(?:imum|imo|ima)?|dose|dosis|of|de|is|es|total|anthracycline"
    r"|antraciclinas?|limit|limite|not|to|exceed"
    r"|permitida|recommended|recomendada|allowed|[§]|la|el|for|para|by|in|en|up|a)*$"
    # The drug may stand between: `the cumulative dose of doxorubicin must not exceed`.
    r"|\b(?:cumulative|acumulada|lifetime)\b (?:dose|dosis|total|amount)? ?(?:of|de|do|da)? ?"
    r"[^.;:\d]{0,60}?\b(?:exceed|exceder|exceda|excedera|supere|superara?|sobrepas\w+|ultrapass\w+"
    r"|limited to|limit(?:e|ad[oa])? (?:is|es|a|de))[a-z ]{0,16}$"
)
_CUMULATIVE_AFTER: Final = re.compile(
    r"^[\s(]*(?:of |de |as |como )?(?:max(?:imum|ima|imo)? )?(?:dose |dosis )?(?:cumulative"
    r"|acumulad|acumulativ|lifetime|de por vida|total cumulative)"
)
_TOTAL: Final = re.compile(
    r"(?:\btotal(?:es)?\b(?: (?:dose|dosis|de|of|per|por|cycle|ciclo|course|curso"
    r"|acumulada))*[\s:=(]*|\bsum(?:a)? ?(?:of|de)?[: ]*)$"
)
_TOTAL_AFTER: Final = re.compile(r"^[\s,]*(?:in |en |no |em )?(?:total\b)(?! dose\b| body)")
_SAME_AS: Final = re.compile(
    r"(?:[(=]|\bor|\bo|\bou|\bi\.?e\.?|\bequivalent to|\bequivalente a|\bes decir|\bou seja)[\s,]*$"
)


def find_amounts(words: str, language: Language | None = None) -> tuple[Amount, ...]:
    """All amounts of plain lower-case text in printed order, with their roles."""
    words = _CAPSULE.sub(_without_cap, words)
    amounts = sorted(_candidates(words, language), key=lambda amount: amount.start)
    kept: list[Amount] = []
    for amount in amounts:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    stated = [_with_role(words, kept, place) for place in range(len(kept))]
    return (*stated, *_bare_cap(words, stated, language))


def _without_cap(capsule: re.Match[str]) -> str:
    """The words around a capsule, in their places."""
    start = capsule.start("cap") if capsule["cap"] else capsule.start()
    strength = capsule.group()[: start - capsule.start()]
    return strength.ljust(len(capsule.group()), BLANK)


def _bare_cap(words: str, stated: list[Amount], language: Language | None) -> tuple[Amount, ...]:
    """`(max 600)` after a single dose: the cap is counted in the unit of the dose itself."""
    if len(stated) != 1 or stated[0].role is not AmountRole.DOSE:
        return ()
    match = _BARE_CAP.search(words, stated[0].end)
    counted = numerator(stated[0].unit)
    if match is None or counted in ("Gy", "cGy"):
        return ()
    value = parse_number(match["n"], language)
    place = match.start("n"), match.end("n")
    return (Amount(*place, value, UnitReading(counted), role=AmountRole.CAP),)


def _candidates(words: str, language: Language | None) -> Iterator[Amount]:
    covered = 0
    for match in _AUC.finditer(words):
        yield _area_under_curve(words, match, language)
    for match in _NUMBERS.finditer(words):
        if match.start() < covered:
            continue
        amount = _range(words, match.start(), language) or _single(words, match, language)
        if amount is not None:
            covered = amount.end
            yield amount


def _area_under_curve(words: str, match: re.Match[str], language: Language | None) -> Amount:
    found = read_unit(words, match.end())
    in_time = found is not None and found[0].unit in ("mg.min/mL", "mg.h/L")
    reading, end = found if found and in_time else (UnitReading("mg.min/mL"), match.end())
    low = parse_number(match["low"], language)
    high = parse_number(match["high"], language) if match["high"] else None
    end = end if in_time else len(words[: match.end()].rstrip())
    return Amount(match.start(), end, low, reading, high)


def _range(words: str, start: int, language: Language | None) -> Amount | None:
    match = _RANGE.match(words, start)
    found = read_unit(words, match.end()) if match else None
    if match is None or found is None:
        return None
    reading, end = found
    low, high = _number(match["low"], language), _number(match["high"], language)
    if low is None or high is None:
        return None
    low, high = low * reading.factor, high * reading.factor
    if match["own"]:
        printed = match["own"].strip()
        own = read_unit(printed, 0)
        share = _share(own[0].unit, reading.unit) if own else None
        if own is None or share is None or own[1] < len(printed):
            return None
        reading, high = (
            replace(reading, unit=own[0].unit if share != 1 else reading.unit),
            high / share,
        )
    listed = _LIST_BEFORE.search(words[max(0, start - 60) : start])
    if low >= high or (listed and not match["own"]):
        return None
    return Amount(start, end, low, reading, high)


def _share(unit: str, other: str) -> Decimal | None:
    """How many of the other unit one of the first is; None when they do not compare."""
    if other.startswith(unit):
        return Decimal(1)
    try:
        return Quantity(Decimal(1), unit).to(other).value
    except ValueError:
        return None


def _number(printed: str, language: Language | None) -> Decimal | None:
    try:
        return parse_number(printed, language)
    except ValueError:
        return None


def _single(words: str, match: re.Match[str], language: Language | None) -> Amount | None:
    start, number = match.start(), match.group()
    if " " in number and _LIST_BEFORE.search(words[max(0, start - 60) : start]):
        start += number.rindex(" ") + 1
        number = words[start : match.end()]
    end = match.end()
    if words[end : end + 2] == " -":
        return None
    space = 1 if words[end : end + 1] in (" ", "-") else 0
    found = read_unit(words, end + space)
    if found is None:
        return None
    reading, end = found
    value = _number(number, language)
    if value is None or _RANGE_GOES_ON.match(words, end):
        return None
    return Amount(
        start, end, value * reading.factor, reading, slipped=any(c in "oil" for c in number)
    )


def _with_role(words: str, amounts: list[Amount], place: int) -> Amount:
    amount = amounts[place]
    begin = amounts[place - 1].end if place else 0
    finish = amounts[place + 1].start if place + 1 < len(amounts) else len(words)
    before, after = words[begin : amount.start], words[amount.end : finish]
    if place + 1 < len(amounts) and _announces(after):
        after = ""
    return replace(amount, role=_role(amount, before, after, amounts[:place]))


def _announces(words: str) -> bool:
    """Whether the words before the next amount already say what that one is."""
    return any(said.search(words) for said in (_CAP_BEFORE, _TOTAL, _CUMULATIVE))


def _role(amount: Amount, before: str, after: str, earlier: list[Amount]) -> AmountRole:
    if _CUMULATIVE.search(before) or _CUMULATIVE_AFTER.search(after):
        return AmountRole.CUMULATIVE
    if _CAP_BEFORE.search(before) or _CAP_AFTER.search(after) or _AT_MOST.search(before):
        return AmountRole.CAP
    if NOT_BEYOND.search(before) or _is_ceiling(amount, before, after, earlier):
        return AmountRole.CAP
    if _TOTAL.search(before) or _TOTAL_AFTER.search(after):
        return AmountRole.TOTAL
    restated = earlier and earlier[-1].reading.unit != amount.reading.unit
    if restated and _SAME_AS.search(before) and "§" not in before:
        return AmountRole.ALTERNATIVE
    return AmountRole.DOSE


def _is_ceiling(amount: Amount, before: str, after: str, earlier: list[Amount]) -> bool:
    """`5 mg/kg up to 300 mg`: a dose by size is held to an absolute amount and does not rise to it.

    Between two amounts of one sort (`5 mg up to 10 mg`) the words are as often a titration, and in
    `15 mg/kg/day up to 400 mg twice daily` the two are per different periods: these stay doses.
    """
    last = earlier[-1].reading if earlier else None
    if last is None or not _UP_TO.search(before):
        return False
    by_size = last.unit.endswith(("/kg", "/m2")) and numerator(last.unit) == amount.reading.unit
    return by_size and not (last.per == "day" and _SEVERAL_A_DAY.match(after))
