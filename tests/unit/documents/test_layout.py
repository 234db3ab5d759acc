import pytest
from tests.factories_pages import PageDraft

from fuente.documents.layout import PageLayout, lay_out, span_of

ROWS = [["Drug", "Dose"], ["Vincristine*", "1.5 mg/m2"]]


def _lay_out(draft: PageDraft) -> PageLayout:
    return lay_out(draft.page(), (), (), 10.0)


def _caption(draft: PageDraft) -> str:
    layout = _lay_out(draft)
    lines = layout.tables[0].caption
    return span_of(lines).cut(layout.page.text) if lines else ""


def _footnotes(draft: PageDraft) -> list[str]:
    layout = _lay_out(draft)
    return [span_of(note).cut(layout.page.text) for note in layout.tables[0].footnotes]


@pytest.mark.parametrize(
    "words",
    ["Table 3. Induction", "Tabla 2. OEPA. 2 ciclos de 28 días.", "Quadro IV - Doses", "Tabela 1"],
)
def test_a_line_that_starts_as_a_caption_is_one(words):
    """In three languages, with Arabic or Roman numbers."""
    assert _caption(PageDraft().line(words, 80).table(ROWS, 100)) == words


def test_a_caption_of_two_lines_is_taken_whole():
    """From the numbered line down to the table."""
    draft = PageDraft().line("Table 3. Induction, all patients", 68).line("1 cycle of 64 days", 80)
    assert (
        _caption(draft.table(ROWS, 100)) == "Table 3. Induction, all patients \n1 cycle of 64 days"
    )


def test_a_bold_line_right_above_names_a_table():
    """Without a number the nearest bold line serves."""
    assert _caption(PageDraft().line("Induction", 80, bold=True).table(ROWS, 100)) == "Induction"


def test_a_sentence_with_a_colon_names_a_table():
    """It introduces what follows."""
    words = "Two cycles of 28 days each:"
    assert _caption(PageDraft().line(words, 80).table(ROWS, 100)) == words


def test_a_line_far_above_is_no_caption():
    """White parts them."""
    assert not _caption(PageDraft().line("Table 3. Induction", 20).table(ROWS, 100))


def test_plain_prose_above_is_no_caption():
    """It does not name the table."""
    assert not _caption(PageDraft().line("The drugs are given by vein.", 80).table(ROWS, 100))


def test_a_numbered_caption_may_stand_below():
    """Some documents print captions under their tables."""
    assert _caption(PageDraft().table(ROWS, 100).line("Table 1. Doses", 140)) == "Table 1. Doses"


def test_a_caption_below_that_heads_the_next_table_is_left_to_it():
    """A caption belongs to the nearer table underneath."""
    draft = PageDraft().table(ROWS, 100).line("Table 2. Next", 140).table(ROWS, 160)
    layout = _lay_out(draft)
    assert [bool(table.caption) for table in layout.tables] == [False, True]


def test_notes_with_a_mark_below_a_table_are_its_footnotes():
    """They go on over wrapped lines and end at prose."""
    draft = PageDraft().table(ROWS, 100).line("* Maximum 2 mg", 134, size=8)
    draft.line("in every cycle.", 143, size=8).line("† Not in infants.", 153, size=8)
    draft.line("The next paragraph begins here.", 190)
    assert _footnotes(draft) == ["* Maximum 2 mg \nin every cycle.", "† Not in infants."]


def test_a_letter_marks_a_note_only_in_small_print():
    """`a patient` in body size starts a sentence."""
    assert _footnotes(PageDraft().table(ROWS, 100).line("a with food", 134, size=8))
    assert not _footnotes(PageDraft().table(ROWS, 100).line("a patient may eat", 134, size=10))


@pytest.mark.parametrize("words", ["Note: by vein", "Nota: en bolo", "Abreviaturas: IV"])
def test_a_note_to_the_whole_table_needs_no_mark(words):
    """The word says it is one."""
    assert _footnotes(PageDraft().table(ROWS, 100).line(words, 134)) == [words]


def test_footnotes_stay_in_the_prose():
    """They state doses of their own and can be cited."""
    layout = _lay_out(PageDraft().table(ROWS, 100).line("* Maximum 2 mg", 134))
    assert len(layout.prose) == 1


def test_furniture_is_dropped():
    """What repeats on every page is no prose."""
    page = PageDraft().line("Hospital", 20).line("Body words here", 300).page()
    layout = lay_out(page, frozenset(page.lines[:1]), (), 10.0)
    assert layout.prose == page.lines[1:]


def test_a_table_of_contents_is_no_table():
    """Its rows point to pages and state nothing."""
    draft = PageDraft().line("Contents", 80, bold=True)
    layout = _lay_out(draft.table([["1", "Background", "1"], ["2", "Doses", "4"]], 100))
    assert not layout.tables
    assert [line.span.cut(layout.page.text) for line in layout.prose] == ["Contents"]
