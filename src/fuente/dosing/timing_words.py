"""When and how often a dose is given, from the words of a phrase.

Tries the rules of frequency, start, days, duration and period in that order; each takes its words
out of the phrase. Knows nothing of drugs or amounts.
"""

from fuente.documents.source import Language
from fuente.dosing.duration_rules import DURATION_RULES, START_DAY, START_RULES
from fuente.dosing.frequency_rules import FREQUENCY_RULES
from fuente.dosing.remainder import Remainder
from fuente.dosing.schedule_words import find_days, find_weeks
from fuente.dosing.timing_rule import Stated

__all__ = ["Stated", "take_timing"]


def take_timing(rest: Remainder, language: Language | None) -> Stated:
    """Everything the phrase says about time, taken out of it; what is said first stays."""
    stated: Stated = {}
    for rule in (*FREQUENCY_RULES, *START_RULES):
        rule.apply(rest, language, stated)
    if start := rest.take(START_DAY):
        stated["start_day"] = int(start["n"].replace(" ", ""))
    _take_numbered(rest, stated)
    for rule in DURATION_RULES:
        rule.apply(rest, language, stated)
    return stated


def _take_numbered(rest: Remainder, stated: Stated) -> None:
    for key, found in (("weeks", find_weeks(rest.words)), ("days", find_days(rest.words))):
        for numbered in found:
            rest.blank(numbered.start, numbered.end)
        numbers = tuple(dict.fromkeys(number for one in found for number in one.numbers))
        if numbers:
            stated[key] = numbers
