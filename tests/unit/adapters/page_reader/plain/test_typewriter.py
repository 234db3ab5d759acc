from itertools import pairwise

import pytest

from fuente.adapters.page_reader.plain.typewriter import (
    TypedCell,
    Typewriter,
    cut_table,
    rows_that_fit,
)
from fuente.adapters.page_reader.program import Unreadable
from fuente.adapters.page_reader.wire import fields_from_line, line_from_page, page_from_fields
from fuente.documents.furniture import find_furniture, find_running_grids
from fuente.documents.paragraphs import group_paragraphs
from fuente.documents.passage import PassageKind
from fuente.documents.source import Language, ReadDocument, SourceDocument
from fuente.documents.span import Span
from fuente.documents.split import split_pages

DOSES = (("Drug", "Dose"), ("Vincristine", "1.5 mg/m2"), ("Cisplatin", "75 mg/m2"))


def cells(lines=DOSES, place=""):
    """A table without merged cells."""
    return [
        TypedCell(row, column, words, place=place and f"{place}, row {row + 1}")
        for row, line in enumerate(lines)
        for column, words in enumerate(line)
    ]


def passages(*pages):
    """The passages of a document of some pages."""
    source = SourceDocument("a" * 64, "f.docx", "f.docx", "x", "t", Language.ENGLISH, len(pages))
    return split_pages(ReadDocument(source, pages))


def rows_of(*pages):
    """The table rows of some pages: header to words."""
    found = [p for p in passages(*pages) if p.kind is PassageKind.TABLE_ROW]
    return [{cell.header: cell.text for cell in row.cells} for row in found]


class TestText:
    """Paragraphs."""

    def test_the_text_has_a_line_for_each_line_written(self):
        """White space around lines is left away, blank lines are none."""
        page = Typewriter(1)
        page.write("  one \n\n two")
        page.write("three")
        assert page.page().text == "one\ntwo\nthree\n"

    def test_paragraphs_of_one_line_stay_paragraphs(self):
        """However many there are: they are not lines of one paragraph."""
        page = Typewriter(1)
        for number in range(6):
            page.write(f"paragraph {number} says something")
        made = page.page()
        assert len(group_paragraphs(made.lines, made.text)) == 6

    def test_lines_of_one_paragraph_belong_together(self):
        """A line break within a paragraph is no end of it."""
        page = Typewriter(1)
        page.write("one line\nand the next")
        page.write("another")
        made = page.page()
        assert [len(group) for group in group_paragraphs(made.lines, made.text)] == [2, 1]

    def test_a_heading_is_larger_than_the_body_and_heads_what_follows(self):
        """Levels nest as sizes of print do."""
        page = Typewriter(1)
        page.write("Protocol", level=1)
        page.write("Induction", level=2)
        page.write("Vincristine is given by vein on day 1 of each of the cycles.")
        assert passages(page.page())[0].section == ("Protocol", "Induction")

    def test_nothing_written_is_a_page_without_text(self):
        """The document then counts as read in part."""
        page = Typewriter(1)
        page.write(" \n ")
        page.warnings.append("a picture was not read")
        made = page.page()
        assert (made.text_source, made.text) == ("none", "")
        assert made.warnings == ("a picture was not read",)


