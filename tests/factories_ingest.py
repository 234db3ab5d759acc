"""Files whose pages are known, and an ingest over a real store and no engine."""

from dataclasses import replace

from tests.factories_store import make_page, make_source
from tests.fakes_store import CannedReader, HashEmbedder, MemoryIndex

from fuente.adapters.sqlite_store import SqliteStore
from fuente.documents.source import ReadDocument
from fuente.workflows.ingest import IngestServices

TEXT = "Vincristine 1.5 mg/m2 IV weekly in Wilms tumour."


def write(folder, name, text=TEXT):
    """A file and what a reader reads from it."""
    content = f"%PDF {text}".encode()
    (folder / name).write_bytes(content)
    source = make_source(content=content, file=name, pages=1)
    page = replace(make_page(text), grids=())
    return ReadDocument(source, (page,))


def make_services(tmp_path, *documents, index=None):
    """Ingest over a real store and a reader that knows these documents."""
    return IngestServices(
        store=SqliteStore(tmp_path / "data"),
        index=index or MemoryIndex(),
        reader=CannedReader(*documents),
        embedder=HashEmbedder(),
        actor="tester",
    )


def actions(services):
    """The audited actions so far."""
    return [one.event.action for one in services.store.events()]
