"""What is said of a PDF page whose words or tables cannot be trusted."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from tests.factories_pdf import drawn_pdf, words_at

UNREAD = "a table could not be read reliably; its words are kept as prose"


def unreadable_table(texts, top=100):
    """Rows of which each word is cut by the rule between two columns."""

    def draw(canvas):
        height = canvas._pagesize[1]
        for number, words in enumerate(texts):
            canvas.drawString(80, height - top - 20 * number - 14, words)
        bottom = top + 20 * len(texts)
        for x in (72, 104, 300):
            canvas.line(x, height - top, x, height - bottom)
        for number in range(len(texts) + 1):
            canvas.line(72, height - top - 20 * number, 300, height - top - 20 * number)

    return draw


class TestUnreadTables:
    """A table whose cells are in doubt is named, not guessed."""

    def test_a_table_that_cannot_be_read_reliably_is_named_with_its_page(self, read):
        """Its rules run through the words; as prose its doses are not told apart."""
        misplaced = unreadable_table([f"Vincristine {n} mg/m2" for n in range(1, 5)])
        document = read(drawn_pdf(words_at((72, 100, "Words of the first page.")), misplaced))
        assert not document.pages[1].grids
        assert document.pages[1].warnings == (UNREAD,)
        assert document.source.warnings == (f"{UNREAD} (page 2)",)

    def test_two_of_them_are_counted(self, read):
        """One warning for the page."""

        def draw(canvas):
            for top in (100, 400):
                unreadable_table([f"Vincristine {n} mg/m2" for n in range(4)], top)(canvas)

        expected = "2 tables could not be read reliably; their words are kept as prose"
        assert read(drawn_pdf(draw)).pages[0].warnings == (expected,)

    def test_a_chart_without_numbers_needs_no_warning(self, read):
        """The boxes and arrows of a decision tree are no table of doses."""
        draw = unreadable_table(["Progression or relapse", "Surgery and observation"])
        assert read(drawn_pdf(draw)).pages[0].warnings == ()


class TestLetters:
    """How print is set does not change what it says."""

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html"])
    def test_ligatures_are_read_as_letters(self, read, name):
        """In every format that may hold them."""
        assert (
            "confirm filgrastim" in read("con\ufb01rm \ufb01lgrastim".encode(), name).pages[0].text
        )

    def test_ligatures_of_a_font_are_read_as_letters(self, read):
        """The glyph is one, its letters are two."""
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

        def draw(canvas):
            canvas.setFont("Vera", 10)
            canvas.drawString(72, 700, "con\ufb01rm \ufb02uorouracil")

        page = read(drawn_pdf(draw)).pages[0]
        assert page.text == "confirm fluorouracil"
        assert len(page.character_boxes) == 16 * len(page.text)

    def test_letters_that_stand_apart_are_warned_about(self, read):
        """Letter by letter, as some programs write; the page is named."""

        def draw(canvas):
            for place, letter in enumerate("vincristine"):
                canvas.drawString(72 + 14 * place, 700, letter)

        document = read(drawn_pdf(words_at((72, 100, "Words of the first page.")), draw))
        (warning,) = document.source.warnings
        assert warning.startswith("letters stand apart in one place")
        assert warning.endswith("(page 2)")
