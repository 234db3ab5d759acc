"""A page that shows nothing hides nothing; one that shows anything at all is not covered."""

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from tests.factories_pdf import drawn_pdf, raw_pdf, words_at

from fuente.documents.source import DocumentStatus

WORDS = words_at((72, 100, "Words of the first page."))


def _sheet(picture):
    """A page that is a picture."""
    return lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, *A4)


def _faint_area(canvas):
    canvas.setFillGray(0.97)
    canvas.rect(100, 400, 300, 60, stroke=0, fill=1)


class TestBlankPages:
    """Told by the drawn page and by both readers."""

    def test_an_empty_page_is_blank(self, read):
        """It is recorded as such, and the document is whole."""
        document = read(drawn_pdf(WORDS, lambda _: None, WORDS))
        assert [page.text_source for page in document.pages] == ["text", "blank", "text"]
        assert document.source.pages_without_text == ()
        assert document.source.status is DocumentStatus.READY
        assert document.source.warnings == ("blank pages: 2",)

    def test_the_scan_of_an_empty_sheet_is_blank(self, read):
        """Paper and scanner give some grey levels of grain, which are no ink."""
        grain = bytes(240 + (7 * at * at) % 11 for at in range(900 * 900))
        paper = Image.frombytes("L", (900, 900), grain)
        assert read(drawn_pdf(WORDS, _sheet(paper))).pages[1].text_source == "blank"

    @pytest.mark.parametrize(
        "draw",
        [
            lambda canvas: canvas.rect(300, 400, 0.6, 0.6, fill=1),
            lambda canvas: canvas.line(100, 100, 110, 100),
            _faint_area,
        ],
        ids=["a full stop of 4 points", "a short rule", "a faint area"],
    )
    def test_any_mark_is_ink(self, read, draw):
        """What is drawn as outlines may be words."""
        document = read(drawn_pdf(WORDS, draw))
        assert document.source.pages_without_text == (2,)
        assert document.source.status is DocumentStatus.PARTIAL

    def test_a_page_number_on_a_scan_is_ink(self, read):
        """One small digit on an empty sheet."""
        sheet = Image.new("L", (1240, 1754), 246)
        ImageDraw.Draw(sheet).text((620, 1700), "7", fill=60)
        assert read(drawn_pdf(WORDS, _sheet(sheet))).pages[1].text_source == "none"

    def test_a_picture_that_cannot_be_decoded_is_not_blank(self, read):
        """The page is drawn white, and nobody knows what it shows."""
        black = drawn_pdf(_sheet(Image.new("L", (100, 100), 0)))
        broken = black.replace(b"/FlateDecode ] /Height", b"/JBIG2Decode ] /Height")
        assert broken != black
        assert read(broken).pages[0].text_source == "none"

    def test_a_page_whose_stream_is_damaged_is_not_blank(self, read):
        """Nothing is drawn because nothing could be unpacked."""
        damaged = raw_pdf(b"these are no packed bytes" * 4, "/FlateDecode")
        assert read(damaged).pages[0].text_source == "none"
