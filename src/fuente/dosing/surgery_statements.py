"""Operations a document states: the procedures of a sentence and the week it gives, if any.

A sentence counts when it stands in a part about surgery or local treatment, or gives a week of
treatment. Does not decide who is operated on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.span import Span
from fuente.dosing.folding import fold
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import CitedNumber, SurgeryStatement
from fuente.dosing.section_diagnoses import SectionDiagnoses
from fuente.dosing.sites import procedure_codes

_SURGICAL: Final = re.compile(
    r"\b(?:surg\w+|operati\w+|local (?:control|therapy|treatment)|resection|"
    r"cirug\w+|cirurg\w+|quirurgic\w+|control local|tratamiento local|tratamento local)\b"
)
_WEEK: Final = re.compile(
    r"\b(?:(?:around |in |at |about |near )?week|semana)\s*(?:n\.?o?\s*)?(?P<week>\d{1,2})\b"
)
_NO_STATEMENT: Final = re.compile(
    r"\b(?:no (?:surgery|resection|operation|biopsy)|without (?:surgery|resection)|"
    r"sin (?:cirugia|reseccion)|(?:is|are) (?:contraindicated|not (?:indicated|done|"
    r"performed|removed))|"
    r"never \w+|contraindicad\w+|no (?:esta |se |es )?(?:indicad\w+|realiza\w*|hace\w*|"
    r"practica\w*)|"
    r"must not|not be (?:performed|attempted|done)|nao se (?:faz|realiza))\b"
)
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+(?=\D)|\n\s*\n|\s•\s|\n(?=[•–-]\s)")


@dataclass(frozen=True, slots=True)
class SurgeryIn:
    """A statement and the diagnoses of the part of the document it stands in."""

    statement: SurgeryStatement
    diagnoses: tuple[str, ...]


def read_surgery(
    passages: Sequence[Passage], references: Sequence[DoseReference]
) -> tuple[SurgeryIn, ...]:
    """Every stated operation, in printed order."""
    diagnoses = SectionDiagnoses(passages, references)
    found = [
        SurgeryIn(statement, diagnoses.of(passage.section))
        for passage in passages
        if passage.kind is not PassageKind.CAPTION
        for statement in _statements(passage)
    ]
    return tuple(found)


def _statements(passage: Passage) -> Iterator[SurgeryStatement]:
    titles = fold(" ".join((*passage.section[-2:], passage.caption)))
    in_surgical_part = bool(_SURGICAL.search(titles))
    for span in _sentences(passage):
        words = passage.text[span.start - passage.span.start : span.end - passage.span.start]
        week = _WEEK.search(fold(words))
        procedures = procedure_codes(words)
        if not procedures or _NO_STATEMENT.search(fold(words)):
            continue
        if in_surgical_part or (week and _SURGICAL.search(fold(words))):
            yield SurgeryStatement(passage.page, span, procedures, _cited(week, passage, span))


def _cited(week: re.Match[str] | None, passage: Passage, span: Span) -> CitedNumber | None:
    if week is None:
        return None
    start = span.start + week.start("week")
    return CitedNumber(Decimal(week["week"]), passage.page, Span(start, start + len(week["week"])))


def _sentences(passage: Passage) -> Iterator[Span]:
    """The page spans of the sentences of prose; a table row is one sentence."""
    text, position = passage.text, 0
    breaks = [] if passage.kind is PassageKind.TABLE_ROW else list(_SENTENCE.finditer(text))
    for start, end in (*((match.start(), match.end()) for match in breaks), (len(text), len(text))):
        words = text[position:start]
        if words.strip():
            lead = position + len(words) - len(words.lstrip())
            first = passage.span.start + lead
            yield Span(first, first + len(words.strip()))
        position = end
