"""A read document becomes what is held: passages, their vectors, references and regimens.

The vectors are computed by other threads while this one looks for references: neither needs the
other, and each alone leaves a core idle.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import DocumentStatus, ReadDocument
from fuente.documents.split import split_pages
from fuente.dosing.extraction import extract_references
from fuente.dosing.indications import DiagnosisName
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.dosing.regimen_reader import read_regimens
from fuente.ports import Embedder, PreparedDocument, Progress, Vector

_UNFORESEEN: Final = (
    *(ValueError, ArithmeticError, LookupError, RecursionError, TypeError, AttributeError),
)
_Stated = tuple[tuple[DoseReference, ...], tuple[Regimen, ...]]


class _Stopped(Exception):
    """Nobody wants the vectors that are being computed."""


def prepare(
    read: ReadDocument,
    content: bytes,
    embedder: Embedder,
    diagnoses: tuple[DiagnosisName, ...],
    progress: Progress | None = None,
) -> PreparedDocument:
    """Everything of a document that is committed together.

    Pages are untrusted: one that nobody foresaw costs the references, not the document, which is
    then partial and says so.
    """
    passages = tuple(split_pages(read))
    with _embedded(passages, embedder, progress) as vectors:
        try:
            references, regimens = _stated(read, passages, diagnoses)
        except _UNFORESEEN as error:
            references, regimens, read = (), (), _partial(read, error)
        return PreparedDocument(
            read=read,
            content=content,
            passages=passages,
            vectors=tuple(vectors.result()),
            references=references,
            regimens=regimens,
        )


def _stated(
    read: ReadDocument, passages: tuple[Passage, ...], diagnoses: tuple[DiagnosisName, ...]
) -> _Stated:
    references = extract_references(read.source, passages, diagnoses)
    doubtful = any(one.doubtful for one in passages)
    certain = tuple(one for one in passages if _is_certain(one.source, doubtful))
    stated = tuple(one for one in references if _is_certain(one.source, doubtful))
    regimens = read_regimens(read.source, read.pages, certain, stated)
    return tuple(references), tuple(regimens)


@contextmanager
def _embedded(
    passages: Sequence[Passage], embedder: Embedder, progress: Progress | None
) -> Iterator[Future[list[Vector]]]:
    """The vectors to come; leaving early stops their computation at its next batch."""
    stopped = Event()

    def told(what: str, done: int, total: int) -> None:
        if stopped.is_set():
            raise _Stopped
        if progress:
            progress(what, done, total)

    with ThreadPoolExecutor(1, "embedding") as thread:
        try:
            yield thread.submit(embedder.embed, [one.embedded_text for one in passages], told)
        finally:
            stopped.set()


def _is_certain(source: str, doubtful: bool) -> bool:
    """Whether a regimen may be made of what was read from there.

    A number OCR is unsure of may be the one dose of a phase: the phase would go on without it.
    """
    return not doubtful or source != "ocr"


def _partial(read: ReadDocument, error: Exception) -> ReadDocument:
    warning = f"no dose references: a page could not be understood ({error})"
    warnings = (*read.source.warnings, warning)
    return replace(
        read, source=replace(read.source, status=DocumentStatus.PARTIAL, warnings=warnings)
    )
