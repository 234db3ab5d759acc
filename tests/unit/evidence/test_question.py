"""What is read from a question."""

import pytest

from fuente.documents.source import Language
from fuente.evidence.question import Asked, TermKind, detect_language, parse_question


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Vincristine dose in Wilms tumour?", Asked.DOSE),
        ("What is the maximum vincristine dose?", Asked.CAP),
        ("¿Cuál es la dosis máxima de vincristina?", Asked.CAP),
        ("Dose máxima de vincristina", Asked.CAP),
        ("Cumulative doxorubicin dose in Ewing sarcoma", Asked.CUMULATIVE),
        ("Dosis acumulada de doxorrubicina", Asked.CUMULATIVE),
        ("To what dose is cisplatin reduced?", Asked.REDUCTION),
        ("¿A qué dosis se reduce el cisplatino?", Asked.REDUCTION),
        ("Radiotherapy dose to the flank?", Asked.RADIOTHERAPY),
        ("¿Qué dosis total de radioterapia recibe el lecho tumoral?", Asked.RADIOTHERAPY),
        ("Carboplatin dose during radiotherapy", Asked.DOSE),
        ("Oxaliplatin dose after recurrent grade 3 diarrhoea?", Asked.REDUCTION),
        ("Dosis de cisplatino con toxicidad renal", Asked.REDUCTION),
        ("Methotrexate when creatinine clearance is below 60?", Asked.REDUCTION),
        ("Temozolomide in high-grade glioma", Asked.DOSE),
    ],
)
def test_what_is_asked(text, asked):
    """Dose, cap, reduction, cumulative dose and radiotherapy are told apart."""
    assert parse_question(text).asked is asked


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is the dose of vincristine?", Language.ENGLISH),
        ("¿Cuál es la dosis de vincristina?", Language.SPANISH),
        ("Qual é a dose de vincristina na manutenção?", Language.PORTUGUESE),
        ("Vincristine", Language.ENGLISH),
    ],
)
def test_the_language_of_a_question(text, language):
    """Small words and letters tell the language; English when nothing does."""
    assert detect_language(text) is language


def test_drugs_are_named_by_their_international_names():
    """Spanish names and abbreviations become the English names, in the order named."""
    question = parse_question("¿Dosis de vincristina con G-CSF?")
    assert question.drugs == ("vincristine", "filgrastim")


def test_clinical_words_become_concepts_in_any_language():
    """The same concepts are found in a question and its translation."""
    english = parse_question("Carboplatin in maintenance for brain tumours under 3 years")
    spanish = parse_question(
        "Carboplatino en mantenimiento de tumores cerebrales, menores de 3 años"
    )
    wanted = {"carboplatin", "maintenance", "brain tumour", "younger than", "3", "years"}
    for question in (english, spanish):
        assert {term.label for term in question.terms} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Boost above the conus in medulloblastoma?",
        "Irinotecan dose when neutrophils are below 1.0?",
    ],
)
def test_above_and_below_are_terms_only_of_an_age(text):
    """A place in the body and a blood count are no population."""
    labels = {term.label for term in parse_question(text).terms}
    assert not labels & {"younger than", "older than"}


def test_small_words_are_no_terms():
    """Articles, question words and `dose` itself say nothing about the passage."""
    question = parse_question("What is the recommended dose of it?")
    assert question.terms == ()
    assert question.lexical_query == ""


def test_numbers_and_unknown_words_are_terms():
    """A protocol's code and a drug outside the vocabulary are searched as they are."""
    kinds = {term.label: term.kind for term in parse_question("hydralazine ACNS0423").terms}
    assert kinds["hidralazin"] is TermKind.WORD
    assert kinds["0423"] is TermKind.NUMBER


def test_the_search_expression_quotes_every_word():
    """Nothing a user types can become search syntax."""
    query = parse_question('vincristine" OR NEAR(* ^ - ) AND glioma:').lexical_query
    assert query.count('"') % 2 == 0
    inside = query.removeprefix("cognates : (").removesuffix(")").split(" OR ")
    assert all(one.startswith('"') and one.endswith('"') for one in inside)


@pytest.mark.parametrize(
    "text",
    [
        "Irinotecan every three weeks: dose and maximum?",
        "Dosis de irinotecán y dosis máxima",
        "Dapsone with its maximum",
    ],
)
def test_a_dose_with_its_maximum_asks_for_the_dose(text):
    """The maximum asked for besides is carried by the dose."""
    assert parse_question(text).asked is Asked.DOSE
