"""Radiation doses in words: totals, fractions, boosts, fields and sources.

Reads one phrase into the radiotherapy part of a dose expression. A boost is additional to the
total of its field. Knows nothing of drugs.
"""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, AmountRole, find_amounts
from fuente.dosing.expression import DoseExpression
from fuente.dosing.numbers import COUNT, parse_count

_FRACTION_WORD: Final = (
    r"(?:(?<![a-z])(?:fractions?|fracciones|fraccion|fracoes|fracao|fracs?\.?|fraccs?\.?"
    r"|fx\.?|fxs|frs?\b\.?|f\b|#"
    r"|sesiones|sesion|sessoes|sessions?|treatments?|applications?|aplicaciones))"
)
_FRACTIONS: Final = re.compile(
    rf"(?<![\w.,])(?P<n>{COUNT}) ?(?:daily |diarias |consecutive |equal |x )?{_FRACTION_WORD}"
)
_PER_FRACTION_AFTER: Final = re.compile(
    rf"^ ?(?:/|per|por|each|cada|por cada) ?(?:day|dia|d\b|{_FRACTION_WORD})"
    rf"|^ ?(?:daily|diarios?)(?: {_FRACTION_WORD})?|^ ?{_FRACTION_WORD}"
)
_PER_FRACTION_BEFORE: Final = re.compile(
    rf"(?:@ ?|{_FRACTION_WORD} ?(?:diarias? |daily |size |dose )?(?:of|de|a|at|:|=)? ?"
    rf"|(?:dose|dosis) (?:per|por) {_FRACTION_WORD} ?(?:of|de|:|=)? ?"
    r"|(?:daily (?:dose|fractions?)|dosis diaria|fraccionamiento|fractionation)(?: of| de"
    r"|:)? ?|(?:\bat|a razon de|\bde a) )$"
)
_TIMES_BEFORE: Final = re.compile(r"(?<![\w.,])(?P<n>\d{1,3}) ?(?:x|\*) ?$")
_TIMES_AFTER: Final = re.compile(
    rf"^ ?(?:x|\*) ?(?P<n>\d{{1,3}})(?![\w.,]*\d)(?: ?{_FRACTION_WORD})?"
)
_BOOST: Final = re.compile(
    r"boost|sobreimpresion|sobre-impresion|sobreimpressao|refuerzo|reforco|sobredosis"
    r"|cone[- ]?down|sobredosificacion|incremento"
)
_UP_TO: Final = re.compile(
    r"(?:\bto\b(?: a)?(?: cumulative| total)?(?: dose)?(?: of)?|\bhasta\b|\bate\b|total"
    r"(?: dose)?(?: of)?|completar|completando|completing|alcanzar|cumulative|acumulad[ao])"
    r"(?: (?:un|una|de|dosis|dose|total|los|of|a|the|acumulada|uma))* ?$"
)
_PER_DAY: Final = re.compile(
    rf"(?P<n>{COUNT}) ?(?:daily )?(?:x|{_FRACTION_WORD}|times|veces|vezes)? ?(?:/|per|a|al"
    rf"|por|ao|cada) ?(?:day|dia|d)\b"
    r"|(?P<twice>twice (?:daily|a day|per day)|\bb\.?i\.?d\b|\bbid\b|hiperfraccionad[ao]"
    r"|hyperfractionated)"
)
_TARGETS: Final[tuple[tuple[str, str], ...]] = (
    (
        "craniospinal",
        r"cranio-?\s?espin|craneo-?\s?espin|cranio-?\s?spin|\bcsi\b|neuro-?eixo"
        r"|neuroeje|neuraxis",
    ),
    (
        "whole body",
        r"\btbi\b|total[- ]body|whole[- ]body|\bict\b|corporal total|corpo(?:ral"
        r"|rea)? total|\birct\b|\btci\b",
    ),
    ("lung", r"\blungs?\b|pulmonar|pulmon(?:es)?\b|pulmao|pulmoes"),
    ("posterior fossa", r"posterior fossa|fosa posterior|fossa posterior"),
    ("tumour bed", r"tumou?r(?:al)? bed|lecho (?:tumoral|quirurgico)|leito (?:tumoral|cirurgico)"),
    ("abdomen", r"abdom"),
    ("flank", r"\bflan(?:k|co)"),
    (
        "cranial",
        r"\bcranial\b|\bcraneal\b|\bcraniana\b|whole[- ]brain|\bbrain\b|holocraneal"
        r"|holocraniana|\bencefal|\bcerebro|\bcerebral",
    ),
    ("mediastinum", r"mediastin"),
    ("pelvis", r"pelvi|pelve"),
    ("testis", r"testi[cs]"),
    (
        "involved field",
        r"involved[- ](?:field|site|node)|campo (?:afecto|comprometido"
        r"|envolvido|afectado)|\bifrt\b|\bisrt\b|\binrt\b",
    ),
    ("orbit", r"\borbit"),
    ("spine", r"\bspin(?:e|al)\b|columna|medula espinal|espinal"),
    ("liver", r"\bliver\b|higado|hepatic|figado"),
    ("primary", r"primary (?:tumou?r|site)|tumor primario|primary"),
    ("thyroid", r"thyroid|tiroid|tireoid"),
    ("eye", r"\beye\b|globo ocular|\bocular"),
    ("pelvis", r"\bpelv"),
    ("neck", r"\bneck\b|\bcuello\b|cervical"),
)
_TARGET_PATTERNS: Final = tuple((code, re.compile(words)) for code, words in _TARGETS)
_BRACHY: Final = re.compile(r"brachy|braqui|plaque|\bplaca\b|episcleral")
_ISOTOPE: Final = re.compile(
    r"(?<![a-z])(?:(?P<symbol>ru|i|ir|pd|cs|co|sr|y|au)-?(?P<mass>\d{2,3})"
    r"|(?P<first>\d{2,3})-?(?P<after>ru|i|ir|pd|cs|co|sr)(?![a-z])"
    r"|(?P<name>ruten(?:io|ium)|rutheni(?:um|o)|iodine|yodo|iodo|iridi(?:um|o)|palladium"
    r"|paladio|strontium|estroncio|cesium|cesio)[- ]?(?P<number>\d{2,3}))"
)
_SYMBOLS: Final = {
    "ru": "Ru",
    "io": "I",
    "yo": "I",
    "ir": "Ir",
    "pa": "Pd",
    "st": "Sr",
    "es": "Sr",
    "ce": "Cs",
    "cs": "Cs",
    "pd": "Pd",
    "sr": "Sr",
    "co": "Co",
    "au": "Au",
    "i": "I",
    "y": "Y",
}
_APEX: Final = re.compile(r"\bapex\b|\bapice\b|\bapic|\bapexe\b")
_SEVERAL_A_DAY: Final = re.compile(
    r" ?(?:twice|bid|b\.i\.d|two times|2 (?:times|x)|dos veces|duas vezes|cada 12|q ?12|every 12)"
)
# Larger fractions are stereotactic and always printed as such. Source: rule RT-02 of the record's
# rules (1.2 to 3 Gy external curative). Confidence: high.
_LARGEST_FRACTION: Final = Decimal(3)
_MILLI_GRAY: Final = Decimal("0.001")


