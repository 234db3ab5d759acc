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
)
_LABEL: Final = re.compile(rf"\W*{_SHORT}\b")


def short_names(named: Term, texts: Iterable[str]) -> frozenset[str]:
    """The short names that texts of one document give the drug, and no other."""
    own: set[str] = set()
    others: set[str] = set()
    for text in texts:
        for match in (found for printed in _PRINTED for found in printed.finditer(text)):
            is_named = named.stands_in(f" {cognate_keys(match['name'])} ")
            (own if is_named else others).add(match["short"])
    return frozenset(own - others)


def is_labelled(quote: str, shorts: frozenset[str]) -> bool:
    """Whether a row or an item begins with one of the short names."""
    label = _LABEL.match(quote)
    return label is not None and label["short"] in shorts
