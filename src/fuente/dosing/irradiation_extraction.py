"""Radiotherapy as documents state it: rows of radiotherapy tables, and sentences with grays.

Decides total, fractions, dose per fraction, boost and target from the words. Dose constraints of
organs at risk are no prescriptions and give nothing. Does not know what is usual for a tumour.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from fuente.documents.passage import Cell, Passage
from fuente.documents.source import Language
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role
from fuente.dosing.conditions import condition, merged
from fuente.dosing.folding import fold
from fuente.dosing.numbers import parse_number
from fuente.dosing.population import parse_population
from fuente.dosing.reference import Irradiation, Population, ReferenceKind
from fuente.dosing.sites import target_mentions, target_site, target_sites
from fuente.dosing.statement import Statement

_NUMBER: Final = r"\d{1,3}(?:[.,]\d{3})(?=\s?cgy)|\d{1,4}(?:\s?[.,]\s?\d{1,2})?"
_AMOUNT: Final = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s?gy)?(?:\s?(?:-|to|a|bis)\s?(?P<high>{_NUMBER}))?\s?"
    r"(?P<unit>c?gy|grays?)\b(?:\s?\(?rbe\)?)?"
)
_BARE: Final = re.compile(rf"(?P<low>{_NUMBER})(?:\s?(?:-|to|a)\s?(?P<high>{_NUMBER}))?")
_FRACTION_WORD: Final = (
    r"(?:(?:daily|diarias?|equal) )?"
    r"(?:fractions?|fracciones|fraccion|fracoes|fr\b|fx|sessions?|sesiones)"
)
_FRACTIONS: Final = re.compile(rf"(?P<n>\d{{1,2}})\s?(?:x\s?)?{_FRACTION_WORD}")
_TIMES: Final = re.compile(r"(?P<n>\d{1,2})\s?(?:x|fx of|fr of)\s?$")
_PER_FRACTION_AFTER: Final = re.compile(
    rf"^\)?\s?(?:/|per|por|each|cada|a|al)\s?(?:{_FRACTION_WORD}|day|dia|d\b)|^\s?(?:daily|"
    rf"diari[oa]s?)\b"
)
_PER_FRACTION_BEFORE: Final = re.compile(
    rf"(?:{_FRACTION_WORD}\s?\(?(?:of|de|a|at|con)?\s?|@\s?|\d\s?x\s?|"
    rf"fraction(?:al)? dose\s?(?:of)?\s?|"
    rf"fraccionamiento de\s?|dosis por fraccion\s?(?:de)?\s?)$"
)
_BOOST: Final = re.compile(
    r"\b(?:boost\w*|sobreimpresion|sobredosis|refuerzo|reforco|cone[- ]down|incremento)\b"
)
_CUMULATIVE: Final = re.compile(
    r"\b(?:to a total(?: dose)?(?: of)?|for a total(?: dose)?(?: of)?|total(?:ling)?|"
    r"cumulative|completando|"
    r"hasta(?: una)?(?: dosis)?(?: total)?(?: de)?|up to|ate|alcanzar|acumulad[oa]|(?:dose|"
    r"dosis) total)\b"
)
_CONSTRAINT: Final = re.compile(
    r"\b(?:shield\w*|block\w*|constraint\w*|toleran\w+|organs? at risk|not (?:to )?exceed|must not|"
    r"limit\w*|spar(?:e|ed|ing)|mean (?:lung|heart|kidney|liver) dose|threshold|azoosperm\w+|"
    r"risk of|"
    r"protec\w+|proteg\w+|restric\w+|bloque\w*|organos? de riesgo|no (?:superar|exceder)|umbral)\b"
)
_BRACHY: Final = re.compile(r"\b(?:brachytherapy|plaque|braquiterapia|placa)s?\b")
_ISOTOPE: Final = re.compile(r"\b(?P<name>ru|i|ir|sr|pd|co|cs)-?\s?(?P<mass>\d{2,3})\b")
_SENTENCE_END: Final = re.compile(r"(?<=[.;])\s+(?=\D)|\n\s*\n|\s•\s")
_CLAUSE: Final = re.compile(
    r",|;|\bfollowed by\b|\bplus\b|\bseguid[oa]\b|\bmas\b|\bcom\b|\bwith\b|\bcon\b"
)
_CENTI: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Gray:
    """An amount in Gy where it stands in the text; `low` equals `high` when it is no range."""

    low: Decimal
    high: Decimal
    start: int
    end: int

    @property
    def single(self) -> Decimal | None:
        """The amount, unless it is a range."""
        return self.low if self.low == self.high else None


def gray_amounts(text: str, language: Language) -> tuple[Gray, ...]:
    """Every amount in Gy or cGy, in Gy, where it stands."""
    return tuple(_gray(match, language) for match in _AMOUNT.finditer(fold(text)))


def is_irradiation_row(passage: Passage) -> bool:
    """Whether the columns or cells of a table row are about a radiotherapy prescription."""
    headers = fold(" ".join((*(cell.header for cell in passage.cells), passage.caption)))
    roles = cells_by_role(passage.cells)
    in_gray = bool(re.search(r"\bc?gy\b", headers) or _AMOUNT.search(fold(passage.text)))
    return in_gray and bool(
        {ColumnRole.FRACTIONS, ColumnRole.FRACTION_DOSE, ColumnRole.TARGET} & roles.keys()
    )


def irradiation_from_row(passage: Passage, language: Language) -> tuple[Statement, ...]:
    """The prescription a row of a radiotherapy table states; empty when it gives no total."""
    roles = cells_by_role(passage.cells)
    total = _first_amount(roles, (ColumnRole.TOTAL, ColumnRole.DOSE, ColumnRole.LIMIT), language)
    if total is None or total.single is None:
        return irradiation_from_prose(passage.text, language)
    target_text = cell_text(roles, ColumnRole.TARGET) or _unheaded_target(passage)
    boost = _boost_of(roles, language)
    irradiation = Irradiation(
        total_gy=total.single,
        fractions=_fraction_count(roles),
        fraction_gy=_fraction_size(roles, language),
        target=target_site(target_text) or target_site(passage.caption),
        target_text=" ".join(target_text.split()),
        boost_gy=boost[0],
        boost_fractions=boost[1],
        boost_target=boost[2],
        technique=_technique(passage),
        isotope=_isotope(passage.text),
    )
    return (_prescription(irradiation, _row_population(passage, roles, language)),)


def irradiation_from_prose(text: str, language: Language) -> tuple[Statement, ...]:
    """The prescriptions and the further amounts in Gy that sentences state."""
    statements: list[Statement] = []
    position = 0
    for end in (*(match.start() for match in _SENTENCE_END.finditer(text)), len(text)):
        statements += _sentence(text[position:end], language)
        position = end
    return tuple(statements)


def _sentence(sentence: str, language: Language) -> list[Statement]:
    folded = fold(sentence)
    amounts = gray_amounts(sentence, language)
    if not amounts or _CONSTRAINT.search(folded):
        return []
    statements: list[Statement] = []
    main: int | None = None
    for index, amount in enumerate(amounts):
        part = _part(folded, amounts, index)
        if part == "fraction" and main is not None:
            statements[main] = _with_fraction(statements[main], amount)
        elif part == "boost" and main is not None:
            statements[main] = _with_boost(statements[main], sentence, amounts, index)
            statements.append(_amount_alone(amount, None))
        elif part == "total":
            earlier = statements[main] if main is not None else None
            main = len(statements)
            total = _at_same_target(_total(sentence, amounts, index, language), earlier)
            statements.append(_as_prescription(total))
        else:
            statements.append(_amount_alone(amount, "dose" if part == "fraction" else None))
    return statements


def _part(folded: str, amounts: tuple[Gray, ...], index: int) -> str:
    """What an amount of a sentence is: a total, a fraction, a boost, or a total with the boost."""
    amount = amounts[index]
    before = folded[amounts[index - 1].end if index else 0 : amount.start]
    after = folded[amount.end : amounts[index + 1].start if index + 1 < len(amounts) else None]
    if _PER_FRACTION_AFTER.search(after) or _PER_FRACTION_BEFORE.search(before):
        return "fraction"
    if index and (
        _CUMULATIVE.search(before) or re.match(r"\s?(?:de dos[ei]s? total|in total)", after)
    ):
        return "cumulative"
    if _BOOST.search(before) or re.match(r"\s?boost\b", after):
        return "boost"
    return "total"


def _total(sentence: str, amounts: tuple[Gray, ...], index: int, language: Language) -> Statement:
    before, after = _around(sentence, amounts, index)
    amount = amounts[index]
    count = _FRACTIONS.search(fold(after))
    target, target_text = _nearest_target(before, after)
    population = _population_near(sentence, amounts, index, language)
    if amount.single is None:
        return replace(_amount_alone(amount, None), population=population)
    irradiation = Irradiation(
        total_gy=amount.single,
        fractions=int(count["n"]) if count else _times(sentence, amounts, index),
        target=target,
        target_text=target_text,
        technique="brachytherapy" if _BRACHY.search(fold(sentence)) else "external_beam",
        isotope=_isotope(sentence),
    )
    return _prescription(irradiation, population)


def _as_prescription(statement: Statement) -> Statement:
    """A total without target and without fractions is an amount, and no prescription."""
    irradiation = statement.irradiation
    if irradiation is None or irradiation.target or irradiation.fractions is not None:
        return statement
    return replace(statement, irradiation=None, is_aside=True)


def _at_same_target(statement: Statement, earlier: Statement | None) -> Statement:
    """A second total that names no target is for the target of the first."""
    here = statement.irradiation
    if here is None or here.target or earlier is None or earlier.irradiation is None:
        return statement
    there = earlier.irradiation
    return replace(
        statement,
        irradiation=replace(here, target=there.target, target_text=there.target_text),
    )


def _times(sentence: str, amounts: tuple[Gray, ...], index: int) -> int | None:
    """The count of `13 x 1.8 Gy`, which stands before the next amount."""
    if index + 1 >= len(amounts):
        return None
    between = fold(sentence[amounts[index].end : amounts[index + 1].start])
    match = _TIMES.search(between)
    return int(match["n"]) if match else None


def _nearest_target(before: str, after: str) -> tuple[str, str]:
    """The target named in the clause after the amount, else the last one before it."""
    following = _CLAUSE.split(after, maxsplit=1)[0]
    for words, place in ((following, 0), (before, -1), (after, 0)):
        mentions = target_mentions(words)
        if mentions:
            mention = mentions[place]
            return mention.code, " ".join(words[mention.start : mention.end].split())
    return "", ""


def _population_near(
    sentence: str, amounts: tuple[Gray, ...], index: int, language: Language
) -> Population | None:
    """For whom one of several totals is: what follows it, else, for the first, what leads to it."""
    totals = [
        place for place in range(len(amounts)) if _part(fold(sentence), amounts, place) == "total"
    ]
    if len(totals) < 2:
        return parse_population(sentence, language)
    end = amounts[index + 1].start if index + 1 < len(amounts) else len(sentence)
    following = parse_population(sentence[amounts[index].end : end], language)
    if following is not None or index != totals[0]:
        return following
    return parse_population(sentence[: amounts[index].start], language)


def _around(sentence: str, amounts: tuple[Gray, ...], index: int) -> tuple[str, str]:
    start = amounts[index - 1].end if index else 0
    end = len(sentence)
    for later in amounts[index + 1 :]:
        if _BOOST.search(fold(sentence[amounts[index].end : later.start])):
            end = later.start
            break
        end = len(sentence)
    after = sentence[amounts[index].end : end]
    boost = _BOOST.search(fold(after))
    return sentence[start : amounts[index].start], after[: boost.start()] if boost else after


def _with_fraction(statement: Statement, amount: Gray) -> Statement:
    irradiation = statement.irradiation
    if irradiation is None or amount.single is None or irradiation.fraction_gy is not None:
        return statement
    return replace(statement, irradiation=replace(irradiation, fraction_gy=amount.single))


def _with_boost(
    statement: Statement, sentence: str, amounts: tuple[Gray, ...], index: int
) -> Statement:
    irradiation, amount = statement.irradiation, amounts[index]
    if irradiation is None or amount.single is None or irradiation.boost_gy is not None:
        return statement
    end = amounts[index + 1].start if index + 1 < len(amounts) else len(sentence)
    after = sentence[amount.end : end]
    before = sentence[amounts[index - 1].end : amount.start]
    count = _FRACTIONS.search(fold(after))
    return replace(
        statement,
        irradiation=replace(
            irradiation,
            boost_gy=amount.single,
            boost_fractions=int(count["n"]) if count else None,
            boost_target=target_site(_CLAUSE.split(after, maxsplit=1)[0]) or target_site(before),
        ),
    )


def _amount_alone(amount: Gray, per: str | None) -> Statement:
    return Statement(
        kind=ReferenceKind.RADIOTHERAPY,
        unit="Gy",
        value=amount.single,
        minimum=None if amount.single is not None else amount.low,
        maximum=None if amount.single is not None else amount.high,
        per=per,
        is_aside=True,
    )


def _prescription(irradiation: Irradiation, population: Population | None) -> Statement:
    return Statement(
        kind=ReferenceKind.RADIOTHERAPY,
        unit="Gy",
        value=irradiation.total_gy,
        population=population,
        irradiation=irradiation,
    )


def _first_amount(
    roles: dict[ColumnRole, list[Cell]], wanted: tuple[ColumnRole, ...], language: Language
) -> Gray | None:
    for role in wanted:
        for cell in roles.get(role, ()):
            amount = _cell_amount(cell, language)
            if amount is not None:
                return amount
    return None


def _cell_amount(cell: Cell, language: Language) -> Gray | None:
    """The first amount of a cell; a bare number is in the unit its header names, else in Gy."""
    with_unit = gray_amounts(cell.text, language)
    if with_unit:
        return with_unit[0]
    match = _BARE.search(fold(cell.text))
    if not match:
        return None
    centi = bool(re.search(r"\bcgy\b", fold(cell.header)))
    return _scaled(match, language, _CENTI if centi else Decimal(1))


def _fraction_count(roles: dict[ColumnRole, list[Cell]]) -> int | None:
    for cell in roles.get(ColumnRole.FRACTIONS, ()):
        match = re.search(r"\d{1,2}", cell.text)
        if match:
            return int(match[0])
    for role in (ColumnRole.TOTAL, ColumnRole.DOSE, ColumnRole.FRACTION_DOSE):
        for cell in roles.get(role, ()):
            folded = fold(cell.text)
            match = _FRACTIONS.search(folded) or re.search(r"(?P<n>\d{1,2})\s?x\s?\d", folded)
            if match:
                return int(match["n"])
    return None


def _fraction_size(roles: dict[ColumnRole, list[Cell]], language: Language) -> Decimal | None:
    for cell in roles.get(ColumnRole.FRACTION_DOSE, ()):
        sized = re.sub(r"^\s*\d{1,2}\s?[x×]\s?", "", cell.text)
        amount = _cell_amount(replace(cell, text=sized), language)
        if amount is not None:
            return amount.single
    return None


def _boost_of(
    roles: dict[ColumnRole, list[Cell]], language: Language
) -> tuple[Decimal | None, int | None, str]:
    cells = roles.get(ColumnRole.BOOST, [])
    amount = _first_amount(roles, (ColumnRole.BOOST,), language)
    if amount is None or amount.single is None:
        return None, None, ""
    words = " ".join(cell.text for cell in cells)
    counted = cell_text(roles, ColumnRole.BOOST_FRACTIONS)
    match = re.search(r"(?P<n>\d{1,2})", counted) or _FRACTIONS.search(fold(words))
    match = match or re.search(r"gy\s?/\s?(?P<n>\d{1,2})\b|(?P<m>\d{1,2})\s?x\s?\d", fold(words))
    count = next((int(n) for n in match.groups() if n), None) if match else None
    return amount.single, count, target_site(words)


def _row_population(
    passage: Passage, roles: dict[ColumnRole, list[Cell]], language: Language
) -> Population | None:
    words = cell_text(roles, ColumnRole.INDICATION, ColumnRole.BAND, ColumnRole.NOTES)
    own = condition(words or cell_text(roles, ColumnRole.OTHER), language)
    return merged((own, parse_population(passage.caption, language)))


def _unheaded_target(passage: Passage) -> str:
    return next((cell.text for cell in passage.cells if target_sites(cell.text)), "")


def _technique(passage: Passage) -> str:
    words = fold(f"{passage.text} {passage.caption}")
    return "brachytherapy" if _BRACHY.search(words) else "external_beam"


def _isotope(text: str) -> str:
    match = _ISOTOPE.search(fold(text))
    return f"{match['name'].capitalize()}-{match['mass']}" if match else ""


def _gray(match: re.Match[str], language: Language) -> Gray:
    return _scaled(match, language, _CENTI if match["unit"].startswith("c") else Decimal(1))


def _scaled(match: re.Match[str], language: Language, scale: Decimal) -> Gray:
    low = parse_number(match["low"], language) * scale
    high = parse_number(match["high"], language) * scale if match["high"] else low
    return Gray(low, high, match.start(), match.end())
