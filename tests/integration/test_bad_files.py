"""Files that are empty, wrong, packed to burst or very long: each is answered, the next is read.

What is expected is a status, or a word of the reason; a reader that fails counts as an answer only
where memory or time is what the file asks for.
"""

import io
import time
import zipfile

import pytest
from tests.factories_mutants import SEEDS
from tests.factories_office import docx, p, page_break, rows, xlsx, zipped
from tests.factories_pdf import drawn_pdf, memory_bomb, words_at

from fuente.adapters.page_reader import FileReader
from fuente.adapters.page_reader.formats import FORMATS
from fuente.errors import DocumentRejected, ReaderFailed

GOOD = b"Vincristine 1.5 mg/m2 on day 1."
DEADLINE = 30.0
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60)
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(60)
ZIP = zipped({"a.txt": "words"})
TEXT_LIKE = sorted(suffix for suffix, found in FORMATS.items() if not found.starts)
PACKED_OR_PDF = sorted(suffix for suffix, found in FORMATS.items() if found.starts)


@pytest.fixture
def answered(tmp_path):
    """What the reader says of a file, after which it must read a good one."""

    def reading(name, content):
        path, good = tmp_path / name, tmp_path / "good.txt"
        path.write_bytes(content)
        good.write_bytes(GOOD)
        begun = time.monotonic()
        said = _said_of(path)
        assert time.monotonic() - begun < DEADLINE
        assert said in ("ready", "partial") or name in said
        assert FileReader().read(good).pages[0].text == GOOD.decode()
        return said

    return reading


def _said_of(path):
    try:
        return str(FileReader().read(path).source.status)
    except (DocumentRejected, ReaderFailed) as error:
        return str(error)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_an_empty_file_is_refused(answered, suffix):
    """Whatever it is named."""
    assert "the file is empty" in answered(f"empty{suffix}", b"")


@pytest.mark.parametrize("suffix", PACKED_OR_PDF)
@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(PNG, "is not a", id="picture"),
        pytest.param(PROGRAM, "is not a", id="program"),
        pytest.param(SEEDS[".html"], "an HTML or XML page", id="web page"),
        pytest.param(SEEDS[".csv"], "is not a", id="table"),
        pytest.param(b"\0" * 4096, "is not a", id="zeros"),
    ],
)
def test_what_is_of_another_kind_is_refused(answered, suffix, content, word):
    """By its first bytes, before any program starts."""
    assert word in answered(f"wrong{suffix}", content)


@pytest.mark.parametrize("suffix", TEXT_LIKE)
@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(PNG, "NUL bytes", id="picture"),
        pytest.param(PROGRAM, "NUL bytes", id="program"),
        pytest.param(SEEDS[".pdf"], "is a PDF", id="PDF"),
        pytest.param(ZIP, "a ZIP or Office file", id="ZIP"),
        pytest.param(b"\0" * 4096, "NUL bytes", id="zeros"),
    ],
)
def test_what_is_no_text_is_refused(answered, suffix, content, word):
    """Text has no mark of its own; bytes that cannot be text are named."""
    assert word in answered(f"wrong{suffix}", content)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("zip.docx", ZIP, "without an Office document"),
        ("zip.xlsx", ZIP, "without an Office document"),
        ("zip.pdf", ZIP, "a ZIP or Office file"),
        ("pdf.docx", SEEDS[".pdf"], "is a PDF"),
        ("pdf.xlsx", SEEDS[".pdf"], "is a PDF"),
        ("book.docx", SEEDS[".xlsx"], "an Excel workbook"),
        ("word.xlsx", SEEDS[".docx"], "a Word document"),
        ("word.pdf", SEEDS[".docx"], "a ZIP or Office file"),
        ("picture.png", PNG, "not a format it can read"),
    ],
)
def test_one_format_named_as_another_is_refused(answered, name, content, word):
    """The reason says what it is."""
    assert word in answered(name, content)


def _with_part(content, name, part):
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return buffer.getvalue()


def _quoted(letter):
    """Entities of entities: 10 characters that would be a thousand million."""
    names = "abcdefghi"
    inner = "".join(
        f'<!ENTITY {name} "{f"&{names[n - 1]};" * 10 if n else letter * 10}">'
        for n, name in enumerate(names)
    )
    return f"<!DOCTYPE x [{inner}]><x>&i;</x>"


SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx({"A": rows(["x", "y"], ["1", "2"])})


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("zeros.docx", _with_part(SEEDS[".docx"], "word/media/a.bin", bytes(90_000_000)), "packed"),
        ("zeros.xlsx", _with_part(BOOK, "xl/media/a.bin", bytes(90_000_000)), "packed more than"),
        ("parts.xlsx", xlsx({}, parts={f"xl/{n}.xml": "" for n in range(10_001)}), "parts, more"),
        ("laughs.docx", docx(parts={"word/document.xml": _quoted("l")}), "document type"),
        ("laughs.xlsx", xlsx({"A": ""}, parts={SHEET: _quoted("l")}), "document type"),
        ("deep.docx", docx("<w:tbl><w:tr><w:tc>" * 90 + "</w:tc></w:tr></w:tbl>" * 90), "nests"),
        ("deep.xlsx", xlsx({"A": "<row>" * 300 + "</row>" * 300}), "nests more than"),
        ("bomb.pdf", memory_bomb(), "out of memory"),
        ("deep.html", b"<div>" * 100_000, "nested more than"),
        ("wide.csv", b"a," * 10_000, "columns"),
    ],
)
def test_a_bomb_is_refused(answered, name, content, word):
    """Small files that would grow without end."""
    assert word in answered(name, content)


def test_cells_beyond_number_cost_the_child_alone(answered):
    """Twenty million empty cells in 100 kB: the limit of elements or of memory comes first."""
    sheet = f"<sheetData><row>{'<c/>' * 6_000_000}</row></sheetData>"
    said = answered("cells.xlsx", xlsx({"A": sheet}))
    assert "packed more than" in said or "elements" in said or "out of memory" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("long.pdf", drawn_pdf(*[words_at((72, 100, "Dose 2 mg"))] * 2000)),
        ("long.docx", docx(*[p("Dose 2 mg"), page_break()] * 1999, p("Dose 2 mg"))),
        ("long.xlsx", xlsx({f"S{n}": rows(["Dose", "2 mg"]) for n in range(2000)})),
        ("long.txt", b"\f".join([b"Dose 2 mg"] * 2000)),
        ("long.csv", b"Drug,2 mg\n" * 30_000),
        ("long.html", b"<p>Dose 2 mg, with care and water.</p>" * 30_000),
    ],
)
def test_a_file_of_two_thousand_pages_is_read(tmp_path, name, content):
    """Or of as many parts as its words make."""
    path = tmp_path / name
    path.write_bytes(content)
    pages = FileReader().read(path).pages
    assert len(pages) >= 100
    assert all("2 mg" in page.text for page in (pages[0], pages[-1]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("longer.pdf", drawn_pdf(*[words_at()] * 2001)),
        ("longer.docx", docx(*[p("Dose 2 mg"), page_break()] * 2000, p("Dose 2 mg"))),
        ("longer.xlsx", xlsx({f"S{n}": rows(["Dose", "2 mg"]) for n in range(2001)})),
        ("longer.txt", b"\f".join([b"Dose 2 mg"] * 2001)),
    ],
)
def test_one_page_more_is_refused(answered, name, content):
    """The limit is in the message, and a person can part the file."""
    assert "2001 pages, more than 2000" in answered(name, content)
