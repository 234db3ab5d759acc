"""Doses of drugs the vocabulary does not hold: found where the words say so, the name left open."""

from decimal import Decimal

import pytest
from tests.factories_extraction import PageWriter, make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.inn_stems import ends_in_drug, names_drug
from fuente.dosing.reference import DoseReference, ReferenceKind

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

# What a sentence states of a drug that is not known: value, unit, period, times a day.
SENTENCES = [
    (EN, "Terbutaline 500 mcg every 20 minutes.", (500, "ug", None, None)),
    (ES, "Terbutalina 500 mcg cada 20 minutos.", (500, "ug", None, None)),
    (ES, "Formoterol 12 ug c/ 12 hrs.", (12, "ug", "dose", 2)),
    (ES, "Formoterol 12 ug c/ 24 hrs.", (12, "ug", "day", None)),
    (PT, "Formoterol 12 mcg a cada 24 horas.", (12, "ug", "day", None)),
    (ES, "Lamivudina150 mg cada 12 horas.", (150, "mg", "dose", 2)),
    (EN, "Stavudine30 mg twice daily.", (30, "mg", "dose", 2)),
    (PT, "Ondansetrona4 mg de 8 em 8 horas.", (4, "mg", "dose", 3)),
    (EN, "Desmopressin 10 mcg 12-24 hourly.", (10, "ug", "dose", 2)),
    (EN, "Regular units, 8 units administered over 20 minutes.", (8, "U", None, None)),
    (EN, "Start with 10 mcg/minute.", (10, "ug/min", None, None)),
    (ES, "Iniciar con 10 mcg/min.", (10, "ug/min", None, None)),
    (PT, "Iniciar com 10 mcg/min.", (10, "ug/min", None, None)),
    (EN, "Follow with 40 mg once daily.", (40, "mg", "day", None)),
    (EN, "Clarithromycin 250 mg and rest.", (250, "mg", None, None)),
    (ES, "Enoxaparina 40 mg y reposo.", (40, "mg", None, None)),
    (PT, "Vancomicina 500 mg e repouso.", (500, "mg", None, None)),
]


@pytest.mark.parametrize(
    ("language", "sentence", "stated"), SENTENCES, ids=[row[1] for row in SENTENCES]
)
def test_sentence(language, sentence, stated):
    """A frequency, a rate, a length of infusion or a name by its stem make an amount a dose."""
    (found,) = _of_words(sentence, language)

    assert found.drug is None
    assert (found.value, found.unit, found.per, found.times_per_day) == stated


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (EN, "Alfazole, 6 mg/kg to a maximum dose of 400 mg daily."),
        (ES, "Alfazol, 6 mg/kg hasta un máximo de 400 mg al día."),
        (PT, "Alfazol, 6 mg/kg até no máximo 400 mg por dia."),
    ],
)
def test_a_cap_makes_the_amount_before_it_a_dose(language, sentence):
    """`6 mg/kg to a maximum of 400 mg` is a dose with its cap, whatever the drug."""
    dose, cap = _of_words(sentence, language)

    assert (dose.value, dose.unit, dose.cap.value) == (6, "mg/kg", 400)
    assert (cap.kind, cap.value) == (ReferenceKind.CAP, 400)


@pytest.mark.parametrize(
    ("language", "text", "drugs"),
    [
        (PT, "Vincristina 1, 5 mg/m2 Etoposídeo 60 mg/m2", ["vincristine", "etoposide"]),
        (EN, "Cisplatin 60 mg/m2 etoposide 100 mg/m2", ["cisplatin", "etoposide"]),
        (ES, "2 mg vincristina 30 mg doxorrubicina", ["vincristine", "doxorubicin"]),
        (EN, "If cisplatin fails: panitumumab 6 mg/kg IV", [None]),
        (ES, "Sin cisplatino, panitumumab 6 mg/kg IV", [None]),
    ],
)
def test_whose_dose_it_is(language, text, drugs):
    """A drug printed right before its amount has it, and a name by its stem keeps others away."""
    assert [each.drug for each in _of_words(text, language)] == drugs


