"""Names of drugs that the vocabulary does not hold, known by the stem of their class.

An international name ends in the stem of its class, in the spelling of each language. That tells
that a word is a drug's name, and no more: which drug it is stays open.
"""

import re
from typing import Final

# Common stems of the World Health Organization's Stem Book (2018), with their Spanish and
# Portuguese endings.
_ENDINGS: Final = (
    r"mabe?|nibe?|ci(?:ll|l)ina?|m[yi]cina?|kacina?|conazole?|tidina?e?|floxacin[oa]?|statina?|prazole?"
    r"|sartana?|[oa]lol|dipin[eoa]|gliptina?|setrona?|parina?[xo]?|cain[ea]|zepam|zolam|c[yi]clin[ea]"
    r"|bactam|penem|vir|citabin[ea]|vudin[ea]|virenz|virapin[ea]|terol|tropi(?:um|o)"
    r"|amide|amida|semid[ea]|thiazide|tiazida|formin[ea]?|relin[ao]?|triptana?|oxetin[ea]|profen[o]?"
)
_BEGINNINGS: Final = r"cef|ceph|sulfa|insulin|heparin"
NAME: Final = rf"(?<![a-z])(?:[a-z]{{3,20}}(?:{_ENDINGS})|(?:{_BEGINNINGS})[a-z]{{0,20}})(?![a-z])"
_NAME: Final = re.compile(NAME)
_RIGHT_BEFORE: Final = re.compile(rf"{NAME}[\s,:(]*$")
# Ordinary words that end as names do.
_NO_NAMES: Final = frozenset(
    {"servir", "hervir", "convivir", "cholesterol", "colesterol", "polyamide", "sulfate", "sulfato"}
)


def names_drug(words: str) -> bool:
    """Whether plain lower-case words hold a name by its stem."""
    return any(match.group() not in _NO_NAMES for match in _NAME.finditer(words))


def ends_in_drug(words: str) -> bool:
    """Whether plain lower-case words end in such a name, as before an amount of it."""
    match = _RIGHT_BEFORE.search(words)
    return match is not None and match.group().strip(" ,:(") not in _NO_NAMES
