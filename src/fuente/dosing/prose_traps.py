"""Amounts in running words that are no doses: levels, strengths, thresholds, counts, volumes.

Decides from the words right beside an amount. When in doubt the amount is no dose, since a false
reference is worse than a missing one.
"""

import re
from typing import Final

from fuente.dosing.amounts import GEL_CAP, NOT_BEYOND, Amount, AmountRole

# A comparison makes an amount a threshold, as in `above 7,500 mg/m2`.
_COMPARED: Final = re.compile(
    r"(?:[<>\u2264\u2265=]|\b(?:above|below|under|exceed(?:s|ing)?|greater than|more than|"
    r"less than|faster than|rapido (?:que|do que)|"
    r"por encima de(?: los)?|por debajo de(?: los)?|mai?s de|menos de|"
    r"super(?:a|ior(?:es)? a|e)|"
    r"mayor(?:es)? (?:de|que|a)|menor(?:es)? (?:de|que|a)|inferior(?:es)? a|acima de|"
    r"abaixo de|maior que|menor que))"
    r"\s?(?:los |las |o igual a )?"
    r"(?:\d[\d.,]* ?[a-z0-9/]+ (?:daily |al dia |por dia )?(?:or|o|ou) )?$"
)
_LEVEL: Final = re.compile(
    r"\b(?:bilirubin\w*|bilirrubin\w*|creatinin\w*|calcium|calcio|glucos\w*|glucemia|"
    r"h(?:a)?emoglobin\w*|"
    r"hemoglobina|albumin\w*|urea|uric acid|acido urico|acido urico|fibrinogen\w*|ammoni\w+|"
    r"amonio|sodium|"
    r"potassium|potasio|levels?|nivel(?:es)?|concentrations?|concentracion(?:es)?|trough|"
    r"valle|serum|plasma|"
    r"sérico|serica|lactate|lactato|magnesio|platelets?|plaquetas|diuresis|proteinuria|"
    r"protein)\b[^.;]{0,40}$"
)
_STRENGTH_AFTER: Final = re.compile(
    r"^\)?\s?-?(?:/\s?\d[\d.,]*\s?mg\s?)?(?:scored |disp(?:ersible)? |soluble |oral |chewable )?"
    rf"(?:tab(?:let)?s?\b|caps?(?:ule)?s?\b|{GEL_CAP}|vials?\b|ampoules?\b|amps?\b|comprimidos?\b|"
    r"capsulas?\b|viales\b|vial\b|frascos?\b|ampollas?\b|sachets?\b|suppositor\w+|strength|bags?\b|pens?\b|"
    r"(?:per |por |/ ?|each |cada )(?:tab|caps|vial|frasco|amp|comprimido|capsula|sachet|sobre|bag|"
    r"bolsa|puff|inhala|jato|dose inalada))"
)
# `200 mg A / 40 mg B / 5 mL` is what a bottle holds.
_HELD_IN_VOLUME: Final = re.compile(
    r"^[a-z ]{0,12}(?:/ ?\d[\d.,]* ?m?c?g[a-z ]{0,12})?/ ?\d[\d.,]* ?ml\b"
)
# A dose that is worked up to, as in `until the rate is 20 mcg/min`, is none to give.
_REACHED: Final = re.compile(
    r"\b(?:until (?:the |a )?\w+ (?:is|reaches)|hasta que (?:la |el )?\w+ (?:sea|llegue a|alcance)"
    r"|ate que (?:a |o )?\w+ (?:seja|chegue a|alcance))(?: de| los| las)?\s?$"
)
# What a table of equivalents sets beside a dose is not given either.
_EQUIVALENTS: Final = re.compile(
    r"\b(?:equivalent (?:daily )?doses?|dos[ei]s equivalentes?|equivalencias?)\b"
)
# What somebody swallowed, or what harms, is no dose.
_SWALLOWED: Final = re.compile(
    r"\b(?:(?:toxic|lethal|fatal) doses?|dos(?:e|is|es) (?:toxicas?|leta(?:l|les|is))|overdos\w+"
    r"|sobredosis|superdosage[mn]s?|ingest\w+|ingeri\w+|ingiri\w+|swallowed|tragado|engolid\w+)\b"
    r"[^.;]{0,60}$"
)
_NUTRIENT_AFTER: Final = re.compile(
    r"^\s?(?:of |de )?(?:fat|protein|carbohydrate|fib(?:re|er)|salt|grasa|proteina|carbohidrato"
    r"|fibra|sal|gordura|carboidrato)s?\b"
)
# Grams that a body gains, loses or takes in with its food.
_BODY: Final = re.compile(
    r"\b(?:gain\w*|weigh\w*|los(?:e|es|ing|t)|stools?|fa?eces|fa?ecal|excret\w+|intake|eats?"
    r"|gana\w*|ganh\w+|pes[ao]\w*|pierd\w+|perd\w+|excre\w+|heces|fezes|ingesta|ingestao|com(?:e|er))\b"
    r"[^.;\d]{0,40}$"
)
# `x 2.4 + 200 mg` is a sum to be worked out.
_IN_FORMULA: Final = re.compile(r"\d ?\+ ?$")
# A step is what a dose changes by, not the dose.
_STEP: Final = re.compile(
    r"\b(?:rais(?:e[sd]?|ing)|ris(?:es|ing)|increas\w+|escalat\w+|aument\w+|increment\w+|sube[n]?"
    r"|steps?)(?:(?!\bto\b|max|hasta|\bate\b)[^.;\d]){0,40}\b(?:by|of|de|en|em)\s?$"
    r"|\bby (?:a |at )?(?:max(?:imum)?|most)(?: of)?\s?$"
    # `de 5 mg en 5 mg`
    r"|\d ?m?c?g (?:en|em)\s?$"
)
_STEP_AFTER: Final = re.compile(
    r"^\s?(?:(?:en|em) \d[\d.,]* ?m?c?g|(?:increment|step|incremento|aumento)s?)\b"
)
# `15 USP units are 15,000 IU` converts, and prescribes nothing.
_CONVERTED: Final = re.compile(
    r"(?:=|\b(?:are|is|equals?|equal to|corresponds? to|equivalent to|equivale[n]?(?: a)?|"
    r"son|es igual a|corresponde[n]? a|sao))\s?$"
)
_CONVERTS: Final = re.compile(
    r"^\s?(?:=|(?:are|is|equals?|equal to|corresponds? to|equivalent to|equivale[n]?(?: a)?|"
    r"son|es igual a|corresponde[n]? a|sao))\s?(?:\d|$)"
)
_AMOUNT_BEFORE: Final = re.compile(r"\d[\d.,]*\s?(?:\S+\s){1,4}$")
_STRENGTH_NOUN: Final = re.compile(
    r"\b(?:tablets?|capsules?|vials?|ampoules?|comprimidos?|capsulas?|vial(?:es)?|ampollas?|"
    r"frascos?)"
    r"[^.;:\d]{0,25}(?:(?:\d[\d.,]*|and|or|y|o|mg)[\s,]*)*$"
)
_STRENGTHS: Final = r"(?:\s?\d[\d.,]*\s?(?:mg|g|ui|iu),?(?: (?:or|o|and|y))?)*\s?$"
_STRENGTH_BEFORE: Final = re.compile(
    rf"\b(?:tab(?:let)?s?(?: of)?|(?:caps(?:ule)?s?|{GEL_CAP})(?: of| hold(?:s|ing)?)?|"
    r"vials?(?: of| holds?| contain\w*)?|"
    r"comprimidos? de|capsulas? de|viales de|vial de|(?:cada )?vial contiene|frascos? (?:de|com)|"
    rf"ampol(?:la|a)s? de){_STRENGTHS}"
)
_HELD_BEFORE: Final = re.compile(
    r"\b(?:hold(?:s)?|contain(?:s|ing)?|contiene[n]?|presentation|presentacion|formulated as|"
    r"rounded to(?: the nearest)?|"
    r"redondea\w*(?: a| al)?(?: los)?|multiplos de|nearest|within|steps of|de a|e\.g\.|"
    rf"dilut\w+ (?:in|to)|diluid\w+ en){_STRENGTHS}"
)
# `Capsules: 5 mg, 20 mg and 100 mg` lists strengths; one amount alone may be the dose.
_STRENGTH_LIST: Final = re.compile(
    r"\b(?:tablets?|capsules?|vials?|ampoules?|comprimidos?|capsulas?|viales|frascos?|ampol(?:la|a)s?)"
    r": ?(?:\d[\d.,]* ?m?c?g(?: ?-?(?:and|or|y|o|e|ou) |, ?))*$"
)
_LISTED_AFTER: Final = re.compile(r"^(?: ?, ?| (?:and|or|y|o|e|ou) )\d[\d.,]* ?m?c?g\b")
_LISTED_BEFORE: Final = re.compile(r"m?c?g(?:,| and| or| y| o| e| ou) ?$")
_GIVEN: Final = re.compile(
    r"\b(?:dos(?:e|es|is|age)|load\w*|giv(?:e|en|ing)|administ\w+|start\w*|titrat\w+|reduc\w+|"
    r"reduz\w+|dar|se da|inici\w+|infund\w+|bolus|bolo|cargar?)\b"
)
# `400 mg 14/7`, `200 mg for 2 weeks`: how long an amount is given, not how far from something.
_COURSE: Final = re.compile(
    r"[ ,]{0,2}(?:(?:po|iv|im|orally) )?(?:(?:for|x|por|durante) ?)?\d{1,3} ?"
    r"(?:/(?:7|52|12)(?![\d/])|-?(?:days?|dias?|d|weeks?|wks?|semanas?|w|months?|meses)\b)"
    r"(?! ?(?:after|before|post|prior|ago|later|despues|antes|tras|apos|depois (?:d[aeo]s?)))"
)
_VOLUME_UNITS: Final = frozenset({"mL", "L", "dL", "mL/m2", "L/m2", "mL/kg", "mmol", "meq", "mm3"})
_FLUID: Final = frozenset({"mmol/L", "mg.h/L"})


