"""What dosing charts and crowded cells state: bare numbers under weights, and several doses."""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

WEIGHTS = ("5-6.9 kg", "7-9.9 kg", "10-15.9 kg")
BARE_BANDS = [
    # The amount beside, the bare numbers under the weights, what the first states.
    ("15-20 mg/kg/day", ("100", "150", "250-375"), (100, "mg", "day")),
    ("10 mg/kg/dose", ("62,5", "75", "125"), (Decimal("62.5"), "mg", "dose")),
    ("15 mg/kg", ("75", "125", "200"), (75, "mg", None)),
    ("50 mcg/kg/day", ("300", "400", "600"), (300, "ug", "day")),
    # Tablets, millilitres and grams come to something else than the amount beside.
    ("15-20 mg/kg/day", ("1", "1.5", "2"), None),
    ("15-20 mg/kg/day", ("5", "7.5", "12.5"), None),
    ("15-20 mg/kg/day", ("0.1", "0.15", "0.25"), None),
    # One number that does not fit leaves the whole row without a unit.
    ("15-20 mg/kg/day", ("100", "150", "25"), None),
    # An amount that is not per kg says nothing of the numbers.
    ("15-20 mg/day", ("100", "150", "250"), None),
    ("", ("100", "150", "250"), None),
]


@pytest.mark.parametrize(("beside", "numbers", "stated"), BARE_BANDS)
def test_bare_numbers_under_weights_are_what_the_amount_per_kg_comes_to(beside, numbers, stated):
    """The unit of bare numbers is worked out from the amount per kg beside them, never assumed."""
    bands = dict(zip(WEIGHTS, numbers, strict=True))
    cells = {"Drug": "Mercaptopurine", "Average dose": beside, **bands}

    found = [each for each in _extract(cells, "Dosing chart", EN) if "kg" not in each.unit]

    banded = [each for each in found if each.population and each.population.weight_kg_min]
    assert len(banded) == (3 if stated else 0)
    if stated:
        first = banded[0]
        assert (first.value, first.unit, first.per) == stated
        assert first.population.weight_kg_min == 5
        assert not set(numbers) & set(first.population.text.split("; "))


@pytest.mark.parametrize(
    ("language", "dose"),
    [
        (EN, "20 mg daily po x 2 weeks then 20 mg 12hrly po"),
        (ES, "20 mg al día por 2 semanas, luego 20 mg cada 12 horas"),
        (PT, "20 mg por dia por 2 semanas, depois 20 mg de 12/12 h"),
    ],
)
def test_each_dose_of_a_cell_has_the_frequency_behind_it(language, dose):
    """A first dose once a day is not given twice because a later one is."""
    first, later = _extract({"Drug": "Prednisone", "Dose": dose}, "Table 1", language)

    assert (first.per, first.times_per_day) == ("day", None)
    assert (later.per, later.times_per_day) == ("dose", 2)


GLUED = [
    # What a cell prints, the value, per and times a day.
    ("25mgbd", 25, "dose", 2),
    ("50 mgbd", 50, "dose", 2),
    ("10mgtds", 10, "dose", 3),
    ("250mgqid", 250, "dose", 4),
    ("500mcgqds", 500, "dose", 4),
    ("1gbid", 1, "dose", 2),
    ("5mgod", 5, "day", None),
    ("5mgdaily", 5, "day", None),
    ("5mg/kgbd", 5, "dose", 2),
]


@pytest.mark.parametrize(("printed", "value", "per", "times"), GLUED, ids=[g[0] for g in GLUED])
def test_a_frequency_glued_to_the_unit_is_read(printed, value, per, times):
    """`25mgbd` is 25 mg twice daily, in a dose column, under a weight and in a sentence."""
    column = _extract({"Drug": "Prednisone", "Dose": printed}, "Table 1", EN)
    banded = _extract({"Drug": "Prednisone", "16-23.9 kg": printed}, "Table 1", EN)
    sentence = extract_references(make_document(), (make_passage(f"Prednisone {printed}."),))

    for (found,) in (column, banded, sentence):
        assert (found.value, found.per, found.times_per_day) == (value, per, times)


MERGED = [
    # The header of the cell, the header beside it, and the weights the cell is for.
    ("Weight / 5-9.9 kg / Weight / 10-15.9 kg", "Weight / 16-23.9 kg", (5, Decimal("15.9"))),
    ("5-6.9 kg / 7-9.9 kg / 10-15.9 kg", "16-23.9 kg", (5, Decimal("15.9"))),
    ("Weight / 16-23.9 / Weight / 24-30 kg", "Weight / >30 kg", (16, 30)),
    ("Weight / 24-30 kg / Weight / >30 kg", "Weight / 16-23.9 kg", (24, None)),
    ("<5 kg / 5-9.9 kg", "10-15.9 kg", (None, Decimal("9.9"))),
    ("5-10 kg / 10-20 kg", "20-30 kg", (5, 20)),
    ("Peso (kg) / 5-6,9 / Peso (kg) / 7-9,9", "Peso (kg) / 10-15,9", (5, Decimal("9.9"))),
    # A band within a band is no neighbour, and bands apart are not joined over the gap.
    ("Children 5-30 kg / 5-9.9 kg", "10-15.9 kg", (5, Decimal("9.9"))),
    ("5-6.9 kg / 16-23.9 kg", "10-15.9 kg", (16, Decimal("23.9"))),
    ("Arm 1 / 5-9.9 kg", "10-15.9 kg", (5, Decimal("9.9"))),
]


@pytest.mark.parametrize(("header", "beside", "weights"), MERGED, ids=[m[0] for m in MERGED])
def test_a_cell_over_several_bands_is_for_all_of_them(header, beside, weights):
    """A dose printed once across neighbouring columns is for the patients of each of them."""
    language = ES if "Peso" in header else EN
    cells = {"Drug": "Prednisone", header: "20 mg", beside: "40 mg"}

    merged, _ = _extract(cells, "Table 1", language)

    assert merged.value == 20
    assert (merged.population.weight_kg_min, merged.population.weight_kg_max) == weights


@pytest.mark.parametrize(
    ("header", "beside", "months"),
    [
        ("1-2 years / 3-5 years", "6-9 years", (12, 72)),
        ("1-3 months / 4-6 months", "7-9 months", (1, 7)),
        ("1-3 months / 7-9 months", "4-6 months", (7, 9)),
    ],
)
def test_merged_ages_reach_to_where_the_next_begins(header, beside, months):
    """Over `1-2 years` and `3-5 years` a dose is for children from one to six years."""
    cells = {"Drug": "Prednisone", header: "20 mg", beside: "40 mg"}

    merged, _ = _extract(cells, "Table 1", EN)

    assert (merged.population.age_months_min, merged.population.age_months_max) == months


def _extract(cells: dict[str, str], caption: str, language: Language) -> tuple[DoseReference, ...]:
    row = make_row(cells, caption=caption)
    return extract_references(make_document(language=language), (row,))
