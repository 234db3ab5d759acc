"""Repairs misspelt words of a request before it is read.

Only a long word that is not known, and that is one or two letters away from exactly one nearest
known word, is changed. Names of drugs and tumours outside the vocabulary stay as they are.
"""

import re
from functools import cache
from typing import Final

from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.folding import fold
from fuente.patients.catalogue import load_catalogue
from fuente.patients.naming import singular, spelled
from fuente.patients.request_outside import outside_words
from fuente.patients.request_words import cue_words, numbers, ordinary_words, signal_words

_WORD: Final = re.compile(r"[^\W\d_]+")
# Abbreviations that are ordinary words or nothing in lower case, and what they stand for.
_CAPITALS: Final = {
    "IT": "intrathecal",
    "TIT": "triple intrathecal",
    "QTIT": "intrathecal chemotherapy",
    "MAP": "chemotherapy",
    "IVA": "chemotherapy",
    "IE": "chemotherapy",
    "ICE": "chemotherapy",
    "CEV": "chemotherapy",
    "AV": "chemotherapy",
    "AVD": "chemotherapy",
    "FLAG": "chemotherapy",
    "BEACON": "chemotherapy",
}
# One word for two treatments, written out as both.
_COMBINED: Final = re.compile(
    r"(?i)\b(?:chemo-?radio(?:therapy|therapies|tion)?|chemo-?radiation|radio-?chemotherapy|"
    r"quimio-?rr?adioterapia|radio-?quimioterapia|chemo-?irradiation)\b"
)
_UNSAID: Final = ("un", "in", "non", "no", "des")
_SHORTEST: Final = 6
_WISH: Final = re.compile(
    r"(?<![a-z])(?:with|has|having|suffering from|who suffers|con|tiene|padece|que sufre)\s+"
    r"((?:[a-z-]+\s*){1,4})"
)
_WISH_SHORTEST: Final = 5
_TWO_EDITS_FROM: Final = 9


def repair(text: str) -> str:
    """The text with misspelt words repaired and telling abbreviations written out."""
    shouted = text.upper() == text
    text = _COMBINED.sub("chemotherapy + radiotherapy", text)
    return _WORD.sub(lambda match: _repaired(match.group(), shouted), text)


def unread_wish(folded: str) -> str:
    """The first word after `with` and the like that no part of the parser knows; else empty."""
    for wish in _WISH.finditer(folded):
        for word in wish.group(1).replace("-", " ").split():
            if len(word) >= _WISH_SHORTEST and not _is_known(word):
                return word
    return ""


def _repaired(word: str, shouted: bool) -> str:
    if not shouted and word in _CAPITALS:
        return _CAPITALS[word]
    folded = fold(word)
    if len(folded) < _SHORTEST or not folded.isascii():
        return word
    return word if _is_known(folded) else _nearest(folded) or word


def _is_known(word: str) -> bool:
    known = _known()
    forms = (word, singular(word), f"{word}s", spelled(word), singular(spelled(word)))
    return any(form in known for form in forms)


@cache
def _known() -> frozenset[str]:
    return (
        frozenset(singular(word) for word in _targets()) | _targets() | outside_words() | _plain()
    )


@cache
def _plain() -> frozenset[str]:
    drugs = {
        fold(part)
        for drug in load_vocabulary()
        for name in (drug.inn, drug.inn_es, drug.inn_pt, *drug.synonyms)
        for part in _WORD.findall(name)
    }
    return frozenset({*ordinary_words(), *cue_words(), *drugs, *numbers()})


@cache
def _targets() -> frozenset[str]:
    """Words a misspelling is corrected to: signals and the names of diagnoses."""
    words = signal_words() | load_catalogue().words()
    return frozenset(word for word in words if len(word) >= _SHORTEST)


@cache
def _nearest(word: str) -> str | None:
    allowed = 2 if len(word) >= _TWO_EDITS_FROM else 1
    for limit in range(1, allowed + 1):
        near = sorted(t for t in _targets() if _within(word, t, limit) and not _denies(word, t))
        if near:
            return near[0] if _agree(near) else None
    return None


def _denies(word: str, target: str) -> bool:
    """`unrelated` is no misspelt `related`."""
    return any(word == f"{prefix}{target}" for prefix in _UNSAID)


def _agree(near: list[str]) -> bool:
    """Whether all candidates are forms of one word, so that choosing one changes nothing."""
    return all(_within(near[0], other, 2) for other in near[1:])


def _within(word: str, other: str, limit: int) -> bool:
    """Whether at most `limit` insertions, deletions, replacements or swaps lead to the other."""
    if abs(len(word) - len(other)) > limit:
        return False
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        row = [i]
        for j, target in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == target:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
        before_last, last = last, row
    return last[-1] <= limit
