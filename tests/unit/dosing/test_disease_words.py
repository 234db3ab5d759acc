"""Stages, margins and the like behind a statement, as words print them."""

from dataclasses import fields

import pytest

from fuente.dosing.disease_words import NOT_OPERATED, asks_for_residue, read_disease_words

LEFT = {"R2", NOT_OPERATED}

WORDS = [
    ("Stage III, intermediate risk", {"stages": {"III"}}),
    ("Localised disease, stage II and III", {"stages": {"II", "III"}}),
    ("Stages I to III", {"stages": {"I", "II", "III"}}),
    ("Estadio I, riesgo bajo", {"stages": {"I"}}),
    ("Estádios II e III", {"stages": {"II", "III"}}),
    ("Gross disease, no surgery", {"margins": LEFT}),
    ("Microscopic residual", {"margins": {"R1"}}),
    ("Microscopic residual or poor response", {"margins": {"R0", "R1"}}),
    ("Residuo macroscópico", {"margins": {"R2"}}),
    ("Incomplete or no resection", {"margins": LEFT | {"R1"}}),
    ("Resección completa", {"margins": {"R0"}}),
    ("Complete delayed resection, favourable histology", {"margins": {"R0"}, "favourable": True}),
    ("Unfavourable histology, or nodes", {"favourable": False, "nodes": True}),
    ("High risk: metastatic disease, or gross residual", {}),
    ("Margen del nervio óptico afectado", {"margins": {"R1", "R2"}}),
    ("Metastatic disease of the lungs", {"lungs": True}),
    ("SNC3 al diagnóstico", {"nervous_system": True}),
    ("All patients after high-dose treatment", {"after_high_dose": True}),
    ("Diffuse peritoneal spillage", {"exceptional": True}),
    ("Standard risk, age 3 years and over", {}),
]


@pytest.mark.parametrize(("words", "stated"), WORDS)
def test_the_words_of_a_statement_say_for_which_disease_it_is(words, stated):
    """What is not printed is not asked for."""
    found = read_disease_words(words)
    values = {one.name: getattr(found, one.name) for one in fields(found)}

    blank = read_disease_words("")
    assert {k: v for k, v in values.items() if v != getattr(blank, k)} == stated


@pytest.mark.parametrize(
    ("words", "margins"),
    [
        ("Macroscopic residual:", LEFT),
        ("Tumour bed, only with residue:", LEFT | {"R1"}),
        ("Masa voluminosa o residuo:", LEFT | {"R1"}),
        ("Posterior fossa or tumour bed:", set()),
    ],
)
def test_a_boost_for_residue_is_not_for_everyone(words, margins):
    """The words before the amount of a boost say after which margins it is given."""
    assert asks_for_residue(words) == margins
