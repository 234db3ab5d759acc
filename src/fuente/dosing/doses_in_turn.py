"""Several doses in one cell, given one after the other, and the frequency of each.

`200 mg 14/7 then 100 mg M/W/F` is two doses; `20 mg (two tablets of 10 mg)` is one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.amounts import Amount
from fuente.dosing.row_words import timing_in
from fuente.dosing.statement import Statement

_THEN: Final = re.compile(
    r"\b(?:then|there ?after|followed by|afterwards|luego|despues|seguid[ao]s? (?:de|por)"
    r"|posteriormente|depois|em seguida)\b"
)


def in_turn(words: str, amounts: Sequence[Amount]) -> list[Amount]:
    """The first amount of a cell and those that the words give after it."""
    kept = list(amounts[:1])
    for earlier, later in pairwise(amounts):
        if not _THEN.search(words[earlier.end : later.start]):
            break
        kept.append(later)
    return kept


def timed_behind(
    words: str, amounts: Sequence[Amount], language: Language, terms: tuple[Statement, Statement]
) -> Statement:
    """The terms of the first amount: in `20 mg daily, then 20 mg 12 hourly` each has its own.

    Args:
        words: the cell in plain lower-case text.
        amounts: the amount and, where there is one, the next.
        language: of the document.
        terms: those of the cell as a whole, and those of the row without it.
    """
    of_cell, of_row = terms
    end = amounts[1].start if len(amounts) > 1 else len(words)
    behind = words[amounts[0].end : end]
    timing = timing_in(behind, language)
    if timing.per or timing.times_per_day:
        return replace(of_cell, per=timing.per, times_per_day=timing.times_per_day)
    if _THEN.search(behind):
        return replace(of_cell, per=of_row.per, times_per_day=of_row.times_per_day)
    return of_cell
