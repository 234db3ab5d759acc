from tests.factories_pages import PageDraft, make_document

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.documents.split import split_pages

HEADER = ["Drug", "Dose", "Days"]
VINCRISTINE = ["Vincristine*", "1.5 mg/m2", "1, 8"]
CISPLATIN = ["Cisplatin", "75 mg/m2", "1"]


def _split(*pages: Page) -> tuple[Passage, ...]:
    return split_pages(make_document(*pages))


def _rows(passages: tuple[Passage, ...]) -> list[Passage]:
    return [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]


def _first_page() -> PageDraft:
    draft = PageDraft(number=1, label="i").line("5 Induction", 100, size=16, bold=True)
    draft.prose(["The induction has two drugs, given by vein.", "It lasts four weeks."], 130)
    draft.line("Table 2. Induction. 1 cycle of 28 days.", 180)
    return draft.table([HEADER, VINCRISTINE], 200).line("* Maximum 2 mg.", 240, size=8)


def test_a_document_without_text_has_no_passages():
    """Nothing is invented for an image."""
    assert _split(PageDraft().page()) == ()


def test_every_kind_of_passage_is_found_in_text_order():
    """Prose, caption, rows and the notes under them."""
    passages = _split(_first_page().page())
    assert [passage.kind.value for passage in passages] == [
        "prose",
        "caption",
        "table_row",
        "prose",
    ]


def test_a_heading_becomes_the_section_of_what_follows():
    """It is context and not a passage."""
    passages = _split(_first_page().page())
    assert {passage.section for passage in passages} == {("5 Induction",)}
    assert not any(passage.text == "5 Induction" for passage in passages)


def test_a_heading_with_a_dose_is_a_passage_as_well():
    """What states a dose can be cited."""
    draft = PageDraft().line("Vincristine 1.5 mg/m2 weekly", 100, size=16)
    draft.prose(["Given by vein in all patients of the protocol."], 130)
    assert "Vincristine 1.5 mg/m2 weekly" in {passage.text for passage in _split(draft.page())}


def test_the_section_holds_over_a_page_break():
    """The next page goes on under the last heading."""
    second = PageDraft(number=2).prose(["The text goes on here."], 100).page()
    assert _split(_first_page().page(), second)[-1].section == ("5 Induction",)


def test_a_row_carries_caption_headers_and_its_footnote():
    """All the printed context that gives it meaning."""
    row = _rows(_split(_first_page().page()))[0]
    assert row.caption == "Table 2. Induction. 1 cycle of 28 days."
    assert row.caption_page == 1
    assert [cell.header for cell in row.cells] == HEADER
    assert row.footnotes == ("* Maximum 2 mg.",)


def test_words_find_a_row_by_all_its_context_and_meaning_by_the_nearest():
    """What every row of a document shares would make all of their vectors alike."""
    draft = PageDraft().line("5 Induction", 100, size=18, bold=True)
    draft.prose(["The induction has two drugs, given by vein."], 130)
    draft.line("5.1 First block", 155, size=14, bold=True)
    draft.line("Table 2. Induction.", 180).table([HEADER, VINCRISTINE], 200)
    row = _rows(_split(draft.line("* Maximum 2 mg.", 240, size=8).page()))[0]
    sections, caption = "5 Induction > 5.1 First block", "Table 2. Induction."
    note, headers = "* Maximum 2 mg.", "Drug | Dose | Days"
    assert row.search_text == "\n".join((sections, caption, headers, row.text, note))
    assert row.embedded_text == "\n".join(("5.1 First block", caption, row.text))


def test_a_footnote_goes_to_the_rows_with_its_mark_only():
    """A limit for one drug is not a limit for the next."""
    draft = PageDraft().table([HEADER, VINCRISTINE, CISPLATIN], 200)
    rows = _rows(_split(draft.line("* Maximum 2 mg.", 252, size=8).page()))
    assert [len(row.footnotes) for row in rows] == [1, 0]


def test_a_note_to_the_table_goes_to_every_row():
    """It has no mark to look for."""
    draft = PageDraft().table([HEADER, VINCRISTINE, CISPLATIN], 200)
    rows = _rows(_split(draft.line("Note: reduce by a third in infants.", 252).page()))
    assert [len(row.footnotes) for row in rows] == [1, 1]


def test_the_span_of_the_caption_points_at_the_caption():
    """It can be highlighted on its page."""
    page = _first_page().page()
    row = _rows(_split(page))[0]
    assert isinstance(row.caption_span, Span)
    assert row.caption_span.cut(page.text) == row.caption


