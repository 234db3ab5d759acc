"""Which abbreviations mean a drug, beside which dose, and which are refused."""

from decimal import Decimal

import pytest

from fuente.dosing.drugs import load_vocabulary


@pytest.mark.parametrize(
    ("short", "value", "unit", "route", "inn"),
    [
        ("CTX", "500", "mg/m2", None, "cyclophosphamide"),
        ("CTX", "60", "mg/kg", None, "cyclophosphamide"),
        ("CTX", "50", "mg/m2", None, None),
        ("MP", "50", "mg/m2", "PO", "mercaptopurine"),
        ("MP", "50", "mg/m2", None, None),
        ("MP", "2", "mg/kg", None, None),
        ("MP", "2", "mg/kg", "IV", "methylprednisolone"),
        ("MP", "30", "mg/m2", "IV", "methylprednisolone"),
        ("PRED", "60", "mg/m2", "PO", "prednisone"),
        ("PRED", "60", "mg/m2", None, "prednisone"),
        ("PRED", "10", "mg", "IT", "prednisolone"),
        ("MITO", "10", "mg/m2", None, "mitoxantrone"),
        ("MITO", "4", "g", None, "mitotane"),
        ("MITO", "2", "mg", None, None),
        ("DAC", "20", "mg/m2", None, "decitabine"),
        ("DAC", "250", "mg/m2", None, None),
        ("AZA", "75", "mg/m2", None, "azacitidine"),
        ("AZA", "2", "mg/kg", "PO", None),
        ("ETO", "100", "mg/m2", None, "etoposide"),
        ("ETO", "3.3", "mg/kg", None, "etoposide"),
        ("ETO", "15", "mg/kg", None, None),
        ("ETO", "250", "mg", None, None),
        ("VP", "100", "mg/m2", None, "etoposide"),
        ("VP", None, None, None, None),
        ("MTX", "12", "mg", "IT", "methotrexate"),
        ("ATG", "10", "mg/kg", None, "antithymocyte immunoglobulin (rabbit)"),
        *((letter, "60", "mg/m2", None, None) for letter in "POAVDCIEMJBR"),
    ],
)
def test_abbreviation_beside_a_dose(short, value, unit, route, inn):
    """The dose settles the meaning, or nothing does and no drug is named."""
    amount = Decimal(value) if value else None

    drug = load_vocabulary().resolve(short, amount, unit, route)

    assert (drug.inn if drug else None) == inn


@pytest.mark.parametrize(
    ("text", "inn", "certain"),
    [
        ("CTX 500 mg/m2", "cyclophosphamide", True),
        ("CTX was stopped", None, False),
        ("la TAC de tórax", "tacrolimus", False),
        ("TAC 0.03 mg/kg", "tacrolimus", True),
        ("DNR 30 mg/m2", "daunorubicin", True),
        ("DNR order signed", "daunorubicin", False),
        ("VCR weekly", "vincristine", True),
        ("MTX", "methotrexate", True),
        ("PEG 2500 UI/m2", "pegaspargase", True),
        ("MP alone", None, False),
    ],
)
def test_abbreviation_in_running_text(text, inn, certain):
    """Short forms that are also other things are certain only with a dose beside them."""
    (mention,) = load_vocabulary().find(text)

    assert (mention.drug.inn if mention.drug else None, mention.certain) == (inn, certain)
    assert bool(mention.warning) or mention.certain


@pytest.mark.parametrize("text", ["entre 1 y 2 años", "se ato", "a P value", "go home", "ten days"])
def test_ordinary_words_are_no_drugs(text):
    """A word of running text that spells a short form names no drug."""
    assert load_vocabulary().find(text) == ()