class TestTables:
    """Rows, merged cells, captions."""

    def test_cells_of_a_row_are_parted_by_tabs(self):
        """And rows by line ends."""
        page = Typewriter(1)
        page.write_table(cells())
        assert page.page().text == "Drug\tDose\nVincristine\t1.5 mg/m2\nCisplatin\t75 mg/m2\n"

    def test_each_row_is_a_passage_with_its_headers(self):
        """As of a printed table."""
        page = Typewriter(1)
        page.write_table(cells())
        assert rows_of(page.page()) == [
            {"Drug": "Vincristine", "Dose": "1.5 mg/m2"},
            {"Drug": "Cisplatin", "Dose": "75 mg/m2"},
        ]

    def test_a_cell_of_several_lines_stays_one_cell(self):
        """Its lines stand one below the other; the next cell follows the last."""
        page = Typewriter(1)
        page.write_table(cells((("Drug", "Dose", "Route"), ("Vincristine", "1.5\n2", "IV"))))
        assert rows_of(page.page()) == [{"Drug": "Vincristine", "Dose": "1.5 2", "Route": "IV"}]

    def test_merged_cells_hold_for_all_they_cover(self):
        """Down the rows and across the columns."""
        page = Typewriter(1)
        page.write_table(
            [
                *(TypedCell(0, 0, "Drug", row_span=2), TypedCell(0, 1, "Dose", column_span=2)),
                *(TypedCell(1, 1, "Child"), TypedCell(1, 2, "Adult")),
                *(TypedCell(2, 0, "Vincristine", row_span=2), TypedCell(2, 1, "1 mg")),
                *(TypedCell(2, 2, "2 mg"), TypedCell(3, 1, "3 mg"), TypedCell(3, 2, "4 mg")),
            ]
        )
        assert rows_of(page.page()) == [
            {"Drug": "Vincristine", "Dose / Child": "1 mg", "Dose / Adult": "2 mg"},
            {"Drug": "Vincristine", "Dose / Child": "3 mg", "Dose / Adult": "4 mg"},
        ]

    def test_bold_cells_are_a_header(self):
        """Also where the row looks like the rows below."""
        page = Typewriter(1)
        header = [TypedCell(0, n, words, bold=True) for n, words in enumerate(("1 mg", "2 mg"))]
        page.write_table([*header, TypedCell(1, 0, "a"), TypedCell(1, 1, "b")])
        assert rows_of(page.page()) == [{"1 mg": "a", "2 mg": "b"}]

    def test_a_table_without_words_is_none(self):
        """Nothing is typed."""
        page = Typewriter(1)
        page.write_table(cells((("", " "), ("", ""))))
        assert page.page().grids == ()

    def test_a_bold_line_right_above_names_the_table(self):
        """As it does in print."""
        page = Typewriter(1)
        page.write("Doses of induction", bold=True)
        page.write_table(cells())
        rows = [p for p in passages(page.page()) if p.kind is PassageKind.TABLE_ROW]
        assert {row.caption for row in rows} == {"Doses of induction"}

    def test_a_heading_right_above_stays_a_heading(self):
        """The table stands under it, and so does what follows the table."""
        page = Typewriter(1)
        page.write("Protocol of the hospital", level=1)
        page.write("Some words that stand between the headings of the page.")
        page.write("Induction", level=2)
        page.write_table(cells())
        assert passages(page.page())[-1].section == ("Protocol of the hospital", "Induction")

    def test_a_remark_with_a_mark_is_the_tables_footnote(self):
        """Where a row refers to it."""
        page = Typewriter(1)
        page.write_table(cells((("Drug", "Dose"), ("Vincristine", "1.5 mg/m2*"))))
        page.write("* at most 2 mg")
        row = next(p for p in passages(page.page()) if p.kind is PassageKind.TABLE_ROW)
        assert row.footnotes == ("* at most 2 mg",)


class TestSeveralPages:
    """What is alike on two pages."""

    def test_a_table_cut_in_two_keeps_its_headers(self):
        """The second part says on which page it began."""
        first, second = Typewriter(1), Typewriter(2)
        one, two = cut_table(cells(), 2)
        first.write_table(one)
        second.write_table(two, begun_on=1)
        assert rows_of(first.page(), second.page())[1] == {"Drug": "Cisplatin", "Dose": "75 mg/m2"}

    def test_a_new_table_on_the_next_page_does_not_go_on(self):
        """Even with as many columns: its first row is its own header."""
        first, second = Typewriter(1), Typewriter(2)
        first.write_table(cells())
        second.write_table(cells((("Weight", "Volume"), ("3 kg", "5 mL"))))
        assert rows_of(first.page(), second.page())[-1] == {"Weight": "3 kg", "Volume": "5 mL"}

    def test_what_pages_have_alike_is_no_running_head(self):
        """Sheets made after one pattern are all read."""
        pages = []
        for number in range(1, 8):
            page = Typewriter(number)
            page.write("Emergency drugs of the hospital")
            page.write_table(cells((("Drug", "Dose"), ("Adrenaline", f"{number} mL"))))
            pages.append(page.page())
        assert not any(find_furniture(pages).values())
        assert not any(find_running_grids(pages).values())

    def test_a_long_page_has_no_line_in_its_margins(self):
        """A number alone on a line is a number, not the page's."""
        page = Typewriter(1)
        for number in range(600):
            page.write(str(number))
        assert not find_furniture([page.page()])[1]


