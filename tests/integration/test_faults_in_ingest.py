"""Ingest killed, starved of disk and run twice at once: nothing half-held, nothing lost.

The child says by name which documents are held; what it has said must be there afterwards.
"""

import multiprocessing
import os
import time

import pytest
from tests.ingest_child import TOLD, ingest, run

from fuente.adapters.chroma_index import ChromaIndex
from fuente.adapters.sqlite_store import SqliteStore
from fuente.workflows.audit import verify_audit
from fuente.workflows.ingest import heal_index

# Forked from a clean process that has loaded what an ingest needs: quick, and with no thread of
# the test run in it.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.ingest_child", "chromadb"])
NAMES = [f"protocol-{number}.md" for number in range(6)]
KILLS = 100
FULL_DISKS = 24


@pytest.fixture
def protocols(tmp_path):
    """Six protocols, each with a table and some prose."""
    folder = tmp_path / "protocols"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        rows = "\n".join(f"| Vincristine | {row}.{number} mg/m2 |" for row in range(1, 15))
        prose = "Doxorubicin 30 mg/m2 IV on day 1 in Wilms tumour. " * 10
        text = f"# Wilms tumour {number}\n\n{prose}\n\n| Drug | Dose |\n|---|---|\n{rows}\n"
        (folder / name).write_text(text)
    return folder


def start(path, data, *, largest_file=None, again=False):
    """An ingest in its own process, and the pipe its words come through."""
    reading, writing = PROCESSES.Pipe(duplex=False)
    child = PROCESSES.Process(target=run, args=(path, data, writing, largest_file, again))
    child.start()
    writing.close()
    return child, reading


def said_by(child, reading):
    """What a child said before it ended, and how it ended."""
    with os.fdopen(os.dup(reading.fileno())) as pipe:
        words = pipe.read().split()
    reading.close()
    child.join()
    return words, child.exitcode


def check(data, said):
    """Whatever is held is whole and told of in the log; what was said is held; the index heals."""
    store = SqliteStore(data)
    store.check()
    held = {one.file for one in store.documents()}
    assert set(said) <= held
    assert verify_audit(store).findings == ()
    index = ChromaIndex(data)
    heal_index(store, index)
    assert index.count() == len(list(store.vectors()))
    index.close()
    store.close()
    return held


def undisturbed(protocols, data, *, again=False):
    """How long an ingest takes when nobody disturbs it."""
    begun = time.monotonic()
    words, code = said_by(*start(protocols, data, again=again))
    assert (words, code) == (NAMES, 0)
    return time.monotonic() - begun


def kill_at(protocols, data, seconds, *, again=False):
    """Kill an ingest after some time; give what was held by then."""
    child, reading = start(protocols, data, again=again)
    time.sleep(seconds)
    child.kill()
    said, _ = said_by(child, reading)
    return check(data, said)


@pytest.mark.parametrize(
    "points", [4, pytest.param(KILLS, marks=pytest.mark.sweep)], ids=["few", "many"]
)
def test_a_killed_ingest_leaves_whole_documents_and_goes_on(protocols, tmp_path, points):
    """At moments spread over its whole length; afterwards the same command holds them all."""
    undisturbed(protocols, tmp_path / "first")  # starts the process that is forked from
    length = undisturbed(protocols, tmp_path / "whole")
    states = set()
    for point in range(points):
        data = tmp_path / f"killed-{point}"
        held = kill_at(protocols, data, length * (point + 0.5) / points)
        states.add(len(held))
        if point % 10 == 0:
            ingest(protocols, data)
            assert check(data, NAMES) == set(NAMES)
    if points == KILLS:
        assert len(states) > 1  # it was killed in the midst, not only before and after


@pytest.mark.parametrize(
    "points", [3, pytest.param(KILLS // 2, marks=pytest.mark.sweep)], ids=["few", "many"]
)
def test_a_killed_reading_again_leaves_each_document_read_once(protocols, tmp_path, points):
    """As it was read before or as it is read now, whole; what the log vouches for is held."""
    data = tmp_path / "data"
    undisturbed(protocols, data)
    length = undisturbed(protocols, data, again=True)
    for point in range(points):
        seconds = length * (point + 0.5) / points
        assert kill_at(protocols, data, seconds, again=True) == set(NAMES)


@pytest.mark.parametrize(
    "limits", [4, pytest.param(FULL_DISKS, marks=pytest.mark.sweep)], ids=["few", "many"]
)
def test_a_full_disk_costs_no_document_already_held(protocols, tmp_path, limits):
    """Files that may grow only so far stand for a disk that is full; with room again it goes on."""
    for limit in range(limits):
        data = tmp_path / f"full-{limit}"
        first = protocols / NAMES[0]
        ingest(first, data)
        size = max(one.stat().st_size for one in data.rglob("*") if one.is_file())
        said, _ = said_by(*start(protocols, data, largest_file=size + 4096 * (limit + 1)))
        assert NAMES[0] in check(data, said)
        ingest(protocols, data)
        assert check(data, NAMES) == set(NAMES)


def test_two_ingests_of_the_same_files_at_once_hold_each_once(protocols, tmp_path):
    """Both end well, and every document is there one time."""
    data = tmp_path / "data"
    children = [start(protocols, data) for _ in range(2)]
    ended = [said_by(*one) for one in children]
    codes = [code for _, code in ended]
    assert 0 in codes
    assert set(codes) <= {0, TOLD}  # the other one may be told that the folder is in use
    assert check(data, [name for words, _ in ended for name in words]) == set(NAMES)
