"""Drug names in three languages, in running text."""

import time
from decimal import Decimal

import pytest

from fuente.documents.source import Language
from fuente.dosing.drugs import IntrathecalUse, load_vocabulary
from fuente.errors import NotFound

VOCABULARY = load_vocabulary()


def named(text: str) -> list[str | None]:
    """Give the drugs of a text in printed order."""
    return [mention.drug.inn if mention.drug else None for mention in VOCABULARY.find(text)]


@pytest.mark.parametrize("drug", list(VOCABULARY), ids=lambda drug: drug.inn)
def test_every_international_name_is_found(drug):
    """The English, Spanish and Portuguese names each name the drug, also in capitals."""
    for language in Language:
        name = drug.name(language)
        assert named(f"({name} 10") == [drug.inn]
        assert named(name.upper()) == [drug.inn]


@pytest.mark.parametrize("drug", list(VOCABULARY), ids=lambda drug: drug.inn)
def test_every_synonym_beside_a_dose_names_its_drug_or_is_open(drug):
    """No synonym is taken for another drug, except short forms that the dose settles."""
    for synonym in drug.synonyms:
        found = named(f"{synonym} given")
        assert found in ([drug.inn], [None]), synonym


def test_the_vocabulary_is_whole():
    """All 112 drugs are there, each with a code, a route, a unit and a fence of plausibility."""
    drugs = list(VOCABULARY)

    assert len(drugs) == 112
    assert len({drug.inn for drug in drugs}) == 112
    assert all(drug.routes and drug.units and drug.confidence for drug in drugs)
    assert all(0 < drug.plausible_min < drug.plausible_max for drug in drugs)


def test_vinca_alkaloids_and_bortezomib_are_fatal_by_the_intrathecal_route():
    """The flag that verification rests on is set for these and for no others."""
    fatal = {drug.inn for drug in VOCABULARY if drug.intrathecal is IntrathecalUse.FATAL}

    assert fatal == {"vincristine", "vinblastine", "vindesine", "vinorelbine", "bortezomib"}


def test_only_the_four_may_be_given_intrathecally():
    """The intrathecal set is the record's."""
    allowed = {drug.inn for drug in VOCABULARY if drug.intrathecal is IntrathecalUse.ALLOWED}

    assert allowed == {"methotrexate", "cytarabine", "hydrocortisone", "prednisolone"}


def test_a_drug_is_had_by_its_name():
    """The fence comes with its unit."""
    drug = VOCABULARY.drug("vincristine")

    assert (drug.atc, drug.plausible_max, drug.plausible_unit) == ("L01CA02", Decimal("2.8"), "mg")


def test_an_unknown_drug_is_an_error_that_names_it():
    """Asking for what the vocabulary lacks says so."""
    with pytest.raises(NotFound, match="unobtainium"):
        VOCABULARY.drug("unobtainium")


@pytest.mark.parametrize(
    ("text", "inn"),
    [
        ("PEG-asparaginase", "pegaspargase"),
        ("PEG asparaginasa", "pegaspargase"),
        ("pegasparaginasa", "pegaspargase"),
        ("L-asparaginasa", "asparaginase"),
        ("Ara-C", "cytarabine"),
        ("ARA C", "cytarabine"),
        ("arac", "cytarabine"),
        ("vp16", "etoposide"),
        ("VP 16", "etoposide"),
        ("6-MP", "mercaptopurine"),
        ("ACT-D", "dactinomycin"),
        ("actinomicina D", "dactinomycin"),
        ("131I-MIBG", "iobenguane (131I)"),
        ("¹³¹I-MIBG", "iobenguane (131I)"),
        ("I-131", "sodium iodide (131I)"),
        ("dinutuximab β", "dinutuximab beta"),
        ("o,p'-DDD", "mitotane"),
        ("G-CSF", "filgrastim"),
        ("ácido 13-cis-retinoico", "isotretinoin"),
        ("Vincris-\ntina", "vincristine"),
        ("vincris\u00adtine", "vincristine"),
        ("etopo\u0301sido", "etoposide"),
        ("ciclofosfamidas", "cyclophosphamide"),
        ("Ác. folínico", "calcium folinate"),
        ("uroﬁlgrastim filgrastim", "filgrastim"),
    ],
)
def test_spelling_does_not_matter(text, inn):
    """Case, accents, hyphens, spaces, line breaks and ligatures do not hide a name."""
    assert named(text) == [inn]


@pytest.mark.parametrize(
    ("text", "inn"),
    [
        ("vincristna", "vincristine"),
        ("methotrxeate", "methotrexate"),
        ("Ciclofosfamlda", "cyclophosphamide"),
        ("doxorubicinn", "doxorubicin"),
        ("cisplatinum", "cisplatin"),
    ],
)
def test_one_slip_is_corrected(text, inn):
    """A long name with one letter changed, missing, added or swapped is still read."""
    assert named(text) == [inn]


def test_a_corrected_name_carries_a_warning():
    """Whoever reads it learns what was printed."""
    (mention,) = VOCABULARY.find("vincristna 1.5 mg/m2")

    assert not mention.certain
    assert "vincristna" in mention.warning


@pytest.mark.parametrize("text", ["mitotaxel", "vimbristina", "prednisol", "platino", "carboplano"])
def test_two_slips_are_not_guessed(text):
    """What is two letters away from every name names nothing."""
    assert named(text) == []


def test_similar_names_stay_apart():
    """Vinca alkaloids, prednisone and prednisolone, and MTX and mitoxantrone never cross."""
    text = "vincristine vinblastine vindesine prednisone prednisolone MTX mitoxantrone"

    assert named(text) == [
        "vincristine",
        "vinblastine",
        "vindesine",
        "prednisone",
        "prednisolone",
        "methotrexate",
        "mitoxantrone",
    ]


def test_mentions_point_into_the_printed_text():
    """The offsets cut the words as printed, whatever was folded before them."""
    text = "Fármacos:  \n ácido folínico y\tvincris-\ntina, 6-MP."

    assert [text[m.start : m.end] for m in VOCABULARY.find(text)] == [
        "ácido folínico",
        "vincris-\ntina",
        "6-MP",
    ]
    assert all(m.surface == text[m.start : m.end] for m in VOCABULARY.find(text))


def test_a_combination_names_each_drug_in_order():
    """Joined names are found one after the other."""
    assert named("methotrexate + hydrocortisone + cytarabine") == [
        "methotrexate",
        "hydrocortisone",
        "cytarabine",
    ]


def test_a_long_text_is_read_in_seconds():
    """A megabyte of text takes at most some seconds, so whole documents can be scanned."""
    text = "La vincristina se administra el día 1 con prednisona y sin asparaginasa. " * 14_000

    begin = time.perf_counter()
    found = VOCABULARY.find(text)

    assert len(found) == 42_000
    assert time.perf_counter() - begin < 20
