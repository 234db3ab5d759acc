"""How often a dose is given: over the day, the week and the cycle, in three languages.

The rules stand in the order in which they are tried: the narrow before the wide, because each
takes its words out of the phrase.
"""

import re
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import COUNT, parse_count
from fuente.dosing.timing_rule import (
    ALONE,
    BEHIND_UNIT,
    CYCLE,
    DAY,
    EVERY,
    HOUR,
    WEEK,
    N,
    Stated,
    TimingRule,
    count,
    cycle_or_interval,
    fixed,
    rule,
)

_SPLIT: Final = r"(?:divided|dividid[ao]s?|repartid[ao]s?|fraccionad[ao]s?|fracionad[ao]s?|split)"
_PORTIONS: Final = (
    r"(?:doses|dosis|tomadas|tomas|fracciones|administraciones|administracoes|portions|parts)"
)
_EQUAL: Final = r"(?:equal |equally |divided |separate |single )*"
_DAILY_WORD: Final = (
    r"(?:divididas|iguales|iguais|separadas|al dia|diarias|per day|daily|por dia|a day|ao dia"
    r"|divided)"
)
_PER: Final = r"(?:/|per|a|an|each|every|al|a la|por|ao|na|cada|in a)"
_TIMES: Final = r"(?:x|times?|veces|vez|vezes|tomadas|tomas|doses|dosis|dose)"
_PER_WEEK: Final = rf"(?:weekly|semanales|semanais|{_PER} ?(?:week|wk|semana)\b)"
_LATIN: Final = r"(?P<latin>bid|tid|qid|b\.i\.d\.?|t\.i\.d\.?|q\.i\.d\.?)\b"
_LATIN_TIMES: Final = {"b": 2, "t": 3, "q": 4}
_WEEKDAYS: Final[tuple[str, ...]] = (
    r"mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:rs?(?:day)?)?s?",
    r"fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?",
    r"lunes|martes|miercoles|jueves|viernes|sabados?|domingos?",
    r"segundas?|tercas?|quartas?|quintas?|sextas?",
    r"(?<=/)[mtwf](?![a-z])|(?<![a-z])[mtwf](?=/)",
)
_WEEKDAY: Final = re.compile("|".join(_WEEKDAYS))
_DAYNAME: Final = rf"(?:(?:los |on |as |nas )?(?<![a-z])(?:{_WEEKDAY.pattern})(?:-feira)?(?![a-z]))"


def _divided_in_latin(match: re.Match[str], _: Language | None) -> Stated:
    return {"times_per_day": _LATIN_TIMES[match["latin"][0]], "divided": True}


