"""Real PDFs through real children: text, boxes, labels, tables, and files that are no documents."""

import math
import struct

import pytest
from tests.factories_pdf import (
    BANDS,
    GRID,
    LINES,
    RULES,
    drawn_pdf,
    flowing_pdf,
    memory_bomb,
    rotated,
    table,
    words_at,
)

from fuente.adapters.page_reader import FileReader
from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import DocumentStatus, Language, Page, ReadDocument
from fuente.documents.split import split_pages
from fuente.errors import DocumentRejected, ReaderFailed

DOSES = [
    ["Drug", "Dose", "Route", "Days"],
    ["Vincristine", "1.5 mg/m2", "IV", "1, 8, 15"],
    ["Cisplatin", "75 mg/m2", "IV", "1"],
    ["Lomustine", "75 mg/m2", "PO", "1"],
]


def _box(page: Page, words: str) -> tuple[float, float, float, float]:
    at = page.text.index(words)
    return struct.unpack_from("<4f", page.character_boxes, 16 * at)


def _rows(document: ReadDocument) -> list[Passage]:
    return [p for p in split_pages(document) if p.kind is PassageKind.TABLE_ROW]


def _cells(document: ReadDocument) -> list[dict[str, str]]:
    return [{cell.header: cell.text for cell in row.cells} for row in _rows(document)]


class TestText:
    """The stored text and where it stands."""

    def test_words_are_read_with_accents_and_units(self, read):
        """What is printed is what is stored."""
        page = read(drawn_pdf(words_at((72, 100, "Vincristina 1,5 mg/m² (máx. 2 mg)")))).pages[0]
        assert page.text == "Vincristina 1,5 mg/m² (máx. 2 mg)"

    def test_the_box_of_a_character_is_where_it_is_drawn(self, read):
        """Points from the top left; the baseline lies within the box."""
        page = read(drawn_pdf(words_at((72, 100, "Dose")))).pages[0]
        left, top, right, bottom = _box(page, "D")
        assert left == pytest.approx(72, abs=1)
        assert top < 100 < bottom
        assert right - left < 10

    def test_line_ends_have_no_box(self, read):
        """A character that is not drawn has NaN edges."""
        page = read(drawn_pdf(words_at((72, 100, "one"), (72, 130, "two")))).pages[0]
        assert math.isnan(_box(page, "\n")[0])
        assert [line.span.cut(page.text) for line in page.lines] == ["one", "two"]

    @pytest.mark.parametrize("rotation", [0, 90, 180, 270])
    def test_a_rotated_page_is_read_upright(self, read, rotation):
        """Boxes lie on the page as it is shown."""
        page = read(rotated(drawn_pdf(words_at((72, 100, "Dose"))), rotation)).pages[0]
        left, top, right, bottom = _box(page, "D")
        assert 0 < left < right < page.width
        assert 0 < top < bottom < page.height
        assert (page.width > page.height) is (rotation in (90, 270))

    def test_a_superscript_stays_in_its_line(self, read):
        """A raised exponent does not break the dose it belongs to."""
        document = read(flowing_pdf("Methotrexate 5 g/m<super>2</super> in 24 hours"))
        page = document.pages[0]
        assert len(page.lines) == 1
        assert page.lines[0].span.cut(page.text).startswith("Methotrexate 5 g/m")

    @pytest.mark.parametrize(
        ("number", "raised", "behind", "stored"),
        [
            ("1.5", "2", " mg/m2", "1.5² mg/m2"),
            ("30", "1", " mg/m2", "30¹ mg/m2"),
            ("10", "6", "/L", "10⁶/L"),
            ("30", "1,2", " mg", "30¹,² mg"),
            ("1.5 mg/m", "2", " IV", "1.5 mg/m2 IV"),
        ],
    )
    @pytest.mark.parametrize("sideways", [0, 90])
    def test_a_raised_figure_joins_no_number(self, read, number, raised, behind, stored, sideways):
        """An exponent or the mark of a note is none of the digits before it."""

        def draw(canvas):
            canvas.translate(300, 300)
            canvas.rotate(sideways)
            left = 0.0
            for words, size, rise in ((number, 10, 0), (raised, 6, 4), (behind, 10, 0)):
                canvas.setFont("Helvetica", size)
                canvas.drawString(left, rise, words)
                left += canvas.stringWidth(words, "Helvetica", size)

        page = read(drawn_pdf(draw)).pages[0]
        assert "".join(page.text.split()) == stored.replace(" ", "")
        assert len(page.character_boxes) == 16 * len(page.text)

    def test_a_small_figure_on_the_line_is_a_figure(self, read):
        """Lowered and small print stay as they are."""
        document = read(flowing_pdf("CO<sub>2</sub> and B<sub>12</sub>, <font size=7>30</font> mg"))
        assert "".join(document.pages[0].text.split()) == "CO2andB12,30mg"

    def test_size_and_weight_of_a_line_are_known(self, read):
        """Headings are found by them."""

        def draw(canvas):
            canvas.setFont("Helvetica-Bold", 16)
            canvas.drawString(72, 700, "Induction")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, 670, "Given by vein.")

        heading, body = read(drawn_pdf(draw)).pages[0].lines
        assert (heading.size, heading.bold) == (16.0, True)
        assert (body.size, body.bold) == (10.0, False)

    def test_two_columns_are_read_one_after_the_other(self, read):
        """Text drawn column by column is not mixed."""
        left = [(60, 100 + 12 * n, f"left line number {n} of this column") for n in range(6)]
        right = [(320, 100 + 12 * n, f"right line number {n} of this column") for n in range(6)]
        document = read(drawn_pdf(words_at(*left, *right)))
        lines = [line.span.cut(document.pages[0].text) for line in document.pages[0].lines]
        assert lines == [words for _, _, words in (*left, *right)]

    def test_a_letter_like_font_is_read_as_printed(self, read):
        """Comparison signs and Greek letters of protocols survive."""
        page = read(drawn_pdf(words_at((72, 100, "5 µg/kg ± 0.5")))).pages[0]
        assert page.text == "5 µg/kg ± 0.5"


