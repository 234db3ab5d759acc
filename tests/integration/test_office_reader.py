"""Word and Excel files through the children that read them, the hostile ones among them."""

import io
import time
import zipfile

import pytest
from tests.factories_office import (
    EXCEL_MACRO_TYPE,
    WORD_MACRO_TYPE,
    WORD_TYPE,
    c,
    docx,
    listed,
    looks,
    numbering,
    p,
    r,
    row,
    rows,
    superscript,
    table,
    tc,
    xlsx,
    zipped,
)

from fuente.adapters.page_reader import FileReader
from fuente.documents.passage import PassageKind
from fuente.documents.source import DocumentStatus, Language, ReadDocument
from fuente.documents.split import split_pages
from fuente.errors import DocumentRejected, ReaderFailed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORDS = p("Vincristine is given by vein on day 1.")


@pytest.fixture
def read(tmp_path):
    """Read bytes as a file of a given name."""

    def reading(content: bytes, name: str = "protocol.docx") -> ReadDocument:
        path = tmp_path / name
        path.write_bytes(content)
        return FileReader().read(path)

    return reading


def _rows(document: ReadDocument) -> list[dict[str, str]]:
    found = [one for one in split_pages(document) if one.kind is PassageKind.TABLE_ROW]
    return [{cell.header: cell.text for cell in row.cells} for row in found]


class TestDocuments:
    """Whole files, in English and Spanish."""

    def test_a_word_protocol_is_read(self, read):
        """Title, language, lists, rows and raised figures, with the doors closed."""
        document = read(
            docx(
                p(r("Protocolo de tumor de Wilms", '<w:sz w:val="40"/>')),
                p("La vincristina se da por vía intravenosa con los cuidados del hospital."),
                listed("Revisar la dosis de la niña antes de cada ciclo."),
                table(
                    ("Fármaco", "Dosis"),
                    ("Vincristina", tc(p(r("1,5 mg/m"), superscript("2")))),
                ),
                p(r("≥ 5 kg"), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'),
                numbering=numbering(("upperRoman", "%1.")),
                styles="",
            )
        )
        assert document.source.title == "Protocolo de tumor de Wilms"
        assert document.source.language is Language.SPANISH
        assert document.source.status is DocumentStatus.READY
        assert "I. Revisar la dosis" in document.pages[0].text
        assert _rows(document) == [{"Fármaco": "Vincristina", "Dosis": "1,5 mg/m2"}]

    def test_a_workbook_is_read(self, read):
        """Formats, dates and texts, with the doors closed; the label is the sheet's name."""
        sheet = (
            "<sheetData>"
            + row(1, "Drug", "Dose (mg/m2)", "Since")
            + f'<row r="2">{c("A2", "Vincristine")}{c("B2", 1.5, 0)}{c("C2", 45717, 1)}</row>'
            + "</sheetData>"
        )
        document = read(
            xlsx({"Doses": sheet}, styles=looks("0.00", "[$-C0A]d mmmm yyyy")), "doses.xlsx"
        )
        assert document.pages[0].label == "Doses"
        assert _rows(document) == [
            {"Drug": "Vincristine", "Dose (mg/m2)": "1.50", "Since": "1 marzo 2025"}
        ]

    def test_the_strict_dialect_is_read(self, read):
        """Its names have other addresses; its words are the same."""
        strict = docx(WORDS, table(("a", "b"), ("c", "d")))
        whole = zipfile.ZipFile(io.BytesIO(strict))
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
        old, new = "schemas.openxmlformats.org/{}/2006/", "purl.oclc.org/ooxml/{}/"
        for family in ("wordprocessingml", "officeDocument"):
            parts = {
                name: text.replace(old.format(family), new.format(family))
                for name, text in parts.items()
            }
        assert read(zipped(parts)).pages == read(strict).pages

    def test_reading_twice_gives_the_same(self, read):
        """Nothing depends on the time or the machine."""
        content = docx(WORDS, table(("a", "b"), ("c", "d")))
        assert read(content) == read(content)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("macros.docm", docx(WORDS, main_type=WORD_MACRO_TYPE)),
            ("macros.docx", docx(WORDS, parts={"word/vbaProject.bin": b"x"})),
            ("macros.xlsm", xlsx({"A": rows(["x"])}, main_type=EXCEL_MACRO_TYPE)),
        ],
    )
    def test_macros_are_never_looked_at_and_are_named(self, read, name, content):
        """The words beside them are read."""
        document = read(content, name)
        assert document.source.warnings == ("the file holds macros; they were not looked at",)

    def test_links_to_other_files_are_not_followed_and_are_named(self, read):
        """A template or a picture elsewhere; a hyperlink in the text is no such link."""
        links = [
            ("attachedTemplate", "http://example.test/t.dotm"),
            ("image", "http://example.test/i.png"),
            ("hyperlink", "http://example.test"),
        ]
        page = read(docx(WORDS, links=links)).pages[0]
        assert page.warnings == (
            "2 links to other files were not followed (attachedTemplate, image)",
        )

    def test_an_embedded_document_is_named(self, read):
        """A web page in a Word file, for one."""
        page = read(docx(WORDS, '<w:altChunk r:id="rId9"/>')).pages[0]
        assert page.warnings == ("the file holds documents of other formats; they were not read",)

    def test_an_empty_document_counts_as_read_in_part(self, read):
        """Its page is named as one without text."""
        source = read(docx(p(""))).source
        assert (source.status, source.pages_without_text) == (DocumentStatus.PARTIAL, (1,))

    @pytest.mark.slow
    def test_a_sheet_of_ten_thousand_rows_is_read(self, read):
        """Each row is a passage, in seconds."""
        lines = [[f"Drug {n}", f"{n} mg", "IV"] for n in range(10_000)]
        started = time.process_time()
        document = read(xlsx({"Big": rows(["Drug", "Dose", "Route"], *lines)}), "big.xlsx")
        assert len(_rows(document)) == 10_000
        assert time.process_time() - started < 60


