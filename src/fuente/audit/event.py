"""What is written to the audit log: who did what to which thing, never what was in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Action(StrEnum):
    """The closed set of audited actions."""

    DOCUMENT_INGESTED = "document.ingested"
    DOCUMENT_REJECTED = "document.rejected"
    DOCUMENT_READ_AGAIN = "document.read_again"
    DOCUMENT_WITHDRAWN = "document.withdrawn"
    DOCUMENT_RESTORED = "document.restored"
    QUESTION_ASKED = "question.asked"
    PATIENT_GENERATED = "patient.generated"
    PATIENT_REFUSED = "patient.refused"
    PATIENT_READ = "patient.read"
    TOKEN_CREATED = "token.created"
    LOGIN = "session.login"
    ACCESS_DENIED = "access.denied"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One event before it is chained: the store adds sequence, time and the previous hash.

    `details` holds short strings and numbers (counts, hashes, reason codes), never clinical text.
    """

    action: Action
    actor: str
    subject: str
    details: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainedEvent:
    """One row of `audit_events`: the event with its place in the chain.

    `time` is UTC, ISO 8601 with microseconds; hashes are lower-case hexadecimal SHA-256.
    """

    sequence: int
    time: str
    event: AuditEvent
    previous_hash: str
    hash: str
