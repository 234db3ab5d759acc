from itertools import pairwise

from tests.factories_pages import PageDraft

from fuente.documents.source import Grid, Page
from fuente.documents.table_rows import TableReading, read_table

DOSES = [
    ["Drug", "Dose", "Days"],
    ["Vincristine", "1.5 mg/m2", "1, 8"],
    ["Cisplatin", "75 mg/m2", "1"],
]


def _read(draft: PageDraft, beginning: TableReading | None = None) -> tuple[Page, TableReading]:
    page = draft.page()
    return page, read_table(page.grids[0], page, beginning)


def _cells(reading: TableReading) -> list[list[tuple[str, str]]]:
    return [[(cell.header, cell.text) for cell in row.cells] for row in reading.rows]


def test_each_row_knows_its_headers():
    """Every cell carries the header above it."""
    _, reading = _read(PageDraft().table(DOSES, 100))
    assert _cells(reading)[0] == [("Drug", "Vincristine"), ("Dose", "1.5 mg/m2"), ("Days", "1, 8")]


def test_a_row_spans_from_its_first_to_its_last_word():
    """The span is the row's text on the page."""
    page, reading = _read(PageDraft().table(DOSES, 100))
    assert reading.rows[1].span.cut(page.text) == "Cisplatin \n75 mg/m2 \n1"


def test_an_empty_cell_has_a_header_and_no_span():
    """Nothing printed is nothing to point at."""
    _, reading = _read(PageDraft().table([*DOSES, ["Mesna", "", "1"]], 100))
    cell = reading.rows[2].cells[1]
    assert (cell.header, cell.text, cell.span) == ("Dose", "", None)


def test_an_empty_row_is_no_row():
    """Lines for handwriting are not passages."""
    _, reading = _read(PageDraft().table([*DOSES, ["", "", ""]], 100))
    assert len(reading.rows) == 2


def test_merged_headers_give_a_path():
    """A header over several columns is joined with what divides it."""
    draft = PageDraft().merged(
        [
            (0, 0, 2, 1, "Drug"),
            (0, 1, 1, 2, "Administration"),
            (1, 1, 1, 1, "Route"),
            (1, 2, 1, 1, "Days"),
            (2, 0, 1, 1, "Etoposide"),
            (2, 1, 1, 1, "IV"),
            (2, 2, 1, 1, "1-3"),
        ],
        100,
    )
    _, reading = _read(draft)
    assert reading.headers == ("Drug", "Administration / Route", "Administration / Days")
    assert len(reading.rows) == 1


def test_a_first_row_across_the_table_is_its_title():
    """It names the table and heads no column."""
    draft = PageDraft().merged(
        [
            (0, 0, 1, 2, "Induction"),
            (1, 0, 1, 1, "Drug"),
            (1, 1, 1, 1, "Dose"),
            (2, 0, 1, 1, "Cytarabine"),
            (2, 1, 1, 1, "100 mg/m2"),
        ],
        100,
    )
    page, reading = _read(draft)
    assert reading.title is not None
    assert reading.title.cut(page.text) == "Induction"
    assert reading.headers == ("Drug", "Dose")


def test_a_row_across_the_table_is_a_subheading():
    """It has no header of its own and says what follows."""
    draft = PageDraft().merged(
        [
            (0, 0, 1, 1, "Drug"),
            (0, 1, 1, 1, "Dose"),
            (1, 0, 1, 2, "Phase IA"),
            (2, 0, 1, 1, "Prednisone"),
            (2, 1, 1, 1, "60 mg/m2"),
        ],
        100,
    )
    _, reading = _read(draft)
    assert [row.subheading for row in reading.rows] == ["Phase IA", ""]
    assert reading.rows[0].cells[0].header == ""


def test_a_table_that_starts_with_a_dose_has_no_header():
    """A first row like all others is data."""
    _, reading = _read(PageDraft().table(DOSES[1:], 100, bold_rows=0))
    assert reading.headers == ("", "", "")
    assert len(reading.rows) == 2


