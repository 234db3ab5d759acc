import pytest
from tests.factories_office import (
    docx,
    listed,
    numbering,
    p,
    page_break,
    r,
    style,
    superscript,
    table,
    tc,
)

from fuente.adapters.page_reader.office.read_docx import read_pages

BOLD = "<w:b/>"
HEADINGS = (
    style("heading 1", "Ttulo1", p_pr='<w:outlineLvl w:val="0"/>')
    + style("heading 2", "Ttulo2", based_on="Ttulo1", p_pr='<w:outlineLvl w:val="1"/>')
    + style("Hospital", "Hospital", based_on="Ttulo2", r_pr=BOLD)
    + style("Title", "Puesto")
    + style("toc 1", "TDC1")
)


def lines(*body, **parts):
    """The lines of a document, page by page joined."""
    return [line for page in read_pages(docx(*body, **parts)) for line in page.text.splitlines()]


def only_page(*body, **parts):
    """The one page of a document."""
    (page,) = read_pages(docx(*body, **parts))
    return page


def run_of(inner, properties=""):
    """A run with elements of its own."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


class TestWords:
    """What a paragraph says."""

    @pytest.mark.parametrize(
        ("runs", "words"),
        [
            ((r("1.5 mg/m"), superscript("2")), "1.5 mg/m2"),
            ((r("5 × 10"), superscript("9"), r("/L")), "5 × 10⁹/L"),
            ((r("30"), r("1", '<w:vertAlign w:val="subscript"/>'), r(" mg")), "30₁ mg"),
            ((r("CO"), r("2", '<w:position w:val="-4"/>')), "CO2"),
            ((r("dosis"), run_of("<w:tab/>"), r("2 mg")), "dosis\t2 mg"),
            ((r("0.1"), run_of("<w:noBreakHyphen/>"), r("0.2")), "0.1-0.2"),
            ((r("vin"), run_of("<w:softHyphen/>"), r("cris\u00adtina")), "vincristina"),
            ((run_of('<w:sym w:font="Symbol" w:char="F0B3"/>'), r(" 5 kg")), "≥ 5 kg"),
            ((r("\uf06dg"),), "μg"),
            ((run_of('<w:sym w:font="Wingdings" w:char="F07A"/>'), r("a")), "\ufffda"),
        ],
    )
    def test_characters_are_those_printed(self, runs, words):
        """Raised figures, hyphens, and letters of symbol fonts."""
        assert lines(p(*runs)) == [words]

    def test_deleted_text_is_not_read_and_inserted_text_is(self):
        """What stands after all changes are accepted is the document."""
        old = "<w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{r('away ')}</w:moveFrom>"
        new = f"<w:ins>{r('15')}</w:ins><w:moveTo>{r(' mg')}</w:moveTo>"
        assert lines(p(r("Dosis "), old, moved, new)) == ["Dosis 15 mg"]

    def test_struck_out_text_is_not_read_and_is_named(self):
        """An old dose is struck and the new one typed behind it, in text, cells and notes."""
        old = r("20 ", "<w:strike/>")
        twice = r("20 ", '<w:strike w:val="0"/><w:dstrike/>')
        mark = run_of('<w:footnoteReference w:id="1"/>')
        page = only_page(
            p(r("Dosis "), old, r("15 mg", '<w:strike w:val="0"/>'), mark),
            p("Dosis 9 mg", style="Viejo"),
            table(("a", "b"), (tc(p(twice, r("14 mg"))), "c")),
            styles=style("Viejo", "Viejo", r_pr="<w:strike/>"),
            footnotes=f'<w:footnote w:id="1">{p(old, r("13 mg"))}</w:footnote>',
        )
        assert page.text == "Dosis 15 mg¹\na\tb\n14 mg\tc\n¹ 13 mg\n"
        assert page.warnings == ("struck-out text was left out",)

    def test_struck_out_words_join_no_two_numbers(self):
        """The space they held stays; a page that only holds such words still says so."""
        page = only_page(p(r("30"), r(" 25 ", "<w:strike/>"), r("20 mg")))
        assert page.text == "30 20 mg\n"
        page = only_page(p(r("20 mg", "<w:strike/>")))
        assert (page.text, page.warnings) == ("", ("struck-out text was left out",))

    def test_hidden_text_is_not_read(self):
        """By the run, by its style, by the paragraph's style."""
        hidden = style("Note", "Oculto", r_pr="<w:vanish/>")
        body = (p(r("seen "), r("unseen", "<w:vanish/>")), p("unseen", style="Oculto"))
        assert lines(*body, styles=hidden) == ["seen"]

    def test_comments_and_field_codes_are_not_read(self):
        """What a field shows is."""
        field = run_of("<w:instrText>PAGEREF x</w:instrText>") + r("7")
        note = run_of('<w:commentReference w:id="1"/>')
        assert lines(p(r("see page "), field, note)) == ["see page 7"]

    def test_links_and_content_controls_are_read(self):
        """A prompt to fill one in is not."""
        control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = p(
            f"<w:hyperlink>{r('linked ')}</w:hyperlink>",
            control.format("", r("filled")),
            control.format("<w:showingPlcHdr/>", r(" Click here")),
        )
        assert lines(body, control.format("", p("whole"))) == ["linked filled", "whole"]

    def test_equations_are_read_on_one_line(self):
        """Fractions with a stroke, sums in brackets, powers raised."""

        def math(words):
            return f"<m:r><m:t>{words}</m:t></m:r>"

        fraction = f"<m:f><m:num>{math('h + w')}</m:num><m:den>{math('3600')}</m:den></m:f>"
        power = f"<m:sSup><m:e>{math('10')}</m:e><m:sup>{math('9')}</m:sup></m:sSup>"
        assert lines(p(f"<m:oMath>{math('BSA=')}{fraction}{power}</m:oMath>")) == [
            "BSA=(h + w)/360010⁹"
        ]

    def test_a_text_box_is_read_once_behind_its_paragraph(self):
        """It is stored in a new and an old form."""
        box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
        both = (
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        page = only_page(p(r("before"), run_of(both)))
        assert page.text == "before\nin the box\n"
        assert [place.name for place in page.places] == ["paragraph 1", "text box 1"]

    def test_line_breaks_part_lines_of_one_paragraph(self):
        """Both have the paragraph's place."""
        page = only_page(p(r("one"), run_of("<w:br/>"), r("two")))
        assert page.text == "one\ntwo\n"
        assert [place.name for place in page.places] == ["paragraph 1"]

    def test_pictures_are_said_not_to_be_read(self):
        """A dose table may be in one."""
        page = only_page(p(r("see"), run_of("<w:drawing><a:blip/></w:drawing>")))
        assert page.warnings == ("pictures that were not read: 1",)


class TestHeadings:
    """Which paragraphs are headings, and how deep."""

    def test_levels_come_from_styles_and_what_they_are_based_on(self):
        """In any language: the outline level says it, not the name."""
        page = only_page(
            p("Protocolo", style="Puesto"),
            p("Tratamiento", style="Ttulo1"),
            p("Inducción", style="Ttulo2"),
            p("Semana 1", style="Hospital"),
            p("words"),
            styles=HEADINGS,
        )
        assert [line.size for line in page.lines] == [16.0, 16.0, 15.0, 15.0, 10.0]

    def test_a_paragraph_may_have_an_outline_level_of_its_own(self):
        """Level 9 is body text."""
        own = [p("x", properties=f'<w:outlineLvl w:val="{n}"/>') for n in (2, 9)]
        assert [line.size for line in only_page(*own).lines] == [14.0, 10.0]

    def test_bold_counts_where_all_words_are_bold(self):
        """One bold word in a sentence is emphasis."""
        page = only_page(p(r("All", BOLD), r(" bold", BOLD)), p(r("Not", BOLD), r(" all")))
        assert [line.bold for line in page.lines] == [True, False]

    def test_print_larger_than_the_usual_is_a_heading(self):
        """Many documents have no styles at all."""
        body = [p(r("Usual words of the protocol.", '<w:sz w:val="22"/>')) for _ in range(3)]
        page = only_page(p(r("Induction", '<w:sz w:val="32"/>')), *body)
        assert [line.size > 10 for line in page.lines] == [True, False, False, False]

    def test_a_size_beyond_all_measure_is_none(self):
        """A number of 400 digits is no size, whatever it is."""
        assert lines(p(r("Dose", f'<w:sz w:val="{"9" * 400}"/>')), p("5 mg")) == ["Dose", "5 mg"]

    def test_an_entry_of_the_contents_has_its_leaders(self):
        """By them it is known for one."""
        entry = p(r("Dosis"), run_of("<w:tab/>"), r("7"), style="TDC1")
        assert lines(entry, styles=HEADINGS) == ["Dosis ..... 7"]


class TestLists:
    """Numbers and bullets Word prints."""

    def test_numbers_are_counted_through_levels(self):
        """A deeper level begins anew under each number."""
        shapes = numbering(("decimal", "%1."), ("lowerLetter", "%1.%2)"))
        body = [listed("a"), listed("b", depth=1), listed("c", depth=1), listed("d"), p("e")]
        assert lines(*body, listed("f", depth=1), numbering=shapes) == [
            *("1. a", "1.a) b", "1.b) c", "2. d", "e", "2.a) f")
        ]

    def test_bullets_are_bullets(self):
        """Whatever sign the list has."""
        assert lines(listed("x"), numbering=numbering(("bullet", "\uf0b7"))) == ["• x"]

    def test_two_lists_of_one_definition_count_on(self):
        """As Word counts them unless told to begin anew."""
        shapes = numbering(("upperRoman", "%1."), list_ids=(1, 2))
        assert lines(listed("a"), listed("b", 2), numbering=shapes) == ["I. a", "II. b"]

    def test_a_list_may_be_told_to_begin_anew(self):
        """At the number it names."""
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        shapes = numbering(("decimal", "%1.")) + (
            f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{again}</w:num>'
        )
        body = (listed("a"), listed("b", 2), listed("c", 2))
        assert lines(*body, numbering=shapes) == ["1. a", "1. b", "2. c"]

    def test_a_list_that_is_not_defined_prints_nothing(self):
        """The words are read."""
        assert lines(listed("x", 9), numbering=numbering(("decimal", "%1."))) == ["x"]


class TestTables:
    """Cells, merged and nested."""

    def test_a_table_stands_where_it_stands(self):
        """Between the paragraphs around it."""
        page = only_page(p("before"), table(("Drug", "Dose"), ("Vincristina", "2 mg")), p("after"))
        assert page.text == "before\nDrug\tDose\nVincristina\t2 mg\nafter\n"
        assert [place.name for place in page.places] == [
            *("paragraph 1", "table 1, row 1", "table 1, row 2", "paragraph 2")
        ]

    def test_merged_cells_are_one(self):
        """Across by their span, down by their chain."""
        start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        page = only_page(
            table(
                (tc("Drug", start), tc("Dose", '<w:gridSpan w:val="2"/>')),
                (tc("", goes_on), "Child", "Adult"),
                ("Vincristine", "1 mg", "2 mg"),
            )
        )
        shapes = {
            cell.spans[0].cut(page.text): (cell.row_span, cell.column_span)
            for cell in page.grids[0].cells
        }
        assert (shapes["Drug"], shapes["Dose"], shapes["1 mg"]) == ((2, 1), (1, 2), (1, 1))

    def test_a_cell_of_paragraphs_has_them_as_lines(self):
        """List marks included."""
        cell = tc(listed("a") + listed("b"))
        page = only_page(table(("x", "y"), (cell, "z")), numbering=numbering(("bullet", "\uf0b7")))
        assert page.text == "x\ty\n• a\n• b\tz\n"

    def test_a_nested_table_becomes_lines_of_its_cell(self):
        """Its words are not lost and not mixed with the row's."""
        page = only_page(table(("x", tc(table(("a", "b"), ("c", "d")) + p(""))), ("y", "z")))
        assert page.text == "x\ta\tb\nc\td\ny\tz\n"

    def test_a_table_of_one_column_is_a_frame(self):
        """Its paragraphs are read as such, tables within as tables."""
        inner = table(("Drug", "Dose"), ("Vincristine", "2 mg"))
        page = only_page(table((tc(p("Warning") + inner),)))
        assert page.text == "Warning\nDrug\tDose\nVincristine\t2 mg\n"
        assert len(page.grids) == 1
        assert page.places[0].name == "table 1, row 1"

    def test_a_deleted_row_is_not_read(self):
        """As deleted words are not."""
        gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('old')}{tc('20 mg')}</w:tr>"
        whole = table(("Drug", "Dose"), ("new", "15 mg")).replace("</w:tbl>", f"{gone}</w:tbl>")
        assert "20 mg" not in only_page(whole).text

    def test_bold_cells_are_known(self):
        """By them a header is known."""
        page = only_page(table((tc(p(r("Drug", BOLD))), tc(p(r("Dose", BOLD)))), ("a", "b")))
        assert [line.bold for line in page.lines] == [True, True, False, False]


