"""Checks the audit log: the chain itself, and that what is held is what its events tell of.

It decides what an auditor is told. How events are hashed is decided by `fuente.audit.chain`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from fuente.audit.chain import GENESIS, AuditFinding, Checkpoint, verify_chain
from fuente.audit.event import Action, AuditEvent, ChainedEvent
from fuente.documents.standing import WITHDRAWN, Standing, superseded_by
from fuente.errors import AuditBroken, FuenteError, InvalidRequest
from fuente.ports import Store
from fuente.workflows.holding import held_digest
from fuente.workflows.tokens import actor_of_hash

_ROWS: Final = 100
_CHECKPOINT: Final = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
# Whatever an edited row may make of its reading.
_UNREADABLE: Final = (FuenteError, ValueError, LookupError, TypeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many events were read, where the chain ends, and what is wrong with it.

    `head` is worth noting outside this machine: given back to `verify_audit` later, it shows a
    chain that was cut or rewritten as a whole.
    """

    events: int
    head: Checkpoint | None
    findings: tuple[AuditFinding, ...]


def verify_audit(store: Store, known: Checkpoint | None = None) -> AuditReport:
    """Read the whole log and check it.

    Args:
        store: the store whose log is checked.
        known: a checkpoint noted earlier, if there is one.
    """
    seen = _Seen()
    try:
        findings = verify_chain(seen.watch(store.events()), store.audit_head())
    except AuditBroken as error:
        findings = (AuditFinding("readable", seen.last + 1, str(error)),)
    cut = (*_head_missed(store, seen), *_checkpoint_missed(known, seen))
    held = (
        *_documents(store, seen),
        *_standings(store, seen),
        *_records(store, seen),
        *_tokens(store, seen),
    )
    return AuditReport(seen.count, seen.head, (*findings, *cut, *held))


def parse_checkpoint(text: str) -> Checkpoint:
    """A checkpoint as `fuente audit verify` prints it.

    Raises:
        InvalidRequest: it is not SEQUENCE:HASH.
    """
    if not (found := _CHECKPOINT.fullmatch(text.strip())):
        raise InvalidRequest(
            f"{text[:80]!r} is no checkpoint.", "Give SEQUENCE:HASH as `fuente audit verify` says."
        )
    return Checkpoint(int(found[1]), found[2])


class _Seen:
    """What the events passed through it tell of."""

    def __init__(self) -> None:
        self.count = 0
        self.head: Checkpoint | None = None
        self.hashes = {0: GENESIS}
        self.documents: dict[str, set[str]] = {}
        self.records: dict[str, set[str]] = {}
        self.tokens: set[str] = set()
        self.standings: dict[str, Standing] = {}

    @property
    def last(self) -> int:
        return self.head.sequence if self.head else 0

    def watch(self, events: Iterable[ChainedEvent]) -> Iterator[ChainedEvent]:
        for chained in events:
            self.count += 1
            self.head = Checkpoint(chained.sequence, chained.hash)
            self.hashes[chained.sequence] = chained.hash
            self._note(chained.event)
            self._note_standing(chained.event)
            yield chained

    def _note(self, event: AuditEvent) -> None:
        """Which hashes of which documents and records the log vouches for."""
        if event.action is Action.DOCUMENT_READ_AGAIN:
            # What was read before is held no more, and vouched for no more.
            self.documents[event.subject] = {str(event.details.get("held"))}
            return
        if event.action is Action.DOCUMENT_INGESTED:
            vouched, key = self.documents, "held"
        elif event.action is Action.PATIENT_GENERATED:
            vouched, key = self.records, "sha256"
        else:
            if event.action is Action.TOKEN_CREATED:
                self.tokens.add(event.subject)
            return
        hashes = vouched.setdefault(event.subject, set())
        if key in event.details:
            hashes.add(str(event.details[key]))

    def _note_standing(self, event: AuditEvent) -> None:
        """What the log says of documents that are no longer in use."""
        details = event.details
        if "supersedes" in details:
            self.standings[str(details["supersedes"])] = superseded_by(event.subject)
        if "superseded_by" in details:
            self.standings[event.subject] = superseded_by(str(details["superseded_by"]))
        if event.action is Action.DOCUMENT_WITHDRAWN:
            self.standings[event.subject] = WITHDRAWN
        if event.action is Action.DOCUMENT_RESTORED:
            self.standings.pop(event.subject, None)


def _head_missed(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    if seen.count and store.audit_head() is None:
        yield AuditFinding("head", seen.last, "the log has events, but nothing says where it ends")


def _checkpoint_missed(known: Checkpoint | None, seen: _Seen) -> Iterator[AuditFinding]:
    if known is not None and seen.hashes.get(known.sequence) != known.hash:
        yield AuditFinding(
            "checkpoint",
            known.sequence,
            f"the chain does not pass through the checkpoint noted at event {known.sequence}",
        )


def _documents(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    """Documents without an event, as after the log's tail was cut; edited ones; deleted ones."""
    held = {one.sha256: one.file for one in store.documents()}
    for sha256, file in held.items():
        if sha256 not in seen.documents:
            message = f"{file} is held, but no event says that it was ingested"
            yield AuditFinding("document_without_event", seen.last, message)
        elif not _is_as_ingested(store, sha256, seen.documents[sha256]):
            message = f"{file} or what was read from it was changed after it was ingested"
            yield AuditFinding("document_changed", seen.last, message)
    for sha256 in seen.documents.keys() - held.keys():
        message = f"document {sha256[:16]} was ingested, but is not held"
        yield AuditFinding("document_missing", seen.last, message)


def _standings(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    """Documents taken out of use, or back into it, beside the log."""
    held = store.standings()
    for sha256 in sorted(held.keys() | seen.standings.keys()):
        if held.get(sha256) != seen.standings.get(sha256):
            message = f"document {sha256[:16]} was taken out of use or back beside the log"
            yield AuditFinding("standing_changed", seen.last, message)


def _is_as_ingested(store: Store, sha256: str, vouched: Set[str]) -> bool:
    try:
        if hashlib.sha256(store.content(sha256)).hexdigest() != sha256:
            return False
        # Folders of a fuente whose events did not vouch for what was read stay valid.
        return not vouched or held_digest(store, sha256) in vouched
    except _UNREADABLE:
        return False


def _records(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    """Records without an event, edited ones, and deleted ones."""
    held = set()
    for offset in range(0, store.count_records(), _ROWS):
        for one in store.records(offset, _ROWS):
            held.add(one.record_id)
            hashes = seen.records.get(one.record_id)
            if hashes is None:
                message = f"record {one.record_id} is held, but no event says that it was generated"
                yield AuditFinding("record_without_event", seen.last, message)
            elif hashes and hashlib.sha256(one.line).hexdigest() not in hashes:
                message = f"record {one.record_id} was changed after it was generated"
                yield AuditFinding("record_changed", seen.last, message)
    for record_id in sorted(seen.records.keys() - held):
        message = f"record {record_id} was generated, but is not held"
        yield AuditFinding("record_missing", seen.last, message)


def _tokens(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    """Tokens put in beside the log: a way in that nobody was given."""
    for name in map(actor_of_hash, store.token_hashes()):
        if name not in seen.tokens:
            message = f"{name} is accepted, but no event says that it was created"
            yield AuditFinding("token_without_event", seen.last, message)