def test_labels_with_values_have_no_header():
    """The two columns of a title page are pairs."""
    rows = [["Protocol code", "ONC-01"], ["Edition", "3.0"]]
    _, reading = _read(PageDraft().table(rows, 100, bold_rows=0))
    assert len(reading.rows) == 2


def test_units_in_a_header_do_not_make_it_data():
    """`Dose (mg/m2)` has a unit and no number."""
    rows = [["Drug", "Dose (mg/m2)"], ["Vincristine", "1.5"], ["Cisplatin", "75"]]
    _, reading = _read(PageDraft().table(rows, 100, bold_rows=0))
    assert reading.headers == ("Drug", "Dose (mg/m2)")


def test_age_bands_in_a_header_stay_a_header():
    """Numbers with years or kilograms head columns."""
    rows = [["Drug (mg)", "<1 year", ">=3 years"], ["Methotrexate", "6", "12"]]
    _, reading = _read(PageDraft().table(rows, 100, bold_rows=0))
    assert reading.rows[0].cells[2].header == ">=3 years"


def _merged_down() -> PageDraft:
    return PageDraft().merged(
        [
            (0, 0, 1, 1, "Volume"),
            (0, 1, 1, 1, "Drug"),
            (0, 2, 1, 1, "Rate"),
            (1, 1, 1, 1, "5 mL"),
            (1, 2, 1, 1, "100 mL/h"),
            (1, 0, 2, 1, "250 mL"),
            (2, 1, 1, 1, "10 mL"),
            (2, 2, 1, 1, "200 mL/h"),
            (3, 0, 1, 1, "500 mL"),
            (3, 1, 1, 1, "20 mL"),
            (3, 2, 1, 1, "400 mL/h"),
        ],
        100,
        bold_rows=1,
    )


def test_a_cell_merged_down_appears_in_each_of_its_rows():
    """Its words hold for every row; they stand in the first beside which they are printed."""
    page, reading = _read(_merged_down())
    first, second, _ = reading.rows
    assert [row.cells[0].text for row in reading.rows] == ["250 mL", "250 mL", "500 mL"]
    assert first.span.cut(page.text).endswith("250 mL")
    assert first.cells[0].span is not None
    assert second.cells[0].span is None
    assert second.span.cut(page.text) == "10 mL \n200 mL/h"


def test_rows_do_not_overlap():
    """A merged cell belongs to one row's text only."""
    _, reading = _read(_merged_down())
    spans = [row.span for row in reading.rows]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_continuation_takes_the_headers_of_its_beginning():
    """Without a repeated header all rows are data."""
    _, beginning = _read(PageDraft().table(DOSES, 100))
    _, reading = _read(
        PageDraft().table([["Lomustine", "75 mg/m2", "1"]], 40, bold_rows=0), beginning
    )
    assert _cells(reading) == [[("Drug", "Lomustine"), ("Dose", "75 mg/m2"), ("Days", "1")]]


def test_a_repeated_header_is_no_row():
    """The header on the next page is not data."""
    _, beginning = _read(PageDraft().table(DOSES, 100))
    _, reading = _read(PageDraft().table([DOSES[0], ["Lomustine", "75 mg/m2", "1"]], 40), beginning)
    assert [row.cells[0].text for row in reading.rows] == ["Lomustine"]


def test_a_table_of_one_row_is_data():
    """There is no header without rows under it."""
    page, reading = _read(PageDraft().table([["Drug", "Dose"]], 100))
    assert isinstance(page.grids[0], Grid)
    assert len(reading.rows) == 1


def test_a_first_cell_left_empty_repeats_the_one_above():
    """A second dose of the same drug is printed under its name."""
    rows = [
        ["Drug", "Weight", "Dose"],
        ["Vincristine", "> 12 kg", "1.5 mg/m2"],
        ["", "5-12 kg", "0.05 mg/kg"],
        ["", "", "see text"],
    ]
    _, reading = _read(PageDraft().table(rows, 100))

    first = [row.cells[0] for row in reading.rows]
    assert [cell.text for cell in first] == ["Vincristine", "Vincristine", ""]
    assert first[1].span is None
