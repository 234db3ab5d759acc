"""One phrase about a dose, split into the drugs it names, the amounts it states and the rest.

Decides which drug an amount belongs to and what `until` clause ends a phrase. Does not interpret.
"""

import re
from dataclasses import dataclass
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, find_amounts
from fuente.dosing.drugs import DrugMention, load_vocabulary
from fuente.dosing.plain_text import plain
from fuente.dosing.remainder import BLANK

_UNTIL: Final = re.compile(
    r"\b(?:until|till|hasta|ate) (?!(?:el |la |o )?(?:dia|day|d ?[+-]?\d|semana|week|\d|un? "
    r"(?:maxim|total|dosis)|(?:[ao]l? |no |lo )?max|completar|los \d|a (?:total|dose|max)|total"
    r"|that|que se))"
    r"(?:(?:the|a|la|el|que|o|su) )*(?P<rest>[a-z][^;()]*?)(?=[;()]|, (?:max|dias?|days?|iv"
    r"|sc|po)|\.$|$)"
)
_UNTIL_MEANS: Final[tuple[tuple[str, str], ...]] = (
    (
        "ANC recovery",
        r"\banc\b|neutro|\bran\b|granulo|hemogram|haemat|hemat|count|recuento"
        r"|\bwbc\b|leuco|recuperacion|recuperacao|recovery|contag",
    ),
    ("engraftment", r"engraft|prendimiento|injerto|enxert|pega|implante"),
    ("progression", r"progres"),
    ("MTX level", r"\bmtx\b|methotrexate|metotrexato|level|nivel"),
    ("remission", r"remis"),
)
# A drug named only to say when or with what another one is given.
_ASIDE: Final = re.compile(
    r"(?:\bafter\b|\bfollowing\b|\bpost\b|\btras\b|\bdespues de(?:l| la)?|\bapos\b(?: o| a)?"
    r"|\bdepois d[eoa]|\bbefore\b|\bantes d[eoa]l?|\bwith\b|\bcon\b|\bcom\b|\bthan\b"
    r"|% (?:of|de|da|del))"
    r"(?: (?:the|la|el|o|a|start|inicio|end|fin|of|de|del|do|da|infusion|each|cada"
    r"|every|dose|dosis|dosage))* ?$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in plain text (`text` with case, `words` in lower case with drug names blanked)."""

    text: str
    words: str
    mentions: tuple[DrugMention, ...]
    amounts: tuple[Amount, ...]
    until: str | None
    language: Language | None

    def main_mention(self, amount: Amount | None) -> DrugMention | None:
        """The drug an amount belongs to: the nearest named before it, asides left out."""
        candidates = [one for one in self.mentions if not self.is_aside(one)] or list(self.mentions)
        before = [one for one in candidates if amount is None or one.start < amount.start]
        return before[-1] if before and amount else next(iter(candidates), None)

    def is_aside(self, mention: DrugMention) -> bool:
        """Whether the drug is named only beside another (`after methotrexate`, `con mesna`)."""
        return bool(_ASIDE.search(self.text[: mention.start].lower())) and len(self.mentions) > 1

    def without_amounts(self) -> str:
        """The words with the amounts blanked too."""
        words = self.words
        for amount in self.amounts:
            words = _blanked(words, amount.start, amount.end)
        return words

    def printed_without_amounts(self) -> str:
        """The text in its case with amounts and drug names blanked."""
        shown = self.without_amounts()
        return "".join(
            letter if plain_letter != BLANK else BLANK
            for letter, plain_letter in zip(self.text, shown, strict=True)
        )


def read_phrase(printed: str, language: Language | None) -> Phrase:
    """Split a printed phrase."""
    text = plain(printed).text
    until = _UNTIL.search(text.lower())
    if until is not None:
        text = _blanked(text, until.start(), until.end())
    mentions = load_vocabulary().find(text, language)
    words = text.lower()
    for mention in mentions:
        words = _blanked(words, mention.start, mention.end)
    amounts = tuple(
        amount for amount in find_amounts(words, language) if not amount.reading.is_concentration
    )
    meaning = _until_meaning(until["rest"]) if until else None
    return Phrase(text, words, mentions, amounts, meaning, language)


def _until_meaning(rest: str) -> str:
    for meaning, pattern in _UNTIL_MEANS:
        if re.search(pattern, rest):
            return meaning
    return rest.strip(" .,")


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + BLANK * (end - start) + text[end:]