def test_a_table_continued_on_the_next_page_keeps_its_beginning():
    """Caption, headers and footnotes are those of the whole table."""
    first = PageDraft(number=1).line("Table 2. Induction.", 600)
    first.table([HEADER, VINCRISTINE], 620)
    second = PageDraft(number=2).line("Table 2. Induction. (continued)", 40)
    second.table([HEADER, CISPLATIN], 60).line("Note: by vein.", 100)
    rows = _rows(_split(first.page(), second.page()))
    assert [(row.page, row.caption, row.caption_page) for row in rows] == [
        (1, "Table 2. Induction.", 1),
        (2, "Table 2. Induction.", 1),
    ]
    assert all(row.footnotes == ("Note: by vein.",) for row in rows)
    assert [cell.header for cell in rows[1].cells] == HEADER


def test_a_table_without_caption_of_like_shape_goes_on():
    """The same columns at the top of the next page, with nothing between, are one table."""
    first = PageDraft(number=1).line("Tabla 2. Inducción.", 600).table([HEADER, VINCRISTINE], 620)
    second = PageDraft(number=2).table([CISPLATIN], 60, bold_rows=0)
    rows = _rows(_split(first.page(), second.page()))
    assert [cell.header for cell in rows[1].cells] == HEADER


def test_a_table_with_its_own_caption_is_a_new_table():
    """A number of its own ends the table before."""
    first = PageDraft(number=1).line("Table 2. Induction.", 600).table([HEADER, VINCRISTINE], 620)
    second = PageDraft(number=2).line("Table 3. Rest.", 40).table([HEADER, CISPLATIN], 60)
    rows = _rows(_split(first.page(), second.page()))
    assert [row.caption for row in rows] == ["Table 2. Induction.", "Table 3. Rest."]


def test_text_between_ends_a_table():
    """A table after prose is another one."""
    first = PageDraft(number=1).line("Table 2. Induction.", 600).table([HEADER, VINCRISTINE], 620)
    second = (
        PageDraft(number=2).prose(["Some prose stands here."], 40).table([HEADER, CISPLATIN], 90)
    )
    assert _rows(_split(first.page(), second.page()))[1].caption == ""


def test_a_subheading_in_a_table_is_the_section_of_its_rows():
    """It says to which phase a row belongs, also after a page break."""
    cells = [
        *((0, column, 1, 1, words) for column, words in enumerate(HEADER)),
        (1, 0, 1, 3, "Phase IA"),
        *((2, column, 1, 1, words) for column, words in enumerate(CISPLATIN)),
    ]
    first = PageDraft(number=1).line("Table 2. Induction.", 600).merged(cells, 620, bold_rows=1)
    second = PageDraft(number=2).table([HEADER, VINCRISTINE], 60)
    rows = _rows(_split(first.page(), second.page()))
    assert [row.section for row in rows] == [(), ("Phase IA",), ("Phase IA",)]


def test_running_headers_do_not_become_passages_nor_break_paragraphs():
    """A page header between two pages' text is dropped."""
    pages = [
        PageDraft(number=n)
        .line("ILLUSTRATIVE, NOT FOR TREATMENT", 20)
        .prose([f"Paragraph {n} begins here and", "ends here."], 100)
        .line(f"Page {n}", 780)
        .page()
        for n in range(1, 5)
    ]
    passages = _split(*pages)
    assert [passage.text for passage in passages] == [
        f"Paragraph {n} begins here and \nends here." for n in range(1, 5)
    ]


def test_prose_does_not_run_across_a_table():
    """A passage holds no words of a table it does not belong to."""
    draft = PageDraft().prose(["Before the table."], 100).table([HEADER, CISPLATIN], 130)
    draft.prose(["After the table."], 200)
    prose = [p.text for p in _split(draft.page()) if p.kind is PassageKind.PROSE]
    assert prose == ["Before the table.", "After the table."]


def test_a_passage_carries_the_printed_label_of_its_page():
    """A person looks for the printed number."""
    assert {passage.page_label for passage in _split(_first_page().page())} == {"i"}


def test_another_document_has_other_ids():
    """Ids depend on the bytes of the file."""
    page = _first_page().page()
    one = split_pages(make_document(page))
    other = split_pages(make_document(page, sha256="b" * 64))
    assert not {p.passage_id for p in one} & {p.passage_id for p in other}
