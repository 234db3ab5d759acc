"""Which kind of statement words make: a dose, a cumulative limit, a reduced step, an activity.

Decides from the words around an amount and from its unit. The vocabulary of the kinds lives here.
"""

import re
from dataclasses import replace
from typing import Final

from fuente.documents.passage import Passage
from fuente.dosing.columns import ColumnRole, column_role
from fuente.dosing.folding import fold
from fuente.dosing.reference import ReferenceKind
from fuente.dosing.statement import Statement
from fuente.quantities.quantity import numerator

_CUMULATIVE: Final = re.compile(
    r"\b(?:cumulative|lifetime|acumulad[oa]s?|acumulativ[oa]s?|cumulativ[oa]s?|total (?:life|"
    r"treatment) dose|"
    r"dosis total(?:es)? del tratamiento|over the whole (?:treatment|course)|"
    r"en todo el tratamiento)\b"
)
_REDUCED: Final = re.compile(
    r"\b(?:reduc(?:e|ed|es|ing|tion) (?:the )?(?:starting )?(?:\w+ )?(?:dose |step )?(?:by|to)|"
    r"dose[^.]{0,20}\breduce[sd]? to|reduced (?:starting )?dose|"
    r"(?:reduc\w+|reduz\w+|disminu\w+|diminuir)(?: \w+){0,4} (?:a|para|hasta|al|ate|en|em)\b|"
    r"dosis reducida|dose reduzida)"
)
_MODIFICATION: Final = re.compile(
    r"\b(?:dose (?:modification|reduction|adjust\w+|adaptation)s?|modified dose|"
    r"(?:modificac\w+|ajuste\w*|reduccion\w*|reduc\w+|adaptacion) de (?:la )?dos(?:is|e)|"
    r"changes? for toxicity|ajustes? por toxicidad)\b"
)
# Activities are prescribed in becquerel or curie; nothing else is.
_ACTIVITY_UNITS: Final = frozenset({"MBq", "GBq", "kBq", "mCi", "Ci"})


def kind_of_table(passage: Passage) -> ReferenceKind:
    """What a row of this table states, by caption, headings and headers."""
    titles = fold(" ; ".join((passage.caption, *passage.section[-1:])))
    limits = any(column_role(cell.header) is ColumnRole.LIMIT for cell in passage.cells)
    if _CUMULATIVE.search(titles) or limits:
        return ReferenceKind.CUMULATIVE
    headers = fold(" ; ".join(dict.fromkeys(cell.header for cell in passage.cells)))
    if _MODIFICATION.search(fold(passage.caption)) or _MODIFICATION.search(headers):
        return ReferenceKind.REDUCTION
    return ReferenceKind.DOSE


def kind_of_words(words: str) -> ReferenceKind:
    """What a sentence states about an amount it gives."""
    folded = fold(words)
    if _CUMULATIVE.search(folded):
        return ReferenceKind.CUMULATIVE
    if _REDUCED.search(folded):
        return ReferenceKind.REDUCTION
    return ReferenceKind.DOSE


def under_heading(statement: Statement, passage: Passage) -> Statement:
    """A bare amount under a heading about cumulative doses is the total of the course."""
    headings = fold(" ; ".join(passage.section[-1:]))
    is_bare = not statement.days and statement.times_per_day is None and statement.per is None
    if statement.kind is ReferenceKind.DOSE and is_bare and _CUMULATIVE.search(headings):
        return replace(statement, kind=ReferenceKind.CUMULATIVE, per="course")
    return statement


def with_kind(statement: Statement, kind: ReferenceKind) -> Statement:
    """The statement as of this kind, unless it already is of a narrower one."""
    if statement.kind is not ReferenceKind.DOSE:
        return statement
    if is_activity(statement.unit):
        return replace(statement, kind=ReferenceKind.METABOLIC)
    return replace(statement, kind=kind)


def is_activity(unit: str) -> bool:
    """Whether the unit measures radioactivity."""
    return numerator(unit) in _ACTIVITY_UNITS
