"""How long and how many: starts, tapers, counts of days and doses, infusions, in three languages.

The rules stand in the order in which they are tried. What is left of the hours of a phrase, once
intervals and starts are taken out, is how long an infusion runs.
"""

import re
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import COUNT, parse_count
from fuente.dosing.timing_rule import (
    ALONE,
    BEHIND_UNIT,
    DAY,
    DECIMAL,
    HOUR,
    MINUTE,
    WEEK,
    N,
    Stated,
    TimingRule,
    count,
    fixed,
    hours,
    rule,
)

_START: Final = (
    r"(?:start(?:ing|s|ed)?|begin(?:ning|s)?|commencing|commence|iniciando|comenzando|empezando"
    r"|inicio|iniciar|comenzar|empezar|desde|from|a partir|a contar)"
)
_AT: Final = r"(?: (?:at|on|en|no|na|em|a|la|el|las|los|as|do|de|del|the)(?![a-z])){0,4}"
_AFTER: Final = (
    r"(?:after|post|despues|tras|apos|desde|from|depois)(?: (?:de(?:l)?|the|el|la|o|a|start|inicio"
    r"|comienzo|of|do|da|infusion|infusao|beginning|end|fin|final|iniciar|iniciad[ao]|§+))*"
)
_TAPER: Final = (
    r"(?:taper(?:ed|ing)?|descenso(?: gradual)?|desmame|reduccion (?:progresiva|gradual)|retirada"
    r"|(?:pauta )?descendente|wean(?:ed|ing)?|reducao gradual|disminucion)"
)
_GIVING: Final = (
    r"(?:doses?|dosis|administrations|administraciones|administracoes|infusions|infusiones"
    r"|injections|inyecciones|injecoes|aplicaciones|aplicacoes|tomas|times|veces|vezes)"
)
_NOT_APART: Final = r"(?! ?(?:after|before|post|despues|antes|tras|apos|later|depois))"
_RANGE_TO: Final = rf"(?: ?(?:-|to|a) ?{DECIMAL})?"
START_DAY: Final = re.compile(
    rf"(?<![a-z]){_START}{_AT} (?:day|dia|d) ?(?P<n>[+-]? ?\d+)"
    r"(?! ?(?:-|to\b|al?\b|until|hasta|ate|through|,|and|[ye]\b) ?(?:el |the )?(?:day|dia"
    r"|d)? ?[+-]?\d)"
)


def _taper(match: re.Match[str], _: Language | None) -> Stated:
    unit = match["unit"] or match["before"]
    length = parse_count(match["n"] or match["m"])
    return {"taper_days": length * (7 if re.match(WEEK, unit) else 1)}


def _days(match: re.Match[str], _: Language | None) -> Stated:
    """`over 5 days` spreads one amount; `x 5 days` and `for 5 days` repeat it."""
    spread = re.match(r"over|en |in |em ", match.group().lstrip())
    return {"n_days": parse_count(match["n"]), "spread": bool(spread)}


def _half_or_one_hour(match: re.Match[str], _: Language | None) -> Stated:
    half = re.match("half|an? half|media|meia", match.group())
    return {"infusion_h": Decimal("0.5") if half else Decimal(1)}


def _counted_hours(match: re.Match[str], _: Language | None) -> Stated:
    return {"infusion_h": Decimal(parse_count(match["n"] or match["m"]))}


