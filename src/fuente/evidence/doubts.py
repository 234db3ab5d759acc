"""Doubts about a printed value, from what other documents print about the same drug (pure).

A value ten times or a tenth of another's, or per kg where all others are per m2 (and the reverse),
is how a misprint looks. It decides only that two pages should be compared: the value stays as
printed, and which page is right is not decided. What is given differently on purpose (another
period, route, phase, age or course) is not compared.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from fuente.dosing.folding import fold
from fuente.dosing.inn_stems import NAME
from fuente.dosing.reference import DoseReference, Population, ReferenceKind, Route
from fuente.evidence.grounding import number_places
from fuente.quantities.quantity import Quantity, denominator, numerator

_TEN: Final = Decimal(10)
# Doses within this factor of each other are of one order; the larger of two that are not may be a
# misprint of the smaller one.
_ALIKE: Final = Decimal(2)
# A body has 18 kg per m2 at 8 kg and 39 kg per m2 at 75 kg, by Mosteller's formula (N Engl J Med
# 1987;317:1098); the widest of rounded doses are let through. Confidence: high.
_KG_PER_M2: Final = (Decimal(15), Decimal(45))
_SIZES: Final = {"kg": "m2", "m2": "kg"}
_COMPARED: Final = frozenset({ReferenceKind.DOSE, ReferenceKind.CAP, ReferenceKind.CUMULATIVE})
# How far from the number words still qualify it.
_NEAR: Final = 60

# Words that set a dose apart from others of its drug: they must be said of both or of neither.
_APART: Final[tuple[tuple[str, str], ...]] = (
    ("adult", r"adults?|adult[oa]s?"),
    (
        "child",
        r"child(?:ren)?|pa?ediatric\w*|infants?|neonat\w*|nin[oa]s?|pediatric[oa]s?"
        r"|lactantes?|criancas?|lactentes?",
    ),
    ("loading", r"load(?:ing)?|bolus|carga|ataque|bolo|initial|starting|inicial|stat|test"),
    (
        "high",
        r"high[- ]?doses?|hd[- ]?\w*|altas? dos[ei]s|dos[ei]s altas?|alta dose|intensive"
        r"|conditioning|acondicionamiento|condicionamento|myeloablat\w+|mieloablat\w+",
    ),
    ("low", r"low[- ]?doses?|bajas? dos[ei]s|dos[ei]s bajas?|baixa dose|metronom\w+"),
    ("rescue", r"rescue|rescate|resgate"),
    ("palliative", r"palliat\w+|paliat\w+"),
)
# Parts of a treatment: where both name one, it must be the same.
_PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("induction", r"induc\w+|reinduc\w+|remis\w+"),
    ("consolidation", r"consolida\w+|intensif\w+"),
    ("maintenance", r"maint\w+|mant\w+|manut\w+|continuation|continuacion"),
)
# A name with at most a route or a form between it and the number.
_NAMED: Final = re.compile(rf"(?P<name>{NAME})[^\d.;\u2022]{{0,30}}$")
_WORDS: Final = {name: re.compile(rf"\b(?:{words})\b") for name, words in (*_APART, *_PARTS)}


def doubts_about(reference: DoseReference, of_drug: Sequence[DoseReference]) -> tuple[str, ...]:
    """What of the reference contradicts other documents, each doubt with the page that differs.

    Args:
        reference: the reference in question.
        of_drug: all references with its subject, also its own.
    """
    if reference.kind not in _COMPARED:
        return ()
    elsewhere = [
        each
        for each in of_drug
        if each.document_sha256 != reference.document_sha256 and each.kind is reference.kind
    ]
    return (*_tenfold(reference, elsewhere, of_drug), *_other_size(reference, elsewhere, of_drug))


def subject_of(reference: DoseReference) -> str:
    """The drug; where that is open, the name printed right before the number, if one is.

    Which drug an unknown name means is not settled, but two documents that print one name mean one.
    """
    if reference.drug is not None:
        return reference.drug
    for start, _ in _places(reference)[:1]:
        name = _NAMED.search(fold(reference.quote[:start]))
        return name["name"] if name else ""
    return ""


def _tenfold(
    reference: DoseReference, elsewhere: Sequence[DoseReference], of_drug: Sequence[DoseReference]
) -> Iterator[str]:
    """The first page elsewhere that states ten times or a tenth of it, where nobody supports it."""
    if any(_supports(other, reference) for other in of_drug):
        return
    for other in elsewhere:
        share = _share(reference, other)
        if share in (_TEN, 1 / _TEN) and _comparable(reference, other):
            times = "ten times" if share == _TEN else "a tenth of"
            yield f"doubtful: {times} what {_cited(other)} states; compare both pages"
            return


def _other_size(
    reference: DoseReference, elsewhere: Sequence[DoseReference], of_drug: Sequence[DoseReference]
) -> Iterator[str]:
    """The first page elsewhere, where all are by the other size and none comes to as much.

    Doses for a bounded population are left out: infants are given per kg what others get per m2.
    """
    size = denominator(reference.unit)
    if size not in _SIZES or _is_bounded(reference):
        return
    others = [one for one in elsewhere if denominator(one.unit) in _SIZES and not _is_bounded(one)]
    own = [one for one in of_drug if denominator(one.unit) == size and not _is_bounded(one)]
    is_only = all(_numbers(one) == _numbers(reference) for one in own if one not in others)
    by_other = [one for one in others if denominator(one.unit) == _SIZES[size]]
    comparable = [one for one in by_other if _comparable(reference, one)]
    amounts_agree = any(_equals(reference, one) for one in by_other)
    if not is_only or len(by_other) < len(others) or not comparable or amounts_agree:
        return
    yield (
        f"doubtful: per {size}, while every other document states this drug per {_SIZES[size]}, "
        f"as {_cited(comparable[0])} does; compare both pages"
    )


def _supports(other: DoseReference, reference: DoseReference) -> bool:
    """Whether another statement shows that the drug is given in this order of magnitude.

    Another document that states about as much does. In the same document, and in another edition of
    it, only another number does: a misprint may be repeated.
    """
    share = _share(reference, other)
    if share is None or other.kind is not reference.kind:
        return False
    alike = 1 / _ALIKE <= share <= _ALIKE
    return alike and (other.file != reference.file or share != 1)


def _comparable(reference: DoseReference, other: DoseReference) -> bool:
    """Whether the two state the same thing of the same patients, as far as both say."""
    return (
        _agree(reference.per, other.per)
        and _agree(reference.times_per_day, other.times_per_day)
        and _agree(len(reference.days) or None, len(other.days) or None)
        and _agree(reference.infusion_h, other.infusion_h)
        and _agree(reference.route, other.route)
        and (reference.route is Route.IT) == (other.route is Route.IT)
        and _bounds(reference.population) == _bounds(other.population)
        and _agree_on_diagnosis(reference.diagnoses, other.diagnoses)
        and _agree_in_words(reference, other)
    )


def _agree(own: object, other: object) -> bool:
    """What one of the two does not say does not set them apart."""
    return own is None or other is None or own == other


def _agree_on_diagnosis(own: Sequence[str], other: Sequence[str]) -> bool:
    return not own or not other or not set(own).isdisjoint(other)


def _agree_in_words(reference: DoseReference, other: DoseReference) -> bool:
    own, others = _qualifiers(reference), _qualifiers(other)
    parts = frozenset(name for name, _ in _PARTS)
    apart = own - parts == others - parts
    named = own & parts, others & parts
    return apart and (not all(named) or bool(named[0] & named[1]))


def _qualifiers(reference: DoseReference) -> frozenset[str]:
    """What the phase, the population and the words around the number say of the dose."""
    who = reference.population.text if reference.population else ""
    places = [
        place for value in _numbers(reference) for place in number_places(reference.quote, value)
    ]
    near = [reference.quote[max(0, start - _NEAR) : end + _NEAR] for start, end in places[:1]]
    words = fold(" ; ".join((reference.phase, who, *near)))
    return frozenset(name for name, pattern in _WORDS.items() if pattern.search(words))


def _places(reference: DoseReference) -> list[tuple[int, int]]:
    """Where the quote prints the numbers of the reference."""
    quote = reference.quote
    return [place for value in _numbers(reference) for place in number_places(quote, value)]


def _share(reference: DoseReference, other: DoseReference) -> Decimal | None:
    """How many times the other the reference is; None where the two do not compare."""
    own, others = _numbers(reference), _numbers(other)
    if len(own) != len(others) or not all(others):
        return None
    try:
        shares = {
            Quantity(mine, reference.unit).to(other.unit).value / theirs
            for mine, theirs in zip(own, others, strict=True)
        }
    except ValueError:
        return None
    return shares.pop() if len(shares) == 1 else None


def _equals(reference: DoseReference, other: DoseReference) -> bool:
    """Whether a dose per m2 and one per kg may come to the same amount in some body."""
    per_m2, per_kg = (
        (reference, other) if denominator(reference.unit) == "m2" else (other, reference)
    )
    low, high = _KG_PER_M2
    try:
        in_unit = [
            Quantity(each, numerator(per_m2.unit)).to(numerator(per_kg.unit)).value
            for each in _numbers(per_m2)
        ]
    except ValueError:
        return False
    return any(
        low <= mine / theirs <= high for mine in in_unit for theirs in _numbers(per_kg) if theirs
    )


def _numbers(reference: DoseReference) -> tuple[Decimal, ...]:
    stated = (reference.value, reference.minimum, reference.maximum)
    return tuple(each for each in stated if each is not None)


def _is_bounded(reference: DoseReference) -> bool:
    return any(bound is not None for bound in _bounds(reference.population)[:6])


def _bounds(population: Population | None) -> tuple[object, ...]:
    """The bounds of a population, without its words."""
    one = population or Population()
    return (
        one.age_months_min,
        one.age_months_max,
        one.weight_kg_min,
        one.weight_kg_max,
        one.bsa_m2_min,
        one.bsa_m2_max,
        one.metastatic,
        one.risk_groups,
    )


def _cited(other: DoseReference) -> str:
    amounts = " to ".join(format(each.normalize(), "f") for each in _numbers(other))
    page = f", page {other.page}" if other.page else ""
    return f"{other.file}{page} ({amounts} {other.unit})"
