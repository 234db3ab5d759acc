"""When and how often a dose is given, from the words of a phrase.

Each rule recognises one way of saying it in English, Spanish or Portuguese and takes its words
out of the phrase. Knows nothing of drugs or amounts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import COUNT, parse_count, parse_number
from fuente.dosing.remainder import Remainder
from fuente.dosing.schedule_words import find_days, find_weeks

_N: Final = rf"(?P<n>{COUNT})"
_HOUR: Final = r"(?:hours?|hrs?|horas?|hs|h)\b\.?"
_MINUTE: Final = r"(?:minutes?|minutos?|mins?|min)\b\.?"
_DAY: Final = r"(?:days?|dias?|d)\b"
_WEEK: Final = r"(?:weeks?|wks?|semanas?|w)\b"
_PER: Final = r"(?:/|per|a|an|each|every|al|a la|por|ao|na|cada|in a)"
_TIMES: Final = r"(?:x|times?|veces|vez|vezes|tomas|doses|dosis|dose)"
_CYCLE: Final = r"(?:cycles?|ciclos?|courses?|cursos?|blocks?|bloques?|blocos?)"
_DECIMAL: Final = r"\d+(?:[.,]\d+)?"
_EVERY: Final = r"(?:every|each|a cada|cada|de|em|c/|q\.?)"

Stated = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A way of saying something, and what it states; `None` when the words state nothing here."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Language | None], Stated]


def _rule(pattern: str, read: Callable[[re.Match[str], Language | None], Stated]) -> _Rule:
    return _Rule(re.compile(pattern), read)


def _count(key: str, **more: object) -> Callable[[re.Match[str], Language | None], Stated]:
    return lambda match, _: {key: parse_count(match["n"]), **more}


def _fixed(**stated: object) -> Callable[[re.Match[str], Language | None], Stated]:
    return lambda match, _: dict(stated)


def _cycle_or_interval(days: int) -> Stated:
    """Two weeks or more between doses is how protocols state the length of a cycle."""
    return {"cycle_length_days": days} if days >= 14 else {"interval_days": days}


def _hours_of(match: re.Match[str], language: Language | None) -> Decimal:
    return parse_number(match["hours"], language)


def _divided(match: re.Match[str], _: Language | None) -> Stated:
    return {"times_per_day": parse_count(match["n"]), "divided": True}


def _divided_latin(match: re.Match[str], _: Language | None) -> Stated:
    times = {"b": 2, "t": 3, "q": 4}[match["latin"][0]]
    return {"times_per_day": times, "divided": True}


def _divided_interval(match: re.Match[str], _: Language | None) -> Stated:
    hours = int(match["n"])
    return {"interval_h": Decimal(hours), "times_per_day": 24 // hours, "divided": True}


def _weekdays(match: re.Match[str], _: Language | None) -> Stated:
    return {"doses_per_week": len(_WEEKDAY.findall(match.group()))}


_WEEKDAY: Final = re.compile(
    r"mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:rs?(?:day)?)?s?|fri(?:day)?s?|sat(?:urday)?s?"
    r"|sun(?:day)?s?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|segundas?|tercas?|quartas?"
    r"|quintas?|sextas?|(?<=/)[mtwf](?![a-z])|(?<![a-z])[mtwf](?=/)"
)
_DAYNAME: Final = rf"(?:(?:los |on |as |nas )?(?:{_WEEKDAY.pattern})(?:-feira)?)"

_RULES: Final[tuple[_Rule, ...]] = (
    # How far a dose is divided over the day.
    _rule(rf"(?:divided|dividid[ao]s?|repartid[ao]s?|fraccionad[ao]s?|split)(?: (?:into|in|en|em))? (?P<latin>bid|tid|qid|b\.i\.d\.?|t\.i\.d\.?)\b", _divided_latin),
    _rule(rf"(?:divided|dividid[ao]s?|repartid[ao]s?|split)(?: (?:every|cada|a cada|q|c/))? ?q? ?(?P<n>\d+) ?{_HOUR}", _divided_interval),
    _rule(rf"(?:divided|dividid[ao]s?|repartid[ao]s?|fraccionad[ao]s?|split|given)?(?: ?(?:into|in|en|em|by|entre|,))? {_N} (?:equal |divided |separate |equally divided )?(?:doses|dosis|tomas|fracciones|administraciones|portions|daily doses|parts)(?: (?:divididas|iguales|iguais|separadas|al dia|diarias|per day|daily|por dia|a day|ao dia|divided))", _divided),
    _rule(rf"(?:divided|dividid[ao]s?|repartid[ao]s?|fraccionad[ao]s?|split)(?: (?:into|in|en|em|by|entre))? {_N} ?(?:equal |separate |divided )?(?:doses|dosis|tomas|fracciones|administraciones|portions|daily doses|parts|veces)?", _divided),
    _rule(rf"(?:in|en|em) {_N} (?:equal |divided |separate |equally divided )?(?:doses|dosis|tomas)\b", _divided),
    # Hours between doses.
    _rule(rf"(?:de )?(?P<n>\d+) ?(?:em|/) ?(?P=n) ?{_HOUR}", lambda m, _: {"interval_h": Decimal(m["n"])}),
    _rule(rf"(?:every|each|a cada|cada|c/|(?<![a-z])q\.?) ?(?P<n>\d+)(?: ?- ?\d+)? ?-?{_HOUR}", lambda m, _: {"interval_h": Decimal(m["n"])}),
    _rule(r"(?<![\w.,])(?P<n>\d+)[ -]?hourly", lambda m, _: {"interval_h": Decimal(m["n"])}),
    # Times a day.
    _rule(r"(?<![a-z])(?:b\.?i\.?d\b\.?|b\.?d\b\.?|twice (?:daily|a day|per day|each day|/ ?day)|dos veces (?:al|por) dia|duas vezes (?:ao|por) dia|2 ?x ?/ ?(?:d|dia|day)\b)", _fixed(times_per_day=2)),
    _rule(r"(?<![a-z])(?:t\.?i\.?d\b\.?|t\.?d\.?s\b\.?|three times (?:daily|a day)|thrice daily|tres veces (?:al|por) dia|tres vezes (?:ao|por) dia)", _fixed(times_per_day=3)),
    _rule(r"(?<![a-z])(?:q\.?i\.?d\b\.?|q\.?d\.?s\b\.?|four times (?:daily|a day)|cuatro veces (?:al|por) dia|quatro vezes (?:ao|por) dia)", _fixed(times_per_day=4)),
    _rule(rf"(?:once (?:daily|a day|per day|each day|every day)|(?:una|1) vez (?:al|por) dia|(?:uma|1) vez (?:ao|por) dia|(?<![a-z])q\.?d\b\.?|(?<![a-z])o\.?d\b\.?|una sola dosis diaria|in a single daily dose|single daily dose)", _fixed(per="day")),
    _rule(rf"(?<![\w.,]){_N} ?{_TIMES} ?(?:daily|{_PER} ?{_DAY})", _count("times_per_day")),
    _rule(rf"(?<![\w.,]){_N} ?(?:daily doses|dosis diarias|tomas diarias|tomas al dia|doses diarias)", _count("times_per_day")),
    # Days and doses within a week.
    _rule(r"(?:monday|mon|lunes|segunda)(?:s|-feira)? ?(?:to|through|-|a|al?) ?(?:friday|fri|viernes|sexta)(?:s|-feira)?", _fixed(days_per_week=5)),
    _rule(rf"{_DAYNAME}(?:(?:[,/ ]|and|y|e|&)+{_DAYNAME})+", _weekdays),
    _rule(rf"(?<![\w.,]){_N} ?(?:consecutive |consecutivos )?{_DAY} ?(?:{_PER}|of (?:the|each)) ?(?:week|wk|semana)\b", _count("days_per_week")),
    _rule(rf"(?<![\w.,])(?:twice|dos veces|duas vezes)(?: |-)?(?:weekly|{_PER} ?(?:week|semana)|semanal(?:es|mente)?)|bi-?weekly|bisemanal", _fixed(doses_per_week=2)),
    _rule(rf"(?<![\w.,])(?:thrice|three times|tres veces|tres vezes)(?: |-)?(?:weekly|{_PER} ?(?:week|semana)|semanal(?:es|mente)?)", _fixed(doses_per_week=3)),
    _rule(rf"(?<![\w.,])(?!1 |una |uma |one ){_N} ?{_TIMES} ?(?:weekly|semanales|semanais|{_PER} ?(?:week|wk|semana)\b)", _count("doses_per_week")),
    # Intervals in weeks and days, and cycles.
    _rule(rf"(?:fortnightly|every (?:2nd|second|other) week|cada dos semanas|quincenal(?:mente)?|quinzenal(?:mente)?)", lambda m, _: _cycle_or_interval(14)),
    _rule(rf"(?:{_EVERY} ?)?{_N}[ -]weekly|(?:every|a cada|cada|c/|(?<![a-z])q\.?) ?(?P<m>{COUNT})(?: ?- ?\d+)? ?-?{_WEEK}", lambda m, _: _cycle_or_interval(7 * parse_count(m["n"] or m["m"]))),
    _rule(rf"(?:once (?:a |per |every |each )?(?:week|weekly)|once weekly|weekly|semanal(?:mente|es)?|every week|each week|cada semana|toda semana|(?:una|1) vez (?:a la|por|cada) semana|(?:uma|1) vez (?:por|na) semana|por semana|/ ?week\b|/ ?semana\b|per week|(?<![a-z])q\.? ?(?:week|wk|w)\b|(?<![a-z])qw\b)", _fixed(interval_days=7)),
    _rule(rf"(?:every (?:other|second|2nd) day|alternate days|(?:en |em )?dias altern(?:os|ados)|(?<![a-z])q\.?o\.?d\b\.?|on alternating days|un dia si y otro no|dia sim,? dia nao)", _fixed(interval_days=2)),
    _rule(rf"(?<![\w.,])(?P<cycles>{COUNT}) ?{_CYCLE} (?:of|de|every|cada|a cada|with) ?{_N}[ -]?{_DAY}", lambda m, _: {"n_cycles": parse_count(m["cycles"]), "cycle_length_days": parse_count(m["n"])}),
    _rule(rf"{_CYCLE} ?(?:length |duration |duracion )?(?:of|de|every|cada|a cada|:|=|with)? ?(?:duration |duracion )?(?:of |de )?{_N}[ -]?{_DAY}|{_CYCLE} (?:repeated |repetidos )?(?:every|cada|a cada) (?P<m>{COUNT})[ -]?{_DAY}", lambda m, _: {"cycle_length_days": parse_count(m["n"] or m["m"])}),
    _rule(rf"(?<![\w.,])(?P<len>\d+)[ -]?(?:day|dias?)[ -]{_CYCLE}", lambda m, _: {"cycle_length_days": int(m["len"])}),
    _rule(rf"(?:repeat(?:ed)? |repetir |repetido )?(?:every|a cada|cada|c/|(?<![a-z])q\.?) ?{_N}(?: ?- ?\d+)? ?-?{_DAY}", lambda m, _: _cycle_or_interval(parse_count(m["n"]))),
    _rule(rf"(?:for|x|por|durante|during|total of|total de|up to|hasta|ate|for up to)? ?(?<![\w.,-]){_N} ?(?:more |further |identical |total |additional )?{_CYCLE}(?! ?\d)", _count("n_cycles")),
    # The start, the taper.
    _rule(rf"(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commencing|commence|iniciando|comenzando|empezando|inicio|iniciar|comenzar|desde|from|a partir de|a contar)?(?: ?(?:at|en|na|em|a|la|las|as|de|the))* ?(?<![a-z])(?:hour|hora|hr|h) ?\+?(?P<hours>\d+(?:[.,]\d+)?)", lambda m, la: {"start_hour": _hours_of(m, la)}),
    _rule(rf"(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commencing|iniciando|comenzando|empezando|inicio|iniciar|comenzar|a partir de)?(?: ?(?:at|en|na|em|a|la|las|as|de|los))* ?(?<![\w.,])(?P<hours>\d+(?:[.,]\d+)?) ?{_HOUR} ?(?:after|post|despues|tras|apos|desde|from|depois)(?: (?:de(?:l)?|the|el|la|o|a|start|inicio|comienzo|of|do|da|infusion|infusao|beginning|end|fin|final|iniciar|iniciado|iniciada|§+))*", lambda m, la: {"start_hour": _hours_of(m, la)}),
    _rule(rf"(?:taper(?:ed|ing)?|descenso|desmame|reduccion (?:progresiva|gradual)|retirada|pauta descendente|descendente|wean(?:ed|ing)?|reducao gradual|descenso gradual|disminucion)[a-z ,]*? ?{_N} ?(?P<unit>{_DAY}|{_WEEK})|(?<![\w.,])(?P<m>{COUNT})[ -]?(?P<unit2>{_DAY}|{_WEEK}) ?(?:taper|descenso|wean|desmame)", lambda m, _: {"taper_days": parse_count(m["n"] or m["m"]) * (7 if re.match(_WEEK, m["unit"] or m["unit2"]) else 1)}),
)  # fmt: skip
_START_DAY: Final = re.compile(
    rf"(?:from|starting|start(?:s|ed)?|beginning|begin|commencing|desde|a partir|iniciando|comenzando|empezando"
    r"|inicio|iniciar|comenzar|empezar|a contar)(?: (?:on|at|from|de|del|el|la|en|no|do|em))* ?(?:day|dia|d) ?(?P<n>[+-]? ?\d+)"
    r"(?! ?(?:-|to\b|a\b|al\b|until|hasta|ate|through|,|and|y\b|e\b) ?(?:el |the )?(?:day|dia|d)? ?[+-]?\d)"
)
_LATER_RULES: Final[tuple[_Rule, ...]] = (
    _rule(rf"(?:for|x|durante|por|during|over|en|em|in)? ?(?<![\w.,-]){_N} ?-?(?:consecutive |consecutivas )?{_WEEK}", _count("n_weeks")),
    _rule(r"(?<![\w.,])(?P<n>\d+)/7(?!\d)", _count("n_days")),
    _rule(r"(?<![\w.,])(?P<n>\d+)/52(?!\d)", _count("n_weeks")),
    _rule(r"(?:(?:in|as|en|em|como) (?:a |una |uma )?)?(?:single[ -](?:dose|infusion|injection|bolus)|one dose|dosis unica|unica dosis|dose unica|una sola dosis|unica dose|one[- ]time|1 dosis|1 dose|una dosis|uma dose|one single dose|stat)\b", _fixed(n_doses=1, per="dose")),
    _rule(r"\bonce\b(?! (?:daily|a|per|every|weekly|each))|\bonly once\b", _fixed(per="dose", once=True)),
    _rule(rf"(?:for|x|total of|total de|por|durante|=|over)? ?(?<![\w.,-]){_N} ?(?:total |consecutive |weekly |daily |single |intravenous |separate |intrathecal )?(?:doses?|dosis|administrations|administraciones|administracoes|infusions|infusiones|injections|inyecciones|injecoes|aplicaciones|aplicacoes|tomas|times|veces|vezes)\b", _count("n_doses")),
    _rule(rf"(?:(?:for|x|durante|por|during|over|en|em|in|times)\b)? ?(?<![\w.,-]){_N} ?-?(?:consecutive |consecutivos |seguidos |successive |treatment )?{_DAY}(?! ?(?:cycle|ciclo))", _count("n_days")),
    # Infusion.
    _rule(rf"(?:bolus|bolo|(?:iv |slow )?push\b|ivp\b)", _fixed(infusion="bolus")),
    _rule(rf"(?P<hours>{_DECIMAL})(?: ?(?:-|to|a) ?{_DECIMAL})? ?-?{_MINUTE}", lambda m, la: {"infusion_h": _hours_of(m, la) / 60}),
    _rule(rf"(?<![\w.,])(?P<hours>{_DECIMAL})(?: ?(?:-|to|a) ?{_DECIMAL})? ?-?{_HOUR}", lambda m, la: {"infusion_h": _hours_of(m, la)}),
    _rule(r"(?:one|una|uma|an|half an|media|meia)[ -](?:hour|hora)", lambda m, _: {"infusion_h": Decimal("0.5") if re.match("half|media|meia", m.group()) else Decimal(1)}),
    _rule(rf"(?:over|in|en|em|durante|during) (?P<n>{COUNT}) ?{_HOUR}|(?P<m>{COUNT})[ -]hour infusion", lambda m, _: {"infusion_h": Decimal(parse_count(m["n"] or m["m"]))}),
    _rule(r"(?<![a-z])(?:continuous(?:ly)?(?: (?:iv |intravenous )?infusion)?|civi?|ci|i\.?c\.?|bic|(?:infusion|perfusion|infusao) (?:iv |intravenosa |intravenous )?(?:continua)|perfusion|continua)(?![a-z])", _fixed(infusion="continuous")),
    _rule(rf"(?<![a-z])(?:daily|diari[ao]s?|diariamente|every day|each day|cada dia|todos los dias|al dia|ao dia|por dia|per day|a day|/ ?(?:day|dia|d)\b)", _fixed(per="day")),
    _rule(rf"(?<![a-z])(?:per|por|each|cada|/) ?(?:dose|dosis|administration|administracion|toma|injection|infusion)\b", _fixed(per="dose")),
    _rule(r"(?<![a-z])(?:per|por|each|cada|/) ?(?:cycle|ciclo)\b", _fixed(per="cycle")),
    _rule(r"(?<![a-z])(?:per|por|each|cada|/) ?(?:course|curso)\b", _fixed(per="course")),
    _rule(rf"(?<![a-z])x ?{_N}(?![\w]|[.,]\d)", _count("repeats")),
)  # fmt: skip


def take_timing(rest: Remainder, language: Language | None) -> Stated:
    """Everything the phrase says about time, taken out of it; the earlier statement of a kind wins."""
    stated: Stated = {}
    for rule in _RULES:
        _apply(rule, rest, language, stated)
    if start := rest.take(_START_DAY):
        stated["start_day"] = int(start["n"].replace(" ", ""))
    _take_numbered(rest, stated)
    for rule in _LATER_RULES:
        _apply(rule, rest, language, stated)
    return stated


def _apply(rule: _Rule, rest: Remainder, language: Language | None, stated: Stated) -> None:
    match = rest.take(rule.pattern)
    if match is not None:
        for key, value in rule.read(match, language).items():
            stated.setdefault(key, value)


def _take_numbered(rest: Remainder, stated: Stated) -> None:
    for key, found in (("weeks", find_weeks(rest.words)), ("days", find_days(rest.words))):
        for numbered in found:
            rest.blank(numbered.start, numbered.end)
        numbers = tuple(dict.fromkeys(number for one in found for number in one.numbers))
        if numbers:
            stated[key] = numbers
