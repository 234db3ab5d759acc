"""Long texts in parts, and the lines of a page without geometry."""

from fuente.adapters.page_reader.plain.pager import PART_LENGTH, Pager
from fuente.adapters.page_reader.plain.typewriter import TypedCell, Typewriter
from fuente.documents.span import Span


def test_nothing_written_is_one_page_without_text():
    """A document is never without pages."""
    (page,) = Pager().pages()
    assert (page.number, page.text_source) == (1, "none")


def test_a_full_part_ends_between_paragraphs():
    """No paragraph is torn."""
    pager = Pager()
    for number in range(10):
        pager.write(f"{number} " + "word " * 200)
    pages = pager.pages()
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len(pages) > 1
    assert all(len(page.text) < PART_LENGTH + 1100 for page in pages)
    assert "".join(page.text for page in pages).count("word") == 2000


def test_a_heading_goes_to_the_part_it_heads():
    """A part more than half full ends before a heading, not after it."""
    pager = Pager()
    pager.write("word " * 500)
    pager.write("Induction", level=2)
    pager.write("Vincristine 1.5 mg/m2")
    assert [page.text.split("\n")[0][:9] for page in pager.pages()] == ["word word", "Induction"]


def test_the_words_of_a_line_are_cut_by_its_span():
    """Spans, boxes and text fit each other."""
    sheet = Typewriter(3, "Doses")
    sheet.write("  One \n\n two ", place="paragraph 1")
    sheet.write("Head", level=1)
    page = sheet.page()
    assert (page.number, page.label) == (3, "Doses")
    assert [line.span.cut(page.text) for line in page.lines] == ["One", "two", "Head"]
    assert page.lines[2].size > page.lines[0].size
    assert page.lines[2].bold
    tops = [line.box.top for line in page.lines]
    assert tops == sorted(set(tops))
    assert page.place_of(Span(0, 1)) == "paragraph 1"
    assert len(page.character_boxes) == 16 * len(page.text)


def test_a_table_is_a_grid_whose_cells_hold_their_words():
    """Merged cells keep their extent, lines of a cell stand one below the other."""
    sheet = Typewriter(1)
    sheet.write_table(
        [
            TypedCell(0, 0, "Drug", row_span=2),
            TypedCell(0, 1, "Dose", column_span=2),
            TypedCell(1, 1, "Arm A"),
            TypedCell(1, 2, "Arm B"),
            TypedCell(2, 0, "Vincristine\nvials", place="row 3"),
            TypedCell(2, 1, "1.5 mg/m2", place="row 3"),
            TypedCell(2, 2, ""),
        ]
    )
    page = sheet.page()
    (grid,) = page.grids
    assert (grid.rows, grid.columns) == (3, 3)
    words = {
        (cell.row, cell.column): [span.cut(page.text) for span in cell.spans] for cell in grid.cells
    }
    assert words[2, 0] == ["Vincristine", "vials"]
    assert words[2, 2] == []
    assert (grid.cells[0].row_span, grid.cells[1].column_span) == (2, 2)
    assert page.place_of(Span(0, len(page.text))) == "row 3"


def test_a_table_of_empty_cells_is_not_written():
    """There is nothing to point at."""
    sheet = Typewriter(1)
    sheet.write_table([TypedCell(0, 0, ""), TypedCell(0, 1, " ")])
    assert sheet.page().text_source == "none"


def test_a_table_larger_than_a_page_may_hold_goes_on_in_the_next_part():
    """As one table: the wire takes so many cells of a page and no more."""
    pager = Pager()
    pager.write_table([TypedCell(row, column, "x") for row in range(300) for column in range(100)])
    first, second = (page.grids[0] for page in pager.pages())
    assert (first.rows, second.rows) == (200, 100)
    assert first.box.right == second.box.right
