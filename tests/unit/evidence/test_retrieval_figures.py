"""What counts as a right answer, and the shares with their intervals."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories_store import make_passage, make_reference

from fuente.evidence.retrieval_figures import Expected, Outcome, percentile, shares, states


def expected(low, unit, high=None):
    """An expected amount as a question file states it."""
    return Expected(Decimal(low), Decimal(high or low), unit)


@pytest.mark.parametrize(
    ("value", "unit", "per", "wanted", "amount", "period"),
    [
        ("1.5", "mg/m2", None, expected("1.5", "mg/m2"), True, True),
        ("1.5", "mg/m2", "week", expected("1.5", "mg/m2"), True, False),
        ("40", "mg", "day", expected("40", "mg/day"), True, True),
        ("1.5", "mg/m2", None, expected("1.5", "mg/kg"), False, False),
        ("400", "ug", None, expected("400", "mcg"), True, True),
        ("1000", "mg", None, expected("1", "g"), True, True),
        ("23.4", "Gy", None, expected("2340", "cGy"), True, True),
        ("6000000", "[iU]/m2", None, expected("6", "MUI/m2"), True, True),
        ("0.1", "ug/kg/min", None, expected("0.1", "mcg/kg/min"), True, True),
        ("0.1", "ug/kg/min", None, expected("0.1", "mcg/kg"), False, False),
        ("1.6", "mg/m2", None, expected("1.5", "mg/m2"), False, False),
        ("10", "mg/kg", None, expected("10", "mg/kg", "15"), False, False),
    ],
)
def test_a_right_amount(value, unit, per, wanted, amount, period):
    """The number, the unit and the body size must agree; the period is counted apart."""
    reference = make_reference(make_passage("x"), value=value, unit=unit, per=per)
    assert states(reference, wanted) == (amount, period)


def test_either_of_two_equivalent_amounts_is_right():
    """A document may print an amount in one of two units."""
    wanted = Expected(Decimal(250), Decimal(250), "mg/m2", expected("8.3", "mg/kg"))
    reference = make_reference(make_passage("x"), value="8.3", unit="mg/kg")
    assert states(reference, wanted) == (True, True)


def test_shares_are_taken_over_the_questions_they_are_about():
    """A refusal is wrong where the documents answer, and right where they do not."""
    outcomes = [
        Outcome(True, rank=1, value_right=True, period_right=True),
        Outcome(True, rank=4, value_right=True),
        Outcome(True, rank=0, refused=True),
        Outcome(True, rank=11),
        Outcome(False, refused=True),
        Outcome(False, rank=1),
    ]
    found = {name: (share.count, share.of) for name, share in shares(outcomes).items()}
    assert found == {
        "hit@1": (1, 4),
        "hit@5": (2, 4),
        "hit@10": (2, 4),
        "value right": (2, 4),
        "value and period right": (1, 4),
        "wrongly refused": (1, 4),
        "rightly refused": (1, 2),
    }


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
def test_an_interval_holds_its_share_and_is_the_same_each_time(ranks):
    """Seeded: a figure in a document can be made again."""
    outcomes = [Outcome(True, rank=rank) for rank in ranks]
    share = shares(outcomes)["hit@5"]
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert shares(outcomes)["hit@5"] == share


def test_more_questions_give_a_narrower_interval():
    """Ten times the questions say more."""
    few, many = ([Outcome(True, rank=one % 2) for one in range(size)] for size in (20, 200))
    widths = [shares(rows)["hit@1"].high - shares(rows)["hit@1"].low for rows in (few, many)]
    assert widths[1] < widths[0] / 2


def test_no_question_gives_no_share():
    """Nothing is not zero."""
    assert math.isnan(shares([])["hit@1"].value)


@pytest.mark.parametrize(("part", "value"), [(0.5, 2), (0.95, 4), (0.0, 1), (1.0, 4)])
def test_percentiles(part, value):
    """The smallest value that so many do not exceed."""
    assert percentile([4, 1, 3, 2], part) == value
    assert percentile([], part) == 0
