"""Pages that are pictures: read by tesseract, or reported when they cannot be."""

import json
import struct

import pytest
from tests.factories_pdf import GRID, drawn_pdf, flowing_pdf, table, words_at
from tests.factories_scans import false_tesseract, moved, needs_tesseract, page_picture, scanned

from fuente.adapters.page_reader import FileReader, OcrReader
from fuente.adapters.page_reader.ocr.picture import (
    Drawing,
    Picture,
    drawing_from_fields,
    fields_from_drawing,
)
from fuente.adapters.page_reader.process import ReadingChild
from fuente.adapters.page_reader.wire import fields_from_line
from fuente.documents.marks import marks_of
from fuente.documents.passage import PassageKind
from fuente.documents.source import DocumentStatus
from fuente.documents.span import Span
from fuente.documents.split import split_pages
from fuente.dosing.extraction import READ_BY_OCR, extract_references

DOSES = [
    ["Drug", "Dose", "Route", "Days"],
    ["Vincristine", "1.5 mg/m2", "IV push", "day 1 and 8"],
    ["Cisplatin", "75 mg/m2", "IV drip", "day 1 alone"],
    ["Lomustine", "110 mg/m2", "by mouth", "day 1 alone"],
]
LINES = words_at(
    (72, 100, "Treatment protocol for the ward"),
    (72, 130, "Vincristine 1.5 mg/m2 IV on days 1, 8 and 15, maximum 2 mg."),
    (72, 160, "Give slowly and watch the vein of the child with care."),
)
SPANISH = "Se administra vincristina 1,5 mg/m2 IV los días 1, 8 y 15, dosis máxima 2 mg."
PORTUGUESE = "Administra-se vincristina 1,5 mg/m2 IV nos dias 1, 8 e 15, dose máxima de 2 mg."
ENGLISH = "Give vincristine 1.5 mg/m2 IV on days 1, 8 and 15, maximum dose 2 mg."


@pytest.fixture
def read(tmp_path):
    """Read bytes as a PDF, its pictures too."""

    def reading(content, **options):
        path = tmp_path / "protocol.pdf"
        path.write_bytes(content)
        return FileReader(ocr=OcrReader(**options)).read(path)

    return reading


def _references(document):
    return extract_references(document.source, split_pages(document))


def _cells(document):
    rows = [one for one in split_pages(document) if one.kind is PassageKind.TABLE_ROW]
    return [{cell.header: cell.text for cell in row.cells} for row in rows]


def _middle(page, words):
    at = page.text.index(words)
    first = struct.unpack_from("<4f", page.character_boxes, 16 * at)
    last = struct.unpack_from("<4f", page.character_boxes, 16 * (at + len(words) - 1))
    (left, top), (right, bottom) = first[:2], last[2:]
    return (left + right) / 2, (top + bottom) / 2


