"""What holds for the passages of any page whatsoever."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories_pages import PageDraft, make_document

from fuente.documents.passage import PassageKind
from fuente.documents.source import Page
from fuente.documents.split import split_pages

WORDS = st.text(alphabet="abc ABC.:;*•12()/µé-\n", min_size=1, max_size=60).filter(str.strip)
LINES = st.tuples(
    st.just("line"),
    WORDS,
    st.integers(0, 780),
    st.sampled_from([8.0, 10.0, 14.0]),
    st.booleans(),
)
TABLES = st.tuples(
    st.just("table"),
    st.lists(
        st.lists(st.one_of(st.just(""), WORDS), min_size=2, max_size=3), min_size=1, max_size=4
    ),
    st.integers(0, 700),
)
PAGES = st.lists(st.lists(st.one_of(LINES, LINES, TABLES), max_size=8), min_size=1, max_size=4)


def _pages(drawn: Sequence[Sequence[tuple]]) -> list[Page]:
    pages = []
    for number, parts in enumerate(drawn, start=1):
        draft = PageDraft(number=number, label=str(number))
        for part in parts:
            if part[0] == "line":
                draft.line(part[1].strip(), part[2], size=part[3], bold=part[4])
            else:
                rows = [[cell.strip() for cell in row] for row in part[1]]
                draft.table(rows, part[2])
        pages.append(draft.page())
    return pages


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_every_passage_is_cut_from_its_page(drawn):
    """The text of a passage is the page's text at its span, on a page that exists."""
    pages = _pages(drawn)
    for passage in split_pages(make_document(*pages)):
        page = pages[passage.page - 1]
        assert passage.text == passage.span.cut(page.text)
        assert passage.text.strip()
        assert passage.page_label == page.label


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_ids_are_unique_and_stable(drawn):
    """No two passages share an id, and splitting again gives the same ones."""
    document = make_document(*_pages(drawn))
    passages = split_pages(document)
    ids = [passage.passage_id for passage in passages]
    assert len(ids) == len(set(ids))
    assert split_pages(document) == passages


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_cells_lie_inside_their_row(drawn):
    """A cell with a span stands within the row, and its words with it."""
    pages = _pages(drawn)
    for passage in split_pages(make_document(*pages)):
        assert bool(passage.cells) is (passage.kind is PassageKind.TABLE_ROW)
        for cell in passage.cells:
            assert cell.span is None or passage.span.contains(cell.span)


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_captions_can_be_cut_from_their_page(drawn):
    """A caption of a row is the words at its span, white space aside."""
    pages = _pages(drawn)
    for passage in split_pages(make_document(*pages)):
        if passage.caption_span and passage.caption_page:
            words = passage.caption_span.cut(pages[passage.caption_page - 1].text)
            assert " ".join(words.split()) == passage.caption
