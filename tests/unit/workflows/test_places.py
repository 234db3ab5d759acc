"""Places beside citations, in documents whose pages are no printed ones."""

from dataclasses import replace

import pytest
from tests.factories_store import make_event, make_prepared
from tests.fakes_store import HashEmbedder, MemoryIndex, MemoryStore

from fuente.documents.source import Place
from fuente.documents.span import Span
from fuente.server.sources import source_of
from fuente.workflows.ask import AskServices, answer_json, ask
from fuente.workflows.list_references import list_references
from fuente.workflows.places import Places

TEXT = "Vincristine 1.5 mg/m2 weekly in Wilms tumour"
PLACE = "table 2, row 3"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def prepared(media_type):
    """A document of one passage whose page names its place."""
    embedder = HashEmbedder()
    document = make_prepared(TEXT, vectors=tuple(embedder.embed([TEXT])), file="dosis.docx")
    pages = tuple(
        replace(page, places=(Place(Span(0, len(TEXT)), PLACE),)) for page in document.read.pages
    )
    source = replace(document.read.source, media_type=media_type)
    return replace(document, read=replace(document.read, source=source, pages=pages))


@pytest.fixture
def document():
    """A Word document."""
    return prepared(WORD)


@pytest.fixture
def store(document):
    """A store that holds it."""
    held = MemoryStore()
    held.add_document(document, make_event())
    return held


def test_a_reference_names_its_place(store):
    """Beside the page, which a Word file has only in name."""
    assert [row["place"] for row in list_references(store)] == [PLACE]


def test_an_answer_and_its_hits_name_their_place(store):
    """The citation of the value, and each passage found."""
    index = MemoryIndex()
    index.rebuild(store.vectors())
    services = AskServices(store, index, HashEmbedder(), "tester")
    shape = answer_json(ask("Vincristine dose in Wilms tumour?", services))
    assert shape["answer"]["citation"]["place"] == PLACE
    assert [hit["place"] for hit in shape["hits"]] == [PLACE]


def test_the_auditors_page_names_the_place(store, document):
    """From the page as stored, not from the record."""
    citation = {
        "document_sha256": document.read.source.sha256,
        "page": 1,
        "start": 0,
        "end": len(TEXT),
        "quote": TEXT,
    }
    assert source_of(store, citation).place_name == PLACE


def test_printed_pages_are_not_opened_for_a_place():
    """Their number is their place."""
    held = MemoryStore()
    held.add_document(prepared("application/pdf"), make_event())
    assert "place" not in next(iter(list_references(held)))


def test_a_page_that_is_not_held_has_no_place(store):
    """The citation is judged elsewhere."""
    assert Places(store).of("f" * 64, 1, Span(0, 1)) == ""
