"""Checks the audit log: the chain itself, and that nothing is held without its event.

It decides what an auditor is told. How events are hashed is decided by `fuente.audit.chain`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fuente.audit.chain import GENESIS, AuditFinding, Checkpoint, verify_chain
from fuente.audit.event import Action, ChainedEvent
from fuente.errors import AuditBroken
from fuente.ports import Store


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
    cut = _checkpoint_missed(known, seen)
    return AuditReport(seen.count, seen.head, (*findings, *cut, *_without_event(store, seen)))


class _Seen:
    """What the events passed through it tell of."""

    def __init__(self) -> None:
        self.count = 0
        self.head: Checkpoint | None = None
        self.hashes = {0: GENESIS}
        self.subjects: set[tuple[Action, str]] = set()

    @property
    def last(self) -> int:
        return self.head.sequence if self.head else 0

    def watch(self, events: Iterable[ChainedEvent]) -> Iterator[ChainedEvent]:
        for chained in events:
            self.count += 1
            self.head = Checkpoint(chained.sequence, chained.hash)
            self.hashes[chained.sequence] = chained.hash
            self.subjects.add((chained.event.action, chained.event.subject))
            yield chained


def _checkpoint_missed(known: Checkpoint | None, seen: _Seen) -> Iterator[AuditFinding]:
    if known is not None and seen.hashes.get(known.sequence) != known.hash:
        yield AuditFinding(
            "checkpoint",
            known.sequence,
            f"the chain does not pass through the checkpoint noted at event {known.sequence}",
        )


def _without_event(store: Store, seen: _Seen) -> Iterator[AuditFinding]:
    """Documents that no event tells of, as after the tail of the log was cut off."""
    for document in store.documents():
        if (Action.DOCUMENT_INGESTED, document.sha256) not in seen.subjects:
            yield AuditFinding(
                "document_without_event",
                seen.last,
                f"{document.file} is held, but no event says that it was ingested",
            )