def is_radiation(amounts: tuple[Amount, ...]) -> bool:
    """Whether any amount is a radiation dose."""
    return any(_is_gray(amount) for amount in amounts)


def read_radiation(words: str, language: Language | None) -> DoseExpression:
    """The radiotherapy a phrase in plain lower case states."""
    place = _boost_start(words)
    main = _field(words[:place], language)
    expression = replace(main, kind="radiotherapy", target=_target(words[:place]) or _target(words))
    if place < len(words):
        expression = _with_boost(expression, words[place:], language)
    expression = _with_source(expression, words)
    if per_day := _PER_DAY.search(words):
        count = 2 if per_day["twice"] else parse_count(per_day["n"])
        expression = replace(expression, fractions_per_day=count)
    stated = (expression.total_gy, expression.dose_per_fraction_gy, expression.boost_gy)
    if not any(stated):
        return replace(expression, ambiguous=True)
    return expression


def _boost_start(words: str) -> int:
    """Where the words of the boost begin: its conjunction or its own amount, not the field's."""
    boost = _BOOST.search(words)
    if boost is None:
        return len(words)
    joints = list(
        re.finditer(
            r"(?:\bplus\b|\bmas\b|\bmais\b|\+|\band\b|\bwith\b|\bcon\b|\bcom\b|,|;"
            r"|\bfollowed by\b|\bseguid[ao] de\b|\by\b|\(|\bthen\b)",
            words[: boost.start()],
        )
    )
    for joint in reversed(joints):
        if re.search(r"\bc?gy\b", words[: joint.start()]):
            return joint.start()
    return boost.start() if re.search(r"c?gy", words[: boost.start()]) else 0


