from dataclasses import replace
from decimal import Decimal

from tests.factories_extraction import SHA, make_document, make_passage, make_row

from fuente.documents.passage import PassageKind
from fuente.documents.source import Language
from fuente.dosing.extraction import READ_BY_OCR, extract_references
from fuente.dosing.indications import DiagnosisName
from fuente.dosing.reference import ReferenceKind, TextSource, reference_id

NAMES = (
    DiagnosisName("MB", ("Medulloblastoma, NOS", "Meduloblastoma")),
    DiagnosisName("OS", ("Osteosarcoma",)),
)
CELLS = {"Drug": "Vincristine", "Dose": "1.5 mg/m2", "Days": "1", "Maximum": "2 mg"}


def test_reference_is_placed_where_its_row_stands():
    """Document, page, span and quote are the row's own; the quote is the whole row."""
    row = make_row(CELLS, caption="Table 2. Maintenance A. 6 cycles of 42 days.")

    dose = extract_references(make_document(), (row,))[0]

    assert (dose.document_sha256, dose.file) == (SHA, "protocol.pdf")
    assert (dose.page, dose.page_label, dose.span) == (row.page, row.page_label, row.span)
    assert dose.quote == row.text
    assert dose.passage_id == row.passage_id
    assert dose.phase == "Maintenance A"
    assert dose.source is TextSource.TABLE


def test_statements_of_one_row_are_told_apart_by_their_ordinal():
    """Two references of one row have different ids, the same at every extraction."""
    row = make_row(CELLS)

    first = extract_references(make_document(), (row,))
    again = extract_references(make_document(), (row,))

    assert [each.reference_id for each in first] == [
        reference_id(SHA, row.page, row.span, ordinal) for ordinal in range(2)
    ]
    assert first == again


def test_changed_digit_and_day_change_the_reference():
    """Nothing is assumed: another number on the page is another reference."""
    changed = {**CELLS, "Dose": "1.6 mg/m2", "Days": "2"}

    (dose, _) = extract_references(make_document(), (make_row(changed),))

    assert (dose.value, dose.days) == (Decimal("1.6"), (2,))
    assert "1.6 mg/m2 2" in dose.quote


def test_recognised_text_is_marked():
    """A reference from OCR says so."""
    passage = make_passage("Vincristine 1.5 mg/m2 IV on day 1.", source="ocr")

    (reference,) = extract_references(make_document(), (passage,))

    assert reference.source is TextSource.OCR


def test_title_says_what_the_document_is_about():
    """Every reference of a document with a disease in its title is about that disease."""
    references = extract_references(make_document("Medulloblastoma"), (make_row(CELLS),), NAMES)

    assert {each.diagnoses for each in references} == {("MB",)}


def test_section_that_names_a_disease_decides_for_its_own():
    """In a manual, each section's references are about the section's disease."""
    rows = (
        make_row(CELLS, section=("A.2 Meduloblastoma - Risco padrão",)),
        make_row({**CELLS, "Dose": "2 mg/m2"}, section=("A.3 Osteosarcoma",)),
        make_row({**CELLS, "Dose": "3 mg/m2"}, section=("A.4 Nursing",)),
    )
    document = make_document("Manual of protocols", Language.PORTUGUESE)

    doses = [
        each
        for each in extract_references(document, rows, NAMES)
        if each.kind is ReferenceKind.DOSE
    ]

    assert [each.diagnoses for each in doses] == [("MB",), ("OS",), ()]


def test_sources_section_gives_nothing():
    """What other publications say about doses is not what the document prescribes."""
    passage = make_passage("Trial X gave cisplatin 80 mg/m2.", section=("13 Fuentes y confianza",))

    assert extract_references(make_document(), (passage,)) == ()


def test_total_under_a_heading_about_cumulative_doses():
    """A bare amount there is the total of the course and no dose."""
    passage = make_passage(
        "A full course gives cisplatin 450 mg/m2 and lomustine 450 mg/m2.",
        section=("11 Cumulative dose",),
    )

    references = extract_references(make_document(), (passage,))

    assert {(each.kind, each.per) for each in references} == {(ReferenceKind.CUMULATIVE, "course")}


def test_caption_is_read_like_prose():
    """A caption that states a dose is a reference too."""
    caption = make_passage("Cisplatin 20 mg/m2 days 1-5", kind=PassageKind.CAPTION)

    (reference,) = extract_references(make_document(), (caption,))

    assert (reference.value, reference.days) == (20, (1, 2, 3, 4, 5))
    assert reference.source is TextSource.TEXT


def test_row_of_a_treatment_sheet_keeps_each_dose_on_its_day():
    """A form that prints several days in one row gives every dose the day beside it."""
    row = make_row({"Dia": "D71 D72", "Dose": ""}, caption="CICLO A")
    text = "D71 Cisplatina 75 mg/m2 EV em 6h\nD72 Vincristina 1, 5 mg/m2, max 2 mg"
    cells = (row.cells[0], type(row.cells[0])("Dose", text.replace("\n", " ")))
    sheet = make_passage(text, kind=PassageKind.TABLE_ROW, cells=cells, caption="CICLO A")

    references = extract_references(make_document(language=Language.PORTUGUESE), (sheet,))

    assert [(each.drug, each.days) for each in references if each.kind is ReferenceKind.DOSE] == [
        ("cisplatin", (71,)),
        ("vincristine", (72,)),
    ]
    assert references[0].infusion_h == 6


def test_same_dose_on_several_days_of_a_sheet_is_one_reference():
    """Daily doses printed line by line are one statement with its days."""
    text = "\n".join(f"D{day} Temozolomida 160 mg/m2" for day in range(1, 6))
    days = make_row({"Dia": "D1 D2 D3 D4 D5", "Dose": text.replace("\n", " ")})
    sheet = make_passage(text, kind=PassageKind.TABLE_ROW, cells=days.cells)

    (reference,) = extract_references(make_document(language=Language.PORTUGUESE), (sheet,))

    assert reference.days == (1, 2, 3, 4, 5)


def test_weeks_from_monday_to_friday_are_five_days_each():
    """`Seg-Sex` beside weeks 1 and 2 is ten days."""
    text = "1 Temozolomida 90mg/m2/dia Seg-Sex\n2 Temozolomida 90mg/m2/dia Seg-Sex"
    weeks = make_row({"Semana": "1 2", "Dose": text.replace("\n", " ")})
    sheet = make_passage(text, kind=PassageKind.TABLE_ROW, cells=weeks.cells)

    (reference,) = extract_references(make_document(language=Language.PORTUGUESE), (sheet,))

    assert reference.days == (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)


def test_what_ocr_read_asks_to_be_compared_with_the_page():
    """The warning comes with every reference of the passage."""
    passage = make_passage("Vincristine 1.5 mg/m2 IV, maximum 2 mg.", source="ocr")

    references = extract_references(make_document(), (passage,))

    assert references
    assert all(READ_BY_OCR in each.warnings for each in references)
    assert {each.source for each in references} == {TextSource.OCR}


def test_a_number_read_unsurely_gives_no_dose():
    """It may be the cap of the dose beside it, so the passage states nothing."""
    passage = make_passage("Vincristine 1.5 mg/m2 IV, maximum 2 mg.", source="ocr")

    assert not extract_references(make_document(), (replace(passage, doubtful=True),))
