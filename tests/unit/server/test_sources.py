"""A citation beside the page as it is held: it stands, it stood, or it never did."""

from dataclasses import replace

from tests.factories_store import make_event, make_prepared
from tests.fakes_store import MemoryStore

from fuente.server.sources import source_of

TEXT = "Vincristine 1.5 mg/m2 weekly"


def held_and_read_again(text):
    """A store whose one document was read as TEXT, and then as another text."""
    store, old = MemoryStore(), make_prepared(TEXT)
    store.add_document(old, make_event())
    pages = (replace(old.read.pages[0], text=text),)
    new = replace(old, read=replace(old.read, pages=pages))
    store.replace_reading(new, old.read.pages, make_event())
    return store, old.read.source.sha256


def citation(sha256, quote):
    """The first words of page 1."""
    return {"document_sha256": sha256, "page": 1, "start": 0, "end": len(quote), "quote": quote}


def test_words_of_an_earlier_reading_are_shown_as_such():
    """With their place on the page as it was read then."""
    store, sha256 = held_and_read_again("Vincristine 1,5 mg/m2 weekly")
    source = source_of(store, citation(sha256, TEXT))
    assert source.stands
    assert source.earlier
    assert source.place is not None


def test_words_of_both_readings_stand_on_the_page_as_it_is():
    """What was read anew without a change needs no remark."""
    store, sha256 = held_and_read_again(f"{TEXT} in Wilms tumour")
    source = source_of(store, citation(sha256, TEXT))
    assert (source.stands, source.earlier) == (True, False)


def test_words_of_no_reading_do_not_stand():
    """However often the document was read."""
    store, sha256 = held_and_read_again("Vincristine 2.0 mg/m2 weekly")
    source = source_of(store, citation(sha256, "Vincristine 9.9 mg/m2 weekly"))
    assert (source.stands, source.earlier) == (False, False)