START_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            rf"(?:(?<![a-z]){_START})?{_AT} ?(?<![a-z])(?:hour|hora) ?\+?(?P<hours>{DECIMAL})",
            rf"(?<![a-z])(?:{_START}{_AT}|at) h ?\+?(?P<start>{DECIMAL})",
            rf"(?<![a-z]){_START}{_AT} \+?(?P<later>{DECIMAL}) ?{HOUR}",
        ),
        lambda match, _: {
            "start_hour": Decimal(
                (match["hours"] or match["start"] or match["later"]).replace(",", ".")
            )
        },
    ),
    rule(
        (rf"(?:(?<![a-z]){_START})?{_AT} ?{ALONE}(?P<hours>{DECIMAL}) ?{HOUR} ?{_AFTER}",),
        hours("start_hour"),
    ),
    rule(
        (
            rf"{_TAPER}[a-z ,]*? ?{N} ?(?P<unit>{DAY}|{WEEK})",
            rf"{ALONE}(?P<m>{COUNT})[ -]?(?P<before>{DAY}|{WEEK}) ?{_TAPER}",
        ),
        _taper,
    ),
)
_COUNT_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            rf"(?:(?<![a-z])(?:for|x|durante|por|during|over|en|em|in) ?)?{ALONE}{N} ?-?"
            rf"(?:consecutive |consecutivas )?{WEEK}{_NOT_APART}",
        ),
        count("n_weeks"),
    ),
    rule((r"(?<![\w.,/])(?P<n>\d+)/7(?![\d/])",), count("n_days")),
    rule((r"(?<![\w.,/])(?P<n>\d+)/52(?![\d/])",), count("n_weeks")),
    rule(
        (
            r"(?:(?<![a-z])(?:in|as|en|em|como) (?:a |una |uma )?)?"
            r"(?<![a-z])(?:single[ -](?:dose|infusion|injection|bolus)|one (?:single )?dose"
            r"|dosis unica|unica dosis|dose unica|una sola dosis|unica dose|one[- ]time|1 dosis"
            r"|1 dose|una dosis|uma dose|stat)\b",
        ),
        fixed(n_doses=1, per="dose"),
    ),
    rule(
        (r"\bonce\b(?! (?:daily|a|per|every|weekly|each))|\bonly once\b|\buna (?:sola )?vez\b",),
        fixed(per="dose"),
    ),
    rule(
        (
            rf"(?:(?<![a-z])(?:for|x|total of|total de|por|durante|=|over) ?)?{ALONE}{N} ?"
            r"(?:total |consecutive |weekly |daily |single |intravenous |separate |intrathecal )?"
            rf"{_GIVING}\b",
        ),
        count("n_doses"),
    ),
    rule(
        (
            rf"(?:(?<![a-z])(?:for|x|durante|por|during|over|en|em|in|times) ?)?{ALONE}{N} ?-?"
            rf"(?:consecutive |consecutivos |seguidos |successive |treatment )?{DAY}"
            rf"(?! ?(?:cycle|ciclo)){_NOT_APART}",
        ),
        _days,
    ),
)
_INFUSION_RULES: Final[tuple[TimingRule, ...]] = (
    rule((r"(?<![a-z])(?:bolus|bolo|(?:iv |slow )?push\b|ivp\b)",), fixed(infusion="bolus")),
    rule((rf"{ALONE}(?P<hours>{DECIMAL}){_RANGE_TO} ?-?{MINUTE}",), hours("infusion_h", 60)),
    rule((rf"{ALONE}(?P<hours>{DECIMAL}){_RANGE_TO} ?-?{HOUR}",), hours("infusion_h")),
    rule(
        (r"(?<![a-z])(?:(?:an? )?half(?: an)?|one|una|uma|an|media|meia)[ -](?:hour|hora)",),
        _half_or_one_hour,
    ),
    rule(
        (
            rf"(?<![a-z])(?:over|in|en|em|durante|during|for|por) {N} ?{HOUR}",
            rf"(?<![a-z])(?P<m>{COUNT})[ -]hour infusion",
        ),
        _counted_hours,
    ),
    rule(
        (
            r"(?<![a-z])(?:continuous(?:ly)?(?: (?:iv |intravenous )?infusion)?|civi?|ci"
            r"|i\.?c\.?|bic"
            r"|(?:infusion|perfusion|infusao) (?:iv |intravenosa |intravenous |ev )?continua"
            r"|continua"
            r"|perfusion continua)(?![a-z])",
        ),
        fixed(infusion="continuous"),
    ),
)
_PERIOD_RULES: Final[tuple[TimingRule, ...]] = (
    rule(
        (
            rf"{BEHIND_UNIT}(?:daily|diari[ao]s?|diariamente|every day|each day|cada dia"
            r"|todos los dias|al dia|ao dia|por dia|per day|a day)(?![a-z])|/ ?(?:day|dia|d)\b",
        ),
        fixed(per="day", daily=True),
    ),
    rule(
        (
            r"(?<![a-z])(?:per|por|each|cada|/) ?"
            r"(?:dose|dosis|administration|administracion|toma|injection|infusion)\b",
        ),
        fixed(per="dose"),
    ),
    rule((r"(?:(?<![a-z])(?:per|por|each|cada)|/) ?(?:cycle|ciclo)\b",), fixed(per="cycle")),
    rule((r"(?:(?<![a-z])(?:per|por|each|cada)|/) ?(?:course|curso)\b",), fixed(per="course")),
    rule((rf"(?<![a-z])x ?{N}(?!\w|[.,^]\d)",), count("repeats")),
)
DURATION_RULES: Final = (*_COUNT_RULES, *_INFUSION_RULES, *_PERIOD_RULES)
