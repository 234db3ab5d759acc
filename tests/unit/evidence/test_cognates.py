"""Spellings of one word in three languages meet under one key."""

import pytest

from fuente.evidence.cognates import cognate_keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("cyclophosphamide", "ciclofosfamida"),
        ("vincristine", "vincristina", "VINCRISTINA"),
        ("medulloblastoma", "meduloblastoma", "medulloblastomas"),
        ("ependymoma", "ependimoma"),
        ("radiotherapy", "radioterapia"),
        ("induction", "inducción", "indução"),
        ("hydralazine", "hidralazina"),
        ("phenytoin", "fenitoína"),
        ("leukaemia", "leukemia", "leucemia"),
        ("oesophageal", "esofageal"),
        ("quinine", "quinina"),
        ("pneumonia", "neumonía"),
        ("week", "weeks"),
        ("diarrhoea", "diarrhea", "diarrea", "diarreia"),
        ("1.5", "1,5"),
    ],
)
def test_cognates_share_a_key(spellings):
    """English, Spanish and Portuguese spellings give the same key."""
    assert len({cognate_keys(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vincristine", "vinblastine"),
        ("doxorubicin", "daunorubicin"),
        ("cisplatin", "carboplatin"),
        ("all", "al"),
        ("diarrhoea", "diaria"),
        ("dose", "dos"),
        ("2", "3"),
    ],
)
def test_different_words_keep_different_keys(one, other):
    """Drugs that look alike, and short words, are not thrown together."""
    assert cognate_keys(one) != cognate_keys(other)


def test_numbers_and_letters_are_parted():
    """A dose without a space is two keys."""
    assert cognate_keys("Carboplatina 35mg/m²") == "carboplatin 35 mg m 2"
