"""Print that a PDF holds and its page does not show states no dose; the words of a scan say so."""

import pytest
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from tests.factories_pdf import drawn_pdf, rotated, words_at
from tests.factories_scans import page_picture

from fuente.documents.span import Span
from fuente.documents.split import split_pages
from fuente.dosing.extraction import READ_BY_OCR, extract_references

SHOWN = "Give cisplatin 75 mg/m2 IV."
HIDDEN = "Vincristine 15 mg/m2 IV"
LEFT_OUT = "20 characters that the page does not show were left out"


def _white(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 680, HIDDEN)


def _nearly_white(canvas):
    canvas.setFillColorRGB(0.99, 0.99, 0.98)
    canvas.drawString(72, 680, HIDDEN)


def _invisible(canvas):
    text = canvas.beginText(72, 680)
    text.setTextRenderMode(3)
    text.textOut(HIDDEN)
    canvas.drawText(text)


def _transparent(canvas):
    canvas.setFillAlpha(0)
    canvas.drawString(72, 680, HIDDEN)


def _tiny(canvas):
    canvas.setFont("Helvetica", 1.5)
    canvas.drawString(72, 680, HIDDEN)


def _covered(canvas):
    canvas.drawString(72, 680, HIDDEN)
    canvas.setFillColorRGB(0.9, 0.9, 0.9)
    canvas.rect(70, 676, 200, 14, stroke=0, fill=1)


def _covered_in_a_form(canvas):
    canvas.beginForm("form")
    canvas.setFont("Helvetica", 10)
    _covered(canvas)
    canvas.endForm()
    canvas.doForm("form")


def _beyond_the_edge(canvas):
    canvas.drawString(A4[0] + 5, 680, HIDDEN)


UNSEEN = [
    *(_white, _nearly_white, _invisible, _transparent, _tiny),
    *(_covered, _covered_in_a_form, _beyond_the_edge),
]


@pytest.mark.parametrize("hide", UNSEEN)
@pytest.mark.parametrize("rotation", [0, 90])
def test_what_a_page_does_not_show_is_left_out(read, hide, rotation):
    """The page says how much; each other character keeps its place."""

    def draw(canvas):
        canvas.drawString(72, 700, SHOWN)
        hide(canvas)

    document = read(rotated(drawn_pdf(draw), rotation))
    page = document.pages[0]
    assert page.text.strip() == SHOWN
    assert LEFT_OUT in page.warnings
    assert len(page.character_boxes) == 16 * len(page.text)
    references = extract_references(document.source, split_pages(document))
    assert [one.drug for one in references] == ["cisplatin"]


def _on_a_dark_band(canvas):
    canvas.setFillColorRGB(0.1, 0.1, 0.5)
    canvas.rect(70, 676, 200, 14, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 680, HIDDEN)


def _marked_with_a_pen(canvas):
    canvas.drawString(72, 680, HIDDEN)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
    canvas.rect(70, 676, 200, 14, stroke=0, fill=1)


def _grey(canvas):
    canvas.setFillColorRGB(0.8, 0.8, 0.8)
    canvas.drawString(72, 680, HIDDEN)


@pytest.mark.parametrize("show", [_on_a_dark_band, _marked_with_a_pen, _grey])
def test_light_or_overlaid_print_that_shows_stays(read, show):
    """What is drawn decides, not its colour."""
    page = read(drawn_pdf(show)).pages[0]
    assert (page.text, page.warnings) == (HIDDEN, ())


def test_a_page_of_hidden_print_alone_holds_no_text(read):
    """It is reported as a page whose words are unknown."""
    page = read(drawn_pdf(_white)).pages[0]
    assert (page.text, page.text_source, page.warnings) == ("", "none", (LEFT_OUT,))


def test_the_hidden_words_of_a_scan_are_ocr(read):
    """A picture prints 1.5, the words behind it say 15: whoever reads that is told to compare."""
    picture = page_picture(drawn_pdf(words_at((72, 162, "Vincristine 1.5 mg/m2 IV"))))

    def draw(canvas):
        canvas.drawImage(picture, 0, 0, *A4)
        canvas.setFont("Helvetica", 10)
        _invisible(canvas)

    document = read(drawn_pdf(draw))
    page = document.pages[0]
    assert (page.text_source, page.ocr) == ("ocr", (Span(0, len(HIDDEN)),))
    (reference,) = extract_references(document.source, split_pages(document))
    assert reference.source.value == "ocr"
    assert READ_BY_OCR in reference.warnings


def test_invisible_words_on_the_ink_of_a_figure_are_ocr(read):
    """A figure whose letters are outlines carries its words so; the others of the page are text."""

    def draw(canvas):
        canvas.drawString(72, 700, SHOWN)
        for left in range(70, 190, 2):
            canvas.line(left, 678, left + 1, 688)
        _invisible(canvas)

    page = read(drawn_pdf(draw)).pages[0]
    assert page.source_of(Span(0, len(SHOWN))) == "text"
    (recognised,) = page.ocr
    assert recognised.cut(page.text) == HIDDEN