@pytest.mark.parametrize(
    ("language", "cells", "stated"),
    [
        (EN, {"Drug": "Levofloxacin", "Dose": "500 mg daily"}, [(500, "mg")]),
        (ES, {"Fármaco": "Levofloxacino", "Dosis": "500 mg al día"}, [(500, "mg")]),
        (PT, {"Medicamento": "Levofloxacino", "Dose": "500 mg por dia"}, [(500, "mg")]),
        (EN, {"Weight": "40 kg", "Loading dose (units)": "13 000 units"}, [(13000, "U")]),
        (EN, {"Age": "1-5 years", "Dose": "200 mg A / 40 mg B"}, [(200, "mg"), (40, "mg")]),
        (EN, {"Drug": "Delamanid", "Dose": "25mgbd"}, [(25, "mg")]),
        (EN, {"Drug": "Unknownol", "Remarks": "Reduces pain by 5 mg"}, []),
    ],
)
def test_row(language, cells, stated):
    """A column for drugs or for doses makes the amounts under it doses of an open drug."""
    found = extract_references(make_document(language=language), (make_row(cells),))

    assert [(each.drug, each.value, each.unit) for each in found] == [
        (None, *one) for one in stated
    ]


def test_bare_numbers_under_bands_take_the_unit_of_their_row():
    """`60 mg | 90-120 | 150`: the unit printed once holds for all, and a bare band for its own."""
    cells = {
        "Drug": "Linezolid",
        "Average daily dose": "10-12 mg/kg/day",
        "Weight class / 4-4.9kg": "60 mg",
        "Weight class / 5-9.9": "90-120",
        "Weight class / 10-15kg": "150",
    }

    found = extract_references(make_document(language=EN), (make_row(cells),))

    assert [(_amount(each), each.unit) for each in found] == [
        (60, "mg"),
        ((90, 120), "mg"),
        (150, "mg"),
        ((10, 12), "mg/kg"),
    ]
    assert found[1].population is not None
    assert found[1].population.weight_kg_min == 5


def test_a_lower_end_without_its_range_is_no_amount():
    """`10 mg - 12/kg` is no range that can be read, and 10 mg is not what it says."""
    cells = {"Drug": "Linezolid", "Dose": "10 mg - 12/kg"}

    assert extract_references(make_document(), (make_row(cells),)) == ()


def test_open_doses_make_no_phase():
    """A table of drugs that are not known is cited, and schedules nothing."""
    writer = PageWriter()
    writer.table("Table 1. Course A", {"Drug": "Alfazole", "Dose": "50 mg", "Days": "1-5"})

    references, regimens = writer.read("Osteosarcoma protocol")

    assert [each.value for each in references] == [50]
    assert [phase for each in regimens for phase in each.phases] == []


@pytest.mark.parametrize(
    "name", ["rituximab", "amoxicilina", "fluconazol", "insulin", "cefalexina"]
)
def test_names_are_known_by_their_stem(name):
    """The ending or the beginning of a class is a name in any of the three languages."""
    assert names_drug(f"then {name} follows")
    assert ends_in_drug(f"then {name}, (")


@pytest.mark.parametrize(
    "word", ["servir", "patient", "hospital", "weight", "colesterol", "semana"]
)
def test_ordinary_words_are_no_names(word):
    """A word of the pages is not taken for a drug."""
    assert not names_drug(word)


def _of_words(text: str, language: Language) -> tuple[DoseReference, ...]:
    return extract_references(make_document(language=language), (make_passage(text),))


def _amount(found: DoseReference) -> Decimal | tuple[Decimal | None, Decimal | None] | None:
    return found.value if found.value is not None else (found.minimum, found.maximum)
