"""Dose expressions in English, Spanish and Portuguese, read into what they state.

`parse_dose` reads one phrase. Anything that cannot be settled from the words alone is marked
ambiguous. Nothing here knows a dose.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.documents.span import Span
from fuente.dosing.acronyms import find_acronyms
from fuente.dosing.amounts import Amount, AmountRole
from fuente.dosing.bounds import find_bounds
from fuente.dosing.cap_period import cap_period, terms_of_caps, unit_behind_dose
from fuente.dosing.combinations import read_combination
from fuente.dosing.drugs import Drug, DrugMention, IntrathecalUse, load_vocabulary
from fuente.dosing.expression import DoseExpression, StatedAmount
from fuente.dosing.parts import read_parts
from fuente.dosing.phrase import Phrase, read_phrase
from fuente.dosing.radiation_words import is_radiation, read_radiation
from fuente.dosing.remainder import Remainder
from fuente.dosing.routes import find_route
from fuente.dosing.special_statements import (
    joined_bounds,
    read_bands,
    read_cells,
    read_negation,
    read_reduction,
)
from fuente.dosing.timing import timing_fields
from fuente.dosing.timing_words import take_timing
from fuente.dosing.unit_settling import settle_unit
from fuente.dosing.units import UnitReading

_ADMINISTERED: Final = re.compile(
    r"\b(?:received|(?:was|were|has been) (?:given|administered)|recibio|recibieron|recebeu"
    r"|receberam"
    r"|se (?:le )?administr(?:o|aron)|(?:fue|fueron) administrad[ao]s?|foi administrad[ao]"
    r"|foram administrad[ao]s|ha recibido|dose given|dosis administrada|dose administrada)\b"
    r"|\b(?:administered|given|administrad[ao]s?)"
    r"(?: ?(?:$|[(.;:]|(?:on |el |em |dia )*\d{1,2}[/ -])"
    r"| (?:today|yesterday|hoy|ayer|hoje|ontem))"
)


def parse_dose(text: str, language: Language | None = None) -> DoseExpression:
    """Everything one phrase states about a dose."""
    phrase = read_phrase(text, language)
    if is_radiation(phrase.amounts):
        return read_radiation(phrase.words, language)
    for read in (_cells, _bands, _negation, _reduction, read_combination, _regimen):
        expression = read(phrase)
        if expression is not None:
            return expression
    return _single(phrase)


def _cells(phrase: Phrase) -> DoseExpression | None:
    cells = read_cells(phrase.words, phrase.language)
    if cells is None:
        return None
    drug = phrase.mentions[0].drug if phrase.mentions else None
    return replace(cells, drug=drug.inn if drug else None)


def _bands(phrase: Phrase) -> DoseExpression | None:
    bands = read_bands(phrase.words, phrase.language)
    if bands is None:
        return None
    mention = phrase.main_mention(None)
    drug = mention.drug if mention else None
    route = find_route(phrase.printed_without_amounts())
    return replace(bands, drug=drug.inn if drug else None, route=route)


def _negation(phrase: Phrase) -> DoseExpression | None:
    negation = read_negation(_with_case(phrase))
    if negation is None or _doses(phrase):
        return None
    mention = phrase.main_mention(None)
    drug = mention.drug if mention else None
    return DoseExpression(negation=negation, drug=drug.inn if drug else None, route="IT")


def _reduction(phrase: Phrase) -> DoseExpression | None:
    if not phrase.amounts:
        reduction = read_reduction(phrase.words, phrase.language)
        if reduction is not None:
            mention = phrase.main_mention(None)
            drug = mention.drug if mention else None
            return replace(reduction, drug=drug.inn if drug else None)
    return None


def _regimen(phrase: Phrase) -> DoseExpression | None:
    if phrase.amounts or phrase.mentions:
        return None
    acronyms = find_acronyms(phrase.text)
    if not acronyms:
        return None
    rest = Remainder(phrase.words)
    rest.blank(acronyms[0].start, acronyms[0].end)
    stated = timing_fields(take_timing(rest, phrase.language), None, regimen=True)
    return DoseExpression(regimen=acronyms[0].name, component_names=acronyms[0].drugs, **stated)


def _single(phrase: Phrase) -> DoseExpression:
    main = _main_amount(phrase)
    mention = phrase.main_mention(main)
    route = find_route(phrase.printed_without_amounts())
    drug, unresolved = _settled_drug(mention, main, route)
    expression = _with_amount(DoseExpression(drug=drug.inn if drug else None), drug, main)
    expression = replace(expression, drug_unresolved=unresolved, route=route, until=phrase.until)
    expression = _with_other_amounts(expression, phrase, main, drug)
    expression = _with_words(expression, phrase, main)
    parts = read_parts(phrase)
    if parts is not None:
        expression = replace(
            expression, parts=parts.parts, value=parts.total, infusion_h=parts.infusion_h
        )
    return _with_doubts(expression, drug, main, mention)


def _doses(phrase: Phrase) -> list[Amount]:
    return [amount for amount in phrase.amounts if amount.role is AmountRole.DOSE]


def _main_amount(phrase: Phrase) -> Amount | None:
    """The dose itself: of several the one per day or per dose, before totals of a course."""
    doses = _doses(phrase)
    if not doses:
        others = (AmountRole.TOTAL, AmountRole.CUMULATIVE)
        doses = [amount for amount in phrase.amounts if amount.role in others]
    narrow = [amount for amount in doses if amount.per not in ("cycle", "course")]
    return next(iter(narrow or doses), None)


def _settled_drug(
    mention: DrugMention | None, main: Amount | None, route: str | None
) -> tuple[Drug | None, bool]:
    if mention is None:
        return None, False
    value = main.value if main else None
    unit = main.unit if main else None
    drug = load_vocabulary().resolve(mention.surface, value, unit, route) or (
        mention.drug if mention.certain else None
    )
    if drug is None and mention.drug is not None:
        drug = mention.drug
    return drug, drug is None


def _with_amount(
    expression: DoseExpression, drug: Drug | None, amount: Amount | None
) -> DoseExpression:
    if amount is None:
        return expression
    settled = settle_unit(drug, amount.value, amount.unit)
    return replace(
        expression,
        value=amount.value,
        value_max=amount.value_max,
        unit=None if amount.reading.malformed else settled.unit,
        per=amount.per,
        normalised=settled.normalised,
        ambiguous=amount.reading.malformed or settled.in_doubt,
        kind="cumulative_dose" if amount.role is AmountRole.CUMULATIVE else None,
    )


def _with_other_amounts(
    expression: DoseExpression, phrase: Phrase, main: Amount | None, drug: Drug | None
) -> DoseExpression:
    for amount in phrase.amounts:
        if amount is main:
            continue
        stated = StatedAmount(amount.value, settle_unit(drug, amount.value, amount.unit).unit)
        if amount.role is AmountRole.CAP and expression.cap is None:
            per = cap_period(phrase.words, phrase.amounts, amount)
            expression = replace(expression, cap=replace(stated, per=per))
        elif amount.role is AmountRole.ALTERNATIVE and expression.alternative is None:
            expression = replace(expression, alternative=stated)
        elif amount.role in (AmountRole.TOTAL, AmountRole.CUMULATIVE):
            expression = _with_total(expression, amount, stated)
        elif amount.per in ("cycle", "course") and main is not None:
            expression = replace(expression, course_total=stated)
    return expression


def _with_total(expression: DoseExpression, amount: Amount, stated: StatedAmount) -> DoseExpression:
    if amount.per in ("cycle", "course"):
        expression = replace(expression, course_total=stated)
    return replace(expression, total_value=amount.value)


def _with_words(expression: DoseExpression, phrase: Phrase, main: Amount | None) -> DoseExpression:
    rest = Remainder(phrase.without_amounts()[: _end_of_dose(phrase, main)])
    for span in _terms_of_caps(phrase, main):
        rest.blank(span.start, span.end)
    bounds = find_bounds(rest.words, phrase.language)
    for bound in bounds:
        rest.blank(bound.start, bound.end)
    words = take_timing(rest, phrase.language)
    for unit in _units(phrase, main):
        if unit.interval_h:
            words.setdefault("interval_h", Decimal(unit.interval_h))
        elif unit.per in ("day", "week"):
            words.setdefault("per", unit.per)
    stated = timing_fields(words, expression)
    expression = replace(expression, **stated)
    if bounds:
        band = joined_bounds(bounds, phrase.words)
        only_weight = all(bound.dimension != "age" for bound in bounds)
        expression = replace(expression, age_band=band, condition=band if only_weight else None)
    reduction = read_reduction(phrase.words, phrase.language) if main is not None else None
    if reduction is not None:
        expression = replace(expression, dose_reduction_percent=reduction.dose_reduction_percent)
    if _ADMINISTERED.search(phrase.words):
        expression = replace(expression, kind=expression.kind or "administered_note")
    return expression


def _units(phrase: Phrase, main: Amount | None) -> tuple[UnitReading, ...]:
    """The unit of the dose, and that of its cap where its period is the dose's too."""
    if main is None:
        return ()
    behind = unit_behind_dose(phrase.words, phrase.amounts, main)
    return (main.reading, behind) if behind else (main.reading,)


