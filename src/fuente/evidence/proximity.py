"""How near the words of a question stand to a number in a quote (pure).

A passage may state ten doses; the one asked about is the one whose neighbours are the words of the
question. It measures distance in words and decides nothing.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from fuente.evidence.cognates import cognate_keys
from fuente.evidence.question import Term

# At this many words from the number a term counts for half: about the length of a table row or of
# one clause of a sentence.
_HALF: Final = 6.0
# What a number belongs to is printed before it; behind the end of its clause the next one begins.
_NEXT: Final = re.compile(r"[.;]\s|\n")
_BEYOND: Final = 3


def nearness(
    quote: str,
    places: Sequence[tuple[int, int]],
    terms: Sequence[Term],
    weights: Mapping[str, float],
) -> float:
    """Between 0 (no term in the quote) and 1 (all terms beside the number), by weight.

    `places` are where the number is printed, as [start, end) of the quote.
    """
    whole = sum(weights[term.label] for term in terms)
    if not whole or not places:
        return 0.0
    return max(_around(quote, place, terms, weights) for place in places) / whole


def _around(
    quote: str, place: tuple[int, int], terms: Sequence[Term], weights: Mapping[str, float]
) -> float:
    before = cognate_keys(quote[: place[0]]).split()[::-1]
    after = _behind(quote[place[1] :])
    return sum(weights[term.label] * _decayed(term, before, after) for term in terms)


def _behind(text: str) -> list[str]:
    """The keys behind a number, those of the next clause some places further away."""
    end = _NEXT.search(text)
    if end is None:
        return cognate_keys(text).split()
    clause, rest = text[: end.start()], text[end.end() :]
    return [*cognate_keys(clause).split(), *[""] * _BEYOND, *cognate_keys(rest).split()]


def _decayed(term: Term, before: Sequence[str], after: Sequence[str]) -> float:
    distances = [
        distance
        for form in term.forms
        for distance in (_first(form[::-1], before), _first(form, after))
        if distance is not None
    ]
    return _HALF / (_HALF + min(distances)) if distances else 0.0


def _first(form: tuple[str, ...], keys: Sequence[str]) -> int | None:
    for place in range(len(keys) - len(form) + 1):
        if keys[place] == form[0] and tuple(keys[place : place + len(form)]) == form:
            return place
    return None
