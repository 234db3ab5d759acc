"""Which of several numbers in one passage a question is about."""

from decimal import Decimal

import pytest

from fuente.evidence.grounding import number_places
from fuente.evidence.proximity import nearness
from fuente.evidence.question import parse_question

ROW = (
    "Vinblastine 6 mg/m2 weekly. With neutrophils 500-750 reduce to 5 mg/m2; "
    "with neutrophils below 500 reduce to 4 mg/m2. Carboplatin 175 mg/m2."
)


def near(question, value):
    """The nearness of the question to a number of the row, all terms weighing the same."""
    terms = parse_question(question).terms
    places = number_places(ROW, Decimal(value))
    return nearness(ROW, places, terms, {term.label: 1.0 for term in terms})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("weekly vinblastine", "6"),
        ("vinblastine reduced with neutrophils 750", "5"),
        ("carboplatin", "175"),
    ],
)
def test_the_number_asked_about_is_the_nearest(question, value):
    """Of all doses in the row the one beside the question's words is nearest."""
    scores = {each: near(question, each) for each in ("6", "5", "4", "175")}
    assert max(scores, key=scores.get) == value


def test_nearness_is_between_nothing_and_all():
    """No word in the quote is 0, all words beside the number are 1."""
    assert near("ependymoma", "6") == 0.0
    assert near("vinblastine", "6") == 1.0
    assert 0.0 < near("carboplatin", "6") < 0.5


def test_a_number_the_quote_does_not_print_has_no_neighbours():
    """Without a place there is no distance."""
    assert near("vinblastine", "99") == 0.0
    assert nearness("", [], (), {}) == 0.0


def test_the_places_of_a_number_are_those_of_its_printed_forms():
    """A decimal comma with a space is one number, and repeated numbers have several places."""
    text = "1, 5 mg and 1.5 mg and 15 mg"
    assert [text[start:end] for start, end in number_places(text, Decimal("1.5"))] == [
        "1, 5",
        "1.5",
    ]