class TestDocument:
    """What is said of the file as a whole."""

    def test_title_edition_date_and_language_are_read(self, read):
        """From the first page."""

        def draw(canvas):
            canvas.setFont("Helvetica-Bold", 22)
            canvas.drawString(72, 700, "Tumor de Wilms")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, 660, "Edición 4.3. Vigente desde 27 de enero de 2025.")
            canvas.drawString(72, 640, "La dosis se da en el hospital con los padres de la niña.")

        source = read(drawn_pdf(draw)).source
        assert (source.title, source.edition) == ("Tumor de Wilms", "4.3")
        assert str(source.edition_date) == "2025-01-27"
        assert source.language is Language.SPANISH

    def test_labels_of_the_file_are_used(self, read):
        """Front matter in roman numerals, then the body from 1."""
        pages = [words_at((72, 100, f"page {n}")) for n in range(4)]
        document = read(drawn_pdf(*pages, labels=[(0, "ROMAN_LOWER", 1), (2, "ARABIC", 1)]))
        assert [page.label for page in document.pages] == ["i", "ii", "1", "2"]

    def test_printed_numbers_are_used_where_the_file_has_no_labels(self, read):
        """The physical number is not the printed one."""
        pages = [words_at((72, 100, "Body words"), (290, 810, str(n))) for n in (31, 32, 33)]
        assert [page.label for page in read(drawn_pdf(*pages)).pages] == ["31", "32", "33"]

    def test_a_page_without_text_is_named(self, read):
        """An image says nothing; the document is partial."""
        document = read(
            drawn_pdf(words_at((72, 100, "words")), lambda canvas: canvas.rect(50, 50, 300, 300))
        )
        assert document.pages[1].text_source == "none"
        assert document.source.pages_without_text == (2,)
        assert document.source.status is DocumentStatus.PARTIAL

    def test_an_empty_password_opens(self, read):
        """A file that only forbids printing can be read."""
        document = read(drawn_pdf(words_at((72, 100, "Dose 2 mg")), password=""))
        assert document.pages[0].text == "Dose 2 mg"

    def test_two_readers_agree_on_a_plain_page(self, read):
        """No doubt is raised where there is none."""
        document = read(drawn_pdf(words_at((72, 100, "Vincristine 1.5 mg/m2 on days 1, 8, 15"))))
        assert document.pages[0].warnings == ()
        assert document.source.warnings == ()