_BEFORE: Final = (_HELD_BEFORE, _STEP, _REACHED, _SWALLOWED, _IN_FORMULA)
_AFTER: Final = (_STEP_AFTER, _HELD_IN_VOLUME, _CONVERTS, _NUTRIENT_AFTER)
_PER_VOLUME: Final = re.compile(r"\s?(?:/\s?\d|per ml|/ml|/l\b)")
_IN_VOLUME: Final = re.compile(r"\s?(?:in|en|em) \d+ ?ml")


def is_dose(words: str, amount: Amount, end: int) -> bool:
    """Whether the amount at its place in the plain text is an amount to give.

    Args:
        words: the sentence in plain text.
        amount: one of its amounts.
        end: where the words that belong to the amount end.
    """
    reading = amount.reading
    if reading.malformed or reading.is_concentration or not _is_dose_unit(amount.unit):
        return False
    before = words[max(0, amount.start - 60) : amount.start].lower()
    after = words[amount.end :].lower()
    own = after[: max(0, end - amount.end)]
    return not (
        _is_measured(before)
        or (amount.unit == "g" and _BODY.search(before))
        or any(trap.search(before) for trap in _BEFORE)
        or any(trap.search(own) for trap in _AFTER)
        or _is_strength(amount, before, own)
        or _is_restated(words, before)
        or _is_listed_strength(before, after)
        or _PER_VOLUME.match(after)
        or _IN_VOLUME.match(own)
    )