def _divided_by_hours(match: re.Match[str], _: Language | None) -> Stated:
    each = int(match["n"])
    return {"interval_h": Decimal(each), "times_per_day": 24 // each, "divided": True}


def _divided(match: re.Match[str], _: Language | None) -> Stated:
    return {"times_per_day": parse_count(match["n"]), "divided": True}


def _hour_interval(match: re.Match[str], _: Language | None) -> Stated:
    groups = match.groupdict()
    return {"interval_h": Decimal(groups["n"] or groups["m"])}


def _weeks_apart(match: re.Match[str], _: Language | None) -> Stated:
    return cycle_or_interval(7 * parse_count(match["n"]))


def _days_apart(match: re.Match[str], _: Language | None) -> Stated:
    return cycle_or_interval(parse_count(match["n"]))


def _named_weekdays(match: re.Match[str], _: Language | None) -> Stated:
    return {"doses_per_week": len(_WEEKDAY.findall(match.group()))}


def _cycles_of_days(match: re.Match[str], _: Language | None) -> Stated:
    cycles, days = parse_count(match["cycles"]), parse_count(match["n"])
    return {"n_cycles": cycles, "cycle_length_days": days}


_DIVISION_RULES: Final[tuple[TimingRule, ...]] = (
    rule((rf"{_SPLIT}(?: (?:into|in|en|em))? {_LATIN}",), _divided_in_latin),
    rule(
        (rf"{_SPLIT}(?: (?:every|cada|a cada|q|c/))? ?q? ?(?P<n>\d+) ?-?{HOUR}",),
        _divided_by_hours,
    ),
    rule(
        (
            rf"(?:{_SPLIT}|given)?(?: ?(?:into|in|en|em|by|entre|,))? {N} {_EQUAL}{_PORTIONS}"
            rf" {_DAILY_WORD}",
        ),
        _divided,
    ),
    rule(
        (rf"{_SPLIT}(?: (?:into|in|en|em|by|entre))? {N} ?{_EQUAL}(?:{_PORTIONS}|veces)?",),
        _divided,
    ),
    rule((rf"(?<![a-z])(?:in|en|em) {N} {_EQUAL}(?:{_PORTIONS})\b",), _divided),
    rule((rf"{ALONE}{N} divided {_PORTIONS}",), _divided),
)
_DAY_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            rf"de (?P<m>\d+) ?(?:em|en) ?(?P=m) ?{HOUR}",
            rf"{ALONE}(?P<n>\d+) ?/ ?(?P=n) ?{HOUR}",
        ),
        _hour_interval,
    ),
    rule((rf"{EVERY} ?(?P<n>\d+)(?: ?- ?\d+)? ?-?{HOUR}",), _hour_interval),
    rule((rf"{ALONE}(?P<n>\d+)(?: ?- ?\d+)?[ -]?h(?:ou)?rly",), _hour_interval),
    rule(
        (
            rf"{BEHIND_UNIT}b\.?i\.?d\b\.?|{BEHIND_UNIT}b\.?d\b\.?",
            r"twice (?:daily|a day|per day|each day|every day|/ ?day)",
            r"dos veces (?:al|por) dia|duas vezes (?:ao|por) dia|(?<!\d)2 ?x ?/ ?(?:d|dia|day)\b",
        ),
        fixed(times_per_day=2),
    ),
    rule(
        (
            rf"{BEHIND_UNIT}t\.?i\.?d\b\.?|{BEHIND_UNIT}t\.?d\.?s\b\.?|three times (?:daily|a day)",
            r"thrice (?:daily|a day)|tres veces (?:al|por) dia|tres vezes (?:ao|por) dia",
        ),
        fixed(times_per_day=3),
    ),
    rule(
        (
            rf"{BEHIND_UNIT}q\.?i\.?d\b\.?|{BEHIND_UNIT}q\.?d\.?s\b\.?|four times (?:daily|a day)",
            r"cuatro veces (?:al|por) dia|quatro vezes (?:ao|por) dia",
        ),
        fixed(times_per_day=4),
    ),
    rule(
        (
            r"once (?:daily|a day|per day|each day|every day)|(?:una|1) vez (?:al|por) dia",
            rf"(?:uma|1) vez (?:ao|por) dia|{BEHIND_UNIT}q\.?d\b\.?|{BEHIND_UNIT}o\.?d\b\.?",
            r"una sola dosis diaria|(?:in a |as a )?single daily dose|dosis unica diaria",
            r"dose unica diaria",
        ),
        fixed(per="day"),
    ),
    rule((rf"(?<![a-z])x ?{N} ?/ ?{DAY}",), count("times_per_day")),
    rule((rf"{ALONE}{N} ?{_TIMES} ?(?:daily|{_PER} ?{DAY})",), count("times_per_day")),
    rule(
        (
            rf"{ALONE}{N} ?(?:dosis diarias|tomas diarias|doses diarias"
            rf"|tomadas diarias)",
        ),
        count("times_per_day"),
    ),
)
_WEEK_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            r"(?:monday|mon|lunes|segunda)(?:s|-feira)? ?(?:to|through|-|al?) ?"
            r"(?:friday|fri|viernes|sexta)(?:s|-feira)?",
        ),
        fixed(days_per_week=5),
    ),
    rule(
        (
            r"(?<![a-z/])(?:l ?[/-] ?[mx] ?[/-] ?v|lun?[/-]mie?[/-]vie?|seg[/-]qua[/-]sex)"
            r"(?![a-z/])",
        ),
        fixed(doses_per_week=3),
    ),
    rule((rf"{_DAYNAME}(?:(?:[,/ ]|and|y|e|&)+{_DAYNAME})+",), _named_weekdays),
    rule(
        (
            rf"{ALONE}{N} ?(?:consecutive |consecutivos )?{DAY} ?(?:{_PER}|of (?:the|each))"
            r" ?(?:week|wk|semana)\b",
        ),
        count("days_per_week"),
    ),
    rule(
        (
            rf"(?:twice|dos veces|duas vezes)(?: |-)?(?:semanalmente|{_PER_WEEK})",
            r"bi-?weekly|bisemanal",
        ),
        fixed(doses_per_week=2),
    ),
    rule(
        (rf"(?:thrice|three times|tres veces|tres vezes)(?: |-)?(?:semanalmente|{_PER_WEEK})",),
        fixed(doses_per_week=3),
    ),
    rule(
        (rf"{ALONE}(?!1 ?x|1 |una |uma |one ){N} ?{_TIMES} ?{_PER_WEEK}",),
        count("doses_per_week"),
    ),
)
_CYCLE_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            r"fortnightly|every (?:2nd|second|other) week",
            r"cada dos semanas|quincenal(?:mente)?|quinzenal(?:mente)?",
        ),
        lambda match, _: cycle_or_interval(14),
    ),
    rule((rf"{EVERY} ?{N}(?: ?- ?\d+)? ?-?{WEEK}",), _weeks_apart),
    rule((rf"{ALONE}{N}[ -]weekly",), _weeks_apart),
    rule(
        (
            r"once (?:a |per |every |each )?(?:week|weekly)|weekly|semanal(?:mente|es)?|every week",
            r"each week|cada semana|toda semana|(?:una|1) vez (?:a la|por|cada) semana",
            r"(?:uma|1) vez (?:por|na|a|cada) semana|por semana|/ ?week\b|/ ?semana\b|per week",
            # Behind the amount itself: `for a week` and `a la semana de iniciar` say when.
            r"(?<=[§gi] )(?:a week|a la semana)\b(?! de\b)",
            r"(?<![a-z])q\.? ?(?:week|wk|w)\b|una vez semanal|1x ?/ ?(?:week|semana|sem|wk)\b",
        ),
        fixed(interval_days=7),
    ),
    rule(
        (
            r"every (?:other|second|2nd) day|(?:on )?(?:\balt\.?|alternat(?:e|ing)) days",
            r"(?:en |em )?dias altern(?:os|ados)|(?<![a-z])q\.?o\.?d\b\.?",
            r"un dia si y otro no|dia sim,? dia nao",
        ),
        fixed(interval_days=2),
    ),
    rule(
        (
            rf"{ALONE}(?!(?:una?|uma?|one) )(?P<cycles>{COUNT}) ?{CYCLE} "
            rf"(?:of|de|every|cada|a cada|with|con) ?{N}[ -]?{DAY}",
        ),
        _cycles_of_days,
    ),
    rule(
        (
            rf"{CYCLE} ?(?:length |duration |duracion |repeated |repetidos )?"
            rf"(?:of|de|every|cada|a cada|:|=|with)? ?(?:duration |duracion )?(?:of "
            rf"|de )?{N}[ -]?{DAY}",
        ),
        count("cycle_length_days"),
    ),
    rule((rf"{ALONE}{N}[ -]?(?:day|dias?)[ -]{CYCLE}",), count("cycle_length_days")),
    rule(
        (rf"(?:repeat(?:ed)? |repetir |repetido )?{EVERY} ?{N}(?: ?- ?\d+)? ?-?{DAY}",),
        _days_apart,
    ),
    rule(
        (
            rf"(?:(?:for|x|por|durante|during|total of|total de|up to|hasta|ate"
            rf"|for up to) ?)?{ALONE}"
            rf"{N} ?(?:more |further |identical |total |additional )?{CYCLE}(?! ?\d)",
        ),
        count("n_cycles"),
    ),
)
FREQUENCY_RULES: Final = (*_DIVISION_RULES, *_DAY_RULES, *_WEEK_RULES, *_CYCLE_RULES)
