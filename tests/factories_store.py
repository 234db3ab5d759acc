"""Small valid documents, passages and references for tests; keyword-only with sane defaults."""

import hashlib
from decimal import Decimal

from fuente.audit.event import Action, AuditEvent
from fuente.documents.passage import Passage, PassageKind, passage_id
from fuente.documents.source import (
    Grid,
    GridCell,
    Language,
    Line,
    Page,
    ReadDocument,
    SourceDocument,
)
from fuente.documents.span import Box, Span
from fuente.dosing.reference import DoseReference, ReferenceKind, TextSource, reference_id
from fuente.dosing.regimen import Phase, PhaseRole, Regimen
from fuente.ports import PreparedDocument


def make_event(action=Action.DOCUMENT_INGESTED, subject="a thing", **details):
    """An audit event of the tester."""
    return AuditEvent(action, "tester", subject, details)


def make_source(*, content=b"%PDF-1.7 vincristine", file="protocol.pdf", pages=1):
    """A document identified by its content."""
    return SourceDocument(
        sha256=hashlib.sha256(content).hexdigest(),
        file=file,
        path=f"corpus/{file}",
        media_type="application/pdf",
        title="Protocol for medulloblastoma",
        language=Language.ENGLISH,
        pages=pages,
    )


def make_page(text, *, number=1, label="i"):
    """A page with one line and one table over its whole text."""
    span, box = Span(0, len(text)), Box(10.0, 20.5, 300.25, 40.0)
    return Page(
        number=number,
        label=label,
        text=text,
        width=595.3,
        height=841.9,
        lines=(Line(span, box, 10.5, False),),
        grids=(Grid(box, 1, 1, (GridCell(0, 0, 1, 1, (span,)),)),),
        character_boxes=b"\x00\x01\x02\x03" * len(text),
    )


def make_passage(text, *, sha256="d" * 64, page=1, start=0, section=(), caption=""):
    """A prose passage at the start of a page."""
    span = Span(start, start + len(text))
    return Passage(
        passage_id=passage_id(sha256, page, span),
        document_sha256=sha256,
        page=page,
        page_label=str(page),
        span=span,
        text=text,
        kind=PassageKind.PROSE,
        section=section,
        caption=caption,
    )


def make_reference(passage, *, drug="vincristine", value="1.5", unit="mg/m2", ordinal=0, **more):
    """A dose reference that quotes the whole passage."""
    return DoseReference(
        reference_id=reference_id(passage.document_sha256, passage.page, passage.span, ordinal),
        document_sha256=passage.document_sha256,
        file=more.pop("file", "protocol.pdf"),
        page=passage.page,
        page_label=passage.page_label,
        span=passage.span,
        quote=passage.text,
        kind=more.pop("kind", ReferenceKind.DOSE),
        unit=unit,
        passage_id=passage.passage_id,
        source=TextSource.TEXT,
        drug=drug,
        value=None if "minimum" in more else Decimal(value),
        **more,
    )


def make_prepared(
    *texts, file="protocol.pdf", vectors=None, diagnoses=("MEDULLOBLASTOMA",), drug="vincristine"
):
    """A document with one page, passage, vector and reference per text."""
    content = ("%PDF " + file + "".join(texts)).encode()
    source = make_source(content=content, file=file, pages=len(texts))
    pages = tuple(make_page(text, number=n) for n, text in enumerate(texts, 1))
    passages = tuple(
        make_passage(text, sha256=source.sha256, page=n) for n, text in enumerate(texts, 1)
    )
    references = tuple(make_reference(one, file=file, drug=drug) for one in passages)
    regimen = Regimen(
        regimen_id="g_" + source.sha256[:20],
        document_sha256=source.sha256,
        file=file,
        name="Induction",
        diagnoses=diagnoses,
        phases=(
            Phase(
                phase_id="phase_1",
                name="Induction",
                order=1,
                role=PhaseRole.FRONT_LINE,
                page=1,
                heading=Span(0, 3),
                reference_ids=tuple(one.reference_id for one in references),
            ),
        ),
    )
    return PreparedDocument(
        read=ReadDocument(source, pages),
        content=content,
        passages=passages,
        vectors=vectors or tuple((1.0, float(n)) for n in range(len(texts))),
        references=references,
        regimens=(regimen,),
    )
