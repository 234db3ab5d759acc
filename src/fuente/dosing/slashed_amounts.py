"""Amounts of a fixed combination, printed `a/b mg`: which number is whose.

The numbers belong to the names in the order of both (`amoxicillin/clavulanic acid 875/125 mg`).
Where no names are joined so, or another count of them, none of the numbers is anybody's dose.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.amounts import Amount
from fuente.dosing.numbers import parse_number

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_BEFORE: Final = re.compile(rf"(?<![\w.,/-])(?P<numbers>(?:{_NUMBER} ?/ ?)+)$")
_GROUP: Final = re.compile(rf"{_NUMBER}(?: ?/ ?{_NUMBER})+")
_NAME: Final = r"[a-z][a-z-]{3,}(?: acid)?"
_NAMES: Final = re.compile(rf"(?<![a-z/]){_NAME}(?: ?[/+] ?{_NAME})+")
_JOINT: Final = re.compile(r" ?[/+] ?")


@dataclass(frozen=True, slots=True)
class Share:
    """One number of a combination, and where the name it belongs to stands."""

    value: Decimal
    start: int
    end: int


def is_slashed(words: str, amount: Amount) -> bool:
    """Whether the amount is the last number of `a/b mg`."""
    return _BEFORE.search(words[: amount.start]) is not None


def shares_of(words: str, amount: Amount, language: Language) -> tuple[Share, ...]:
    """The numbers of a combination with their names, empty where they do not pair."""
    before = _BEFORE.search(words[: amount.start])
    if before is None or amount.value_max is not None:
        return ()
    earlier = [parse_number(each, language) for each in re.findall(_NUMBER, before["numbers"])]
    numbers = [each * amount.reading.factor for each in earlier] + [amount.value]
    groups = list(_NAMES.finditer(words, 0, before.start()))
    if not groups:
        return ()
    names = _places(groups[-1])
    if len(names) != len(numbers):
        return ()
    return tuple(Share(number, *place) for number, place in zip(numbers, names, strict=True))


def name_of_number(words: str, start: int) -> str:
    """The name that the number at `start` of `x/y a/b` belongs to, empty where it is in no pair."""
    before = _BEFORE.search(words[:start])
    own = before.start() if before else start
    whole = _GROUP.match(words, own)
    groups = list(_NAMES.finditer(words, 0, own))
    if whole is None or not groups:
        return ""
    names, place = _places(groups[-1]), words.count("/", own, start)
    counted = whole.group().count("/") + 1
    return words[slice(*names[place])] if counted == len(names) else ""


def _places(group: re.Match[str]) -> list[tuple[int, int]]:
    places, start = [], group.start()
    for joint in _JOINT.finditer(group.group()):
        places.append((start, group.start() + joint.start()))
        start = group.start() + joint.end()
    return [*places, (start, group.end())]