class TestPlaces:
    """The names of paragraphs and cells."""

    def test_places_are_in_text_order_and_do_not_overlap(self):
        """Cells of one name side by side are one place."""
        page = Typewriter(1)
        page.write("Doses", place="paragraph 1")
        page.write_table(cells(place="table 1"))
        places = page.page().places
        names = [place.name for place in places]
        assert names == ["paragraph 1", "table 1, row 1", "table 1, row 2", "table 1, row 3"]
        assert all(a.span.end <= b.span.start for a, b in pairwise(places))

    def test_the_place_of_a_span_is_what_it_touches(self):
        """One name, two names, or the first and the last of more."""
        page = Typewriter(1)
        for number in (1, 2, 3):
            page.write("words", place=f"paragraph {number}")
        made = page.page()
        assert made.place_of(Span(0, 5)) == "paragraph 1"
        assert made.place_of(Span(0, 8)) == "paragraph 1; paragraph 2"
        assert made.place_of(Span(0, 17)) == "paragraph 1 to paragraph 3"
        assert made.place_of(Span(5, 6)) == ""

    def test_a_page_passes_the_wire(self):
        """What is typed is what the parent accepts."""
        page = Typewriter(1, "Dosis")
        page.write("Doses", level=1, place="sheet Dosis")
        page.write_table(cells(place="table 1"))
        made = page.page()
        received = page_from_fields(fields_from_line(line_from_page(made)))
        assert received == made


class TestCutting:
    """Long tables."""

    def test_parts_have_at_most_so_many_rows(self):
        """The first one may be shorter."""
        lines = [(f"drug {n}", f"{n} mg") for n in range(10)]
        parts = list(cut_table(cells(lines), 4, first_rows=2))
        assert [max(cell.row for cell in part) + 1 for part in parts] == [2, 4, 4]
        assert [cell.text for cell in parts[1]][:2] == ["drug 2", "2 mg"]

    def test_no_cut_goes_through_a_merged_cell(self):
        """The part ends before it."""
        merged = [TypedCell(1, 0, "Vincristine", row_span=3), TypedCell(0, 0, "Drug")]
        values = [TypedCell(row, 1, str(row)) for row in range(4)]
        parts = list(cut_table([*merged, *values], 3))
        assert [[cell.text for cell in part if cell.column == 0] for part in parts] == [
            ["Drug"],
            ["Vincristine"],
        ]

    def test_a_cell_longer_than_a_part_is_cut(self):
        """It cannot be kept whole."""
        tall = [TypedCell(0, 0, "x", row_span=5), *(TypedCell(n, 1, str(n)) for n in range(5))]
        assert len(list(cut_table(tall, 2))) == 3

    def test_a_part_is_as_wide_as_the_table(self):
        """Its columns go on even where its last ones are empty."""
        short = [TypedCell(0, 0, "a"), TypedCell(0, 2, "c"), TypedCell(1, 0, "b")]
        assert max(cell.column for cell in list(cut_table(short, 1))[1]) == 2

    @pytest.mark.parametrize(("columns", "rows"), [(2, 10_000), (300, 66), (20_000, 1)])
    def test_how_many_rows_fit_depends_on_the_columns(self, columns, rows):
        """One table may not have more places than the wire takes."""
        assert rows_that_fit([TypedCell(0, columns - 1, "x")]) == rows

    def test_a_table_of_which_no_row_fits_is_refused(self):
        """The wire takes none of its rows, and nobody prints such a table."""
        with pytest.raises(Unreadable, match="columns"):
            rows_that_fit([TypedCell(0, 20_000, "x")])