def _field(words: str, language: Language | None) -> DoseExpression:
    """Total, fractions and dose per fraction of one field."""
    amounts = [amount for amount in find_amounts(words, language) if _is_gray(amount)]
    fractions = _FRACTIONS.search(words)
    count = parse_count(fractions["n"]) if fractions else None
    total: Amount | None = None
    each: Decimal | None = None
    for place, amount in enumerate(amounts):
        before, after = _context(words, amounts, place)
        times = _TIMES_BEFORE.search(before) or _TIMES_AFTER.search(after)
        if times and int(times["n"]) > 1:
            count = count or int(times["n"])
            each = each or _gray(amount)
        elif _is_per_fraction(amount, before, after) or _divides(total, amount):
            each = each or _gray(amount)
        elif total is None:
            total = amount
    return _completed(total, count, each)


def _context(words: str, amounts: list[Amount], place: int) -> tuple[str, str]:
    begin = amounts[place - 1].end if place else 0
    finish = amounts[place + 1].start if place + 1 < len(amounts) else len(words)
    return words[begin : amounts[place].start], words[amounts[place].end : finish]


def _divides(total: Amount | None, amount: Amount) -> bool:
    """Whether a second, small amount is the fraction of the total before it."""
    small = _gray(amount) <= _LARGEST_FRACTION and amount.role is AmountRole.DOSE
    return total is not None and small and _gray(total) % _gray(amount) == 0


def _is_per_fraction(amount: Amount, before: str, after: str) -> bool:
    if "/" in amount.unit or amount.per is not None:
        return True
    if _gray(amount) <= _LARGEST_FRACTION and _SEVERAL_A_DAY.match(after):
        return True
    total_in_n = re.match(rf" ?(?:/|in|en|em) ?\d+ ?{_FRACTION_WORD}", after)
    if total_in_n:
        return False
    if _PER_FRACTION_BEFORE.search(before):
        return True
    return bool(_PER_FRACTION_AFTER.match(after)) and not re.match(r" ?[/a] ?\d", after)


def _completed(stated: Amount | None, count: int | None, each: Decimal | None) -> DoseExpression:
    """Fill in the third of total, fractions and dose per fraction where two are stated."""
    total = _gray(stated) if stated else None
    if total is None and count is not None and each is not None:
        total = each * count
    if count is None and total is not None and each and total % each == 0:
        count = int(total / each)
    if each is None and total is not None and count:
        each = (total / count).quantize(_MILLI_GRAY, ROUND_HALF_UP)
    highest = stated.value_max if stated else None
    return DoseExpression(
        total_gy=total,
        value_max=_gray(stated, highest) if stated and highest else None,
        fractions=count,
        dose_per_fraction_gy=each.normalize() + 0 if each is not None else None,
    )


def _with_boost(
    expression: DoseExpression, words: str, language: Language | None
) -> DoseExpression:
    boost = _field(words, language)
    amount, total = boost.total_gy, expression.total_gy
    if amount is None:
        return expression
    first = re.search(r"\d", words)
    reaches = first is not None and _UP_TO.search(words[: first.start()])
    if reaches and total is not None and amount > total:
        cumulative, amount = amount, amount - total
    else:
        cumulative = amount + total if total is not None else amount
    return replace(
        expression,
        boost_gy=amount,
        boost_fractions=boost.fractions,
        boost_dose_per_fraction_gy=boost.dose_per_fraction_gy,
        cumulative_gy=cumulative if total is not None else None,
    )


def _with_source(expression: DoseExpression, words: str) -> DoseExpression:
    if not _BRACHY.search(words):
        return expression
    isotope = _ISOTOPE.search(words)
    return replace(
        expression,
        type="brachytherapy",
        isotope=_isotope(isotope) if isotope else None,
        reference="apex" if _APEX.search(words) else None,
    )


def _isotope(match: re.Match[str]) -> str:
    symbol = match["symbol"] or match["after"] or match["name"][:2]
    mass = match["mass"] or match["first"] or match["number"]
    return f"{_SYMBOLS[symbol]}-{mass}"


def _target(words: str) -> str | None:
    found = [
        (match.start(), code)
        for code, pattern in _TARGET_PATTERNS
        if (match := pattern.search(words))
    ]
    return min(found)[1] if found else None


def _is_gray(amount: Amount) -> bool:
    return amount.unit.split("/")[0] in ("Gy", "cGy")


def _gray(amount: Amount, value: Decimal | None = None) -> Decimal:
    number = amount.value if value is None else value
    return number / 100 if amount.unit.startswith("cGy") else number