class TestNotes:
    """Footnotes and endnotes."""

    def test_a_note_stands_at_the_end_of_its_page_part(self):
        """With the mark that refers to it; never joined to the number before."""
        reference = run_of('<w:footnoteReference w:id="5"/>')
        notes = f'<w:footnote w:id="5">{p("at most 2 mg")}</w:footnote>'
        body = (p(r("1.5"), reference), p("more"), page_break(), p("next"))
        first, second = read_pages(docx(*body, footnotes=notes))
        assert first.text == "1.5¹\nmore\n¹ at most 2 mg\n"
        assert second.text == "next\n"

    def test_endnotes_have_roman_marks(self):
        """They are counted apart."""
        reference = run_of('<w:endnoteReference w:id="2"/>')
        notes = f'<w:endnote w:id="2">{p("Lancet 2020")}</w:endnote>'
        assert lines(p(r("given"), reference), endnotes=notes) == ["givenⁱ", "ⁱ Lancet 2020"]


class TestPageParts:
    """Where one ends."""

    def test_a_page_broken_by_hand_ends_there(self):
        """Between paragraphs and within one."""
        inside = p(r("two"), run_of('<w:br w:type="page"/>'), r("three"))
        pages = read_pages(docx(p("one"), page_break(), inside))
        assert [page.text for page in pages] == ["one\n", "two\n", "three\n"]

    def test_a_section_begins_a_page_unless_it_says_otherwise(self):
        """What a section's own properties say is how it begins."""

        def section(kind):
            return p("", properties=f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>')

        last = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
        body = (p("one"), section("nextPage"), p("two"), section("continuous"), p("three"), last)
        assert [page.text for page in read_pages(docx(*body))] == ["one\ntwo\n", "three\n"]

    def test_the_last_print_never_parts_a_paragraph(self):
        """The part ends behind it."""
        mark = run_of("<w:lastRenderedPageBreak/>")
        body = (p(r("one "), mark, r("sentence")), p("two"), p(mark, r("three")))
        assert [page.text for page in read_pages(docx(*body))] == [
            *("one sentence\n", "two\n", "three\n")
        ]

    def test_the_last_print_never_parts_a_table(self):
        """The part ends behind it."""
        mark = run_of("<w:lastRenderedPageBreak/>")
        body = (table(("a", "b"), (tc(p(mark, r("c"))), "d")), p("after"))
        assert [page.text for page in read_pages(docx(*body))] == ["a\tb\nc\td\n", "after\n"]

    def test_without_any_break_a_part_has_about_a_page_of_text(self):
        """Cut between paragraphs, never behind a heading."""
        words = "Vincristine is given by vein. " * 40
        body = [p(words), p(words), p(words), p(words), p(r("Heading", BOLD)), p("under it")]
        pages = read_pages(docx(*body))
        assert [len(page.grids) for page in pages] == [0, 0]
        assert pages[1].text == "Heading\nunder it\n"

    def test_headers_and_footers_are_not_in_the_text(self):
        """They are parts of their own."""
        header = {"word/header1.xml": "<x/>"}
        assert lines(p("body"), parts=header) == ["body"]

    def test_headers_and_footers_are_told_in_a_warning(self):
        """A header may take the document out of use; a page number alone says nothing."""
        band = table(("PROTOCOLO", "DEROGADO"), ("NO USAR", "x" * 200))
        page = only_page(p("body"), header=band, footer=p("12"))
        assert page.text == "body\n"
        assert page.warnings == (f"the page header reads: PROTOCOLO DEROGADO NO USAR {'x' * 173}…",)
        watermark = run_of('<w:pict><v:shape><v:textpath string="BORRADOR"/></v:shape></w:pict>')
        page = only_page(p("body"), header=p(watermark), footer=p("Edición 2"))
        assert page.warnings == (
            "the page header reads: BORRADOR",
            "the page footer reads: Edición 2",
        )

    def test_an_empty_document_is_one_page_without_text(self):
        """It counts as read in part."""
        assert [page.text_source for page in read_pages(docx(p("")))] == ["none"]
