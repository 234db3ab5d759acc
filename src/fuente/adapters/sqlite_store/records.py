"""Rows of generated patients and of token hashes."""

import apsw

from fuente.adapters.sqlite_store.codec import decode_many, encode
from fuente.ports import AgentStep, StoredRecord


def insert_record(connection: apsw.Connection, record: StoredRecord) -> bool:
    """Write the record unless its id is held; whether it was written."""
    connection.execute(
        "INSERT INTO records (record_id, line, steps) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (record.record_id, record.line, encode(record.steps)),
    )
    return connection.changes() == 1


def read_record(connection: apsw.Connection, record_id: str) -> StoredRecord | None:
    """The record with this id."""
    query = "SELECT record_id, line, steps FROM records WHERE record_id = ?"
    row = connection.execute(query, (record_id,)).fetchone()
    return None if row is None else _record(*row)


def read_records(connection: apsw.Connection, offset: int, limit: int) -> tuple[StoredRecord, ...]:
    """One page of records, newest first."""
    query = "SELECT record_id, line, steps FROM records ORDER BY row DESC LIMIT ? OFFSET ?"
    return tuple(_record(*row) for row in connection.execute(query, (limit, offset)))


def count_records(connection: apsw.Connection) -> int:
    """How many records are held."""
    return int(connection.execute("SELECT count(*) FROM records").get)


def insert_token(connection: apsw.Connection, token_sha256: str) -> None:
    """Write the hash of a token."""
    connection.execute("INSERT OR IGNORE INTO tokens VALUES (?)", (token_sha256,))


def holds_token(connection: apsw.Connection, token_sha256: str) -> bool:
    """Whether a token with this hash was created here."""
    query = "SELECT count(*) FROM tokens WHERE token_sha256 = ?"
    return bool(connection.execute(query, (token_sha256,)).get)


def holds_tokens(connection: apsw.Connection) -> bool:
    """Whether any token was created here."""
    return bool(connection.execute("SELECT count(*) FROM tokens").get)


def read_tokens(connection: apsw.Connection) -> tuple[str, ...]:
    """All hashes of tokens."""
    rows = connection.execute("SELECT token_sha256 FROM tokens ORDER BY token_sha256")
    return tuple(one for (one,) in rows)


def _record(record_id: str, line: bytes, steps: str) -> StoredRecord:
    return StoredRecord(record_id, line, decode_many(AgentStep, steps))
