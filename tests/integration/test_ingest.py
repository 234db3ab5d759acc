"""Ingest from the file to the store: good files, broken ones, the same again, and crashes."""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories_ingest import TEXT, actions, make_services, write
from tests.fakes_store import MemoryIndex

from fuente.adapters.exact_index import ExactIndex
from fuente.adapters.sqlite_store import SqliteStore
from fuente.audit.chain import verify_chain
from fuente.audit.event import Action
from fuente.documents.source import DocumentStatus
from fuente.errors import IndexDamaged
from fuente.workflows.audit import verify_audit
from fuente.workflows.editions import current_documents
from fuente.workflows.ingest import (
    heal_index,
    ingest_file,
    ingest_paths,
)


def test_a_file_becomes_a_document_with_passages_and_vectors(tmp_path, folder):
    """Store and index hold the same passages, and the log tells of it."""
    services = make_services(tmp_path, write(folder, "a.pdf"))
    result = ingest_file(folder / "a.pdf", services)
    assert (result.status, result.pages, result.reason) == (DocumentStatus.READY, 1, "")
    assert result.passages == services.index.count() >= 1
    assert services.store.document(result.sha256).file == "a.pdf"
    assert services.store.content(result.sha256) == (folder / "a.pdf").read_bytes()
    assert actions(services) == [Action.DOCUMENT_INGESTED]


def test_references_are_counted_and_stored(tmp_path, folder):
    """The dose in the sentence is held as a reference of the document."""
    services = make_services(tmp_path, write(folder, "a.pdf"))
    result = ingest_file(folder / "a.pdf", services)
    held = services.store.references()
    assert result.references == len(held) >= 1
    assert {one.drug for one in held} == {"vincristine"}


def test_the_same_file_again_is_a_duplicate(tmp_path, folder):
    """Content decides, not the name: nothing is added but the event."""
    read = write(folder, "a.pdf")
    write(folder, "copy.pdf")
    services = make_services(tmp_path, read)
    first = ingest_file(folder / "a.pdf", services)
    again = ingest_file(folder / "a.pdf", services)
    copy = ingest_file(folder / "copy.pdf", services)
    assert again.status is copy.status is DocumentStatus.DUPLICATE
    assert (again.passages, again.references) == (first.passages, first.references)
    assert "a.pdf" in copy.reason
    assert len(services.store.documents()) == 1
    assert services.index.count() == first.passages
    assert len(actions(services)) == 3


class SlowlyRead(SqliteStore):
    """A store that leaves time for others between what is read of it and what is done then."""

    def documents(self):
        held = super().documents()
        time.sleep(0.3)
        return held


def ingest_at_once(tmp_path, *reads):
    """Each by its own store on one data folder, as by processes started at one moment."""
    SqliteStore(tmp_path / "data").close()

    def ingest(path, read):
        services = make_services(tmp_path, read)
        return ingest_file(path, replace(services, store=SlowlyRead(tmp_path / "data")))

    with ThreadPoolExecutor(len(reads)) as threads:
        return list(threads.map(ingest, *zip(*reads, strict=True)))


def test_editions_that_come_at_one_moment_replace_each_other(tmp_path, folder):
    """Each process decides on what the other has stored: one edition is in use, not both."""
    reads = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        reads.append((folder / name / "a.pdf", write(folder / name, "a.pdf", f"{TEXT} {name}")))
    ingest_at_once(tmp_path, *reads)
    store = SqliteStore(tmp_path / "data")
    assert len(store.documents()) == 2
    assert len(current_documents(store)) == 1
    assert verify_audit(store).findings == ()


def test_one_file_that_comes_twice_at_one_moment_is_one_document(tmp_path, folder):
    """The second process finds it held and says so."""
    read = write(folder, "a.pdf")
    results = ingest_at_once(tmp_path, *[(folder / "a.pdf", read)] * 2)
    assert sorted(str(one.status) for one in results) == ["duplicate", "ready"]


def test_a_broken_file_among_good_ones_stops_nothing(tmp_path, folder):
    """The broken one is rejected with its reason and an event; the others are held."""
    good = [write(folder, name, f"{TEXT} {name}") for name in ("a.pdf", "c.pdf")]
    (folder / "b.pdf").write_bytes(b"broken")
    services = make_services(tmp_path, *good)
    results = list(ingest_paths([folder], services))
    assert [one.status for one in results] == [
        DocumentStatus.READY,
        DocumentStatus.REJECTED,
        DocumentStatus.READY,
    ]
    assert "damaged" in results[1].reason
    assert results[1].sha256 == hashlib.sha256(b"broken").hexdigest()
    assert actions(services)[1] is Action.DOCUMENT_REJECTED
    assert verify_audit(services.store).findings == ()


def test_a_path_that_is_no_file_is_rejected(tmp_path):
    """A name mistyped is a result with a reason, and is logged."""
    services = make_services(tmp_path)
    result = ingest_file(Path("nowhere.pdf"), services)
    assert result.status is DocumentStatus.REJECTED
    assert "not a file" in result.reason
    assert actions(services) == [Action.DOCUMENT_REJECTED]


def test_a_file_that_changes_while_it_is_read_is_rejected(tmp_path, folder):
    """What is stored must be what was read."""
    read = write(folder, "a.pdf")
    (folder / "a.pdf").write_bytes(b"%PDF other words")
    result = ingest_file(folder / "a.pdf", make_services(tmp_path, read))
    assert result.status is DocumentStatus.REJECTED
    assert "changed" in result.reason


