"""Names of drug combinations, such as `VDC` or `OEPA`, and the drugs whose letters they are.

Vocabulary only: which drugs a name stands for, never their doses or days. Decides where such a
name stands in a text.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class AcronymMention:
    """A combination's name at [start, end) of plain text, with its drugs in the name's order."""

    start: int
    end: int
    name: str
    drugs: tuple[str, ...]


def find_acronyms(text: str) -> tuple[AcronymMention, ...]:
    """All combination names in plain text, in capitals as printed; `VDC/IE` is one name."""
    mentions: list[AcronymMention] = []
    for match in _pattern().finditer(text):
        mention = AcronymMention(match.start(), match.end(), match.group(), _drugs()[match.group()])
        previous = mentions[-1] if mentions else None
        if previous and re.fullmatch(r" ?[/-] ?", text[previous.end : mention.start]):
            mentions[-1] = _joined(previous, mention)
        else:
            mentions.append(mention)
    return tuple(mentions)


def _joined(first: AcronymMention, second: AcronymMention) -> AcronymMention:
    drugs = tuple(dict.fromkeys(first.drugs + second.drugs))
    return AcronymMention(first.start, second.end, f"{first.name}/{second.name}", drugs)


@cache
def _drugs() -> dict[str, tuple[str, ...]]:
    source = resources.files("fuente.dosing") / "data" / "acronyms.csv"
    with source.open(encoding="utf-8") as lines:
        return {
            row["acronym"]: tuple(row["components"].split(";")) for row in csv.DictReader(lines)
        }


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_drugs(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
