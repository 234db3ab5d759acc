"""Damage, ownership and rebuilding of the Chroma folder."""

import shutil
import subprocess
import sys

import pytest

from fuente.adapters.chroma_index import FOLDER_NAME, ChromaIndex
from fuente.errors import IndexDamaged, StoreLocked

ITEMS = [("p_a", [1.0, 0.0]), ("p_b", [0.6, 0.8]), ("p_c", [0.0, 1.0])]


@pytest.fixture
def filled(tmp_path):
    """A data folder whose Chroma holds three passages; nobody owns it."""
    index = ChromaIndex(tmp_path)
    index.rebuild(ITEMS)
    index.close()
    return tmp_path


def test_what_was_added_is_there_after_opening_again(filled):
    """The folder keeps its passages and passes the probe."""
    index = ChromaIndex(filled)
    index.probe(3)
    assert [key for key, _ in index.nearest([1.0, 0.0], 2)] == ["p_a", "p_b"]
    index.close()


def test_a_second_owner_is_refused(filled):
    """Two owners at once cannot be: the second says so at once."""
    index = ChromaIndex(filled)
    with pytest.raises(StoreLocked, match="Another fuente process"):
        ChromaIndex(filled)
    index.close()
    ChromaIndex(filled).close()


def test_the_probe_sees_a_count_that_differs_from_the_store(filled):
    """A document stored but not indexed, as after a crash between the two, is noticed."""
    index = ChromaIndex(filled)
    with pytest.raises(IndexDamaged, match="holds 3 passages and the store 4"):
        index.probe(4)
    index.close()


def test_a_deleted_folder_is_noticed_and_rebuilt(filled):
    """Without its folder the index is empty, which the probe sees and a rebuild cures."""
    shutil.rmtree(filled / FOLDER_NAME)
    index = ChromaIndex(filled)
    with pytest.raises(IndexDamaged):
        index.probe(3)
    index.rebuild(ITEMS)
    index.probe(3)
    index.close()


def test_a_truncated_database_is_noticed_and_rebuilt(filled):
    """A cut file raises the index's own error, never the engine's, and a rebuild cures it."""
    database = filled / FOLDER_NAME / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:5_000])
    index = ChromaIndex(filled)
    with pytest.raises(IndexDamaged):
        index.probe(3)
    index.rebuild(ITEMS)
    index.probe(3)
    index.close()


def test_rebuilding_while_open_answers_from_the_new_folder(filled):
    """The process that rebuilds sees the new content at once."""
    index = ChromaIndex(filled)
    assert index.count() == 3
    index.rebuild(ITEMS[:1])
    index.probe(1)
    assert [key for key, _ in index.nearest([0.0, 1.0], 5)] == ["p_a"]
    index.close()


def test_the_lock_ends_with_its_process(filled):
    """A killed owner leaves no lock behind."""
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from fuente.adapters.chroma_index import ChromaIndex;"
        "index = ChromaIndex(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(filled)], check=False, env={"PYTHONPATH": "src"}
    )
    assert killed.returncode == -9
    ChromaIndex(filled).close()
