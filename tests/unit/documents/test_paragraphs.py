from itertools import pairwise

from tests.factories_pages import PageDraft

from fuente.documents.paragraphs import (
    MAX_LENGTH,
    cut_long,
    group_paragraphs,
    spans_of_paragraphs,
    split_sentences,
)
from fuente.documents.span import Span


def _groups(draft: PageDraft) -> list[str]:
    page = draft.page()
    return [
        page.text[group[0].span.start : group[-1].span.end]
        for group in group_paragraphs(page.lines, page.text)
    ]


def test_lines_close_together_are_one_paragraph():
    """The usual leading joins."""
    assert len(_groups(PageDraft().prose(["one two", "three four", "five six"], 100))) == 1


def test_white_above_a_line_starts_a_paragraph():
    """A gap wider than the leading parts."""
    draft = PageDraft().prose(["one two", "three four"], 100).prose(["five six"], 140)
    assert _groups(draft) == ["one two \nthree four", "five six"]


def test_a_list_item_starts_a_paragraph():
    """Bullets and numbers part without white."""
    assert len(_groups(PageDraft().prose(["First:", "• one", "• two", "1. three"], 100))) == 4


def test_a_change_of_size_or_weight_starts_a_paragraph():
    """A heading set tight above its text is not part of it."""
    draft = PageDraft().line("Heading", 100, bold=True).line("text below", 112)
    draft.line("small print", 124, size=7)
    assert len(_groups(draft)) == 3


def test_a_sentence_that_runs_into_the_next_column_goes_on():
    """The jump up to a new column joins unless a sentence ended."""
    open_end = PageDraft().line("the dose is given on", 700).line("day one only", 100, left=320)
    assert len(_groups(open_end)) == 1
    closed = PageDraft().line("given on day one.", 700).line("Another column", 100, left=320)
    assert len(_groups(closed)) == 2


def test_a_box_at_the_left_does_not_go_on_from_one_at_the_right():
    """A poster's boxes may be read from right to left; columns go on to the right."""
    draft = PageDraft().line("given on day one", 700, left=320).line("Who may not", 300)
    assert len(_groups(draft)) == 2


def _sentences(text: str) -> list[str]:
    return [span.cut(text).strip() for span in split_sentences(Span(0, len(text)), text)]


def test_sentences_end_at_stops_before_capitals():
    """A stop within a number, an abbreviation or an initial ends nothing."""
    assert _sentences("Give 1.5 mg/m2. Stop if ill. See Fig. 3 and Dr. Smith, max. 2 mg.") == [
        "Give 1.5 mg/m2.",
        "Stop if ill.",
        "See Fig. 3 and Dr. Smith, max. 2 mg.",
    ]


def test_sentences_cover_their_span():
    """Nothing between them is lost."""
    text = "First one. Second one? Third, unfinished"
    spans = split_sentences(Span(0, len(text)), text)
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(spans))


def test_a_long_paragraph_is_cut_between_sentences():
    """No part is longer than the limit, none cuts a sentence."""
    text = " ".join(f"Sentence number {n} is about a drug and its dose." for n in range(60))
    parts = [span.cut(text) for span in cut_long(Span(0, len(text)), text)]
    assert all(len(part) <= MAX_LENGTH and part.endswith(".") for part in parts)
    assert " ".join(parts) == text


def test_a_sentence_longer_than_the_limit_stays_whole():
    """A sentence is never cut."""
    text = "word " * 400
    assert len(cut_long(Span(0, len(text)), text)) == 1


def test_short_neighbours_are_joined():
    """List items of a few words become one passage."""
    draft = PageDraft().prose([f"• item {n}" for n in range(5)], 100)
    page = draft.page()
    spans = spans_of_paragraphs(group_paragraphs(page.lines, page.text), page.text)
    assert [span.cut(page.text) for span in spans] == [page.text]


def test_short_neighbours_of_different_boxes_are_not_joined():
    """What a box at the right ends with is not said of the next box at the left."""
    page = PageDraft().line("Give it daily.", 700, left=320).line("Who may not", 300).page()
    assert len(spans_of_paragraphs(group_paragraphs(page.lines, page.text), page.text)) == 2
