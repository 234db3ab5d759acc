"""Several drugs in one phrase: triple intrathecal injections and combinations joined by `+`.

Gives each drug its own amount and, where it is stated for that drug alone, its own schedule.
"""

import re
from dataclasses import replace
from typing import Final

from fuente.dosing.amounts import Amount, AmountRole
from fuente.dosing.bounds import find_bounds
from fuente.dosing.drugs import DrugMention, load_vocabulary
from fuente.dosing.expression import Component, DoseExpression, StatedAmount
from fuente.dosing.numbers import NUMBER, parse_number
from fuente.dosing.phrase import Phrase
from fuente.dosing.remainder import Remainder
from fuente.dosing.routes import find_route
from fuente.dosing.special_statements import joined_bounds
from fuente.dosing.timing import timing_fields
from fuente.dosing.timing_words import Stated, take_timing
from fuente.dosing.unit_settling import settle_unit
from fuente.dosing.units import read_unit

_TRIPLE: Final = re.compile(r"\btripl[ea]\b|\bitt\b|\btit\b")
_SLASHED: Final = re.compile(rf"{NUMBER}(?: ?[/+] ?\d+(?:[.,]\d+)?){{1,3}}(?= ?[a-z])")
_OWN_KEYS: Final = ("n_days", "n_doses", "days")


def read_combination(phrase: Phrase) -> DoseExpression | None:
    """The components of a phrase with two drugs or more that each have an amount."""
    pairs = _slashed_pairs(phrase) or _pairs(phrase)
    if len({mention.surface for mention, _ in pairs}) < 2:
        return None
    route = find_route(phrase.printed_without_amounts())
    schedules, shared = _schedules(phrase, pairs)
    components = tuple(
        replace(_component(pair, schedule, route), cap=_cap(phrase, pairs, place))
        for place, (pair, schedule) in enumerate(zip(pairs, schedules, strict=True))
    )
    triple = bool(_TRIPLE.search(phrase.words)) or (route == "IT" and len(components) >= 3)
    bounds = find_bounds(phrase.without_amounts(), phrase.language)
    expression = DoseExpression(
        components=components,
        route=route,
        triple_it=triple,
        age_band=joined_bounds(bounds, phrase.words) if bounds else None,
    )
    return replace(expression, **{key: value for key, value in shared.items() if key != "per"})


def drugs_with_doses(phrase: Phrase) -> tuple[int, ...]:
    """Where, in the plain text, the words of each drug with an amount of its own begin."""
    return tuple(min(mention.start, amount.start) for mention, amount in _pairs(phrase))


def _pairs(phrase: Phrase) -> list[tuple[DrugMention, Amount]]:
    """Each drug with its first dose: the amount after it, or before it where none follows."""
    doses = [one for one in phrase.amounts if one.role is AmountRole.DOSE]
    named_first = bool(phrase.mentions and doses) and phrase.mentions[0].start < doses[0].start
    pairs: list[tuple[DrugMention, Amount]] = []
    for place, mention in enumerate(phrase.mentions):
        if named_first:
            end = _start_of_next(phrase, place)
            own = [one for one in doses if mention.end <= one.start < end]
        else:
            begin = phrase.mentions[place - 1].end if place else 0
            own = [one for one in doses if begin <= one.start < mention.start]
        if own:
            pairs.append((mention, own[0]))
    return pairs


def _start_of_next(phrase: Phrase, place: int) -> int:
    following = phrase.mentions[place + 1 :]
    return following[0].start if following else len(phrase.words)


def _slashed_pairs(phrase: Phrase) -> list[tuple[DrugMention, Amount]]:
    """`MTX/HC/Ara-C 12/24/36 mg`: as many numbers as drugs, in the same order."""
    match = _SLASHED.search(phrase.words)
    found = read_unit(phrase.words, match.end() + 1) if match else None
    if match is None:
        return []
    found = found or read_unit(phrase.words, match.end())
    numbers = re.split(r" ?[/+] ?", match.group())
    if found is None or len(numbers) != len(phrase.mentions):
        return []
    return [
        (mention, Amount(match.start(), found[1], parse_number(number, phrase.language), found[0]))
        for mention, number in zip(phrase.mentions, numbers, strict=True)
    ]


def _schedules(
    phrase: Phrase, pairs: list[tuple[DrugMention, Amount]]
) -> tuple[list[Stated], Stated]:
    """The schedule of each component, and what stands only once and holds for all."""
    words = phrase.without_amounts()
    first = min(pairs[0][0].start, pairs[0][1].start)
    before = timing_fields(take_timing(Remainder(words[:first]), phrase.language), None)
    schedules: list[Stated] = []
    for place, (mention, amount) in enumerate(pairs):
        begin = min(mention.start, amount.start)
        following = pairs[place + 1] if place + 1 < len(pairs) else None
        end = min(following[0].start, following[1].start) if following else len(words)
        stated = take_timing(Remainder(words[begin:end]), phrase.language)
        dose = DoseExpression(value=amount.value, unit=amount.unit, per=amount.per)
        schedules.append(timing_fields(stated, dose))
    alone = all(not any(key in one for key in _OWN_KEYS) for one in schedules[:-1])
    shared = {**before, **(schedules[-1] if alone else {})}
    if alone:
        schedules[-1] = {}
    return schedules, shared


def _cap(
    phrase: Phrase, pairs: list[tuple[DrugMention, Amount]], place: int
) -> StatedAmount | None:
    """The cap printed after this component and before the next."""
    start = pairs[place][1].end
    end = pairs[place + 1][0].start if place + 1 < len(pairs) else len(phrase.words)
    for amount in phrase.amounts:
        if amount.role is AmountRole.CAP and start <= amount.start < end:
            return StatedAmount(amount.value, amount.unit, amount.per)
    return None


def _component(pair: tuple[DrugMention, Amount], schedule: Stated, route: str | None) -> Component:
    mention, amount = pair
    drug = load_vocabulary().resolve(mention.surface, amount.value, amount.unit, route)
    drug = drug or mention.drug
    return Component(
        drug=drug.inn if drug else None,
        value=amount.value,
        value_max=amount.value_max,
        unit=settle_unit(drug, amount.value, amount.unit).unit,
        per=amount.per,
        route=route,
        **{key: schedule[key] for key in _OWN_KEYS if key in schedule and key != "days"},
        days=schedule.get("days", ()),
    )
