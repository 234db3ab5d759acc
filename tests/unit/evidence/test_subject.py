"""Which word of a question names a drug that the vocabulary does not hold."""

import pytest

from fuente.evidence.cognates import cognate_keys
from fuente.evidence.question import parse_question
from fuente.evidence.subject import is_of_another, is_of_other_component, unknown_drug


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What linezolid dose is given above 16 kg?", "linezolid"),
        ("Bedaquiline loading phase dose for a child?", "bedaquiline"),
        ("Dosis de tiotropio en EPOC con síntomas persistentes", "tiotropio"),
        ("dosis de carga de gentamicina", "gentamicina"),
        ("Neutropenia febril: dosis de gentamicina en adultos", "gentamicina"),
        ("Vincristine dose in Wilms tumour?", None),
        ("What dose of radiotherapy is given?", None),
        ("dosis de mantenimiento en EPOC", None),
    ],
)
def test_unknown_drug(question, name):
    """The word that the grammar of dose makes the drug, and no word of kind or treatment."""
    named = unknown_drug(parse_question(question))

    assert (named and named.label) == (name and cognate_keys(name))


@pytest.mark.parametrize(
    ("question", "before", "is_other"),
    [
        ("dose of isoniazid", "Isoniazid 5 mg/kg, with pyridoxine ", True),
        ("dose of isoniazid", "Isoniazid 5 mg/kg plus pyridoxine: ", True),
        ("dosis de isoniazida", "Isoniazida 5 mg/kg junto con piridoxina ", True),
        ("dose de isoniazida", "Isoniazida 5 mg/kg com piridoxina ", True),
        ("dose of pyridoxine", "Isoniazid 5 mg/kg, with pyridoxine ", False),
        ("dose of isoniazid", "Start with isoniazid ", False),
        ("dose of isoniazid", "Isoniazid with a maximum of ", False),
        ("dose of isoniazid", "Isoniazid, oral, ", False),
    ],
)
def test_a_number_behind_another_drug_is_not_of_the_one_asked(question, before, is_other):
    """`with pyridoxine 25 mg` is no dose of the drug it accompanies."""
    assert is_of_another(unknown_drug(parse_question(question)), before) is is_other


@pytest.mark.parametrize(
    ("question", "number", "is_other"),
    [
        ("dose of amoxicillin", "875", False),
        ("dose of amoxicillin", "125", True),
        ("dose of clavulanic", "125", False),
        ("dose of clavulanic", "875", True),
        ("dose of gentamicin", "6", False),
    ],
)
def test_each_number_of_a_combination_answers_for_its_own_drug(question, number, is_other):
    """Asked for one drug of a combination, the number of the other one is no answer."""
    quote = "Gentamicin 6 mg/kg; amoxicillin/clavulanic acid, oral, 875/125 mg 12 hourly"
    named = unknown_drug(parse_question(question))

    assert is_of_other_component(named, quote, quote.index(number)) is is_other
