"""The store: one SQLite file holding the truth, every change beside its audit event.

It decides what is one transaction. The rows themselves are written by the modules beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

import apsw

from fuente.adapters.sqlite_store import documents, events, records
from fuente.adapters.sqlite_store.connection import Connections
from fuente.audit.chain import Checkpoint
from fuente.audit.event import AuditEvent, ChainedEvent
from fuente.documents.passage import Passage
from fuente.documents.source import Page, SourceDocument
from fuente.documents.standing import Standing
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.errors import NotFound, SettingsError, StoreDamaged
from fuente.ports import PreparedDocument, ReferenceFilter, StoredRecord, Vector

FILE_NAME: Final = "fuente.sqlite3"
"""The name of the file in the data folder."""

_ANY: Final = ReferenceFilter()
_NONE: Final[Mapping[str, Standing]] = MappingProxyType({})

Now = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def held_embedder(folder: Path) -> str:
    """The fingerprint of the embedder whose vectors a data folder holds; empty for none."""
    if not (folder / FILE_NAME).exists():
        return ""
    connections = Connections(folder / FILE_NAME)
    try:
        with connections.reading() as connection:
            return _held_embedder(connection) or ""
    finally:
        connections.close()


class SqliteStore:
    """The `Store` port over one SQLite file in the data folder.

    Args:
        folder: the data folder; made when it does not exist.
        embedder: fingerprint of the embedder whose vectors are held. The first document fixes it
            and another one is refused, because vectors of two models cannot be compared. Empty
            means that no vectors will be written or compared.
        now: gives the time written on audit events.
    """

    def __init__(self, folder: Path, embedder: str = "", now: Now = _utc_now) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self._now = now
        self._connections = Connections(folder / FILE_NAME)
        self._check_embedder()

    def close(self) -> None:
        """Close the file."""
        self._connections.close()

    def check(self) -> None:
        """Read the whole file.

        Raises:
            StoreDamaged: SQLite's own check finds something wrong.
        """
        with self._reading() as connection:
            result = connection.execute("PRAGMA quick_check(1)").get
        if result != "ok":
            raise StoreDamaged(f"The SQLite file fails its check: {result}.", "Restore a backup.")

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """One transaction around reading what is held and changing it.

        What is read meanwhile is what was held before it.

        Raises:
            StoreLocked: another process is writing.
        """
        with self._connections.changing():
            yield

    def add_document(
        self,
        document: PreparedDocument,
        event: AuditEvent,
        standings: Mapping[str, Standing] = _NONE,
    ) -> None:
        """Store all of it, and the standings, with the event; what is already held stays."""
        with self._changing(event) as connection:
            self._fix_embedder(connection)
            if documents.holds_document(connection, document.read.source.sha256):
                return
            documents.insert_document(connection, document)
            for sha256, standing in standings.items():
                documents.write_standing(connection, sha256, standing)

    def replace_reading(
        self, document: PreparedDocument, put_aside: Sequence[Page], event: AuditEvent
    ) -> None:
        """Store what was read anew of a held document in place of what was, with the event.

        Raises:
            NotFound: no such document is held.
        """
        sha256 = document.read.source.sha256
        with self._changing(event) as connection:
            if not documents.holds_document(connection, sha256):
                raise NotFound(f"No document with SHA-256 {sha256} is held.")
            documents.replace_reading(connection, document, put_aside)

    def earlier_pages(self, sha256: str, number: int | None = None) -> tuple[Page, ...]:
        """Pages put aside when the document was read again, the latest first."""
        with self._reading() as connection:
            return documents.read_earlier_pages(connection, sha256, number)

    def set_standing(self, sha256: str, standing: Standing, event: AuditEvent) -> None:
        """Note the standing of a held document with the event.

        Raises:
            NotFound: no such document is held.
        """
        with self._changing(event) as connection:
            if not documents.holds_document(connection, sha256):
                raise NotFound(f"No document with SHA-256 {sha256} is held.")
            documents.write_standing(connection, sha256, standing)

    def standings(self) -> Mapping[str, Standing]:
        """The documents that are not current, with their standing."""
        with self._reading() as connection:
            return documents.read_standings(connection)

    def document(self, sha256: str) -> SourceDocument | None:
        """The document with these bytes."""
        with self._reading() as connection:
            return documents.read_document(connection, sha256)

    def documents(self) -> tuple[SourceDocument, ...]:
        """All documents by file name."""
        with self._reading() as connection:
            return documents.read_documents(connection)

    def content(self, sha256: str) -> bytes:
        """The bytes of the file as it was ingested.

        Raises:
            NotFound: no such document is held.
        """
        with self._reading() as connection:
            content = documents.read_content(connection, sha256)
        if content is None:
            raise NotFound(f"No document with SHA-256 {sha256} is held.")
        return content

    def page(self, sha256: str, number: int) -> Page | None:
        """One page with its layout."""
        with self._reading() as connection:
            return documents.read_page(connection, sha256, number)

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """The passages with these ids in the order asked; unknown ids are left out."""
        with self._reading() as connection:
            return documents.read_passages(connection, ids)

    def passages_of(self, sha256: str) -> tuple[Passage, ...]:
        """All passages of one document in reading order."""
        with self._reading() as connection:
            return documents.read_passages_of(connection, sha256)

    def references(self, where: ReferenceFilter = _ANY) -> tuple[DoseReference, ...]:
        """The references the filter admits, by file, page and span."""
        with self._reading() as connection:
            return documents.read_references(connection, where)

    def regimens(self, of: frozenset[str] | None = None) -> tuple[Regimen, ...]:
        """Those of all current documents, or of these, by id."""
        with self._reading() as connection:
            return documents.read_regimens(connection, of)

    def lexical_search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Passage ids of current documents by BM25, best first."""
        with self._reading() as connection:
            return documents.search_words(connection, query, limit)

    def vectors(self, ids: Sequence[str] | None = None) -> Iterator[tuple[str, Vector]]:
        """Passage ids with their vectors: those of current documents, or those of these ids."""
        with self._reading() as connection:
            yield from documents.read_vectors(connection, ids)

    def add_record(self, record: StoredRecord, event: AuditEvent) -> bool:
        """Store it with the event; False when a record with this id is already held."""
        with self._changing(event) as connection:
            return records.insert_record(connection, record)

    def record(self, record_id: str) -> StoredRecord | None:
        """The record with this id."""
        with self._reading() as connection:
            return records.read_record(connection, record_id)

    def records(self, offset: int, limit: int) -> tuple[StoredRecord, ...]:
        """One page of records, newest first."""
        with self._reading() as connection:
            return records.read_records(connection, offset, limit)

    def count_records(self) -> int:
        """How many records are held."""
        with self._reading() as connection:
            return records.count_records(connection)

    def log(self, event: AuditEvent) -> None:
        """Append an event that has no other effect."""
        with self._changing(event):
            pass

    def events(self, after: int = 0) -> Iterator[ChainedEvent]:
        """The audit events with a higher sequence, in order."""
        with self._reading() as connection:
            yield from events.read_events(connection, after)

    def audit_head(self) -> Checkpoint | None:
        """Where the audit chain has got to; kept elsewhere it shows a cut-off tail."""
        with self._reading() as connection:
            return events.read_head(connection)

    def add_token(self, token_sha256: str, event: AuditEvent) -> None:
        """Store the hash of a token with the event."""
        with self._changing(event) as connection:
            records.insert_token(connection, token_sha256)

    def knows_token(self, token_sha256: str) -> bool:
        """Whether a token with this hash was created here."""
        with self._reading() as connection:
            return records.holds_token(connection, token_sha256)

    def has_tokens(self) -> bool:
        """Whether any token was created here."""
        with self._reading() as connection:
            return records.holds_tokens(connection)

    def token_hashes(self) -> tuple[str, ...]:
        """The hashes of all tokens created here."""
        with self._reading() as connection:
            return records.read_tokens(connection)

    def _reading(self) -> AbstractContextManager[apsw.Connection]:
        return self._connections.reading()

    @contextmanager
    def _changing(self, event: AuditEvent) -> Iterator[apsw.Connection]:
        with self._connections.changing() as connection:
            yield connection
            events.append_event(connection, event, self._now())

    def _check_embedder(self) -> None:
        with self._reading() as connection:
            held = _held_embedder(connection)
        if held and self._embedder and held != self._embedder:
            raise SettingsError(
                f"The data folder holds vectors of {held}, but the embedder is {self._embedder}.",
                "Set the former embedder, or ingest the documents into a new data folder.",
            )

    def _fix_embedder(self, connection: apsw.Connection) -> None:
        if self._embedder and not _held_embedder(connection):
            connection.execute("INSERT INTO settings VALUES ('embedder', ?)", (self._embedder,))


def _held_embedder(connection: apsw.Connection) -> str | None:
    held: str | None = connection.execute("SELECT value FROM settings WHERE key = 'embedder'").get
    return held
