"""What a sentence written by the model must satisfy to be kept.

The model writes words around slots; code fills the slots. A sentence is kept only if every fact of
its draft stands in it once and in order, and nothing else in it could be a fact: no digit, no
number word, no drug, no word outside the plain vocabulary of its section.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from fuente.generation.drafts import SLOT, Draft, fill
from fuente.generation.plain_words import PLAIN_WORDS
from fuente.generation.wording import Tongue

# How close the model's wording must stay to the draft, as the ratio of matching words. Below it,
# sentences of the embedded 135M model were read to be ungrammatical more often than not.
_CLOSENESS: Final = 0.6
_LONGEST: Final = 60
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the narrative: its section, its text, and whose words they are."""

    section: str
    text: str
    by: str


def slot_regex(draft: Draft) -> str:
    """The grammar of a model's sentence: free words without digits around the slots in order."""
    free = r"[^0-9\[\]\n]{0,70}"
    slots = "".join(rf"\[{name}\]{free}" for name in draft.slot_order)
    return free + slots


def accept(draft: Draft, written: str, tongue: Tongue) -> Sentence | None:
    """The model's sentence with its slots filled, or None when a check fails."""
    template = " ".join(written.split())
    if tuple(SLOT.findall(template)) != draft.slot_order:
        return None
    text = fill(template, draft.slots)
    if problems(draft, text, tongue) or not _reads_well(draft.template, template):
        return None
    return Sentence(draft.section, text, "model")


def render(draft: Draft) -> Sentence:
    """The sentence as code writes it."""
    return Sentence(draft.section, draft.render(), "rendered")


def problems(draft: Draft, text: str, tongue: Tongue) -> tuple[str, ...]:
    """What is wrong with a filled sentence, empty when every word of it is accounted for."""
    rest: list[str] = []
    position = 0
    for name in draft.slot_order:
        found = text.find(draft.slots[name], position)
        if found < 0:
            return (f"{name} {draft.slots[name]!r} is missing or out of order",)
        rest.append(text[position:found])
        position = found + len(draft.slots[name])
    rest.append(text[position:])
    return tuple(_stray(" ".join(rest), draft, tongue))


def _stray(rest: str, draft: Draft, tongue: Tongue) -> list[str]:
    if re.search(r"\d", rest):
        return ["a number that is not of the record"]
    allowed = PLAIN_WORDS[tongue] | _words(SLOT.sub(" ", draft.template))
    return [f"the word {word!r}" for word in sorted(_words(rest) - allowed)]


def _reads_well(draft: str, written: str) -> bool:
    tokens, own = draft.split(), written.split()
    close = SequenceMatcher(a=_folded(tokens), b=_folded(own)).ratio() >= _CLOSENESS
    return (
        close
        and _bound(draft) == _bound(written)
        and len(own) <= _LONGEST
        and written[:1] in draft[:1] + "[ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÍÓÚ"
        and written.endswith(".")
        and written.count(".") == draft.count(".")
        and not any(first == second for first, second in pairwise(own))
    )


def _bound(template: str) -> list[str]:
    """The token before each slot: `on [date]` must not become `with [date]`."""
    tokens = ["", *_folded(template.split())]
    return [first for first, second in pairwise(tokens) if second.startswith("[")]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORDS.findall(_composed(text)))


def _folded(tokens: Sequence[str]) -> list[str]:
    return [_composed(token).casefold() for token in tokens]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
