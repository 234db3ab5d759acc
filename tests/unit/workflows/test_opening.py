"""Files are read in turn, one ahead of the work on them, and reading ends when the work does."""

import os
import threading
from contextlib import closing

import pytest
from tests.fakes_reading import PlainTextReader
from tests.fakes_store import MemoryStore

from fuente.workflows.opening import open_file, open_files

WAIT = 10.0


class WatchedReader(PlainTextReader):
    """Reads text files; it tells which it has begun and ended, and may be held up in one."""

    def __init__(self, hold=""):
        self.begun = {}
        self.ended = []
        self.hold = hold
        self.let_go = threading.Event()

    def read(self, path, progress=None, stop=None):
        self.begun.setdefault(path.name, threading.Event()).set()
        try:
            if path.name == self.hold:
                with stop.calling(self.let_go.set):
                    assert self.let_go.wait(WAIT)
            return super().read(path, progress, stop)
        finally:
            self.ended.append(path.name)

    def has_begun(self, name, wait=WAIT):
        return self.begun.setdefault(name, threading.Event()).wait(wait)


@pytest.fixture
def files(tmp_path):
    """Three text files."""
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        path.write_text(f"Vincristine 1.5 mg/m2 of {path.name}.")
    return paths


def test_the_next_file_is_read_while_the_caller_has_this_one(files):
    """Embedding and reading go on together."""
    reader = WatchedReader()
    with closing(open_files(files, MemoryStore(), reader, None)) as opened:
        assert next(opened).path.name == "a.txt"
        assert reader.has_begun("b.txt")


def test_no_more_than_one_file_is_read_ahead(files):
    """Memory does not grow with the number of files."""
    reader = WatchedReader()
    with closing(open_files(files, MemoryStore(), reader, None)) as opened:
        next(opened)
        assert not reader.has_begun("c.txt", wait=0.2)


def test_files_come_in_the_order_given(files):
    """Editions depend on it."""
    opened = list(open_files(files, MemoryStore(), PlainTextReader(), None))
    assert [one.path for one in opened] == files


def test_reading_stops_at_once_when_the_caller_does(files):
    """Ctrl-C does not wait for a page, let alone for a document of four hundred."""
    reader, told = WatchedReader(hold="b.txt"), []
    opened = open_files(files, MemoryStore(), reader, lambda *step: told.append(step[0]))
    next(opened)
    assert reader.has_begun("b.txt")
    opened.close()
    assert reader.ended == ["a.txt", "b.txt"]
    assert told == ["reading a.txt"]


def test_a_file_that_is_no_document_keeps_its_place(files):
    """Its refusal comes in its turn and the files after it are read."""
    files[1].write_bytes(b"")
    opened = list(open_files(files, MemoryStore(), PlainTextReader(), None))
    assert [one.refused is None for one in opened] == [True, False, True]
    assert "b.txt" in str(opened[1].refused)


def test_no_file_gives_nothing():
    """An empty folder is no error."""
    assert list(open_files([], MemoryStore(), PlainTextReader(), None)) == []


def test_a_path_that_is_no_file_is_refused_by_name(tmp_path):
    """The person sees which argument was wrong."""
    opened = open_file(tmp_path / "gone.txt", MemoryStore(), PlainTextReader())
    assert opened.sha256 == ""
    assert "gone.txt is not a file" in str(opened.refused)


def test_a_name_that_is_no_text_is_refused_and_named_with_escapes(tmp_path):
    """A Latin-1 name on an old share stops no other file."""
    path = tmp_path / os.fsdecode(b"protocolo-ni\xf1os.txt")
    path.write_text("Vincristine 1.5 mg/m2.")
    opened = open_file(path, MemoryStore(), PlainTextReader())
    assert "protocolo-ni\\udcf1os.txt" in str(opened.refused)
