"""Pages as pictures, with the cited words marked."""

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image
from tests.factories_pdf import drawn_pdf, memory_bomb, rotated, words_at

from fuente.adapters.page_reader import FileReader, FileRenderer
from fuente.documents.marks import marks_of
from fuente.documents.source import Page
from fuente.documents.span import Box, Span
from fuente.errors import NotFound, ReaderFailed

SCALE = 110 / 72
A4_HEIGHT = 841.9
ABOVE_FIRST, ABOVE_SECOND = 91.5, 291.5
"""Heights within the boxes of the letters and above their ink."""

CONTENT = drawn_pdf(
    words_at((72, 100, "Vincristine 1.5 mg/m2"), (72, 300, "Cisplatin 75 mg/m2")),
    words_at((72, 100, "Page two")),
)


@cache
def _pages(content: bytes = CONTENT) -> tuple[Page, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.pdf"
        path.write_bytes(content)
        return FileReader().read(path).pages


def _picture(page: int, *spans: Span) -> Image.Image:
    marks = [box for span in spans for box in marks_of(_pages()[page - 1], span)]
    return Image.open(BytesIO(FileRenderer().render(CONTENT, page, marks)))


def _is_marked(picture: Image.Image, left: float, top: float) -> bool:
    red, _, blue = picture.getpixel((round(left * SCALE), round(top * SCALE)))
    return red > 200 and blue < 180


def test_a_page_is_drawn_at_110_dpi():
    """An A4 page is 909 x 1286 pixels."""
    assert _picture(1).size == pytest.approx((910, 1286), abs=2)


def test_a_rotated_page_is_drawn_upright():
    """Wider than high, with the marks where the words are shown."""
    content = rotated(CONTENT, 90)
    marks = marks_of(_pages(content)[1], Span(0, 8))
    picture = Image.open(BytesIO(FileRenderer().render(content, 2, marks)))
    wide, high = picture.size
    assert wide > high
    assert _is_marked(picture, A4_HEIGHT - 91, 73)


def test_the_cited_words_are_marked_and_no_others():
    """The mark lies on the span's characters; the white beside them stays white."""
    picture = _picture(1, Span(0, 11))
    assert _is_marked(picture, 73, ABOVE_FIRST)
    assert not _is_marked(picture, 160, ABOVE_FIRST)
    assert not _is_marked(picture, 73, ABOVE_SECOND)


def test_a_page_is_turned_with_its_marks():
    """A page scanned on its side is shown upright; marks are in points on the page turned."""
    picture = Image.open(BytesIO(FileRenderer().render(CONTENT, 1, [Box(10, 20, 60, 40)], 90)))
    wide, high = picture.size
    assert wide > high
    assert _is_marked(picture, 30, 30)


def test_the_span_of_the_reader_marks_the_same_words():
    """A quote is highlighted where it was cut from."""
    text = _pages()[0].text
    at = text.index("Cisplatin")
    picture = _picture(1, Span(at, at + 9))
    assert _is_marked(picture, 73, ABOVE_SECOND)
    assert not _is_marked(picture, 73, ABOVE_FIRST)


def test_marks_leave_the_letters_black():
    """A highlighted dose stays readable."""
    plain, marked = _picture(1), _picture(1, Span(0, 21))
    darkest = [p.convert("L").getextrema()[0] for p in (plain, marked)]
    assert darkest[1] <= darkest[0] + 5


def test_the_same_page_gives_the_same_picture():
    """Nothing depends on fonts of the machine or on time."""
    renderer = FileRenderer()
    marks = marks_of(_pages()[0], Span(0, 4))
    assert renderer.render(CONTENT, 1, marks) == renderer.render(CONTENT, 1, marks)


def test_a_page_that_does_not_exist_is_not_found():
    """The message says how many there are."""
    with pytest.raises(NotFound, match="2 pages"):
        FileRenderer().render(CONTENT, 3)


def test_what_is_no_pdf_has_no_pictures():
    """A text document is shown as text."""
    with pytest.raises(NotFound):
        FileRenderer().render(b"plain words", 1)


def test_a_bomb_fails_alone():
    """The child dies at its limit."""
    with pytest.raises(ReaderFailed, match="out of memory"):
        FileRenderer().render(memory_bomb(), 1)
