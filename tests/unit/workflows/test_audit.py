"""What an auditor is told about the log."""

import apsw
from tests.factories_store import make_event, make_prepared
from tests.fakes_store import MemoryStore

from fuente.adapters.sqlite_store import FILE_NAME, SqliteStore
from fuente.audit.event import Action
from fuente.errors import AuditBroken
from fuente.workflows.audit import verify_audit


def make_store():
    """A store with one document and three events."""
    store, held = MemoryStore(), make_prepared("one")
    store.add_document(held, make_event(subject=held.read.source.sha256))
    store.log(make_event(Action.LOGIN))
    store.log(make_event(Action.QUESTION_ASKED))
    return store


def test_an_untouched_log_has_no_findings():
    """The report says how many events there are and where the chain ends."""
    store = make_store()
    report = verify_audit(store, store.audit_head())
    assert (report.events, report.head, report.findings) == (3, store.audit_head(), ())


def test_an_empty_log_holds():
    """A new store has nothing to find fault with."""
    report = verify_audit(MemoryStore())
    assert (report.events, report.head, report.findings) == (0, None, ())


def test_a_document_no_event_tells_of_is_found():
    """Cutting the log below a document leaves the document without its event."""
    store = make_store()
    store._events.clear()
    assert [one.rule for one in verify_audit(store).findings] == ["document_without_event"]


def test_a_cut_tail_is_found_with_a_checkpoint():
    """A head noted earlier shows that later events are gone."""
    store = make_store()
    head = store.audit_head()
    store._events.pop()
    assert verify_audit(store).findings == ()
    assert [one.rule for one in verify_audit(store, head).findings] == ["checkpoint"]


def test_a_cut_tail_is_found_while_the_head_beside_it_stands(tmp_path):
    """Whoever deletes the last rows of the table alone is found without any checkpoint."""
    store = SqliteStore(tmp_path)
    store.log(make_event(Action.LOGIN))
    store.log(make_event(Action.QUESTION_ASKED))
    raw = apsw.Connection(str(tmp_path / FILE_NAME))
    raw.execute("DROP TRIGGER audit_events_never_go")
    raw.execute("DELETE FROM audit_events WHERE sequence = 2")
    raw.close()
    assert [one.rule for one in verify_audit(store).findings] == ["head"]
    store.close()


def test_a_log_that_cannot_be_read_is_a_finding():
    """A row fuente never writes is reported with the others, not raised."""

    class Unreadable(MemoryStore):
        def events(self, after=0):
            yield from super().events(after)
            raise AuditBroken("Audit event 2 cannot be read.")

    store = Unreadable()
    store.log(make_event(Action.LOGIN))
    assert [one.rule for one in verify_audit(store).findings] == ["readable"]
