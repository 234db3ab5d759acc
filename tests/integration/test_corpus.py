"""The illustrative documents: rebuilt byte for byte, marked on every page, all in the manifest."""

import csv
import hashlib
from pathlib import Path

import pypdfium2
import pytest
from scripts.corpus.build import build_corpus

_CORPUS = Path(__file__).resolve().parents[2] / "corpus"
_MANIFEST = _CORPUS.parent / "scripts" / "corpus" / "manifest.csv"
_MARKS = {
    "en": "ILLUSTRATIVE, NOT FOR TREATMENT",
    "es": "ILUSTRATIVO, NO APTO PARA TRATAMIENTO",
}
_MAX_BYTES = 120 * 1024


def _manifest() -> list[dict[str, str]]:
    with _MANIFEST.open(encoding="utf-8", newline="") as listed:
        return list(csv.DictReader(listed))


def _pages(name: str) -> list[str]:
    document = pypdfium2.PdfDocument(_CORPUS / name)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _texts() -> dict[str, list[str]]:
    return {row["file"]: _pages(row["file"]) for row in _manifest()}


@pytest.fixture(scope="module")
def texts():
    """The text of every page of every document."""
    return _texts()


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The corpus built again into an empty folder."""
    folder = tmp_path_factory.mktemp("corpus")
    build_corpus(folder, tmp_path_factory.mktemp("list") / "manifest.csv")
    return folder


def test_rebuild_gives_the_same_files(rebuilt):
    """The folder holds what the sources make, and nothing else."""
    made = {path.name for path in rebuilt.iterdir()}
    held = {path.name for path in _CORPUS.iterdir()} - {".gitattributes"}

    assert made == held


@pytest.mark.parametrize("name", [row["file"] for row in _manifest()])
def test_rebuild_gives_the_same_bytes(rebuilt, name):
    """Each file is rebuilt byte for byte."""
    assert (rebuilt / name).read_bytes() == (_CORPUS / name).read_bytes()


@pytest.mark.parametrize("row", _manifest(), ids=lambda row: row["file"])
def test_every_page_says_that_it_is_illustrative(texts, row):
    """No page can be taken for a protocol to treat by."""
    mark = _MARKS[row["language"]]

    assert [number for number, text in enumerate(texts[row["file"]], 1) if mark not in text] == []


@pytest.mark.parametrize("row", _manifest(), ids=lambda row: row["file"])
def test_manifest_describes_the_file(texts, row):
    """Digest, pages, source and confidence are stated and true."""
    content = (_CORPUS / row["file"]).read_bytes()

    assert row["sha256"] == hashlib.sha256(content).hexdigest()
    assert int(row["pages"]) == len(texts[row["file"]])
    assert row["source"]
    assert row["confidence"] in {"low", "medium", "high"}
    assert len(content) < _MAX_BYTES


@pytest.mark.parametrize("row", _manifest(), ids=lambda row: row["file"])
def test_title_page_states_edition_and_date(texts, row):
    """The title page carries the edition, in words and in the control table."""
    title_page = texts[row["file"]][0]
    word = "Edición" if row["language"] == "es" else "Edition"

    assert f"{word} {row['edition']}" in title_page
    assert row["edition_date"][:4] in title_page


def test_enough_documents_in_both_languages():
    """At least fourteen documents, five of them Spanish, each with a title of its own."""
    rows = _manifest()

    assert len(rows) >= 14
    assert sum(row["language"] == "es" for row in rows) >= 5
    assert len({row["title"] for row in rows}) == len(rows)


def test_some_table_runs_over_a_page(texts):
    """In both languages a table goes on after a page break and says so."""
    pages = [page for document in texts.values() for page in document]

    assert any("(continued)" in page for page in pages)
    assert any("(continuación)" in page for page in pages)


def test_printed_labels_differ_from_physical_pages():
    """The body starts at page 1 after the front matter in roman numerals."""
    for row in _manifest():
        document = pypdfium2.PdfDocument(_CORPUS / row["file"])
        labels = [document.get_page_label(index) for index in range(len(document))]
        document.close()

        assert labels[:2] == ["i", "ii"]
        assert labels[-1] == str(len(labels) - labels.index("1"))


def test_text_is_clean(texts):
    """No page has characters that the extraction could not map."""
    odd = [
        (name, number)
        for name, pages in texts.items()
        for number, text in enumerate(pages, 1)
        if any(ord(sign) == 0xFFFD or (ord(sign) < 32 and sign not in "\r\n") for sign in text)
    ]

    assert odd == []
