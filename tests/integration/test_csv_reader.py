"""Separated values through the child that reads them."""

import pytest
from tests.factories_reading import stated_doses

from fuente.adapters.page_reader import FileReader
from fuente.adapters.page_reader.plain.csv_rows import separator_of
from fuente.adapters.page_reader.plain.read_csv import cell_name
from fuente.documents.source import ReadDocument
from fuente.documents.split import split_pages

TABLE = """Fármaco;Dosis;Vía;Días
Vincristina;1,5 mg/m2;IV;1, 8, 15
Doxorrubicina;30 mg/m2;IV;1
"""


@pytest.fixture
def read(tmp_path):
    """Read bytes as a file of a given name."""

    def reading(content: str, name: str = "dosis.csv", encoding: str = "utf-8") -> ReadDocument:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return FileReader().read(path)

    return reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rows_are_passages_with_their_headers(read, encoding):
    """As in a printed table."""
    passages = split_pages(read(TABLE, encoding=encoding))
    rows = [one for one in passages if one.kind == "table_row"]
    assert [cell.header for cell in rows[0].cells] == ["Fármaco", "Dosis", "Vía", "Días"]
    assert [row.cells[0].text for row in rows] == ["Vincristina", "Doxorrubicina"]


def test_a_cell_is_cited_by_its_name(read):
    """As a spreadsheet names it."""
    page = read(TABLE).pages[0]
    at = page.text.index("1,5")
    (place,) = (one for one in page.places if one.span.start == at)
    assert place.name == "cell B2"


def test_its_doses_are_references(read):
    """Decimal commas are no separators where semicolons are."""
    assert ("vincristine", "1.5", "mg/m2") in stated_doses(read(TABLE))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("a,b\n1,2\n", ",", id="commas"),
        pytest.param("a;b\n1,5;2,5\n", ";", id="semicolons with decimal commas"),
        pytest.param("a\tb\n1,5\t2\n", "\t", id="tabs"),
        pytest.param('a,b\n"1;2;3",2\n', ",", id="semicolons inside quotes"),
    ],
)
def test_the_separator_is_that_of_the_most_even_table(text, separator):
    """Found by trying, since the file does not say."""
    assert separator_of(text) == separator


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (6, 1, "B7"), (0, 26, "AA1"), (9, 701, "ZZ10")]
)
def test_cells_are_named_as_in_a_spreadsheet(row, column, name):
    """Letters for the column, then the row from 1."""
    assert cell_name(row, column) == name


def test_a_long_table_is_one_table_in_parts(read):
    """Rows of later parts keep the headers of the first."""
    document = read("Drug,Dose\n" + "Vincristine,1.5 mg/m2\n" * 700)
    assert len(document.pages) == 3
    rows = [one for one in split_pages(document) if one.kind == "table_row"]
    assert len(rows) == 700
    assert rows[-1].cells[1].header == "Dose"


@pytest.mark.parametrize("content", ["\n\n", '"never closed,1\n2,3', "one column\nonly\n"])
def test_odd_files_are_read_as_far_as_they_go(read, content):
    """No error."""
    assert read(content).pages


@pytest.mark.slow
def test_a_wide_and_long_table_keeps_all_its_rows(read):
    """More cells than one page may have are several pages, and one table."""
    head = ",".join(f"c{n}" for n in range(250))
    document = read(f"{head}\n" + f"{','.join(['x'] * 250)}\n" * 81)
    rows = [one for one in split_pages(document) if one.kind == "table_row"]
    assert len(rows) == 81
    assert rows[-1].cells[249].header == "c249"


HEAD = "Drug,Dose,Route\n"
CISPLATIN = "Cisplatin,80 mg/m2,IV\n"
UNCLEAR = "rows whose cells are not clear; no dose was read from them: 2"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("vincristine,1,5 mg/m2,IV\n", id="a decimal comma makes a cell too many"),
        pytest.param("doxorubicin,37,5 mg/m2\n", id="a decimal comma fills a missing cell"),
        pytest.param("methotrexate,5,000 mg/m2\n", id="so does a thousand"),
        pytest.param("doxorubicin,30 mg/m2\n", id="a cell is missing"),
        pytest.param('"doxorubicin,,\n', id="a quote is never closed"),
        pytest.param('doxorubicin,"30 mg/m2,IV\n', id="a quote is never closed behind a number"),
    ],
)
def test_a_row_whose_cells_are_not_clear_is_kept_as_printed(read, row):
    """It is named and gives no dose; the rows around it do."""
    document = read(HEAD + row + CISPLATIN)
    assert row.strip() in document.pages[0].text
    assert document.pages[0].warnings[0].startswith(UNCLEAR)
    assert document.pages[0].place_of(document.pages[0].doubts[0]) == "row 2"
    assert stated_doses(document) == {("cisplatin", "80", "mg/m2")}


def test_a_quoted_cell_may_not_hold_rows(read):
    """A stray quote that is closed rows later joins what is none of its own."""
    document = read(f'{HEAD}doxorubicin,"\n{CISPLATIN}x,",IV\n')
    assert "Cisplatin,80 mg/m2,IV" in document.pages[0].text
    assert stated_doses(document) == set()


def test_decimal_commas_in_every_row_are_no_table(read):
    """The header tells how many cells a row has, not the rows."""
    document = read("Fármaco,Dosis\nvincristina,1,5 mg/m2\ndoxorrubicina,37,5 mg/m2\n")
    assert stated_doses(document) == set()


def test_titles_quotes_and_empty_cells_at_the_end_are_clear(read):
    """A title with a comma, a quoted comma, a line end in a quoted cell, separators too many."""
    title, quoted = "Doses, 2024\n", 'Vincristine,"1,5 mg/m2","IV\nbolus",,\n'
    document = read(title + HEAD + quoted + CISPLATIN)
    assert stated_doses(document) == {
        ("vincristine", "1.5", "mg/m2"),
        ("cisplatin", "80", "mg/m2"),
    }
