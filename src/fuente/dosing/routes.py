"""Routes of administration in words and short forms of three languages.

Short forms need their capitals or dots where they are also ordinary words (`it`, `ia`). Knows
nothing of which drug may go which way.
"""

import re
from typing import Final

_ROUTES: Final[tuple[tuple[str, str], ...]] = (
    ("intravitreal", r"(?i:intra-?vitre(?:al(?:ly)?|[ao]))|IVit"),
    ("periocular", r"(?i:peri-?ocular|sub-?tenon(?:iano)?|subconjuntival|subconjunctival)"),
    (
        "IT",
        r"\bI\.?T\.?T?\b\.?|\bTIT\b|\bI\.T\.|\bi\.t\.|(?i:\bintra-?t(?:h)?ecal(?:ly|es"
        r"|mente|is)?|intraraquide[ao]|\bintraventricular|\bintra-?thecaly)",
    ),
    (
        "IA",
        r"\bI\.?A\.?\b|\bi\.a\.|(?i:intra-?arterial(?:ly)?|ophthalmic arter\w+"
        r"|arteria oftalmica)",
    ),
    ("IM", r"(?i:\bi\.?m\b\.?|intra-?muscular(?:ly|mente|es)?)"),
    ("SC", r"(?i:\bs\.?c\b\.?|sub-?cutane\w+|\bsubcut\b|\bs\.?q\b\.?|\bsubq\b)"),
    (
        "PO",
        r"(?i:\bp\.o\.?|\bpo\b|\bv\.?o\b\.?|\boral(?:ly|mente|es)?\b|\bby mouth\b"
        r"|\bper os\b|\bvia oral\b|\bpor boca\b|\bp/o\b)",
    ),
    (
        "IV",
        r"(?i:\bi\.?v\.?i?\b\.?|\be\.?v\b\.?|intra-?venos[ao]s?|intra-?venous(?:ly)?"
        r"|endo-?venos[ao]s?|\bivp\b|\bcivi?\b)",
    ),
)
_PATTERNS: Final = tuple((route, re.compile(words)) for route, words in _ROUTES)
# A place on the body rather than a route, and a stage rather than a vein.
_NOT_A_ROUTE: Final = re.compile(r"(?:(?i:stage|estadio|grade|grado|group|type|tipo)) ?$")


def find_route(text: str) -> str | None:
    """The route printed first in plain text (case kept), or None."""
    found = [
        (match.start(), route)
        for route, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not _NOT_A_ROUTE.search(text[: match.start()])
    ]
    return min(found)[1] if found else None
