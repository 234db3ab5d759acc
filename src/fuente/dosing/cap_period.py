"""Which period a cap is per, and whose the words of time behind it are.

`5 mg/kg to a maximum of 300 mg daily` is one daily dose with a daily cap: what stands behind the
cap is said of both. Where the dose says before its cap how often it is given (`5 mg/kg twice daily
to a maximum of 300 mg daily`), the words behind the cap are the cap's alone.
"""

import re
from collections.abc import Sequence
from typing import Final

from fuente.documents.span import Span
from fuente.dosing.amounts import Amount, AmountRole
from fuente.dosing.reference import Cap
from fuente.dosing.remainder import Remainder
from fuente.dosing.timing_words import take_timing
from fuente.dosing.units import UnitReading

_DAY: Final = (
    r"daily|diari[ao]s?|diariamente|(?:per|a|each|every|al|ao|por|cada) (?:day|dia)|/ ?d(?:ia|ay)?"
)
_WEEK: Final = (
    r"weekly|semana(?:l|les|is)|semanalmente|"
    r"(?:per|a|each|every|a la|por|na|cada) (?:week|semana)|/ ?(?:week|semana)"
)
_ONCE: Final = r"(?:(?:once|one time|una vez|uma vez|1 vez) ?)?"
# Only what follows at once: after a comma the words speak of the dose.
_BEHIND: Final = re.compile(rf" ?{_ONCE}(?:(?P<day>{_DAY})|(?P<week>{_WEEK}))(?![a-z])")
_CAP_WORD: Final = re.compile(
    r"max|\bcap|exceed|exceder|tope|limit|superar|sobrepasar|ultrapassar|techo|teto|[(,;]"
)
_DAILY_WORD: Final = re.compile(
    r"(?:daily|diari[ao]|per day|por dia|al dia|ao dia|/ ?d(?:ia|ay)?)\b"
)
_FREQUENCIES: Final = frozenset({"per", "times_per_day", "interval_h", "interval_days"})


def cap_period(words: str, amounts: Sequence[Amount], cap: Amount) -> str | None:
    """What a cap in plain lower-case text is per, as its unit or the words beside it say."""
    if cap.per is not None:
        return cap.per
    behind = _BEHIND.match(words, cap.end)
    if behind is not None:
        return "day" if behind["day"] else "week"
    before = words[max((each.end for each in amounts if each.end <= cap.start), default=0) :]
    before = before[: len(before) - len(words) + cap.start]
    said = [match.start() for match in _CAP_WORD.finditer(before)]
    return "day" if said and _DAILY_WORD.search(before[said[-1] :]) else None


def cap_of(words: str, amounts: Sequence[Amount], amount: Amount) -> Cap:
    """The cap an amount of plain lower-case text states, of a dose where no period is stated."""
    return Cap(amount.value, amount.unit, cap_period(words, amounts, amount) or "dose")


def terms_of_caps(words: str, amounts: Sequence[Amount], place: int) -> tuple[Span, ...]:
    """The caps of the dose at `place` with their periods, where the dose has a frequency itself."""
    dose = amounts[place]
    found: list[Span] = []
    for cap in amounts[place + 1 :]:
        if cap.role is AmountRole.DOSE:
            break
        if cap.role is AmountRole.CAP and _is_timed(words, dose, cap):
            found.append(_said_of(words, dose, cap))
    return tuple(found)


def _said_of(words: str, dose: Amount, cap: Amount) -> Span:
    """A cap with the words that announce it and the period behind it."""
    announced = [match.start() for match in _CAP_WORD.finditer(words, dose.end, cap.start)]
    behind = _BEHIND.match(words, cap.end)
    return Span(announced[-1] if announced else cap.start, behind.end() if behind else cap.end)


def unit_behind_dose(words: str, amounts: Sequence[Amount], dose: Amount) -> UnitReading | None:
    """The unit of a cap whose period is the dose's too: `5 mg/kg, no more than 300 mg per day`.

    None where the dose has its own frequency, or where a parenthesis keeps the cap to itself.
    """
    for cap in amounts[amounts.index(dose) + 1 :][:1]:
        between = words[dose.end : cap.start]
        if cap.role is AmountRole.CAP and "(" not in between and not _is_timed(words, dose, cap):
            return cap.reading
    return None


def _is_timed(words: str, dose: Amount, cap: Amount) -> bool:
    """Whether the dose says how often it is given before its cap is named."""
    between = take_timing(Remainder(words[dose.end : cap.start]), None)
    return dose.per is not None or not _FREQUENCIES.isdisjoint(between)
