"""Short names a document prints for a drug: `PZA: Pyrazinamide`, `Pyrazinamide (PZA)` (pure).

Decides only by what the document itself prints. A short name it gives to another drug too is
nobody's.
"""

import re
from collections.abc import Iterable
from typing import Final

from fuente.evidence.cognates import cognate_keys
from fuente.evidence.question import Term

_SHORT: Final = r"(?P<short>[A-Z]{2,6})"
_NAME: Final = r"(?P<name>[^\W\d_]{5,})"
_PRINTED: Final = (
    re.compile(rf"\b{_SHORT} ?[:=]\s?{_NAME}"),
    re.compile(rf"\b{_NAME}\s\({_SHORT}\)"),
    re.compile(rf"\b{_SHORT}\s\({_NAME}\)"),
)
_LABEL: Final = re.compile(rf"\W*{_SHORT}\b")
# An item of a list that begins with a band goes on with the drug of the item above it:
# `BDQ over 30 kg: 400 mg` and below it `16-30 kg: 200 mg`.
_BAND: Final = re.compile(r"\W*\d")


def short_names(named: Term, texts: Iterable[str]) -> frozenset[str]:
    """The short names that texts of one document give the drug, and no other."""
    own: set[str] = set()
    others: set[str] = set()
    for text in texts:
        for match in (found for printed in _PRINTED for found in printed.finditer(text)):
            is_named = named.stands_in(f" {cognate_keys(match['name'])} ")
            (own if is_named else others).add(match["short"])
    return frozenset(own - others)


def is_labelled(quote: str, shorts: frozenset[str], starts: Iterable[int] = ()) -> bool:
    """Whether a row, or the item of a list that a number stands in, begins with a short name.

    `starts` are the places of the number in the quote.
    """
    return _begins(quote, shorts) or any(_item_begins(quote[:one], shorts) for one in starts)


def _item_begins(before: str, shorts: frozenset[str]) -> bool:
    """Whether the item that ends here, or the one it goes on from, begins with a short name."""
    for item in reversed(before.splitlines()):
        if not _BAND.match(item):
            return _begins(item, shorts)
    return False


def _begins(text: str, shorts: frozenset[str]) -> bool:
    label = _LABEL.match(text)
    return label is not None and label["short"] in shorts