def _is_measured(before: str) -> bool:
    """Whether the amount is a threshold or a level."""
    compared = _COMPARED.search(before) and not NOT_BEYOND.search(before)
    return bool(compared or _LEVEL.search(before))


def _is_strength(amount: Amount, before: str, after: str) -> bool:
    """Whether it is what one tablet or vial holds; none holds an amount per kg or a day."""
    if amount.unit.endswith(("/kg", "/m2")) or amount.per in ("day", "week"):
        return False
    in_form = _STRENGTH_BEFORE.search(before) or _STRENGTH_NOUN.search(before)
    return bool(in_form or _STRENGTH_AFTER.search(after))


def _is_restated(words: str, before: str) -> bool:
    """Whether the amount only says what another one is worth."""
    converted = _CONVERTED.search(before) and _AMOUNT_BEFORE.search(before)
    return bool(converted or _EQUIVALENTS.search(words.lower()))


def _is_listed_strength(before: str, after: str) -> bool:
    is_listed = _LISTED_AFTER.match(after) or _LISTED_BEFORE.search(before)
    return bool(is_listed and _STRENGTH_LIST.search(before))


def is_cap(words: str, amount: Amount) -> bool:
    """Whether the words make the amount the most that is given."""
    if amount.role is AmountRole.CUMULATIVE:
        return False
    before = words[max(0, amount.start - 60) : amount.start].lower()
    return amount.role is AmountRole.CAP or bool(NOT_BEYOND.search(before))


def speaks_of_giving(words: str, amount: Amount) -> bool:
    """Whether the words before an amount say that it is given, started or changed to."""
    return bool(_GIVEN.search(words[max(0, amount.start - 40) : amount.start].lower()))


def speaks_of_course(words: str, amount: Amount) -> bool:
    """Whether the words right behind an amount say for how long it is given."""
    return _COURSE.match(words[amount.end :].lower()) is not None


def _is_dose_unit(unit: str) -> bool:
    """Masses, units of activity and their ratios; grays are read as radiotherapy."""
    if unit in _VOLUME_UNITS or unit in _FLUID or "Gy" in unit:
        return False
    return not unit.startswith(("mL", "L", "kg"))
