"""Which sizes of one patient a question names."""

from decimal import Decimal

import pytest

from fuente.evidence.body_asked import body_asked, size_places


@pytest.mark.parametrize(
    ("question", "weight", "surface", "age"),
    [
        ("Vincristine for a child of 20 kg and 115 cm", "20", "0.80", None),
        ("vincristina para un niño de 20 kg y 1,15 m", "20", "0.80", None),
        ("Doxorubicin, body surface 0.8 m2", None, "0.8", None),
        ("cisplatino, superficie corporal de 0,8 m²", None, "0.8", None),
        ("Busulfan for a 4-year-old weighing 16.5 kg", "16.5", None, "48"),
        ("Busulfan in children under 10 kg", None, None, None),
        ("Bedaquiline for 16-30 kg", None, None, None),
        ("Vincristine 1.5 mg/m2 or 0.05 mg/kg?", None, None, None),
        ("one of 20 kg and one of 30 kg", None, None, None),
    ],
)
def test_sizes(question, weight, surface, age):
    """Exact sizes are read, bounds and doses are not; a surface follows from height and weight."""
    body = body_asked(question).body
    expected = tuple(one and Decimal(one) for one in (weight, surface, age))
    assert (body.weight_kg, body.bsa_m2, body.age_months) == expected


def test_the_computed_surface_says_how():
    """The formula is named, since there are several."""
    (step,) = body_asked("20 kg, 115 cm").steps
    assert step == "surface from 115 cm and 20 kg (Mosteller): 0.80 m2"


def test_sizes_are_no_words_a_page_must_print():
    """The words that lead up to them neither."""
    text = "Vincristine in Wilms, body weight 20 kg and a height of 115 cm"
    for start, end in reversed(size_places(text)):
        text = text[:start] + text[end:]
    assert text.strip(" ,") == "Vincristine in Wilms"
