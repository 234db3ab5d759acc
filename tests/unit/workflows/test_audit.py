"""What an auditor is told about the log."""

import hashlib

import apsw
import pytest
from tests.factories_store import make_event, make_prepared
from tests.fakes_store import MemoryStore

from fuente.adapters.sqlite_store import FILE_NAME, SqliteStore
from fuente.audit.chain import Checkpoint
from fuente.audit.event import Action
from fuente.documents.standing import WITHDRAWN
from fuente.errors import AuditBroken, InvalidRequest
from fuente.ports import StoredRecord
from fuente.workflows.audit import parse_checkpoint, verify_audit
from fuente.workflows.holding import digest_of
from fuente.workflows.tokens import create_token


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


def test_a_standing_changed_beside_the_log_is_found():
    """A document back in use, or out of it, without an event."""
    store = make_store()
    (held,) = store.documents()
    store._standings[held.sha256] = WITHDRAWN
    assert [one.rule for one in verify_audit(store).findings] == ["standing_changed"]
    store.log(make_event(Action.DOCUMENT_WITHDRAWN, held.sha256))
    assert verify_audit(store).findings == ()
    del store._standings[held.sha256]
    assert [one.rule for one in verify_audit(store).findings] == ["standing_changed"]
    store.log(make_event(Action.DOCUMENT_RESTORED, held.sha256))
    assert verify_audit(store).findings == ()


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


def make_folder(folder):
    """A store on disk with one ingested document and one generated record."""
    store, held = SqliteStore(folder), make_prepared("Vincristine 1.5 mg/m2", "Cisplatin 75 mg/m2")
    event = make_event(subject=held.read.source.sha256, held=digest_of(held))
    store.add_document(held, event)
    line = b'{"record_id":"r_1"}\n'
    digest = hashlib.sha256(line).hexdigest()
    made = make_event(Action.PATIENT_GENERATED, "r_1", sha256=digest)
    store.add_record(StoredRecord("r_1", line), made)
    return store


def rewrite_log(raw):
    """Cut the log to its first event and move the head back, as whoever has the file can."""
    raw.execute("DROP TRIGGER audit_events_never_go")
    raw.execute("DELETE FROM audit_events WHERE sequence > 1")
    raw.execute(
        "UPDATE audit_head SET (sequence, hash) = (SELECT sequence, hash FROM audit_events)"
    )


EDITS = {
    "a digit of a record": (
        "UPDATE records SET line = CAST(replace(line, 'r_1', 'r_2') AS BLOB)",
        "record_changed",
    ),
    "a record deleted": ("DELETE FROM records", "record_missing"),
    "a page": ("UPDATE pages SET text = replace(text, '75', '76')", "document_changed"),
    "a reference": (
        "UPDATE dose_references SET body = replace(body, '\"1.5\"', '\"2.5\"')",
        "document_changed",
    ),
    "a reference deleted": (
        "DELETE FROM dose_references WHERE row = 1",
        "document_changed",
    ),
    "a passage": ("UPDATE passages SET body = replace(body, '75', '76')", "document_changed"),
    "a body that is no JSON": ("UPDATE passages SET body = '{'", "document_changed"),
    "the bytes of the file": ("UPDATE contents SET content = x'00'", "document_changed"),
}


def test_an_untouched_folder_is_as_its_events_say(tmp_path):
    """What was stored is what comes back, to the last field."""
    store = make_folder(tmp_path)
    assert verify_audit(store).findings == ()
    store.close()


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_row_is_found(tmp_path, edit):
    """The log vouches for records and for what was read of documents, not only for itself."""
    statement, rule = EDITS[edit]
    store = make_folder(tmp_path)
    raw = apsw.Connection(str(tmp_path / FILE_NAME))
    raw.execute(statement)
    changed = raw.changes()
    raw.close()
    assert changed
    assert [one.rule for one in verify_audit(store).findings] == [rule]
    store.close()


def test_a_record_whose_event_was_cut_off_is_found(tmp_path):
    """A tail cut with its head leaves the record without its event."""
    store = make_folder(tmp_path)
    raw = apsw.Connection(str(tmp_path / FILE_NAME))
    rewrite_log(raw)
    raw.close()
    assert [one.rule for one in verify_audit(store).findings] == ["record_without_event"]
    store.close()


def test_a_log_whose_head_was_removed_is_found(tmp_path):
    """A log with events has a head."""
    store = make_folder(tmp_path)
    raw = apsw.Connection(str(tmp_path / FILE_NAME))
    raw.execute("DELETE FROM audit_head")
    raw.close()
    assert [one.rule for one in verify_audit(store).findings] == ["head"]
    store.close()


def test_a_token_put_in_beside_the_log_is_found(tmp_path):
    """One that was created has its event; a row written into the file has none."""
    store = SqliteStore(tmp_path)
    create_token(store, "tester")
    assert verify_audit(store).findings == ()
    raw = apsw.Connection(str(tmp_path / FILE_NAME))
    raw.execute("INSERT INTO tokens VALUES (?)", ("a" * 64,))
    raw.close()
    assert [one.rule for one in verify_audit(store).findings] == ["token_without_event"]
    store.close()


def test_a_deleted_document_is_found():
    """An event tells of a document that is gone."""
    store = make_store()
    store._documents.clear()
    assert [one.rule for one in verify_audit(store).findings] == ["document_missing"]


def test_a_checkpoint_is_read_as_it_is_printed():
    """SEQUENCE:HASH, and nothing else."""
    assert parse_checkpoint(f" 7:{'a' * 64}\n") == Checkpoint(7, "a" * 64)
    for wrong in ("", "7", f"x:{'a' * 64}", f"7:{'A' * 64}", f"-1:{'a' * 64}"):
        with pytest.raises(InvalidRequest):
            parse_checkpoint(wrong)


def test_a_log_that_cannot_be_read_is_a_finding():
    """A row fuente never writes is reported with the others, not raised."""

    class Unreadable(MemoryStore):
        def events(self, after=0):
            yield from super().events(after)
            raise AuditBroken("Audit event 2 cannot be read.")

    store = Unreadable()
    store.log(make_event(Action.LOGIN))
    assert [one.rule for one in verify_audit(store).findings] == ["readable"]
