"""Files and folders become documents: read, split, understood, embedded, stored, indexed.

It decides the order and what is one transaction: a document is held whole, with its audit event,
or not at all. What a page, a passage or a reference is, is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from fuente.audit.event import Action, AuditEvent
from fuente.documents.passage import Passage
from fuente.documents.source import DocumentStatus, SourceDocument
from fuente.dosing.indications import DiagnosisName
from fuente.errors import DocumentError, IndexDamaged
from fuente.ports import (
    Embedder,
    PageReader,
    PassageIndex,
    PreparedDocument,
    Progress,
    ReferenceFilter,
    Store,
)
from fuente.workflows.editions import edition_of, forget
from fuente.workflows.finding_files import find_files
from fuente.workflows.holding import digest_of
from fuente.workflows.opening import OpenedFile, open_file, open_files
from fuente.workflows.preparing import prepare
from fuente.workflows.reading_again import compare_readings, named_as_held


@dataclass(frozen=True, slots=True)
class IngestServices:
    """The ports ingest works over, the disease names it looks for, and who is asking."""

    store: Store
    index: PassageIndex
    reader: PageReader
    embedder: Embedder
    diagnoses: tuple[DiagnosisName, ...] = ()
    actor: str = "cli"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file; the counts are those of the document held."""

    file: str
    path: str
    sha256: str
    status: DocumentStatus
    reason: str = ""
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    passages: int = 0
    references: int = 0


