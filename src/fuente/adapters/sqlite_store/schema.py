"""The tables of the one SQLite file, and the gate that refuses a file of another version.

Decides how values lie on disk; what they mean is decided by the core types they come from.
"""

from typing import Final

import apsw

from fuente.adapters.sqlite_store.documents import index_words
from fuente.errors import StoreDamaged

SCHEMA_VERSION: Final = 3
"""Written to `user_version`; a file with another number is refused, never guessed at."""

# "fuen" in ASCII: marks the file as ours in the SQLite header, so that another program's database
# is refused instead of being filled with our tables.
APPLICATION_ID: Final = 0x6675656E

_STANDINGS: Final = """
CREATE TABLE standings (
    document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256),
    state TEXT NOT NULL,
    successor TEXT NOT NULL
) STRICT;
"""

_WORDS: Final = """
CREATE VIRTUAL TABLE passage_words USING fts5 (
    search_text, cognates, content = '', contentless_delete = 1, prefix = '4 6',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""

_EARLIER_PAGES: Final = """
CREATE TABLE earlier_pages (
    row INTEGER PRIMARY KEY,
    document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    layout BLOB NOT NULL,
    character_boxes BLOB NOT NULL
) STRICT;
CREATE INDEX earlier_pages_by_page ON earlier_pages (document_sha256, number);
"""

_UPGRADES: Final = {1: _STANDINGS, 2: f"DROP TABLE passage_words; {_WORDS} {_EARLIER_PAGES}"}
"""What brings a file of an earlier version to the next."""

_TABLES: Final = f"""
{_STANDINGS}
{_EARLIER_PAGES}
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE contents (
    document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256),
    content BLOB NOT NULL
) STRICT;

CREATE TABLE pages (
    document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    layout BLOB NOT NULL,
    character_boxes BLOB NOT NULL,
    PRIMARY KEY (document_sha256, number)
) STRICT;

CREATE TABLE passages (
    row INTEGER PRIMARY KEY,
    passage_id TEXT NOT NULL UNIQUE,
    document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
    body TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_document ON passages (document_sha256);

{_WORDS}
CREATE TABLE dose_references (
    row INTEGER PRIMARY KEY,
    reference_id TEXT NOT NULL UNIQUE,
    document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
    file TEXT NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    drug TEXT,
    passage_id TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX references_by_document ON dose_references (document_sha256);
CREATE INDEX references_by_drug ON dose_references (drug);
CREATE INDEX references_by_passage ON dose_references (passage_id);

CREATE TABLE regimens (
    regimen_id TEXT PRIMARY KEY,
    document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE records (
    row INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL UNIQUE,
    line BLOB NOT NULL,
    steps TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (token_sha256 TEXT PRIMARY KEY) STRICT;

CREATE TABLE audit_events (
    sequence INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
CREATE TRIGGER audit_events_never_go BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;

CREATE TABLE audit_head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
"""


def prepare_schema(connection: apsw.Connection, file: str) -> None:
    """Create the tables in an empty file, or check that the file is ours and of this version.

    Raises:
        StoreDamaged: the file belongs to another program or another version of fuente.
    """
    if _is_empty(connection):
        _create(connection)
    _upgrade(connection)
    application, version = _marks(connection)
    if application != APPLICATION_ID:
        raise StoreDamaged(f"{file} is a database of another program.", "Choose another folder.")
    if version != SCHEMA_VERSION:
        raise StoreDamaged(
            f"{file} has schema version {version}; this fuente reads version {SCHEMA_VERSION}.",
            "Use the fuente that wrote it, or ingest the documents into a new data folder.",
        )


def _create(connection: apsw.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have created the tables while this one waited for the lock.
        if _is_empty(connection):
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _upgrade(connection: apsw.Connection) -> None:
    if _marks(connection)[0] != APPLICATION_ID or _marks(connection)[1] not in _UPGRADES:
        return
    with connection:
        while (version := _marks(connection)[1]) in _UPGRADES:
            connection.execute(_UPGRADES[version])
            if version == 2:
                index_words(connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def _is_empty(connection: apsw.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_schema").get)


def _marks(connection: apsw.Connection) -> tuple[int, int]:
    return int(connection.pragma("application_id")), int(connection.pragma("user_version"))
