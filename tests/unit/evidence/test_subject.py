"""Which word of a question names a drug that the vocabulary does not hold."""

import pytest

from fuente.evidence.cognates import cognate_keys
from fuente.evidence.question import parse_question
from fuente.evidence.subject import unknown_drug


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
