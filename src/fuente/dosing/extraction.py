"""Passages to dose references: every statement about a dose, placed where it is printed.

Decides nothing about medicine: it asks the readers of rows and of sentences what the words state,
and gives each statement its document, page, span, phase and diagnoses.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import SourceDocument
from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.folding import fold
from fuente.dosing.indications import (
    DiagnosisName,
    document_diagnoses,
    passage_diagnoses,
)
from fuente.dosing.phase_heading import phase_name
from fuente.dosing.printed_table import phase_of_row
from fuente.dosing.prose_extraction import prose_statements
from fuente.dosing.reference import (
    Cap,
    DoseReference,
    ReferenceKind,
    TextSource,
    reference_id,
)
from fuente.dosing.statement import Statement
from fuente.dosing.table_extraction import row_statements
from fuente.dosing.unit_settling import settle_unit

READ_BY_OCR: Final = "read by OCR: compare it with the page image"

# What a list of sources says about doses is what others said, not what the document prescribes.
_LITERATURE: Final = re.compile(
    r"^\W*[\d.]*\s*(?:sources?|references|bibliograph\w+|literature|further reading|"
    r"fuentes?|referencias|bibliografia|literatura|referencias bibliograficas)\b"
)


def extract_references(
    document: SourceDocument,
    passages: tuple[Passage, ...],
    diagnoses: Sequence[DiagnosisName] = (),
) -> tuple[DoseReference, ...]:
    """Every dose reference of a document, in printed order.

    Args:
        document: the document the passages belong to.
        passages: all its passages.
        diagnoses: the names of the catalogue, by which a document's tumours are recognised.
    """
    about = document_diagnoses(document, passages, diagnoses)
    references: list[DoseReference] = []
    for passage in passages:
        concerned = passage_diagnoses(passage, about, diagnoses)
        references += _references(document, passage, concerned)
    return tuple(references)


def statements_of(document: SourceDocument, passage: Passage) -> tuple[Statement, ...]:
    """What a passage states, its caps also as statements of their own at the end.

    A passage with a number that OCR read with low confidence states nothing: that number may be the
    dose, its cap or the age it is for, and a reference without it would say something else. Its
    words are searched and shown as those of any passage, so a person finds them.
    """
    if passage.doubtful:
        return ()
    if _LITERATURE.search(fold(passage.section[-1] if passage.section else "")):
        return ()
    if passage.kind is PassageKind.TABLE_ROW:
        statements = row_statements(passage, document.language)
    else:
        statements = prose_statements(passage, document.language)
    settled = tuple(map(_settled, statements))
    return (*settled, *_caps(settled))


def _references(
    document: SourceDocument, passage: Passage, diagnoses: tuple[str, ...]
) -> Iterator[DoseReference]:
    for ordinal, statement in enumerate(statements_of(document, passage)):
        yield DoseReference(
            reference_id=reference_id(document.sha256, passage.page, passage.span, ordinal),
            document_sha256=document.sha256,
            file=document.file,
            page=passage.page,
            page_label=passage.page_label,
            span=passage.span,
            quote=passage.text,
            kind=statement.kind,
            unit=statement.unit,
            passage_id=passage.passage_id,
            source=_source(passage),
            drug=statement.drug,
            value=statement.value,
            minimum=statement.minimum,
            maximum=statement.maximum,
            per=statement.per,
            times_per_day=statement.times_per_day,
            route=statement.route,
            days=statement.days,
            infusion_h=statement.infusion_h,
            cap=statement.cap,
            population=statement.population,
            phase=_phase(passage),
            diagnoses=diagnoses,
            irradiation=statement.irradiation,
            warnings=(*_reading_warnings(passage), *statement.warnings),
        )


def _settled(statement: Statement) -> Statement:
    """With the unit its drug is counted in: `units` of asparaginase are international units."""
    if statement.drug is None or not statement.unit.startswith("U"):
        return statement
    drug, vocabulary = statement.drug, load_vocabulary()
    value = statement.value if statement.value is not None else statement.maximum
    assert value is not None
    unit = settle_unit(vocabulary.drug(drug), value, statement.unit).unit
    return replace(statement, unit=unit)


def _caps(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Each cap once per drug, as a reference of its own kind."""
    seen: set[tuple[str | None, Cap]] = set()
    for statement in statements:
        cap = statement.cap
        if cap is None or (statement.drug, cap) in seen:
            continue
        seen.add((statement.drug, cap))
        yield Statement(
            kind=ReferenceKind.CAP,
            unit=cap.unit,
            drug=statement.drug,
            value=cap.value,
            per=cap.per,
            route=statement.route,
            population=statement.population,
            is_aside=True,
        )


def _source(passage: Passage) -> TextSource:
    if passage.source == TextSource.OCR:
        return TextSource.OCR
    return TextSource.TABLE if passage.kind is PassageKind.TABLE_ROW else TextSource.TEXT


def _reading_warnings(passage: Passage) -> tuple[str, ...]:
    return (READ_BY_OCR,) if passage.source == TextSource.OCR else ()


def _phase(passage: Passage) -> str:
    heading = phase_of_row(passage) or passage.caption or next(iter(reversed(passage.section)), "")
    return phase_name(heading)
