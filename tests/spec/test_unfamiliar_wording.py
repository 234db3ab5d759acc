"""What protocols state that are worded and laid out unlike the ones in `corpus/`."""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind, Route

EN, ES = Language.ENGLISH, Language.SPANISH

# what it is, cells by header, what the first reference states
ROWS = [
    (
        "the header prints the unit with its period",
        {"Drug": "Prednisolone", "mg/m²/day": "60", "Route": "PO", "Days": "1-3"},
        ("prednisolone", 60, "mg/m2", {"per": "day", "days": (1, 2, 3)}),
    ),
    (
        "the header of the dose says per day",
        {"Agent": "Ifosfamide", "Dose per day": "3 g/m2", "Day(s)": "1 to 3"},
        ("ifosfamide", 3, "g/m2", {"per": "day", "days": (1, 2, 3)}),
    ),
    (
        "dose and route share a column",
        {"Drug": "Cisplatin", "Dose and route": "60 mg/m2 IV", "Days": "1, 2"},
        ("cisplatin", 60, "mg/m2", {"route": Route.IV, "days": (1, 2)}),
    ),
    (
        "the row prints a unit of its own beside the drug",
        {"Drug": "Asparaginase, units/m²", "mg/m²": "5,000", "Days": "12"},
        ("asparaginase", 5000, "[iU]/m2", {}),
    ),
    (
        "days are columns that the row ticks",
        {"Drug": "Vincristine", "Dose": "1.5 mg/m2", "D1": "", "D8": "X", "D15": "X"},
        ("vincristine", Decimal("1.5"), "mg/m2", {"days": (8, 15)}),
    ),
    (
        "weeks are columns that the row ticks",
        {"Drug": "Vinblastine", "Dose": "6 mg/m2", "Week / 1": "✓", "Week / 2": "✓"},
        ("vinblastine", 6, "mg/m2", {"days": (1, 8)}),
    ),
    (
        "a raised footnote digit is glued to the drug",
        {"Drug": "Vincristine¹", "Dose": "1.5 mg/m2", "Days": "1"},
        ("vincristine", Decimal("1.5"), "mg/m2", {"days": (1,)}),
    ),
]


