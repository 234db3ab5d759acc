"""Rows of the audit log: appended inside the transaction of the change they tell of."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import apsw

from fuente.audit.chain import Checkpoint, chain_event
from fuente.audit.event import Action, AuditEvent, ChainedEvent
from fuente.errors import AuditBroken


def append_event(connection: apsw.Connection, event: AuditEvent, now: datetime) -> None:
    """Chain the event behind the last one and move the head; the caller owns the transaction."""
    time = now.astimezone(UTC).isoformat(timespec="microseconds")
    chained = chain_event(event, time, read_head(connection))
    connection.execute(
        "INSERT INTO audit_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            chained.sequence,
            chained.time,
            str(event.action),
            event.actor,
            event.subject,
            json.dumps(dict(event.details), sort_keys=True, ensure_ascii=False),
            chained.previous_hash,
            chained.hash,
        ),
    )
    connection.execute(
        "INSERT INTO audit_head VALUES (1, ?, ?) "
        "ON CONFLICT DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
        (chained.sequence, chained.hash),
    )


def read_head(connection: apsw.Connection) -> Checkpoint | None:
    """Where the chain has got to; None before the first event."""
    row = connection.execute("SELECT sequence, hash FROM audit_head").fetchone()
    return None if row is None else Checkpoint(*row)


def read_events(connection: apsw.Connection, after: int) -> Iterator[ChainedEvent]:
    """The events with a higher sequence, in order.

    Raises:
        AuditBroken: a row holds what fuente never writes.
    """
    rows = connection.execute(
        "SELECT sequence, time, action, actor, subject, details, previous_hash, hash "
        "FROM audit_events WHERE sequence > ? ORDER BY sequence",
        (after,),
    )
    for sequence, time, action, actor, subject, details, previous_hash, own_hash in rows:
        event = _event(sequence, action, actor, subject, details)
        yield ChainedEvent(sequence, time, event, previous_hash, own_hash)


def _event(sequence: int, action: str, actor: str, subject: str, details: str) -> AuditEvent:
    try:
        return AuditEvent(Action(action), actor, subject, json.loads(details))
    except ValueError as error:
        raise AuditBroken(f"Audit event {sequence} cannot be read ({error}).") from error
