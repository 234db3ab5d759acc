"""Cited words on held pages: found where they are, and nowhere else."""

from array import array
from dataclasses import replace

import pytest
from tests.factories_store import make_event, make_page, make_prepared
from tests.fakes_store import MemoryStore

from fuente.documents.span import Span
from fuente.errors import InvalidRequest, NotFound
from fuente.server.held_pages import cited_span, held_page, place_of

SHA256 = "a" * 64
NAN = float("nan")


def test_a_held_page_is_given_and_any_other_is_not_found():
    """No page beyond the last, none of another document."""
    store = MemoryStore()
    document = make_prepared("Vincristine 1.5 mg/m2")
    store.add_document(document, make_event())
    sha256 = document.read.source.sha256

    assert held_page(store, sha256, 1).text == "Vincristine 1.5 mg/m2"
    for other, number in ((sha256, 2), (SHA256, 1)):
        with pytest.raises(NotFound, match=f"no page {number}"):
            held_page(store, other, number)


def test_a_citation_of_the_page_gives_its_span():
    """Document, page and characters all fit."""
    page = make_page("Vincristine 1.5 mg/m2", number=3)

    assert cited_span(f"c-{'a' * 16}-3-0-11", SHA256, page) == Span(0, 11)


@pytest.mark.parametrize(
    "citation",
    [
        "nonsense",
        f"c-{'a' * 16}-3-0",
        f"c-{'b' * 16}-3-0-11",
        f"c-{'a' * 16}-4-0-11",
        f"c-{'a' * 16}-3-11-11",
        f"c-{'a' * 16}-3-0-22",
        f"c-{'a' * 16}-3-0-{'9' * 60}",
    ],
)
def test_any_other_citation_is_invalid_here(citation):
    """Of another page, of another document, empty, beyond the text, or none at all."""
    with pytest.raises(InvalidRequest):
        cited_span(citation, SHA256, make_page("Vincristine 1.5 mg/m2", number=3))


def boxed(*boxes):
    """A page of 200 by 400 points with these boxes of its characters."""
    numbers = array("f", [side for box in boxes for side in box])
    page = make_page("x" * len(boxes))
    return replace(page, width=200.0, height=400.0, character_boxes=numbers.tobytes())


def test_the_place_of_words_is_their_left_edge_and_middle_height():
    """As parts of the page, characters that are not drawn left out."""
    page = boxed((20, 100, 30, 110), (NAN,) * 4, (50, 290, 60, 300), (0, 0, 200, 400))

    place = place_of(page, Span(0, 3))

    assert (round(place.left, 6), round(place.down, 6)) == (0.1, 0.5)


def test_words_without_boxes_are_looked_for_at_the_top():
    """Text that was never drawn has no place."""
    place = place_of(boxed((NAN,) * 4, (NAN,) * 4), Span(0, 2))

    assert (place.left, place.down) == (0.0, 0.0)
