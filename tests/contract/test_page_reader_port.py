"""What every page reader does, the one in this process and the one in children."""

import hashlib
from itertools import pairwise

import pytest
from tests.fakes_reading import PlainTextReader

from fuente.adapters.page_reader import FileReader
from fuente.documents.source import DocumentStatus
from fuente.documents.split import split_pages
from fuente.errors import DocumentRejected
from fuente.ports import ReadingStopped
from fuente.workflows.stopping import AskedStop

TEXT = "Vincristine 1.5 mg/m2 on day 1.\nIt is given by vein.\fCisplatin 75 mg/m2 on day 1."


@pytest.fixture(params=[PlainTextReader, FileReader], ids=["fake", "real"])
def reader(request):
    """A reader of each kind."""
    return request.param()


@pytest.fixture
def file(tmp_path):
    """A small text of two pages."""
    path = tmp_path / "protocol.txt"
    path.write_bytes(TEXT.encode())
    return path


class TestPageReader:
    """The promises of the port."""

    def test_the_document_is_known_by_its_bytes(self, reader, file):
        """The hash is that of the file, the name its base name."""
        source = reader.read(file).source
        assert source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
        assert (source.file, source.path, source.pages) == ("protocol.txt", str(file), 2)

    def test_pages_come_in_physical_order(self, reader, file):
        """Numbers run from 1 and every page has a label."""
        pages = reader.read(file).pages
        assert [page.number for page in pages] == [1, 2]
        assert all(page.label for page in pages)

    def test_lines_lie_in_the_text_in_its_order(self, reader, file):
        """Spans point into the page and do not overlap."""
        for page in reader.read(file).pages:
            assert all(line.span.end <= len(page.text) for line in page.lines)
            assert all(a.span.end <= b.span.start for a, b in pairwise(page.lines))

    def test_every_character_has_a_box(self, reader, file):
        """Four float32 per character of the stored text."""
        for page in reader.read(file).pages:
            assert len(page.character_boxes) == 16 * len(page.text)

    def test_reading_twice_gives_the_same(self, reader, file):
        """Nothing depends on the time or the machine."""
        assert reader.read(file) == reader.read(file)

    def test_what_it_reads_can_be_split(self, reader, file):
        """The words of the file are found in the passages."""
        texts = [passage.text for passage in split_pages(reader.read(file))]
        assert any("Vincristine 1.5 mg/m2 on day 1." in text for text in texts)

    def test_a_page_without_text_makes_the_document_partial(self, reader, tmp_path):
        """The page is counted and named."""
        path = tmp_path / "gap.txt"
        path.write_text("Words here.\f\fWords there.")
        source = reader.read(path).source
        assert (source.status, source.pages_without_text) == (DocumentStatus.PARTIAL, (2,))

    def test_progress_is_told_page_by_page(self, reader, file):
        """What is done and how many there are."""
        told = []
        reader.read(file, lambda what, done, total: told.append((what, done, total)))
        assert told == [("reading protocol.txt", 1, 2), ("reading protocol.txt", 2, 2)]

    def test_what_was_stopped_gives_no_document(self, reader, file):
        """It is no refusal of the file, which is read as ever when it is wanted again."""
        stop = AskedStop()
        stop.ask()
        with pytest.raises(ReadingStopped):
            reader.read(file, stop=stop)
        assert reader.read(file, stop=AskedStop()).source.pages == 2

    @pytest.mark.parametrize(
        ("name", "content"),
        [("empty.txt", b""), ("nul.txt", b"a\0b"), ("sheet.xlsx", b"PK\x03\x04")],
    )
    def test_what_is_no_document_is_rejected_by_name(self, reader, tmp_path, name, content):
        """The message names the file."""
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DocumentRejected, match=name):
            reader.read(path)

    def test_a_missing_file_is_rejected_by_name(self, reader, tmp_path):
        """It may have been moved since the folder was listed."""
        with pytest.raises(DocumentRejected, match=r"gone\.txt"):
            reader.read(tmp_path / "gone.txt")
