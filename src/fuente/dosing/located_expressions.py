"""The dose expressions of running text, each with the printed characters that state it.

Splits sentences where another drug with a dose of its own begins. Levels, concentrations and
counts are no doses; what states nothing that can be given is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fuente.documents.source import Language
from fuente.documents.span import Span
from fuente.dosing.combinations import drugs_with_doses
from fuente.dosing.expression import DoseExpression
from fuente.dosing.expressions import parse_dose
from fuente.dosing.phrase import read_phrase
from fuente.dosing.plain_text import plain

# A full stop ends a sentence before a capital or a line; a decimal point and `máx.` do not.
_END: Final = re.compile(r"(?<=[\w)\]%])[.;](?=\s+[A-ZÁÉÍÓÚÑÇ(•-]|\s*$)|\n\s*(?:\n|[•▪●◦*-]\s)|•")

_NUMBER: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class LocatedExpression:
    """A dose expression and where its words stand in the printed text."""

    span: Span
    expression: DoseExpression


def find_dose_expressions(
    text: str, language: Language | None = None
) -> tuple[LocatedExpression, ...]:
    """Every dose expression of the text in printed order."""
    return tuple(
        LocatedExpression(span, expression)
        for sentence in _sentences(text)
        if _NUMBER.search(text, sentence.start, sentence.end)
        for span in _clauses(text, sentence, language)
        if _states_a_dose(expression := parse_dose(span.cut(text), language))
    )


def _sentences(text: str) -> Iterator[Span]:
    ends = [match.end() for match in _END.finditer(text)]
    for start, end in pairwise((0, *ends, len(text))):
        if text[start:end].strip():
            yield _trimmed(text, start, end)


def _clauses(text: str, sentence: Span, language: Language | None) -> Iterator[Span]:
    """The sentence, or its parts where several drugs have each their own dose."""
    printed = sentence.cut(text)
    phrase = read_phrase(printed, language)
    starts = drugs_with_doses(phrase)
    if len(starts) < 2 or parse_dose(printed, language).triple_it:
        yield sentence
        return
    source = plain(printed)
    places = [source.places[start] for start in starts[1:]]
    for start, end in pairwise((0, *places, len(printed))):
        if printed[start:end].strip():
            yield _trimmed(text, sentence.start + start, sentence.start + end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _states_a_dose(expression: DoseExpression) -> bool:
    stated = (
        expression.value,
        expression.total_gy,
        expression.boost_gy,
        expression.dose_reduction_percent,
        expression.cap,
    )
    return bool(expression.components or expression.bands) or any(one is not None for one in stated)
