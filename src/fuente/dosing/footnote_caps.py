"""Caps that a footnote states: `* Maximum 2 mg per dose` under a table or a list of doses.

Decides which doses a note limits: those that carry its mark, or whose drug alone it names. A note
that does neither limits none, since whose cap it is cannot be told.
"""

import re
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import Language
from fuente.dosing.amounts import AmountRole, find_amounts
from fuente.dosing.cap_period import cap_of
from fuente.dosing.plain_text import plain
from fuente.dosing.prose_traps import is_cap
from fuente.dosing.reference import Cap
from fuente.dosing.row_words import drug_names

# The mark a note begins with: a sign, a raised digit, or a letter or digit in parentheses.
_MARK: Final = re.compile(
    r"\s*(?P<mark>[*\u2020\u2021\u00a7\u00b6#]+|[\u00b9\u00b2\u00b3\u2074-\u2079]+|\([a-z\d]\)"
    r"|[a-z\d](?=[)\s]))"
)


def footnote_cap(row: Passage, language: Language) -> Cap | None:
    """The cap that the footnotes of a table row state for the row's drug."""
    drugs = set(drug_names(row.text, language))
    for note in row.footnotes:
        named = set(drug_names(note, language))
        if named - drugs or not (named or note_mark(note)):
            continue
        cap = cap_in(note, language)
        if cap is not None:
            return cap
    return None


def note_mark(note: str) -> str:
    """The mark a note begins with, empty when it begins with none."""
    match = _MARK.match(note)
    return match["mark"] if match else ""


def cap_in(note: str, language: Language) -> Cap | None:
    """The cap a note states, None when it states none."""
    match = _MARK.match(note)
    words = plain(note[match.end() :] if match else note).text
    amounts = find_amounts(words.lower(), language)
    for amount in amounts:
        if is_cap(words, amount) and amount.role is not AmountRole.CUMULATIVE:
            return cap_of(words.lower(), amounts, amount)
    return None
