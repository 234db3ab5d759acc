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
_SIGNS: Final = ",.;:"
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
    return None if problems(draft, text, tongue) else Sentence(draft.section, text, "model")


def render(draft: Draft) -> Sentence:
    """The sentence as code writes it."""
    return Sentence(draft.section, draft.render(), "rendered")


def problems(draft: Draft, text: str, tongue: Tongue) -> tuple[str, ...]:
    """What is wrong with a filled sentence, empty when every word of it is accounted for."""
    if not draft.slots:
        # Nothing but its words states the fact: `no metastases` is one word from the opposite.
        same = text == draft.template
        return () if same else (f"the record says {draft.template!r}",)
    pieces = _between_slots(draft, text)
    if isinstance(pieces, str):
        return (f"{pieces} {draft.slots[pieces]!r} is missing or out of order",)
    stray = tuple(_stray(" ".join(pieces), draft, tongue))
    if stray:
        return stray
    names = (*(f"[{name}]" for name in draft.slot_order), "")
    template = "".join(piece + name for piece, name in zip(pieces, names, strict=True))
    if _stated(template, tongue) != _stated(draft.template, tongue):
        return ("words that state something are missing or in another order",)
    return () if _reads_well(draft.template, template) else ("not a sentence of this draft",)


def _between_slots(draft: Draft, text: str) -> list[str] | str:
    """The text around the slots' words, or the name of the first slot that is not there."""
    pieces: list[str] = []
    position = 0
    for name in draft.slot_order:
        found = text.find(draft.slots[name], position)
        if found < 0:
            return name
        pieces.append(text[position:found])
        position = found + len(draft.slots[name])
    return [*pieces, text[position:]]


def _stray(rest: str, draft: Draft, tongue: Tongue) -> list[str]:
    plain = SLOT.sub(" ", draft.template)
    if any(sign.isnumeric() for sign in rest):
        return ["a number that is not of the record"]
    signs = {s for s in _WORDS.sub("", _composed(rest)) if not s.isspace()} - set(_SIGNS + plain)
    words = _words(rest) - PLAIN_WORDS[tongue] - _words(plain)
    return [f"the word {one!r}" for one in sorted(words)] + [
        f"the sign {one!r}" for one in sorted(signs)
    ]


def _stated(template: str, tongue: Tongue) -> list[str]:
    """Slots and words that are not plain, in order: what the sentence says."""
    tokens = re.findall(rf"{SLOT.pattern}|({_WORDS.pattern})", _composed(template).casefold())
    return [slot or word for slot, word in tokens if slot or word not in PLAIN_WORDS[tongue]]


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