@needs_tesseract
@pytest.mark.ocr
class TestReading:
    """What a scan says, and where."""

    @pytest.mark.parametrize(
        "sentence", [ENGLISH, SPANISH, PORTUGUESE], ids=["english", "spanish", "portuguese"]
    )
    def test_a_dose_is_read_in_each_language(self, read, sentence):
        """Its reference says that OCR read it and asks to be compared with the page."""
        document = read(scanned(flowing_pdf(sentence)))
        dose = next(one for one in _references(document) if one.drug == "vincristine")
        assert (str(dose.value), dose.unit, str(dose.source)) == ("1.5", "mg/m2", "ocr")
        assert READ_BY_OCR in dose.warnings

    def test_a_table_is_read_row_by_row(self, read):
        """Cells stand under their headers as on a page with text."""
        document = read(scanned(flowing_pdf("Table 1. Doses.", table(DOSES, GRID))))
        assert _cells(document) == [dict(zip(DOSES[0], row, strict=True)) for row in DOSES[1:]]
        doses = {one.drug: str(one.value) for one in _references(document)}
        assert doses == {"vincristine": "1.5", "cisplatin": "75", "lomustine": "110"}

    def test_a_table_laid_askew_is_the_same_table(self, read):
        """A sheet is seldom straight; marks lie where the words are on the scan."""
        printed = flowing_pdf("Table 1. Doses.", table(DOSES, GRID))
        document = read(scanned(printed, askew=0.8))
        assert [row["Dose"] for row in _cells(document)] == [row[1] for row in DOSES[1:]]
        straight, page = read(printed).pages[0], document.pages[0]
        for words in ("Vincristine", "Lomustine"):
            there = moved(*_middle(straight, words), 0.8, page.width, page.height)
            assert _middle(page, words) == pytest.approx(there, abs=3)

    def test_the_marks_of_a_quote_cover_its_words(self, read):
        """They lie where the marks of the text layer lie."""
        printed = drawn_pdf(LINES)
        pages = read(printed).pages[0], read(scanned(printed)).pages[0]
        marks = []
        for page in pages:
            at = page.text.index("Vincristine")
            marks.append(marks_of(page, Span(at, page.text.index(" days"))))
        (layer,), (scan,) = marks
        assert (scan.left, scan.right) == pytest.approx((layer.left, layer.right), abs=3)
        assert (scan.top, scan.bottom) == pytest.approx((layer.top, layer.bottom), abs=3)

    @pytest.mark.slow
    @pytest.mark.parametrize("turned", [90, 180, 270])
    def test_a_page_scanned_on_its_side_is_turned(self, read, turned):
        """The page is stored, and shown, the right way up."""
        lines = [(72, 100 + 20 * n, f"This is line {n} of a page of words.") for n in range(20)]
        document = read(scanned(drawn_pdf(words_at(*lines)), turned=turned))
        page = document.pages[0]
        assert page.turned == 360 - turned
        assert "This is line 3 of a page of words." in page.text
        assert page.height > page.width

    def test_the_document_says_what_read_it(self, read):
        """An auditor knows the program, its version and its languages."""
        document = read(scanned(drawn_pdf(LINES)))
        assert document.source.status is DocumentStatus.READY
        warning = document.source.warnings[0]
        assert warning.startswith("read by OCR (tesseract ")
        assert warning.endswith("eng+spa+por): pages 1")

    @pytest.mark.slow
    def test_the_same_scan_gives_the_same_pages(self, read):
        """Every time."""
        content = scanned(drawn_pdf(LINES))
        assert read(content) == read(content)

    def test_a_picture_beside_text_is_read_after_it(self, read):
        """The text layer keeps its place; each passage says where its words come from."""
        picture = page_picture(drawn_pdf(LINES))

        def draw(canvas):
            canvas.drawString(72, 800, "Lomustine 110 mg/m2 PO on day 1 is printed as text here.")
            canvas.drawImage(picture, 0, -100, 595, 842)

        document = read(drawn_pdf(draw))
        page = document.pages[0]
        assert page.text_source == "text"
        assert page.text.startswith("Lomustine 110 mg/m2 PO on day 1 is printed as text here.\n")
        assert page.text.count("Lomustine") == 1
        sources = {one.drug: str(one.source) for one in _references(document)}
        assert sources == {"lomustine": "text", "vincristine": "ocr"}

    def test_a_picture_that_was_not_read_is_named_with_its_page(self, tmp_path):
        """A dose may stand in it, and the page has text besides."""
        picture = page_picture(drawn_pdf(LINES))
        path = tmp_path / "chart.pdf"
        path.write_bytes(
            drawn_pdf(
                lambda canvas: canvas.drawString(72, 700, "The page before the chart."),
                lambda canvas: (
                    canvas.drawString(72, 800, "The chart."),
                    canvas.drawImage(picture, 0, -100, 595, 842),
                ),
            )
        )
        source = FileReader().read(path).source
        assert source.warnings == ("pictures were not read (OCR is off): pages 2",)

    def test_a_page_with_text_is_left_alone(self, read):
        """Its text stays that of the file."""
        document = read(drawn_pdf(LINES))
        assert document.pages[0].text_source == "text"
        assert document.source.warnings == ()

    def test_a_page_without_words_stays_without_text(self, read):
        """A drawing is no text; the document is partial."""
        document = read(drawn_pdf(LINES, lambda canvas: canvas.rect(50, 50, 300, 300)))
        assert document.source.pages_without_text == (2,)
        assert document.source.status is DocumentStatus.PARTIAL

    def test_boxes_side_by_side_are_read_one_by_one(self, read):
        """A line of one box does not go on in its neighbour."""
        left = [(40, 110 + 18 * n, f"Give dose {n} of the long regimen now") for n in range(8)]
        right = [(266, 115 + 18 * n, f"Stop drug {n} in the short regimen") for n in range(8)]

        def draw(canvas):
            words_at(*left, *right)(canvas)
            canvas.rect(30, 580, 224, 165)
            canvas.rect(258, 580, 224, 165)

        text = read(scanned(drawn_pdf(draw))).pages[0].text
        assert text.count("Give dose") == text.count("Stop drug") == 8
        assert not any("Give" in line and "Stop" in line for line in text.splitlines())


def test_strips_are_enlarged_by_a_confined_child():
    """Nothing it needs is loaded after it can open no more files."""
    picture = Picture(200, 100, bytes(range(200)) * 100, 4.0)
    request = {
        **fields_from_drawing(Drawing(0.0, 0.0, picture, [])),
        "strips": [[10, 10, 110, 40], [0, 50, 200, 90]],
    }
    with ReadingChild("ocr.enlarge", json.dumps(request).encode()) as child:
        drawing = drawing_from_fields(fields_from_line(b"".join(child.lines())))
    assert drawing.picture is not None
    assert (drawing.picture.wide, drawing.picture.dots_per_point) == (520, 8.0)


class TestFailing:
    """A page that cannot be read is named, with the reason, and the file is read all the same."""

    SCAN = scanned(drawn_pdf(LINES))

    @pytest.fixture
    def path(self, tmp_path, monkeypatch):
        """The only folder programs are looked for in."""
        folder = tmp_path / "bin"
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))
        return folder

    def test_without_tesseract_the_page_is_uncovered(self, read, path):
        """As before there was any OCR."""
        source = read(self.SCAN).source
        assert source.status is DocumentStatus.PARTIAL
        assert source.pages_without_text == (1,)
        assert "tesseract is not installed" in source.warnings[0]

    @pytest.mark.parametrize(
        ("does", "reason"),
        [
            ("exec /bin/sleep 300", "longer than 8 s"),
            ("kill -SEGV $$", "crashed"),
            ("exit 3", "ended with code 3"),
            ("echo heading; echo one word", "cut short"),
        ],
        ids=["hangs", "crashes", "gives up", "talks nonsense"],
    )
    def test_a_tesseract_that_fails_costs_its_page(self, read, path, does, reason):
        """The reason stands in the warning of the page."""
        false_tesseract(path, does)
        document = read(self.SCAN, page_seconds=8.0)
        assert document.source.pages_without_text == (1,)
        assert reason in document.pages[0].warnings[-1]

    def test_pages_beyond_the_time_allowed_are_named(self, read, path):
        """Nothing is lost silently."""
        false_tesseract(path, "exit 3")
        document = read(self.SCAN, budget_seconds=0.0)
        assert document.source.pages_without_text == (1,)
        assert document.source.warnings == ("the time for OCR was used up before this page",)
