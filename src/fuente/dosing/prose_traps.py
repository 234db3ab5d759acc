"""Amounts in running words that are no doses: levels, strengths, thresholds, counts, volumes.

Decides from the words right beside an amount. When in doubt the amount is no dose, since a false
reference is worse than a missing one.
"""

import re
from typing import Final

from fuente.dosing.amounts import Amount, AmountRole

# A comparison makes an amount a threshold, as in `above 7,500 mg/m2`.
_COMPARED: Final = re.compile(
    r"(?:[<>\u2264\u2265=]|\b(?:above|below|under|exceed(?:s|ing)?|greater than|more than|"
    r"less than|"
    r"por encima de(?: los)?|por debajo de(?: los)?|mas de|menos de|super(?:a|ior(?:es)? a|e)|"
    r"mayor(?:es)? (?:de|que|a)|menor(?:es)? (?:de|que|a)|inferior(?:es)? a|acima de|"
    r"abaixo de|maior que|menor que))"
    r"\s?(?:los |las |o igual a )?$"
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
    r"(?:tab(?:let)?s?\b|caps?(?:ule)?s?\b|vials?\b|ampoules?\b|amps?\b|comprimidos?\b|capsulas?\b|"
    r"viales\b|vial\b|frascos?\b|ampollas?\b|sachets?\b|suppositor\w+|per tablet|strength|"
    r"bags?\b|pens?\b)"
)
# A step is what a dose changes by, not the dose.
_STEP: Final = re.compile(
    r"\b(?:ris(?:es|ing)|increas\w+|escalat\w+|aument\w+|increment\w+|sube[n]?|steps?)"
    r"[^.;\d]{0,24}\b(?:by|of|de|en|em)\s?$"
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
# What a dose may not pass is its cap, whatever the dose is.
_NOT_BEYOND: Final = re.compile(
    r"\b(?:(?:not|never) (?:to )?exceed(?:s|ing)?|no (?:pasa|supera|excede|sobrepasa|rebasa)[nr]?|"
    r"sin (?:pasar|superar|exceder)|nao (?:excede|ultrapassa)[mr]?|nunca (?:supera|pasa)[nr]?)"
    r"(?: de| los| las| el| a| total of)*\s?$"
)
_STRENGTH_NOUN: Final = re.compile(
    r"\b(?:tablets?|capsules?|vials?|ampoules?|comprimidos?|capsulas?|vial(?:es)?|ampollas?|"
    r"frascos?)"
    r"[^.;:\d]{0,25}(?:(?:\d[\d.,]*|and|or|y|o|mg)[\s,]*)*$"
)
_STRENGTH_BEFORE: Final = re.compile(
    r"\b(?:tab(?:let)?s?(?: of)?|caps(?:ule)?s?(?: of| hold(?:s|ing)?)?|vials?(?: of| holds?|"
    r" contain\w*)?|"
    r"comprimidos? de|capsulas? de|viales de|vial de|(?:cada )?vial contiene|frascos? de|"
    r"ampollas? de|"
    r"hold(?:s)?|contain(?:s|ing)?|contiene[n]?|presentation|presentacion|formulated as|"
    r"rounded to(?: the nearest)?|"
    r"redondea\w*(?: a| al)?(?: los)?|multiplos de|nearest|within|steps of|de a|e\.g\.|"
    r"dilut\w+ (?:in|to)|diluid\w+ en)"
    r"(?:\s?\d[\d.,]*\s?(?:mg|g|ui|iu),?(?: (?:or|o|and|y))?)*\s?$"
)
_GIVEN: Final = re.compile(
    r"\b(?:dos(?:e|es|is|age)|load\w*|giv(?:e|en|ing)|administ\w+|start\w*|titrat\w+|reduc\w+|"
    r"reduz\w+|dar|se da|inici\w+|infund\w+|bolus|bolo|cargar?)\b"
)
_VOLUME_UNITS: Final = frozenset({"mL", "L", "dL", "mL/m2", "L/m2", "mL/kg", "mmol", "meq", "mm3"})
_FLUID: Final = frozenset({"mmol/L", "mg.h/L"})


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
    after = words[amount.end : max(end, amount.end)].lower()
    compared = _COMPARED.search(before) and not _NOT_BEYOND.search(before)
    if compared or _LEVEL.search(before):
        return False
    if any(trap.search(before) for trap in (_STRENGTH_BEFORE, _STRENGTH_NOUN, _STEP)):
        return False
    if _STRENGTH_AFTER.search(after) or _CONVERTS.search(after):
        return False
    if _CONVERTED.search(before) and _AMOUNT_BEFORE.search(before):
        return False
    return not re.match(r"\s?(?:/\s?\d|in \d+ ?ml|en \d+ ?ml|per ml|/ml|/l\b)", after)


def is_cap(words: str, amount: Amount) -> bool:
    """Whether the words make the amount the most that is given."""
    if amount.role is AmountRole.CUMULATIVE:
        return False
    before = words[max(0, amount.start - 60) : amount.start].lower()
    return amount.role is AmountRole.CAP or bool(_NOT_BEYOND.search(before))


def speaks_of_giving(words: str, amount: Amount) -> bool:
    """Whether the words before an amount say that it is given, started or changed to."""
    return bool(_GIVEN.search(words[max(0, amount.start - 40) : amount.start].lower()))


def _is_dose_unit(unit: str) -> bool:
    """Masses, units of activity and their ratios; grays are read as radiotherapy."""
    if unit in _VOLUME_UNITS or unit in _FLUID or "Gy" in unit:
        return False
    return not unit.startswith(("mL", "L", "kg"))
