"""A document's vectors are computed while its references are looked for, and end with the work."""

import threading

import pytest
from tests.fakes_reading import PlainTextReader
from tests.fakes_store import HashEmbedder

from fuente.workflows import preparing

WAIT = 10.0


class WatchedEmbedder(HashEmbedder):
    """Tells when it has begun, and goes on batch by batch until it is told to stop."""

    def __init__(self, batches=1):
        super().__init__()
        self.begun = threading.Event()
        self.next_batch = threading.Event()
        self.batches = batches
        self.done = 0

    def embed(self, texts, progress=None):
        self.begun.set()
        for _ in range(self.batches):
            assert self.next_batch.wait(WAIT)
            progress("embedding", self.done, len(texts))
            self.done += 1
        return super().embed(texts)


@pytest.fixture
def read(tmp_path):
    """A read document with one dose."""
    path = tmp_path / "a.txt"
    path.write_text("Vincristine 1.5 mg/m2.")
    return PlainTextReader().read(path)


def test_references_are_looked_for_while_the_vectors_are_computed(read, monkeypatch):
    """Each alone leaves a core idle."""
    embedder = WatchedEmbedder()

    def look(*_):
        assert embedder.begun.wait(WAIT)
        assert not embedder.done
        embedder.next_batch.set()
        return ()

    monkeypatch.setattr(preparing, "extract_references", look)
    prepared = preparing.prepare(read, b"", embedder, ())
    assert len(prepared.vectors) == len(prepared.passages) == 1


def test_stopping_does_not_wait_for_all_the_vectors(read, monkeypatch):
    """Ctrl-C while references are looked for ends the computation at its next batch."""
    embedder = WatchedEmbedder(batches=1000)

    def stop(*_):
        assert embedder.begun.wait(WAIT)
        # The batch in work is let go a moment after the stop.
        threading.Timer(0.1, embedder.next_batch.set).start()
        raise KeyboardInterrupt

    monkeypatch.setattr(preparing, "extract_references", stop)
    with pytest.raises(KeyboardInterrupt):
        preparing.prepare(read, b"", embedder, ())
    assert embedder.done == 0


def test_what_the_embedder_cannot_do_is_said(read):
    """A failure in the other thread is the document's failure."""

    class Broken(HashEmbedder):
        def embed(self, texts, progress=None):
            raise RuntimeError("no memory")

    with pytest.raises(RuntimeError, match="no memory"):
        preparing.prepare(read, b"", Broken(), ())