def test_a_file_beyond_the_limit_is_rejected_unread(tmp_path, folder, monkeypatch):
    """Size is looked at before the bytes are."""
    monkeypatch.setattr("fuente.workflows.opening.MAX_FILE_BYTES", 10)
    read = write(folder, "a.pdf")
    result = ingest_file(folder / "a.pdf", make_services(tmp_path, read))
    assert result.status is DocumentStatus.REJECTED
    assert "larger" in result.reason


def test_characters_that_are_no_text_are_rejected(tmp_path, folder):
    """A lone surrogate cannot be stored, so the file is refused by page."""
    read = write(folder, "a.pdf")
    bad = replace(read, pages=(replace(read.pages[0], text="\ud800" + TEXT),))
    result = ingest_file(folder / "a.pdf", make_services(tmp_path, bad))
    assert result.status is DocumentStatus.REJECTED
    assert "page 1" in result.reason


def test_a_page_nobody_foresaw_costs_the_references_only(tmp_path, folder, monkeypatch):
    """The document is held as partial, with the reason, and can be searched."""

    def broken(*_):
        raise ValueError("a number nobody foresaw")

    monkeypatch.setattr("fuente.workflows.preparing.extract_references", broken)
    services = make_services(tmp_path, write(folder, "a.pdf"))
    result = ingest_file(folder / "a.pdf", services)
    assert result.status is DocumentStatus.PARTIAL
    assert "a number nobody foresaw" in result.reason
    assert result.references == 0
    assert services.store.document(result.sha256).status is DocumentStatus.PARTIAL
    assert services.index.count() == result.passages > 0


def test_a_partial_document_says_which_pages_have_no_text(tmp_path, folder):
    """Scanned pages are named in the reason."""
    read = write(folder, "a.pdf")
    source = replace(read.source, pages=2, pages_without_text=(2,), status=DocumentStatus.PARTIAL)
    pages = (*read.pages, replace(read.pages[0], number=2, text="", lines=(), text_source="none"))
    partial = replace(read, source=source, pages=pages)
    result = ingest_file(folder / "a.pdf", make_services(tmp_path, partial))
    assert result.status is DocumentStatus.PARTIAL
    assert result.reason == "no text on 1 pages: 2"


def test_progress_counts_the_files(tmp_path, folder):
    """The caller is told how many are done and how many there are."""
    reads = [write(folder, name, f"{TEXT} {name}") for name in ("a.pdf", "b.pdf")]
    seen = []
    services = make_services(tmp_path, *reads)
    list(ingest_paths([folder], services, lambda *step: seen.append(step)))
    assert [step for step in seen if step[2] == 2] == [("files", 1, 2), ("files", 2, 2)]


class DyingIndex(MemoryIndex):
    """An index whose process dies, or whose folder breaks, at the first write."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def add(self, ids, vectors):
        raise self.error


def test_a_crash_before_the_index_is_written_is_healed_at_the_next_start(tmp_path, folder):
    """The document is held, the index lacks it, and healing rebuilds the index from the store."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read, index=DyingIndex(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        ingest_file(folder / "a.pdf", services)
    assert len(services.store.documents()) == 1
    index = MemoryIndex()
    assert heal_index(services.store, index) is True
    assert index.count() == len(list(services.store.vectors())) > 0
    assert heal_index(services.store, index) is False


def test_an_index_of_as_many_other_passages_is_healed(tmp_path, folder):
    """A crash while one edition replaces another of the same length leaves the counts alike."""
    services = make_services(tmp_path, write(folder, "a.pdf"))
    ingest_file(folder / "a.pdf", services)
    index = MemoryIndex()
    index.rebuild((f"p_old{place}", one) for place, (_, one) in enumerate(services.store.vectors()))
    assert heal_index(services.store, index) is True
    assert index.ids() == {one for one, _ in services.store.vectors()}


def test_a_name_that_is_no_text_does_not_stop_the_others(tmp_path, folder):
    """It is rejected by an escaped name; the log takes it."""
    (folder / os.fsdecode(b"a\xf1.pdf")).write_bytes(b"%PDF")
    read = write(folder, "b.pdf")
    results = list(ingest_paths([folder], make_services(tmp_path, read)))
    assert [str(one.status) for one in results] == ["rejected", "ready"]


def test_an_index_that_breaks_while_written_is_rebuilt(tmp_path, folder):
    """Damage met during ingest is cured at once from the store."""
    read = write(folder, "a.pdf")
    index = DyingIndex(IndexDamaged("The vector index cannot be used."))
    result = ingest_file(folder / "a.pdf", make_services(tmp_path, read, index=index))
    assert result.status is DocumentStatus.READY
    assert index.count() == result.passages


def test_a_crash_while_storing_leaves_nothing(tmp_path, folder, monkeypatch):
    """When the event cannot be written, the document is not there either."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    monkeypatch.setattr(
        "fuente.adapters.sqlite_store.events.chain_event",
        lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()),
    )
    with pytest.raises(KeyboardInterrupt):
        ingest_file(folder / "a.pdf", services)
    monkeypatch.undo()
    assert services.store.documents() == ()
    assert services.index.count() == 0
    assert ingest_file(folder / "a.pdf", services).status is DocumentStatus.READY
    assert verify_chain(services.store.events()) == ()


def test_an_empty_store_and_index_need_no_healing(tmp_path):
    """A new data folder is whole."""
    assert heal_index(make_services(tmp_path).store, ExactIndex()) is False