def _terms_of_caps(phrase: Phrase, main: Amount | None) -> tuple[Span, ...]:
    if main is None:
        return ()
    return terms_of_caps(phrase.words, phrase.amounts, phrase.amounts.index(main))


def _end_of_dose(phrase: Phrase, main: Amount | None) -> int:
    """Where the words of the dose end: before another dose, or a clause on another drug."""
    if main is None:
        return len(phrase.words)
    doses = [
        amount.start
        for amount in _doses(phrase)
        if amount.start > main.start
        and amount.unit == main.unit
        and amount.per not in ("cycle", "course")
    ]
    clauses = [
        mention.start
        for mention in phrase.mentions
        if mention.start > main.start
        and phrase.words[: mention.start].rstrip().endswith((";", "."))
    ]
    return min((*doses, *clauses, len(phrase.words)))


def _with_doubts(
    expression: DoseExpression, drug: Drug | None, main: Amount | None, mention: DrugMention | None
) -> DoseExpression:
    warnings = tuple(filter(None, (mention.warning if mention else "", *_slips(main))))
    if drug is None or expression.value is None:
        return replace(expression, ambiguous=True, warnings=warnings)
    unrouted = expression.route is None and drug.intrathecal is IntrathecalUse.ALLOWED
    fatal = expression.route == "IT" and drug.intrathecal is IntrathecalUse.FATAL
    if fatal:
        warnings += (f"{drug.inn} is fatal by the intrathecal route",)
    by_route = unrouted and expression.unit == "mg"
    ambiguous = expression.ambiguous or by_route or fatal
    return replace(expression, ambiguous=ambiguous, warnings=warnings)


def _slips(main: Amount | None) -> tuple[str, ...]:
    if main is None:
        return ()
    repaired = ("the unit was repaired",) if main.reading.repaired else ()
    return (*repaired, *(("letters were read as digits",) if main.slipped else ()))


def _with_case(phrase: Phrase) -> str:
    """Lower case, but `it` only where it is printed as the route `IT`."""
    return re.sub(r"\bit\b(?<!IT)", "§§", phrase.text).lower()
