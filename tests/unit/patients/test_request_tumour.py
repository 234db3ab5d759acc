"""Tumours, their places and sides, unknown and ambiguous names."""

import pytest

from fuente.dosing.folding import fold
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request_outside import is_other_disease, outside_names, tumour_shaped
from fuente.patients.request_places import (
    candidates,
    leading_metastasis_places,
    metastasis_sites,
    trailing_metastasis_places,
)
from fuente.patients.request_tumour import read_tumours, risk_group

CATALOGUE = load_catalogue()


def read(text):
    """The tumours named in a text."""
    return read_tumours(text, fold(text), CATALOGUE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ewing sarcoma of the femur", ("EWS_BONE", "9364/3", "C40.2", None)),
        ("Ewing sarcoma of the thigh", ("EWS_ST", "9364/3", "C49.2", None)),
        ("Ewing sarcoma 9260/3", ("EWS_BONE", "9260/3", None, None)),
        ("rhabdomyosarcoma of the orbit", ("ERMS", "8910/3", "C69.6", None)),
        ("rabdomiosarcoma del muslo izquierdo", ("ARMS", "8920/3", "C49.2", "left")),
        ("femoral osteosarcoma on the left", ("OS", "9180/3", "C40.2", "left")),
        ("bilateral retinoblastoma", ("RB", "9510/3", None, "bilateral")),
        ("leucemia en nina con cateter yugular derecho", None),
        ("Hodgkin nodular sclerosis grade 2", ("HL_NS", "9667/3", None, None)),
        ("desmoplastic medulloblastoma", ("MB", "9471/3", None, None)),
        ("tumour 9180/3", ("OS", "9180/3", None, None)),
        ("9260/3 C49.2", ("EWS_ST", "9260/3", "C49.2", None)),
        ("brain tumour: medulloblastoma", ("MB", "9470/3", None, None)),
    ],
)
def test_one_tumour_is_resolved(text, expected):
    """Name, code, place and side of one tumour."""
    found = [(t.id, t.icdo3, t.topography, t.laterality) for t in read(text).tumours]
    assert found == ([expected] if expected else [])


def test_an_unusual_place_is_kept_and_marked():
    """A place the tumour does not usually arise at is not dropped."""
    (tumour,) = read("osteosarcoma of the mandible").tumours
    assert (tumour.topography, tumour.unusual_site) == ("C41.1", True)


def test_vague_names_are_ambiguous():
    """Names that several tumours share are reported, unless a precise one is there too."""
    assert read("leukaemia").ambiguous == ("leukaemia",)
    assert read("leukaemia, namely AML").ambiguous == ()


def test_two_tumours_are_both_kept():
    """A request that names two tumours has not decided; both are there to ask about."""
    assert [t.id for t in read("Wilms tumour or neuroblastoma").tumours] == ["WILMS", "NBL"]


@pytest.mark.parametrize(
    "text",
    ["breast cancer", "multiple myeloma", "cancer de pulmon", "chronic lymphocytic leukaemia"],
)
def test_listed_diseases_are_outside(text):
    """Tumours of adults are known to be unknown, whole."""
    ((start, end),) = outside_names(text)
    assert text[start:end] == text
    assert read(text).unknown == (text,)


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("ganglioneuroma", True),
        ("gastric cancer", True),
        ("cancer of the larynx", True),
        ("hematoma", False),
        ("sintoma", False),
        ("childhood cancer", False),
        ("paediatric cancer", False),
    ],
)
def test_words_shaped_like_tumours(text, shaped):
    """An unknown word that looks like a tumour's name is noticed; others are left alone."""
    assert bool(tumour_shaped(text, ())) is shaped


def test_common_diseases_are_recognised():
    """A disease that is no tumour is not taken for a request that can be met."""
    assert is_other_disease("6-year-old with diabetes")
    assert not is_other_disease("6-year-old with neuroblastoma")


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("very high risk", "very_high"),
        ("alto riesgo", "high"),
        ("riesgo estandar", "standard"),
        ("x", None),
    ],
)
def test_risk_groups(text, risk):
    """Risk words give the record's risk groups."""
    assert risk_group(text) == risk


def test_places_of_metastases():
    """Lists of places before and after the word are read, in order."""
    assert metastasis_sites(leading_metastasis_places(" to the lungs and the liver, chemo")) == (
        "C34.9",
        "C22.0",
    )
    assert metastasis_sites(trailing_metastasis_places("with pulmonary and bone ")) == (
        "C34.9",
        "C41.9",
    )
    assert leading_metastasis_places(", chemo") == ""
    assert candidates("nowhere") == ()


@pytest.mark.parametrize("text", ["metastasis en medula osea", "bone marrow metastases"])
def test_bone_marrow_is_not_bone(text):
    """The longer place wins."""
    assert metastasis_sites(text) == ("C42.1",)
