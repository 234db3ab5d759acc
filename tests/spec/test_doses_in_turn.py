"""A loading dose and the doses after it, in the short forms that charts and lists print.

`400mg 14/7 then 200mg M/W/F for 22 weeks`: 400 mg for 14 days, then 200 mg on three days a week.
"""

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.expressions import parse_dose
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

IN_TURN = [
    (EN, "400mg 14/7 then 200mg M/W/F for 22 weeks"),
    (EN, "400 mg for 14 days, then 200 mg Mon/Wed/Fri for 22 weeks"),
    (EN, "400 mg 2w followed by 200 mg three times a week"),
    (EN, "400 mg x 2/52 then 200 mg alt days"),
    (ES, "400 mg durante 14 días, luego 200 mg L/M/V por 22 semanas"),
    (ES, "400 mg por 14 días y después 200 mg tres veces por semana"),
    (PT, "400 mg por 14 dias, depois 200 mg seg/qua/sex por 22 semanas"),
]
IDS = [words for _, words in IN_TURN]
STATED = [(400, "mg", None, None), (200, "mg", "dose", None)]


@pytest.mark.parametrize(("language", "words"), IN_TURN, ids=IDS)
@pytest.mark.parametrize("drug", ["Prednisone", "Alfazol"])
def test_in_a_sentence(language, words, drug):
    """Both are doses, of a drug that is known and of one that is not."""
    found = extract_references(make_document(language=language), (make_passage(f"{drug} {words}"),))

    assert _stated(found) == STATED


@pytest.mark.parametrize(("language", "words"), IN_TURN, ids=IDS)
def test_in_a_dose_column(language, words):
    """The days of the week behind the second dose are not those of the first."""
    row = make_row({"Drug": "Alfazol", "Dose": words}, caption="Table 1")

    assert _stated(extract_references(make_document(language=language), (row,))) == STATED


@pytest.mark.parametrize(("language", "words"), IN_TURN, ids=IDS)
def test_under_a_weight(language, words):
    """Both doses of a cell under a band are for the band."""
    cells = {"Drug": "Alfazol", "10-15.9 kg": "100 mg", "16-30 kg": words}

    _, *found = extract_references(make_document(language=language), (make_row(cells),))

    assert _stated(found) == STATED
    assert {each.population.weight_kg_min for each in found} == {16}


def test_in_a_list_by_weight():
    """A weight before a colon bounds both doses of its item."""
    items = (
        "• 16-30kg: 200mg 14/7 then 100mg M/W/F for 22 weeks",
        "• > 30kg: 400mg 14/7 then 200mg M/W/F for 22 weeks",
        "• > 16kg: 10mg/day",
    )
    found = [
        (each.value, each.per, each.population.weight_kg_min, each.population.weight_kg_max)
        for item in items
        for each in extract_references(make_document(), (make_passage(item),))
    ]

    assert found == [
        (200, None, 16, 30),
        (100, "dose", 16, 30),
        (400, None, 30, None),
        (200, "dose", 30, None),
        (10, "day", 16, None),
    ]


def test_a_list_by_weight_in_one_passage():
    """Each weight is that of the doses behind it, not of those of the next item."""
    text = (
        "• 16-30kg: 200mg 14/7 then 100mg M/W/F for 22 weeks\n"
        "• > 30kg: 400mg 14/7 then 200mg M/W/F for 22 weeks"
    )
    found = extract_references(make_document(), (make_passage(text),))

    assert [(each.value, each.population.weight_kg_min) for each in found] == [
        (200, 16),
        (100, 16),
        (400, 30),
        (200, 30),
    ]


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("prednisone 400mg 14/7", {"n_days": 14}),
        ("prednisone 200mg M/W/F for 22 weeks", {"doses_per_week": 3, "n_weeks": 22}),
        ("prednisona 200mg L/M/V por 22 semanas", {"doses_per_week": 3, "n_weeks": 22}),
        ("prednisona 200mg seg/qua/sex", {"doses_per_week": 3}),
        ("prednisone 100mg alt days", {"interval_days": 2}),
    ],
)
def test_a_phrase_says_how_long_and_how_often(words, stated):
    """The days, weeks and days of the week are read from their short forms."""
    read = parse_dose(words).as_json()

    assert {key: read.get(key) for key in stated} == stated


@pytest.mark.parametrize(
    "words",
    [
        "Alfazol 400 mg 14 days before surgery",
        "Alfazol 400 mg 2 weeks later",
        "400 mg 14/07/2019",
        "1 tablet of 20 mg 14/7",
    ],
)
def test_a_distance_a_date_and_a_strength_make_no_dose(words):
    """Only what says how long the amount is given makes it a dose of a drug that is not known."""
    assert extract_references(make_document(), (make_passage(words),)) == ()


def _stated(found: tuple[DoseReference, ...] | list[DoseReference]) -> list[tuple]:
    return [(each.value, each.unit, each.per, each.times_per_day) for each in found]
