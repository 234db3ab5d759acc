"""The SQLite file itself: its settings, its gates, and what survives a kill."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import apsw
import pytest
from tests.factories_store import make_event, make_prepared

from fuente.adapters.sqlite_store import FILE_NAME, SqliteStore, held_embedder
from fuente.audit.chain import verify_chain
from fuente.audit.event import Action
from fuente.documents.standing import WITHDRAWN
from fuente.errors import (
    AuditBroken,
    InvalidRequest,
    NotFound,
    SettingsError,
    StoreDamaged,
    StoreLocked,
)


@pytest.fixture
def raw(tmp_path):
    """A plain connection to the file of a store that holds one document."""
    store = SqliteStore(tmp_path)
    store.add_document(make_prepared("Vincristine 1.5 mg/m2"), make_event())
    store.close()
    connection = apsw.Connection(str(tmp_path / FILE_NAME))
    yield connection
    connection.close()


def test_what_was_stored_is_there_after_opening_again(tmp_path):
    """A second opening sees the document and the chain of the first."""
    first = SqliteStore(tmp_path)
    first.add_document(make_prepared("Vincristine 1.5 mg/m2"), make_event())
    first.close()
    second = SqliteStore(tmp_path)
    second.check()
    assert len(second.documents()) == 1
    second.log(make_event())
    assert verify_chain(second.events(), second.audit_head()) == ()
    second.close()


def test_a_file_of_the_first_version_is_brought_up_to_date(raw, tmp_path):
    """Its documents are current, and they can be superseded from then on."""
    raw.execute("DROP TABLE standings; DROP TABLE earlier_pages; PRAGMA user_version = 1")
    store = SqliteStore(tmp_path)
    (held,) = store.documents()
    store.set_standing(held.sha256, WITHDRAWN, make_event())
    assert dict(store.standings()) == {held.sha256: WITHDRAWN}
    store.close()


def test_the_words_of_a_file_of_the_second_version_can_be_replaced(raw, tmp_path):
    """Its passages are found by their words as before, and can be taken out of the index."""
    raw.execute(
        "DROP TABLE earlier_pages; DROP TABLE passage_words; CREATE VIRTUAL TABLE passage_words "
        "USING fts5 (search_text, cognates, content = ''); PRAGMA user_version = 2"
    )
    store = SqliteStore(tmp_path)
    assert len(store.lexical_search('"vincristine"', 10)) == 1
    held = make_prepared("Vincristine 1.5 mg/m2")
    store.replace_reading(replace(held, passages=(), vectors=(), references=()), (), make_event())
    assert store.lexical_search('"vincristine"', 10) == []
    store.close()


def test_the_file_is_kept_so_that_acknowledged_work_survives_power_loss(raw):
    """The journal is a write-ahead log and every table is strict."""
    assert raw.pragma("journal_mode") == "wal"
    tables = raw.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    ours = {name: strict for name, strict in tables if not name.startswith("sqlite_")}
    assert ours.pop("audit_events") == 1
    assert set(ours.values()) == {1}


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET actor = 'forger'", "DELETE FROM audit_events"]
)
def test_audit_events_cannot_be_changed_or_deleted(raw, statement):
    """Triggers stop both, whoever has the file open."""
    with pytest.raises(apsw.ConstraintError, match="audit events are never"):
        raw.execute(statement)


def test_an_event_forged_past_the_triggers_breaks_the_chain(raw, tmp_path):
    """Whoever drops the triggers can write, and the chain shows it."""
    raw.execute("DROP TRIGGER audit_events_never_change")
    raw.execute("UPDATE audit_events SET actor = 'forger'")
    store = SqliteStore(tmp_path)
    assert [one.rule for one in verify_chain(store.events())] == ["hash"]
    store.close()


def test_an_event_that_fuente_never_writes_is_reported(raw, tmp_path):
    """An unknown action is a broken log, not a crash."""
    raw.execute("DROP TRIGGER audit_events_never_change")
    raw.execute("UPDATE audit_events SET action = 'nothing.happened'")
    store = SqliteStore(tmp_path)
    with pytest.raises(AuditBroken, match="event 1"):
        list(store.events())
    store.close()


def test_a_file_of_a_later_version_is_refused(raw, tmp_path):
    """A schema this fuente does not know is never guessed at."""
    raw.pragma("user_version", 99)
    with pytest.raises(StoreDamaged, match="version 99"):
        SqliteStore(tmp_path)


def test_a_file_of_another_program_is_refused(tmp_path):
    """Somebody else's database is not filled with our tables."""
    other = apsw.Connection(str(tmp_path / FILE_NAME))
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreDamaged, match="another program"):
        SqliteStore(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Rubbish in place of the file is named as such."""
    (tmp_path / FILE_NAME).write_bytes(b"not a database, but long enough to look at" * 50)
    with pytest.raises(StoreDamaged, match="is damaged"):
        SqliteStore(tmp_path)


def test_vectors_of_another_embedder_are_refused(tmp_path):
    """The first document fixes the embedder of a data folder."""
    first = SqliteStore(tmp_path, embedder="model-a")
    first.add_document(make_prepared("one"), make_event())
    first.close()
    SqliteStore(tmp_path, embedder="model-a").close()
    SqliteStore(tmp_path).close()
    with pytest.raises(SettingsError, match="model-a"):
        SqliteStore(tmp_path, embedder="model-b")


def test_a_failed_change_leaves_neither_document_nor_event(tmp_path):
    """When a row cannot be written the whole transaction is undone, and the store goes on."""
    store = SqliteStore(tmp_path)
    broken = make_prepared("one", "two", vectors=((1.0, 0.0),))
    with pytest.raises(ValueError, match="shorter"):
        store.add_document(broken, make_event())
    assert store.documents() == ()
    assert list(store.events()) == []
    store.add_document(make_prepared("one"), make_event())
    assert len(store.documents()) == 1
    store.close()


def _hold_and_fail(store, held):
    store.add_document(held, make_event())
    store.set_standing("0" * 64, WITHDRAWN, make_event())


def test_what_is_written_undisturbed_is_written_whole_or_not_at_all(tmp_path):
    """A failure before the end takes back what was written in the meantime."""
    store = SqliteStore(tmp_path)
    held = make_prepared("Vincristine 1.5 mg/m2")
    with pytest.raises(NotFound), store.undisturbed():
        _hold_and_fail(store, held)
    assert store.documents() == ()
    assert list(store.events()) == []
    store.close()


def test_a_file_locked_by_another_process_is_named(tmp_path, monkeypatch):
    """A writer that cannot get the lock says who has it instead of waiting for ever."""
    monkeypatch.setattr("fuente.adapters.sqlite_store.connection._BUSY_TIMEOUT_MS", 50)
    store = SqliteStore(tmp_path)
    other = apsw.Connection(str(tmp_path / FILE_NAME))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked, match="another process"):
        store.log(make_event())
    other.close()
    store.log(make_event())
    store.close()


def test_a_search_that_is_no_expression_is_the_callers_mistake(tmp_path):
    """Broken FTS5 syntax is an invalid request."""
    store = SqliteStore(tmp_path)
    with pytest.raises(InvalidRequest, match="search expression"):
        store.lexical_search('"open', 5)
    store.close()


def test_threads_read_while_one_writes(tmp_path):
    """Readers in several threads see whole documents only, and nobody fails."""
    store = SqliteStore(tmp_path)
    failures = []

    def read():
        try:
            for _ in range(30):
                for source in store.documents():
                    assert len(store.passages_of(source.sha256)) == 3
        except Exception as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(10):
        store.add_document(make_prepared("a", "b", "c", file=f"{number}.pdf"), make_event())
    for reader in readers:
        reader.join()
    store.close()
    assert failures == []


WRITER = """
import itertools, sys
from pathlib import Path
from fuente.adapters.sqlite_store import SqliteStore
from tests.factories_store import make_event, make_prepared
store = SqliteStore(Path(sys.argv[1]))
for number in itertools.count():
    texts = [f"passage {number} {place} " + "x" * 500 for place in range(20)]
    prepared = make_prepared(*texts, file=f"{number}.pdf")
    store.add_document(prepared, make_event(subject=prepared.read.source.sha256))
    print(number, flush=True)
"""


@pytest.mark.parametrize("wait", [0.0, 0.004, 0.011, 0.017, 0.031])
def test_a_kill_leaves_whole_documents_or_nothing(tmp_path, root, wait):
    """After SIGKILL each document held is whole and has its event, and the chain holds."""
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    )
    acknowledged = int(writer.stdout.readline())
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    acknowledged = max([acknowledged, *(int(line) for line in writer.stdout.read().split())])
    writer.stdout.close()
    writer.wait()

    store = SqliteStore(tmp_path)
    store.check()
    held = store.documents()
    assert len(held) >= acknowledged + 1
    for source in held:
        assert len(store.passages_of(source.sha256)) == 20
        assert store.page(source.sha256, 20) is not None
    events = list(store.events())
    assert verify_chain(events, store.audit_head()) == ()
    assert {one.event.subject for one in events} == {source.sha256 for source in held}
    assert all(one.event.action is Action.DOCUMENT_INGESTED for one in events)
    store.close()


def test_the_embedder_of_a_folder_is_known_before_it_is_opened(tmp_path):
    """Nothing is made where there is no folder yet."""
    assert held_embedder(tmp_path / "none") == ""
    assert not (tmp_path / "none").exists()
    store = SqliteStore(tmp_path, "model:0123:fp32:384")
    assert held_embedder(tmp_path) == ""
    store.add_document(make_prepared("Vincristine 1.5 mg/m2"), make_event())
    assert held_embedder(tmp_path) == "model:0123:fp32:384"
    store.close()
