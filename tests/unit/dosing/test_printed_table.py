from dataclasses import replace

import pytest
from tests.factories_extraction import make_passage, make_row

from fuente.documents.span import Span
from fuente.dosing.printed_table import printed_tables, table_label

CELLS = {"Drug": "Cisplatin", "Dose": "75 mg/m2"}


def test_rows_of_one_caption_are_one_table():
    """A table that continues on the next page is one table, in printed order."""
    first = make_row(CELLS, caption="Table 2. PE")
    second = replace(make_row(CELLS, caption="Table 2. PE (continued)"), page=2)
    other = replace(make_row(CELLS, caption="Table 3. JEB"), page=3)

    tables = printed_tables((other, second, first))

    assert [[row.page for row in table.rows] for table in tables] == [[1, 2], [3]]
    assert [table.label for table in tables] == ["2", "3"]


def test_caption_that_only_begins_with_a_word_of_continuation_is_its_own():
    """A phase called Continuación is not the rest of the table before it."""
    first = make_row(CELLS, caption="Tabla 3. Inducción")
    second = make_row(CELLS, caption="Tabla 3. Continuación sin mercaptopurina")

    assert len(printed_tables((first, replace(second, page=2)))) == 2


def test_rows_without_caption_follow_section_and_headers():
    """Without captions the section and the columns tell tables apart."""
    rows = [
        make_row(CELLS, section=("A",)),
        replace(make_row(CELLS, section=("A",)), span=Span(100, 110)),
        replace(make_row(CELLS, section=("B",)), span=Span(200, 210)),
        replace(make_row({"Day": "1"}, section=("B",)), span=Span(300, 310)),
    ]

    assert [len(table.rows) for table in printed_tables(rows)] == [2, 1, 1]


def test_prose_is_no_table():
    """Paragraphs are left out."""
    assert printed_tables((make_passage("Cisplatin 75 mg/m2"),)) == ()


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("by age, see Table 9", "9"),
        ("según edad, ver tabla 8", "8"),
        ("Tabela 2.1. Doses", "2.1"),
        ("Anexo 3", "3"),
        ("by age", ""),
    ],
)
def test_label(words, label):
    """The number a table is called by, in three languages."""
    assert table_label(words) == label


def test_a_column_of_phases_parts_the_table():
    """Rows of `COP` and of `COPADM` are two tables, as if each stood under its own heading."""
    rows = [
        replace(make_row({"Phase": phase, **CELLS}, section=("LMB",)), span=Span(at, at + 10))
        for at, phase in ((0, "COP"), (20, "COP"), (40, "COPADM"))
    ]

    tables = printed_tables(rows)

    assert [(table.section, len(table.rows)) for table in tables] == [
        (("LMB", "COP"), 2),
        (("LMB", "COPADM"), 1),
    ]
