"""One dose given in parts: so much in the first half hour, the rest over the next day.

Recognises amounts of the same drug that each have their own duration, and shares in percent of
one amount. Adds the parts up and nothing more.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.amounts import Amount, AmountRole
from fuente.dosing.expression import InfusionPart
from fuente.dosing.numbers import parse_number
from fuente.dosing.phrase import Phrase

_DURATION: Final = re.compile(
    r"(?:over|in|en|em|durante|during|for|infusion (?:de|of)|as an?|,)? ?(?P<n>\d+(?:[.,]\d+)?) ?-?"
    r"(?P<unit>h(?:ours?|rs?|oras?|s)?\b|min(?:utes?|utos?|s)?\b)"
)
_JOINT: Final = re.compile(
    r"\bthen\b|follow|luego|seguid[ao]|despues|depois|\bplus\b|\+|\band\b|\by\b|\be\b|\bmas\b"
    r"|\bmais\b|,|;|\brest"
)
_SHARE: Final = re.compile(
    r"(?P<percent>\d+(?:[.,]\d+)?) ?%(?: (?:of|de|da|del)(?: (?:the|la|a))? (?:dose|dosis|total))?"
    r"(?: (?:as|como|in|en|em|over|durante|bolus|bolo|infusion|a|an))*[ ,(]* ?(?P<n>\d+"
    r"(?:[.,]\d+)?) ?-?"
    r"(?P<unit>h(?:ours?|rs?|oras?|s)?\b|min(?:utes?|utos?|s)?\b)"
)


@dataclass(frozen=True, slots=True)
class DoseParts:
    """The parts and what they add up to; together they run `infusion_h` hours."""

    parts: tuple[InfusionPart, ...]
    total: Decimal

    @property
    def infusion_h(self) -> Decimal:
        """The hours of all parts."""
        return sum((part.infusion_h or Decimal(0) for part in self.parts), Decimal(0))


def read_parts(phrase: Phrase) -> DoseParts | None:
    """The parts of a dose given in parts; None when it is given in one."""
    doses = [amount for amount in phrase.amounts if amount.role is AmountRole.DOSE]
    if len(doses) == 1:
        return _shares(phrase, doses[0])
    if len(doses) < 2 or len({amount.unit for amount in doses}) > 1:
        return None
    return _amounts_with_durations(phrase, doses)


def _shares(phrase: Phrase, dose: Amount) -> DoseParts | None:
    shares = list(_SHARE.finditer(phrase.words))
    percents = [parse_number(share["percent"], phrase.language) for share in shares]
    if len(shares) < 2 or sum(percents) != 100:
        return None
    parts = tuple(
        InfusionPart(dose.value * percent / 100, _hours(share, phrase))
        for share, percent in zip(shares, percents, strict=True)
    )
    return DoseParts(parts, dose.value)


def _amounts_with_durations(phrase: Phrase, doses: list[Amount]) -> DoseParts | None:
    parts: list[InfusionPart] = []
    for place, dose in enumerate(doses):
        end = doses[place + 1].start if place + 1 < len(doses) else len(phrase.words)
        after = phrase.words[dose.end : end]
        duration = _DURATION.search(after)
        joined = place + 1 == len(doses) or _JOINT.search(after)
        if duration is None or not joined:
            return None
        parts.append(InfusionPart(dose.value, _hours(duration, phrase)))
    return DoseParts(tuple(parts), sum((part.value for part in parts), Decimal(0)))


def _hours(match: re.Match[str], phrase: Phrase) -> Decimal:
    number = parse_number(match["n"], phrase.language)
    return number / 60 if match["unit"].startswith("min") else number
