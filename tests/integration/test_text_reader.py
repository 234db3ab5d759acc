"""Plain text and Markdown through the child that reads them."""

import pytest

from fuente.adapters.page_reader import FileReader
from fuente.documents.passage import PassageKind
from fuente.documents.source import ReadDocument
from fuente.documents.split import split_pages
from fuente.errors import DocumentRejected

MARKDOWN = """# Wilms tumour

Edition 2.1

## Induction

Table 1. Doses

| Drug | Dose |
|------|-----:|
| Vincristine | 1.5 mg/m2 |
| Dactinomycin | 45 micrograms/kg |

Given by vein.
"""


@pytest.fixture
def read(tmp_path):
    """Read bytes as a file of a given name."""

    def reading(content: bytes, name: str = "notes.txt") -> ReadDocument:
        path = tmp_path / name
        path.write_bytes(content)
        return FileReader().read(path)

    return reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_with_its_accents(read, encoding):
    """By its mark, else as UTF-8, else as Windows Latin."""
    words = "Dosis: 1,5 mg/m² – máximo 2 mg"
    assert read(words.encode(encoding)).pages[0].text == words


def test_a_form_feed_parts_pages(read):
    """As printers did."""
    assert [page.text for page in read(b"one\ftwo").pages] == ["one", "two"]


def test_line_ends_of_all_systems_are_one(read):
    """Spans do not depend on where a text was written."""
    assert read(b"one\r\ntwo\rthree").pages[0].text == "one\ntwo\nthree"


def test_blank_lines_part_paragraphs(read):
    """Each is a passage when it is long enough."""
    one, two = "First sentence here. " * 20, "Second sentence here. " * 20
    passages = split_pages(read(f"{one}\n\n{two}".encode()))
    assert [passage.text for passage in passages] == [one.strip(), two.strip()]


def test_markdown_headings_are_sections(read):
    """The mark is not part of the heading."""
    passages = split_pages(read(MARKDOWN.encode(), "wilms.md"))
    assert passages[-1].section == ("Wilms tumour", "Induction")


def test_markdown_tables_are_tables(read):
    """Each row is a passage with its headers and its caption."""
    document = read(MARKDOWN.encode(), "wilms.md")
    rows = [p for p in split_pages(document) if p.kind is PassageKind.TABLE_ROW]
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Vincristine", "1.5 mg/m2"],
        ["Dactinomycin", "45 micrograms/kg"],
    ]
    assert [cell.header for cell in rows[0].cells] == ["Drug", "Dose"]
    assert rows[0].caption == "Table 1. Doses"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| Vincristine || 1.5 mg/m2 |", ["Vincristine", "", "1.5 mg/m2"]),
        ("| Vincristine | | 1.5 mg/m2", ["Vincristine", "", "1.5 mg/m2"]),
        (r"| a \| b | 5 mg | |", [r"a \| b", "5 mg", ""]),
        (r"| a \|", [r"a \|", "", ""]),
        (r"| a \\| 5 mg | b", [r"a \\", "5 mg", "b"]),
    ],
)
def test_an_empty_cell_keeps_its_column(read, row, cells):
    """Or the dose of children would be that of infants; an escaped pipe parts no cells."""
    document = read(f"| Drug | Infants | Children |\n|--|--|--|\n{row}\n".encode(), "doses.md")
    (found,) = [p for p in split_pages(document) if p.kind is PassageKind.TABLE_ROW]
    columns = {cell.header: cell.text for cell in found.cells}
    assert [columns.get(name, "") for name in ("Drug", "Infants", "Children")] == cells


def test_title_and_edition_of_markdown_are_read(read):
    """The first heading is the title."""
    source = read(MARKDOWN.encode(), "wilms.md").source
    assert (source.title, source.edition) == ("Wilms tumour", "2.1")


def test_bytes_that_are_no_text_are_rejected(read):
    """NUL bytes and broken UTF-16 are named as the reason."""
    with pytest.raises(DocumentRejected, match="NUL"):
        read(b"Dose\0 2 mg")
    with pytest.raises(DocumentRejected, match="not valid"):
        read(b"\xff\xfea")


def test_a_table_too_large_for_one_is_read_as_lines_and_named(read):
    """Its words are there; a page of text is not parted where nobody parted it."""
    page = read(b"| a | b |\n|---|---|\n" + b"| Drug | 5 mg |\n" * 10_001, "doses.md").pages[0]
    assert page.grids == ()
    assert page.warnings == ("a table is too large to be read as one; its rows were read as lines",)
    assert page.text.count("5 mg") == 10_001


def test_a_long_text_is_cited_by_parts(read):
    """Each ends between paragraphs where it can, and no word is lost."""
    line = "Vincristine 1.5 mg/m2 is given by vein.\n"
    pages = read(f"{line * 3}\n".encode() * 100).pages
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len(pages) == 3
    assert all(page.text.rstrip("\n").endswith("vein.") for page in pages)
    assert "\n".join(page.text for page in pages) == f"{line * 3}\n" * 100
    pages = read(line.encode() * 1000).pages
    assert max(len(page.text) for page in pages) < 12_100
    assert "\n".join(page.text for page in pages) == line * 1000


def test_a_table_is_not_parted(read):
    """Its rows would lose their header."""
    rows = "| Vincristine | 1.5 mg/m2 |\n" * 600
    document = read(f"# Doses\n\n| Drug | Dose |\n|--|--|\n{rows}\nEnd".encode(), "doses.md")
    found = [p for p in split_pages(document) if p.kind is PassageKind.TABLE_ROW]
    assert len(found) == 600


def test_a_page_longer_than_any_is_refused(read):
    """One line without an end is a bomb."""
    with pytest.raises(DocumentRejected, match="more than 400000 characters"):
        read(b"word " * 100_000)