@pytest.mark.parametrize(("cells", "expected"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_row(cells, expected):
    """A row states what its cells and headers say together."""
    first, *_ = _references(make_row(cells), EN)
    _assert_states(first, expected)


# language, sentence, each dose it states
SENTENCES = [
    (
        EN,
        "Vinblastine 6 mg/m2 IV on day 1, capped at 10 mg \nDacarbazine 375 mg/m2 IV on day 1",
        [
            ("vinblastine", 6, "mg/m2", {"cap": (10, "mg")}),
            ("dacarbazine", 375, "mg/m2", {"cap": None}),
        ],
    ),
    (
        EN,
        "Etoposide 150 mg/m² (5 mg/kg if ≤ 36 months) IV over 1 hour, days 1 and 2",
        [
            ("etoposide", 150, "mg/m2", {"ages": None, "days": (1, 2), "infusion_h": 1}),
            ("etoposide", 5, "mg/kg", {"ages": (None, 36), "days": (1, 2), "route": Route.IV}),
        ],
    ),
    (
        EN,
        "Vincristine 1.5 mg/m² (0.05 mg/kg if under 12 months) IV, day 1, max 2 mg",
        [
            ("vincristine", Decimal("1.5"), "mg/m2", {"cap": (2, "mg"), "ages": None}),
            ("vincristine", Decimal("0.05"), "mg/kg", {"cap": (2, "mg"), "ages": (None, 12)}),
        ],
    ),
    (
        EN,
        "Vincristine 1.5 mg/m2 IV on days 1, 8 and dactinomycin 45 ug/kg IV on day 1. "
        "Infants receive vincristine 0.05 mg/kg and dactinomycin 30 ug/kg on the same days.",
        [
            ("vincristine", Decimal("1.5"), "mg/m2", {"ages": None}),
            ("dactinomycin", 45, "ug/kg", {"ages": None}),
            ("vincristine", Decimal("0.05"), "mg/kg", {"ages": (None, 12), "days": (1, 8)}),
            ("dactinomycin", 30, "ug/kg", {"ages": (None, 12), "days": (1,)}),
        ],
    ),
    (
        EN,
        "Irinotecan 350 mg/m2 IV over 1 h \nAge >70 years, dose reduces to 250 mg/m2",
        [("irinotecan", 350, "mg/m2", {"ages": None})],
    ),
    (
        EN,
        "Diazepam < 1 year: 0.2 mg/kg 4 hourly 1-5 years: 0.5 mg/kg 4 hourly "
        "6-12 years: 0.7 mg/kg 4 hourly",
        [
            (None, Decimal("0.2"), "mg/kg", {"ages": (None, 12)}),
            (None, Decimal("0.5"), "mg/kg", {"ages": (12, 60)}),
            (None, Decimal("0.7"), "mg/kg", {"ages": (72, 144)}),
        ],
    ),
    (
        ES,
        "Citarabina intratecal el día 1: < 1 año 20 mg; 1-2 años 30 mg; ≥ 3 años 70 mg.",
        [
            ("cytarabine", 20, "mg", {"ages": (None, 12), "route": Route.IT, "days": (1,)}),
            ("cytarabine", 30, "mg", {"route": Route.IT, "days": (1,)}),
            ("cytarabine", 70, "mg", {"ages": (36, None), "route": Route.IT, "days": (1,)}),
        ],
    ),
    (
        ES,
        "Vincristina (a) 1,5 mg/m² IV D1 \nEtopósido 150 mg/m²/día IV D1-D3 \n(a) Máximo 2 mg.",
        [
            ("vincristine", Decimal("1.5"), "mg/m2", {"cap": (2, "mg")}),
            ("etoposide", 150, "mg/m2", {"cap": None, "days": (1, 2, 3)}),
        ],
    ),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), SENTENCES, ids=[row[1][:40] for row in SENTENCES]
)
def test_sentence(language, sentence, expected):
    """Each dose has the drug, the patients, the days and the cap that its words give it."""
    found = _references(make_passage(sentence), language)
    doses = [each for each in found if each.kind is ReferenceKind.DOSE]

    assert len(doses) == len(expected)
    for dose, stated in zip(doses, expected, strict=True):
        _assert_states(dose, stated)


def test_a_bound_before_a_reduced_dose_is_that_of_the_reduced_dose():
    """Where the line goes on to another drug, both are for the patients it began with."""
    sentence = (
        "Age >75 years: reduced starting dose; oxaliplatin 100 mg/m2 and capecitabine 1300 mg/m2"
    )

    found = _references(make_passage(f"Oxaliplatin 130 mg/m2 IV\n{sentence}"), EN)

    assert [(each.value, _stated(each, "ages")) for each in found] == [
        (130, None),
        (100, (900, None)),
        (1300, (900, None)),
    ]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The cumulative dose of doxorubicin must not exceed 300 mg/m2.", EN),
        ("La dosis acumulada de doxorrubicina no debe superar 300 mg/m².", ES),
    ],
)
def test_a_cumulative_dose_that_is_not_to_be_exceeded_is_no_cap_of_a_dose(sentence, language):
    """What may be given in a lifetime limits no single dose."""
    (limit,) = _references(make_passage(sentence), language)

    assert (limit.drug, limit.kind, limit.value) == ("doxorubicin", ReferenceKind.CUMULATIVE, 300)


@pytest.mark.parametrize(
    ("note", "cap"),
    [
        ("* Máximo 2 mg por dosis", (2, "mg")),
        ("* Single dose never above 2 mg.", (2, "mg")),
        ("Vincristine: maximum 2 mg", (2, "mg")),
        ("Cisplatin: maximum 200 mg", None),
        ("Maximum 2 mg", None),
    ],
)
def test_a_footnote_caps_the_row_it_speaks_of(note, cap):
    """It speaks of the row that carries its mark, or of the drug that it names."""
    row = make_row({"Drug": "Vincristine*", "Dose": "1.5 mg/m2", "Days": "1"}, footnotes=(note,))

    first, *_ = _references(row, EN)

    assert _stated(first, "cap") == cap


def test_a_label_gives_the_unit_of_its_bands():
    """`Dose (mg)` at the head of a row of ages is the unit of its numbers."""
    row = make_row(
        {"Age": "Dose (mg)", "< 1 y": "6", "1 - < 2 y": "8", "≥ 2 y": "12"},
        caption="Table 2. Intrathecal methotrexate by age",
    )

    found = _references(row, EN)

    assert [(each.value, each.unit, _stated(each, "ages")) for each in found] == [
        (6, "mg", (None, 12)),
        (8, "mg", (12, 24)),
        (12, "mg", (24, None)),
    ]


def _references(passage, language):
    return extract_references(make_document(language=language), (passage,))


def _assert_states(reference: DoseReference, expected: tuple[object, ...]) -> None:
    *amount, stated = expected
    assert [reference.drug, reference.value, reference.unit] == amount
    assert isinstance(stated, dict)
    assert {name: _stated(reference, name) for name in stated} == stated


def _stated(reference: DoseReference, name: str) -> object:
    if name == "cap":
        return (reference.cap.value, reference.cap.unit) if reference.cap else None
    if name == "ages":
        who = reference.population
        return (who.age_months_min, who.age_months_max) if who else None
    return getattr(reference, name)
