"""Tampering with the audit chain, and what a chain alone cannot show."""

from dataclasses import replace

import pytest

from fuente.audit.chain import GENESIS, Checkpoint, chain_event, event_hash, verify_chain
from fuente.audit.event import Action, AuditEvent

TIME = "2025-03-12T09:00:00.000000+00:00"


@pytest.fixture
def chain():
    """Five events, chained."""
    events, head = [], None
    for number in range(5):
        event = AuditEvent(Action.DOCUMENT_INGESTED, "tester", f"d{number}", {"pages": number})
        chained = chain_event(event, TIME, head)
        head = Checkpoint(chained.sequence, chained.hash)
        events.append(chained)
    return events


def head_of(events):
    """The checkpoint at the end."""
    return Checkpoint(events[-1].sequence, events[-1].hash)


def rules(events, head=None):
    """The rules broken."""
    return [finding.rule for finding in verify_chain(events, head)]


def test_an_untouched_chain_has_no_findings(chain):
    """The chain holds, with and without its head, and an empty one too."""
    assert verify_chain(chain) == ()
    assert verify_chain(chain, head_of(chain)) == ()
    assert verify_chain(chain, head_of(chain[:2])) == ()
    assert verify_chain([]) == ()


def test_the_first_event_follows_the_genesis_hash(chain):
    """The chain starts at one, from a fixed hash."""
    assert chain[0].sequence == 1
    assert chain[0].previous_hash == GENESIS


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "someone else"},
        {"subject": "another thing"},
        {"action": Action.DOCUMENT_REJECTED},
        {"details": {"pages": 99}},
        {"details": {}},
    ],
)
def test_an_edited_event_is_seen(chain, change):
    """Any changed part of an event breaks its hash."""
    chain[2] = replace(chain[2], event=replace(chain[2].event, **change))
    assert rules(chain) == ["hash"]


def test_an_edited_time_is_seen(chain):
    """The time is part of what is hashed."""
    chain[2] = replace(chain[2], time="2024-03-12T09:00:00.000000+00:00")
    assert rules(chain) == ["hash"]


def test_an_edited_event_with_its_hash_recomputed_is_seen(chain):
    """Recomputing one hash breaks the link of the event after it."""
    event = replace(chain[2].event, actor="someone else")
    forged = event_hash(3, TIME, event, chain[2].previous_hash)
    chain[2] = replace(chain[2], event=event, hash=forged)
    assert rules(chain) == ["link"]


def test_a_deleted_event_is_seen(chain):
    """A gap shows in the sequence and in the link."""
    del chain[2]
    assert rules(chain) == ["sequence", "link"]


def test_a_deleted_first_event_is_seen(chain):
    """The chain must start at its first event."""
    assert rules(chain[1:]) == ["sequence", "link"]


def test_an_inserted_event_is_seen(chain):
    """An event put in between breaks the link after it."""
    extra = chain_event(chain[0].event, TIME, Checkpoint(2, chain[1].hash))
    chain.insert(2, extra)
    assert "sequence" in rules(chain)


def test_reordered_events_are_seen(chain):
    """Two events that changed places break sequence and links."""
    chain[1], chain[2] = chain[2], chain[1]
    assert {"sequence", "link"} <= set(rules(chain))


def test_a_cut_tail_is_seen_with_a_checkpoint_only(chain):
    """The remaining chain holds by itself; a checkpoint noted before shows what is missing."""
    head = head_of(chain)
    assert rules(chain[:3]) == []
    assert rules(chain[:3], head) == ["head"]
    assert rules([], head) == ["head"]


def test_a_chain_rewritten_as_a_whole_is_seen_with_a_checkpoint_only(chain):
    """Whoever can rewrite every hash leaves a valid chain, but not the one of the checkpoint."""
    head, forged, last = head_of(chain), [], None
    for chained in chain:
        again = chain_event(replace(chained.event, actor="forger"), TIME, last)
        last = Checkpoint(again.sequence, again.hash)
        forged.append(again)
    assert rules(forged) == []
    assert rules(forged, head) == ["head"]


def test_hashes_stay_what_they_were():
    """Yesterday's logs verify with tomorrow's code: the hash of one event is pinned."""
    event = AuditEvent(Action.LOGIN, "tester", "sesión", {"ok": True, "count": 2})
    assert event_hash(1, TIME, event, GENESIS) == (
        "8955887d1b12b67250abf8de3513b152b803190e96377f85b5b62af6cea5d59e"
    )