class TestTables:
    """Rows with their headers, however the table is drawn."""

    @pytest.mark.parametrize(
        "style", [GRID, RULES, LINES, BANDS], ids=["grid", "3", "all", "bands"]
    )
    def test_rows_are_read_under_their_headers(self, read, style):
        """With a full grid, three rules, a rule under each row, or shaded rows."""
        document = read(flowing_pdf("Table 1. Maintenance A.", table(DOSES, style), "Text."))
        assert _cells(document) == [dict(zip(DOSES[0], row, strict=True)) for row in DOSES[1:]]
        assert {row.caption for row in _rows(document)} == {"Table 1. Maintenance A."}

    def test_the_words_of_a_row_are_one_stretch_of_text(self, read):
        """A row can be quoted as it stands."""
        rows = _rows(read(flowing_pdf("Table 1. Doses.", table(DOSES, GRID))))
        assert " ".join(rows[0].text.split()) == "Vincristine 1.5 mg/m2 IV 1, 8, 15"

    @pytest.mark.parametrize("style", [GRID, LINES], ids=["grid", "rules"])
    def test_merged_headers_give_a_path(self, read, style):
        """A name over several columns stands before each."""
        groups = ["Medication", "", "Administration", ""]
        merged = [
            *style,
            ("SPAN", (0, 0), (1, 0)),
            ("SPAN", (2, 0), (3, 0)),
            ("FONT", (0, 1), (-1, 1), "Helvetica-Bold"),
        ]
        if style is LINES:
            merged.remove(LINES[1])
            merged[-4:-4] = [("LINEBELOW", (0, 1), (-1, 1), 0.5, "black")]
            merged.remove(LINES[-1])
            merged.append(("LINEBELOW", (0, 2), (-1, -1), 0.25, "grey"))
        document = read(flowing_pdf("Table 1. Doses.", table([groups, *DOSES], merged)))
        headers = [cell.header for cell in _rows(document)[0].cells]
        assert headers == [
            "Medication / Drug",
            "Medication / Dose",
            "Administration / Route",
            "Administration / Days",
        ]

    def test_a_table_over_a_page_break_is_one_table(self, read):
        """The second part keeps caption and headers of the first."""
        rows = [[f"Drug {n}", f"{n} mg/m2", "IV", "1"] for n in range(1, 70)]
        grid = table([DOSES[0], *rows], GRID, repeatRows=1)
        document = read(flowing_pdf("Table 1. Long.", grid))
        found = _rows(document)
        assert [row.cells[0].text for row in found] == [row[0] for row in rows]
        assert {row.page for row in found} == {1, 2}
        assert {(row.caption, row.caption_page) for row in found} == {("Table 1. Long.", 1)}
        assert {row.cells[1].header for row in found} == {"Dose"}

    def test_a_cell_merged_down_holds_for_its_rows(self, read):
        """Each row has its words."""
        rows = [["Week", "Drug"], ["1", "Vincristine"], ["", "Cisplatin"], ["2", "Rest"]]
        document = read(
            flowing_pdf("Table 1. Weeks.", table(rows, [*GRID, ("SPAN", (0, 1), (0, 2))]))
        )
        assert [(row.cells[0].text, row.cells[1].text) for row in _rows(document)] == [
            ("1", "Vincristine"),
            ("1", "Cisplatin"),
            ("2", "Rest"),
        ]

    def test_a_frame_around_prose_is_no_table(self, read):
        """One cell has no columns."""
        document = read(flowing_pdf(table([["Give slowly and watch the vein."]], GRID)))
        assert not document.pages[0].grids

    def test_two_rules_around_prose_are_no_table(self, read):
        """A running header rule and a footer rule enclose a page, not a table."""

        def draw(canvas):
            canvas.line(50, 780, 540, 780)
            for n in range(20):
                canvas.drawString(50, 760 - 14 * n, f"This is line {n} of a page of plain prose.")
            canvas.line(50, 60, 540, 60)
            canvas.line(50, 40, 540, 40)

        assert not read(drawn_pdf(draw)).pages[0].grids


class TestRejection:
    """Files that cannot become documents say so, by name and reason."""

    GOOD = drawn_pdf(words_at((72, 100, "Dose 2 mg")))

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("zero.pdf", b"", "empty"),
            ("header.pdf", b"%PDF-1.4\n%%EOF\n", "damaged"),
            ("cut.pdf", GOOD[:300], "damaged"),
            ("page.pdf", b"<html><body>404</body></html>", "HTML"),
            ("word.pdf", b"PK\x03\x04 and more", "ZIP"),
            ("text.pdf", b"just words", "not a PDF"),
            ("real.txt", GOOD, "is a PDF"),
            ("file.pptx", b"PK\x03\x04", "not a format"),
            ("none", b"words", "not a format"),
        ],
    )
    def test_the_message_names_file_and_reason(self, read, name, content, reason):
        """A person can act on it."""
        with pytest.raises(DocumentRejected, match=reason) as caught:
            read(content, name)
        assert name in str(caught.value)

    def test_a_password_is_asked_for(self, read):
        """An encrypted file is not damaged."""
        with pytest.raises(DocumentRejected, match="password"):
            read(drawn_pdf(words_at((72, 100, "Dose")), password="secret"))

    def test_too_many_pages_are_refused(self, read):
        """The limit is in the message."""
        pages = [words_at()] * 2001
        with pytest.raises(DocumentRejected, match="2001 pages, more than 2000"):
            read(drawn_pdf(*pages))

    def test_too_many_bytes_are_refused_unread(self, tmp_path):
        """A sparse file of 60 MB costs nothing."""
        path = tmp_path / "huge.pdf"
        with path.open("wb") as file:
            file.truncate(60 * 1024 * 1024)
        with pytest.raises(DocumentRejected, match="more than"):
            FileReader().read(path)

    def test_a_memory_bomb_fails_alone(self, read):
        """The child dies at its limit; the next file is read."""
        with pytest.raises(ReaderFailed, match="out of memory"):
            read(memory_bomb(), "bomb.pdf")
        assert read(self.GOOD).pages[0].text == "Dose 2 mg"

    def test_a_child_that_takes_too_long_is_killed(self, tmp_path):
        """The deadline is in the message."""
        path = tmp_path / "slow.pdf"
        path.write_bytes(self.GOOD)
        with pytest.raises(ReaderFailed, match="longer than"):
            FileReader(wall_seconds=0.01).read(path)