def ingest_paths(
    paths: Iterable[Path],
    services: IngestServices,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> Iterator[IngestResult]:
    """Ingest every file, folders with all they hold; a broken file never stops the others.

    With `again` files that are held are read anew, and what is read now replaces what was.
    """
    files = find_files(paths)
    run = frozenset(map(str, files))
    opening = open_files(files, services.store, services.reader, progress, again=again)
    with closing(opening) as opened_files:
        for done, opened in enumerate(opened_files, start=1):
            result = _ingest(opened, services, progress, run, again=again)
            if progress:
                progress("files", done, len(files))
            yield result


def ingest_file(
    path: Path, services: IngestServices, progress: Progress | None = None
) -> IngestResult:
    """Ingest one file; a file that cannot become a document is a result, not an error."""
    return _ingest(open_file(path, services.store, services.reader, progress), services, progress)


def heal_index(store: Store, index: PassageIndex) -> bool:
    """Rebuild the index when it holds other than the store does; whether it was rebuilt.

    After a crash between the store's commit and the index's write the passages differ; their number
    may not, where one edition replaced another.
    """
    held = dict(store.vectors())
    try:
        some = list(held.values())[:1]
        if index.ids() == held.keys() and all(index.nearest(one, 1) for one in some):
            return False
    except IndexDamaged:
        pass  # the rebuild below is the cure, whatever was wrong
    index.rebuild(store.vectors())
    return True


def _ingest(
    opened: OpenedFile,
    services: IngestServices,
    progress: Progress | None,
    run: Set[str] = frozenset(),
    *,
    again: bool = False,
) -> IngestResult:
    """What becomes of a file; a document at another path of the run is no older edition of it."""
    # Asked again: a copy earlier in the same run may have been held since the file was opened.
    held = services.store.document(opened.sha256) if opened.sha256 else None
    if held is not None and not again:
        return _duplicate(opened.path, held, services)
    if opened.read is None:
        return _rejected(opened, services)
    try:
        read = opened.read if held is None else named_as_held(opened.read, held)
        prepared = prepare(read, opened.content, services.embedder, services.diagnoses, progress)
    except DocumentError as error:
        return _rejected(replace(opened, refused=error), services)
    if held is not None:
        return _hold_again(opened.path, prepared, services)
    return _hold(opened.path, prepared, services, run)


def _hold(
    path: Path, prepared: PreparedDocument, services: IngestServices, run: Set[str]
) -> IngestResult:
    source, store = prepared.read.source, services.store
    vouched = digest_of(prepared)
    with store.undisturbed():
        held = store.document(source.sha256)
        if held is not None:
            return _duplicate(path, held, services)
        edition = edition_of(source, store, run)
        result = _result(
            path, source, prepared.passages, len(prepared.references), notice=edition.notice
        )
        event = _event(result, services.actor, {"held": vouched, **edition.details})
        store.add_document(prepared, event, edition.standings)
    for replaced in edition.standings.keys() - {source.sha256}:
        forget(replaced, store, services.index)
    if source.sha256 not in edition.standings:
        _index(prepared, services)
    return result


def _hold_again(path: Path, prepared: PreparedDocument, services: IngestServices) -> IngestResult:
    """What was read anew in place of what was read before, unless it is less."""
    sha256, store = prepared.read.source.sha256, services.store
    with store.undisturbed():
        rereading = compare_readings(prepared, store)
        if rereading.lost:
            held = store.document(sha256) or prepared.read.source
            return _duplicate(path, held, services, rereading.lost)
        # Before the change: an index that lacks passages is healed, one with old ones is not.
        forget(sha256, store, services.index)
        source, references = prepared.read.source, len(prepared.references)
        result = _result(path, source, prepared.passages, references, notice=rereading.notice)
        details = {"held": rereading.vouched, "put_aside": str(len(rereading.put_aside))}
        event = _event(result, services.actor, details, Action.DOCUMENT_READ_AGAIN)
        store.replace_reading(prepared, rereading.put_aside, event)
    if sha256 not in store.standings():
        _index(prepared, services)
    return result


def _index(prepared: PreparedDocument, services: IngestServices) -> None:
    ids = [one.passage_id for one in prepared.passages]
    try:
        services.index.add(ids, prepared.vectors)
    except IndexDamaged:
        services.index.rebuild(services.store.vectors())


def _duplicate(
    path: Path, held: SourceDocument, services: IngestServices, why: str = ""
) -> IngestResult:
    passages = services.store.passages_of(held.sha256)
    where = ReferenceFilter(document_sha256s=frozenset({held.sha256}))
    references = len(services.store.references(where))
    standing = services.store.standings().get(held.sha256)
    reason = why or f"already held as {held.file}"
    if standing:
        reason += f", {standing.state}; `fuente restore {held.sha256[:16]}` takes it back into use"
    result = _result(path, held, passages, references, DocumentStatus.DUPLICATE, reason)
    services.store.log(_event(result, services.actor))
    return result


def _rejected(opened: OpenedFile, services: IngestServices) -> IngestResult:
    name, error = _printable(opened.path.name), opened.refused
    services.store.log(
        AuditEvent(
            Action.DOCUMENT_REJECTED,
            services.actor,
            opened.sha256 or name,
            {"file": name, "error": type(error).__name__},
        )
    )
    path = _printable(str(opened.path))
    return IngestResult(name, path, opened.sha256, DocumentStatus.REJECTED, str(error))


def _printable(name: str) -> str:
    """The name with escapes for bytes that are no text."""
    return name.encode(errors="backslashreplace").decode()


def _result(
    path: Path,
    source: SourceDocument,
    passages: Sequence[Passage],
    references: int,
    status: DocumentStatus | None = None,
    reason: str = "",
    notice: str = "",
) -> IngestResult:
    notices = (notice,) if notice else ()
    return IngestResult(
        file=path.name,
        path=str(path),
        sha256=source.sha256,
        status=status or source.status,
        reason=reason or "; ".join((*notices, *source.warnings, *_without_text(source))),
        pages=source.pages,
        pages_without_text=source.pages_without_text,
        passages=len(passages),
        references=references,
    )


def _without_text(source: SourceDocument) -> tuple[str, ...]:
    pages = ", ".join(str(number) for number in source.pages_without_text)
    return (f"no text on {len(source.pages_without_text)} pages: {pages}",) if pages else ()


def _event(
    result: IngestResult,
    actor: str,
    more: Mapping[str, str] = MappingProxyType({}),
    action: Action = Action.DOCUMENT_INGESTED,
) -> AuditEvent:
    details: dict[str, str | int | bool] = {
        "file": result.file,
        "status": str(result.status),
        "pages": result.pages,
        "passages": result.passages,
        "references": result.references,
        **more,
    }
    return AuditEvent(action, actor, result.sha256, details)
