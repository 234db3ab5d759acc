"""The hash chain over audit events: how one event is hashed and how a chain is checked.

It decides what counts as tampering. It knows nothing of files, clocks or databases; a chain alone
cannot tell that its last events were cut off, only a checkpoint kept elsewhere can.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fuente.audit.event import AuditEvent, ChainedEvent

GENESIS: Final = "0" * 64
"""The previous hash of the first event."""

# Separates these hashes from every other SHA-256 in the product, so that no document or record
# hash can be passed off as a link of the chain.
_DOMAIN: Final = b"fuente.audit.event.v1\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A place the chain is known to have reached; kept outside, it shows a cut-off tail."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing wrong with the chain: the rule broken, where, and in words."""

    rule: str
    sequence: int
    message: str


def canonical_json(sequence: int, time: str, event: AuditEvent, previous_hash: str) -> bytes:
    """The bytes that are hashed: sorted keys, no white space, UTF-8, nothing left out."""
    body = {
        "action": str(event.action),
        "actor": event.actor,
        "details": dict(event.details),
        "previous_hash": previous_hash,
        "sequence": sequence,
        "subject": event.subject,
        "time": time,
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def event_hash(sequence: int, time: str, event: AuditEvent, previous_hash: str) -> str:
    """SHA-256 of the domain and the canonical bytes, in lower-case hexadecimal."""
    return hashlib.sha256(
        _DOMAIN + canonical_json(sequence, time, event, previous_hash)
    ).hexdigest()


def chain_event(event: AuditEvent, time: str, previous: Checkpoint | None) -> ChainedEvent:
    """Put the event behind the last one; `previous` is None for the first event."""
    sequence = previous.sequence + 1 if previous else 1
    link = previous.hash if previous else GENESIS
    return ChainedEvent(sequence, time, event, link, event_hash(sequence, time, event, link))


def verify_chain(
    events: Iterable[ChainedEvent], head: Checkpoint | None = None
) -> tuple[AuditFinding, ...]:
    """Every break of the chain, in order; empty when it holds.

    `head` is a checkpoint noted earlier: without one a cut-off tail, or a chain rewritten from its
    first event on, cannot be seen.
    """
    findings: list[AuditFinding] = []
    last = Checkpoint(0, GENESIS)
    reached = head is None
    for chained in events:
        findings += _check_link(chained, last)
        last = Checkpoint(chained.sequence, chained.hash)
        reached = reached or last == head
    if head is not None and not reached:
        findings.append(_head_missing(head, last))
    return tuple(findings)


def _check_link(chained: ChainedEvent, last: Checkpoint) -> list[AuditFinding]:
    findings = []
    if chained.sequence != last.sequence + 1:
        findings.append(
            AuditFinding(
                "sequence",
                chained.sequence,
                f"event {chained.sequence} follows event {last.sequence}",
            )
        )
    if chained.previous_hash != last.hash:
        findings.append(
            AuditFinding(
                "link",
                chained.sequence,
                f"event {chained.sequence} does not name the hash of the event before it",
            )
        )
    if _hash_of(chained) != chained.hash:
        findings.append(
            AuditFinding(
                "hash",
                chained.sequence,
                f"event {chained.sequence} was changed after it was written",
            )
        )
    return findings


def _hash_of(chained: ChainedEvent) -> str:
    return event_hash(chained.sequence, chained.time, chained.event, chained.previous_hash)


def _head_missing(head: Checkpoint, last: Checkpoint) -> AuditFinding:
    return AuditFinding(
        "head",
        head.sequence,
        f"the chain ends at event {last.sequence} and does not pass through the checkpoint "
        f"at event {head.sequence}",
    )
