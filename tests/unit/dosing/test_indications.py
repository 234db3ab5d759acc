import pytest
from tests.factories_extraction import make_document, make_passage

from fuente.documents.passage import PassageKind
from fuente.dosing.indications import (
    DiagnosisName,
    diagnoses_named,
    diagnoses_of_heading,
    document_diagnoses,
    passage_diagnoses,
)

NAMES = (
    DiagnosisName("ALL_B", ("B lymphoblastic leukaemia, NOS", "acute lymphoblastic leukaemia")),
    DiagnosisName("ALL_T", ("T lymphoblastic leukaemia", "acute lymphoblastic leukaemia")),
    DiagnosisName("WILMS", ("Nephroblastoma (Wilms tumour)", "Tumor de Wilms")),
    DiagnosisName("NBL", ("Neuroblastoma, NOS",)),
    DiagnosisName("GNBL", ("Ganglioneuroblastoma",)),
    DiagnosisName("HL", ("Hodgkin lymphoma",)),
    DiagnosisName("BURKITT", ("Burkitt lymphoma", "linfoma de Burkitt")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neuroblastoma", ("NBL",)),
        ("Ganglioneuroblastoma", ("GNBL",)),
        ("Treatment of Wilms tumors", ("WILMS",)),
        ("nephroblastoma", ("WILMS",)),
        ("Acute lymphoblastic leukemia", ("ALL_B", "ALL_T")),
        ("B lymphoblastic leukaemia", ("ALL_B",)),
        ("non-Hodgkin lymphoma", ()),
        ("LINFOMA DE BURKITT", ("BURKITT",)),
        ("Breast cancer", ()),
    ],
)
def test_names_are_whole_words_in_any_spelling(text, expected):
    """Names match in either English spelling, any case, singular or plural, and never in part."""
    assert diagnoses_named(text, NAMES) == expected


def test_joined_names_of_a_heading_are_both_found():
    """`B and T lymphoblastic leukaemia` names two leukaemias."""
    assert set(diagnoses_of_heading("4.1 B and T lymphoblastic leukaemia", NAMES)) == {
        "ALL_B",
        "ALL_T",
    }


def test_scope_adds_to_the_title():
    """What a scope paragraph says the protocol applies to belongs to it."""
    scope = make_passage("Scope. This protocol applies to neuroblastoma and ganglioneuroblastoma.")

    found = document_diagnoses(make_document("High-risk neuroblastoma"), (scope,), NAMES)

    assert found == ("NBL", "GNBL")


def test_disease_that_a_sentence_excludes_is_left_out():
    """A disease named to say that it has its own protocol is not the document's."""
    passages = (
        make_passage("This protocol applies to B lymphoblastic leukaemia."),
        make_passage("No se incluyen los pacientes con linfoma de Burkitt.", section=("Alcance",)),
    )

    assert document_diagnoses(make_document(), passages, NAMES) == ("ALL_B",)


def test_eligibility_counts_where_title_and_scope_say_nothing():
    """Without title or scope the criteria of inclusion decide."""
    passage = make_passage("Patients with Wilms tumour.", section=("2 Eligibility",), page=3)

    assert document_diagnoses(make_document(), (passage,), NAMES) == ("WILMS",)


def test_table_rows_make_no_document_about_a_disease():
    """A disease in a table cell is not what the document is for."""
    row = make_passage("Scope Neuroblastoma", kind=PassageKind.TABLE_ROW)

    assert document_diagnoses(make_document(), (row,), NAMES) == ()


def test_nearest_heading_decides():
    """The caption decides before the section, the inner section before the outer."""
    passage = make_passage("x", section=("Neuroblastoma", "Wilms tumour", "5.1 Doses"))

    assert passage_diagnoses(passage, ("HL",), NAMES) == ("WILMS",)
    assert passage_diagnoses(make_passage("x"), ("HL",), NAMES) == ("HL",)
