"""Statements that are not one drug at one dose: cells, reductions, bands, prohibitions.

Each reader answers for one kind and returns None for every other phrase.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.bounds import Bound, find_bounds
from fuente.dosing.expression import DoseExpression
from fuente.dosing.numbers import NUMBER, parse_number
from fuente.dosing.population import close_bounds
from fuente.dosing.units import read_unit

_CELL: Final = (
    r"(?:(?:viable |nucleated |total )?(?:cd ?34|cd ?3|cd ?19|car(?:-t| ?\+"
    r"|[- ]positive)?(?: viable)?(?: t)?|mnc|tnc|cnt|cmn|nucleated|mononuclear|progenitor\w*"
    r"|stem|celulas?|cells?|cels?)[ +]*"
    r"(?:cells?|celulas?|\+|positiv[aeo]s?|viables?|nucleadas?|mononucleares|t|pos)*[ +]*)"
)
_CELLS: Final = re.compile(
    rf"(?P<low>{NUMBER})(?: ?(?:-|to|a) ?(?P<high>{NUMBER}))? ?(?:(?:x|\*|\.)? ?10 ?(?:\^"
    rf"|\*\*|e)? ?\+?(?P<power>\d{{1,2}}?)|e\+?0?(?P<exp>\d{{1,2}})"
    rf"|(?P<million>million|millones|milhoes|mill\.?)(?: de| of)?) ?(?P<cells>(?:de "
    rf"|of )?(?:{_CELL} ?)+)? ?(?P<kg>(?:/|per|por) ?kg)?"
)
_CELL_WORD: Final = re.compile(
    rf"{_CELL}|pbsc|progenitores|transplant|trasplante|infus|graft|dli|leuc"
)

_FRACTION_WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        "66.6667",
        r"(?:two|2|dos|dois|duas)[- ]?(?:/ ?3|thirds?|tercios?|tercas?(?: partes)?|tercos?)",
    ),
    ("33.3333", r"(?:(?:one|a|1|un|una|um|uma)[- ]?)(?:/ ?3|third|tercio|tercera parte|terco)"),
    ("75", r"(?:three|3|tres)[- ]?(?:/ ?4|quarters?|cuartos?|cuartas partes|quartos)"),
    ("25", r"(?:(?:one|a|1|un|una|um)[- ]?)(?:/ ?4|quarter|cuarto|cuarta parte|quarto)"),
    ("50", r"(?:one[- ])?half|1/2|(?:la )?mitad|(?:a )?metade|medi[ao] dosis|meia dose|halved"),
)
_PERCENT: Final = r"(?P<percent>\d+(?:[.,]\d+)?) ?(?:%|per ?cent|por ?ciento|por cento)"
_REDUCE: Final = (
    r"(?:reduc\w*|reduz\w*|decreas\w+|descen\w+|disminu\w+|diminu\w+|baj(?:ar|e)|lower"
    r"(?:ed)?|adjust\w*|ajust\w+|modif\w+)"
)
_DOSE_WORD: Final = r"(?:dos[ei]s?|dosage|dosis)"
_KEPT: Final = re.compile(
    rf"{_REDUCE}(?: [a-z§]+){{0,5}}? (?:to|al|a(?: la)?|ao|para(?: o)?|hasta(?: el| un)?"
    rf"|ate) (?:el |un |the )?{_PERCENT}"
    rf"|{_PERCENT} (?:of|de|del|da)(?: the| la| las)? ?(?:full |total |calculated |planned "
    rf"|standard |previous |usual |normal |initial |original |protocol )?{_DOSE_WORD}"
    rf"|(?:give|giving|administ\w+|dar|given|use|usar|{_DOSE_WORD} (?:at|al|a)) (?:only "
    rf"|solo |el |al |a |the |un )*{_PERCENT}".replace("(?P<percent>", "(?P<p>", 1).replace(
        "(?P<percent>", "(?P<q>", 1
    )
)
_TAKEN: Final = re.compile(
    rf"{_REDUCE}(?: [a-z§]+){{0,5}}? ?(?:by |un |en un |en |em |de un |del |de |in |by a |of "
    rf"|:|a |= ?)?(?:about )?{_PERCENT}"
    rf"|{_PERCENT} (?:{_DOSE_WORD} |of |de )?(?:reduc\w+|less|menos)".replace(
        "(?P<percent>", "(?P<p>", 1
    )
)
_FRACTION_KEPT: Final = rf"(?:{_REDUCE}(?: [a-z§]+){{0,5}}? (?:to|a|al|ate|para)(?: la| the)? )"
_IF: Final = re.compile(
    r"(?:\b(?:if|when|for|in case of|in|si|cuando|en caso de|para|por|se|quando|em caso de"
    r"|porque|with|con|due to|because of|debido a)\b|\()"
    r"(?: (?:the|la|el|o|a|peso|weight|edad|age|body|weighing|patients|pacientes|de|con|with"
    r"|children|ninos|infants|lactantes))* ?(?P<condition>[^()]+?)[).]*$"
)
_INTRATHECAL: Final = (
    r"(?:it\b|i\.t\.?|intra-?thecal(?:ly)?|intra-?tecal(?:es|mente)?|intraraquide[ao])"
)
_NO_IT: Final = re.compile(
    rf"(?:\bno\b|\bwithout\b|\bsin\b|\bsem\b|\bnot receiving\b)(?: (?:planned|further"
    rf"|additional|tratamiento|quimioterapia|terapia|tratamento|profilaxis|administracion"
    rf"|prophylaxis|therapy|chemotherapy|dosis|via|la|triple))* ?{_INTRATHECAL}"
)
_PROHIBITED: Final = re.compile(
    r"\bnever\b|\bmust not\b|\bdo not\b|\bshould not\b|contra-?indica\w+|prohib\w+|\bnunca\b"
    r"|\bfatal\w*\b|\bforbidden\b|proibid\w+|\bjamas\b"
    r"|\bno (?:se debe )?administra\w+|\bnao administra\w+|\bnot (?:be given|to be given"
    r"|for)\b|\bno (?:usar|dar|poner)\b|\bletal\b|\blethal\b|\bno debe\b|\bnao deve\b"
)
_BAND_VALUE: Final = re.compile(
    rf"^(?: ?(?:[:=,)\]→]|->|-|years?|§|dose|dosis|give|gets?|receives?"
    rf"|reciben?))* ?\(?(?P<n>{NUMBER}) ?(?P<unit>(?:mg|mcg|ug|g|ui|iu|u)[a-z0-9/^]*)?(?![\w]"
    rf"|[.,]\d| ?(?:-|to|a) ?\d)"
)
_VALUE_BAND: Final = re.compile(
    rf"(?P<n>{NUMBER}) ?(?P<unit>(?:mg|mcg|ug|g|ui|iu|u)[a-z0-9/^]*)? ?[(\[]?(?: ?(?:if|for"
    rf"|in|si|para|en|em|se|when|age|edad|aged|patients|pacientes|children|ninos|from|de"
    rf"|a))* ?$"
)


def read_cells(words: str, language: Language | None) -> DoseExpression | None:
    """A dose of cells per kilogram, such as `5 x 10^6 CD34+/kg`."""
    match = _CELLS.search(words)
    if match is None or not (match["cells"] or (match["kg"] and _CELL_WORD.search(words))):
        return None
    power = "6" if match["million"] else (match["power"] or match["exp"])
    high = parse_number(match["high"], language) if match["high"] else None
    return DoseExpression(
        value=parse_number(match["low"], language),
        value_max=high,
        unit=f"10*{int(power)}{'/kg' if match['kg'] else ''}",
        kind="cell_dose",
    )


def read_reduction(words: str, language: Language | None) -> DoseExpression | None:
    """A reduction in percent of the full dose, with its condition."""
    reduced = _reduced_percent(words, language)
    if reduced is None or not 0 < reduced[0] < 100:
        return None
    percent, start, end = reduced
    return DoseExpression(
        dose_reduction_percent=percent, condition=_condition(words, (start, end), language)
    )


def _reduced_percent(words: str, language: Language | None) -> tuple[Decimal, int, int] | None:
    if kept := _KEPT.search(words):
        printed = kept["p"] or kept["q"] or kept["percent"]
        return 100 - parse_number(printed, language), kept.start(), kept.end()
    if taken := _TAKEN.search(words):
        printed = taken["p"] or taken["percent"]
        return parse_number(printed, language), taken.start(), taken.end()
    return _reduced_fraction(words)


def _reduced_fraction(words: str) -> tuple[Decimal, int, int] | None:
    for share, pattern in _FRACTION_WORDS:
        to_share = re.search(
            rf"{_FRACTION_KEPT}(?:{pattern})|(?:{pattern}) (?:of|de|da)(?: the| la)? (?:full "
            rf"|calculated |standard |usual )?{_DOSE_WORD}|(?:half|medi[ao]"
            rf"|meia)[- ]{_DOSE_WORD}"
            if share == "50"
            else rf"{_FRACTION_KEPT}(?:{pattern})|(?:{pattern}) (?:of|de|da)(?: the| la)? "
            rf"(?:full |calculated |standard |usual )?{_DOSE_WORD}",
            words,
        )
        by_share = re.search(
            rf"{_REDUCE}(?: [a-z§]+){{0,5}}? ?(?:by |en |em |un |in |de )?(?:{pattern})"
            rf"|halve the {_DOSE_WORD}",
            words,
        )
        if to_share:
            rest = 100 - Decimal(share)
            return rest.quantize(Decimal(1), ROUND_HALF_UP), to_share.start(), to_share.end()
        if by_share:
            whole = Decimal(share).quantize(Decimal(1), ROUND_HALF_UP)
            return whole, by_share.start(), by_share.end()
    return None


def _condition(words: str, place: tuple[int, int], language: Language | None) -> str | None:
    bounds = find_bounds(words, language)
    if bounds:
        return joined_bounds(bounds, words)
    for part in (words[place[1] :], words[: place[0]]):
        if stated := _IF.search(part):
            return stated["condition"].strip(" ,;:.")
    return None


def joined_bounds(bounds: tuple[Bound, ...], words: str) -> str:
    """Bounds in one spelling, ages before weights: `<12 months or <10 kg`."""
    ordered = sorted(bounds, key=lambda bound: ("age", "weight", "bsa").index(bound.dimension))
    between = words[bounds[0].end : bounds[-1].start] if len(bounds) > 1 else ""
    joint = (
        " and "
        if re.search(r"\b(?:and|y|e|with|con|com)\b", between)
        and not re.search(r"\b(?:or|o|ou)\b", between)
        else " or "
    )
    return joint.join(bound.canonical(_age_word(bound, words)) for bound in ordered)


def _age_word(bound: Bound, words: str) -> str:
    printed = words[bound.start : bound.end]
    if bound.unit == "mo":
        return "months"
    if bound.unit == "y":
        return _years(bound) if re.search(r"year|ano", printed) else "y"
    return bound.unit


def _years(bound: Bound) -> str:
    return "year" if (bound.high or bound.low) == 1 else "years"


def read_bands(words: str, language: Language | None) -> DoseExpression | None:
    """Values by band of age, weight or body surface; None for fewer than two bands."""
    bounds = close_bounds(find_bounds(words, language))
    if len(bounds) < 2:
        return None
    for read in (_values_after, _values_before):
        values = read(words, bounds)
        if values is not None:
            bands = tuple(
                (bound.canonical(), parse_number(printed, language))
                for bound, (printed, _) in zip(bounds, values, strict=True)
            )
            return DoseExpression(bands=bands, unit=_band_unit(values, words))
    return None


def _values_after(
    words: str, bounds: tuple[Bound, ...]
) -> tuple[tuple[str, str | None], ...] | None:
    ends = [*(bound.start for bound in bounds[1:]), len(words)]
    found = [
        _BAND_VALUE.match(words[bound.end : end]) for bound, end in zip(bounds, ends, strict=True)
    ]
    return tuple((m["n"], m["unit"]) for m in found if m) if all(found) else None


def _values_before(
    words: str, bounds: tuple[Bound, ...]
) -> tuple[tuple[str, str | None], ...] | None:
    begins = [0, *(bound.end for bound in bounds[:-1])]
    found = [
        _VALUE_BAND.search(words[begin : bound.start])
        for bound, begin in zip(bounds, begins, strict=True)
    ]
    return tuple((m["n"], m["unit"]) for m in found if m) if all(found) else None


def _band_unit(values: tuple[tuple[str, str | None], ...], words: str) -> str | None:
    for _, printed in values:
        found = read_unit(printed, 0) if printed else None
        if found is not None:
            return found[0].unit
    alone = re.search(
        r"(?<![a-z0-9/])(?:in |en |em |\()?(mg/m2|mg/kg|mg|ug|mcg|g/m2)(?![a-z0-9/])", words
    )
    found = read_unit(alone[1], 0) if alone else None
    return found[0].unit if found else None


def read_negation(words: str) -> str | None:
    """`no IT` where intrathecal treatment is left out, `prohibited` where a page forbids it."""
    if re.search(_INTRATHECAL, words) and _PROHIBITED.search(words):
        return "prohibited"
    if _NO_IT.search(words):
        return "no IT"
    return None