class TestRefusals:
    """Files that are no documents; the message says why."""

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("old.docx", OLE, "encrypted, or an old"),
            ("locked.xlsx", OLE, "encrypted, or an old"),
            ("old.doc", OLE, r"Save it as \.docx"),
            ("old.xls", OLE, r"Save it as \.xlsx"),
            ("paper.docx", b"%PDF-1.7 words", "is a PDF"),
            ("words.docx", b"just words", "not a DOCX"),
            ("plain.docx", zipped({"a.txt": "words"}), "without an Office document"),
            ("sheet.docx", xlsx({"A": rows(["x"])}), "an Excel workbook"),
            ("words.xlsx", docx(WORDS), "a Word document"),
            ("cut.docx", docx(WORDS)[:-100], "cut off or damaged"),
            ("broken.docx", docx("<w:p>"), "not well-formed"),
            ("bare.docx", docx(WORDS, parts={"word/document.xml": "<x/>"}), "has no body"),
        ],
    )
    def test_what_is_no_such_document_is_rejected(self, read, name, content, reason):
        """By name and reason."""
        with pytest.raises(DocumentRejected, match=reason) as refusal:
            read(content, name)
        assert name in str(refusal.value)

    def test_a_document_without_its_main_part_is_rejected(self, read):
        """The package names one that is not there."""
        whole = zipfile.ZipFile(io.BytesIO(docx(WORDS)))
        kept = {n: whole.read(n) for n in whole.namelist() if n != "word/document.xml"}
        with pytest.raises(DocumentRejected, match="without an Office document"):
            read(zipped(kept))

    def test_a_damaged_part_is_rejected(self, read):
        """Its checksum tells."""
        content = bytearray(docx(WORDS))
        at = content.index(b"word/document.xml") + 60
        content[at : at + 20] = bytes(20)
        with pytest.raises(DocumentRejected, match="damaged"):
            read(bytes(content))

    def test_an_encrypted_package_is_rejected(self, read):
        """Its entries say so themselves."""
        content = docx(WORDS).replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        )
        with pytest.raises(DocumentRejected, match="encrypted"):
            read(content)


class TestBombs:
    """Small files that would grow, and those that reach outside."""

    @pytest.mark.parametrize(
        ("parts", "reason"),
        [
            ({"word/media/a.xml": bytes(30_000_000)}, "packed more than"),
            ({f"word/{n}.xml": "x" for n in range(10_001)}, "parts, more than"),
            ({"../../etc/cron.d/x": "x"}, "outside itself"),
            ({"/etc/passwd": "x"}, "outside itself"),
            ({"..\\x": "x"}, "outside itself"),
        ],
    )
    def test_a_package_beyond_its_limits_is_rejected(self, read, parts, reason):
        """Before anything in it is unpacked."""
        with pytest.raises(DocumentRejected, match=reason):
            read(docx(WORDS, parts=parts))

    def test_a_package_that_says_it_unpacks_to_too_much_is_rejected(self, read):
        """The sum of its parts, each of them well packed."""
        buffer = io.BytesIO(docx(WORDS))
        noise = bytes(range(256)) * 4096
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
            for number in range(7):
                with package.open(f"word/media/{number}.bin", "w") as part:
                    for _ in range(32):
                        part.write(noise)
        with pytest.raises(DocumentRejected, match="unpacks to more than"):
            read(buffer.getvalue())

    def test_two_parts_of_one_name_are_rejected(self, read):
        """Another reader might take the other one."""
        buffer = io.BytesIO(docx(WORDS))
        with (
            zipfile.ZipFile(buffer, "a") as package,
            pytest.warns(UserWarning, match="Duplicate name"),
        ):
            package.writestr("word/document.xml", "<x/>")
        with pytest.raises(DocumentRejected, match="two parts of one name"):
            read(buffer.getvalue())

    @pytest.mark.parametrize(
        "declared",
        [
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x SYSTEM "http://example.test/x.dtd">',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        ],
    )
    def test_a_document_type_is_rejected(self, read, declared):
        """With it go entities that grow and entities that reach for files."""
        with pytest.raises(DocumentRejected, match="declares a document type"):
            read(docx(parts={"word/document.xml": f"{declared}<x>&b;</x>"}))

    def test_deep_nesting_is_rejected(self, read):
        """Nobody writes tables 200 deep."""
        with pytest.raises(DocumentRejected, match="nests more than"):
            read(docx("<w:sdt>" * 300 + "</w:sdt>" * 300))

    def test_more_elements_than_a_part_has_are_rejected_or_run_out(self, read):
        """Whichever limit comes first, the service goes on."""
        many = "<w:p/>" * 5_000_000
        with pytest.raises((DocumentRejected, ReaderFailed)):
            read(docx(many, main_type=WORD_TYPE))
