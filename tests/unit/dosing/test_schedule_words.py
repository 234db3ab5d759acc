"""Days and weeks of a cycle as protocols print them."""

import pytest

from fuente.dosing.schedule_words import parse_days, parse_weeks


def through(first: int, last: int) -> tuple[int, ...]:
    """Give the days from the first to the last."""
    return tuple(range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("d 1, 8, 15", (1, 8, 15)),
        ("d1,8,15", (1, 8, 15)),
        ("days 1-5", through(1, 5)),
        ("1 to 28", through(1, 28)),
        ("días 1 al 28", through(1, 28)),
        ("dias 1 a 5", through(1, 5)),
        ("dias 1, 8 e 15", (1, 8, 15)),
        ("D1", (1,)),
        ("D+1", (1,)),
        ("day 0", (0,)),
        ("-6 to -3", through(-6, -3)),
        ("-5 a -2", through(-5, -2)),
        ("d-6-3", through(-6, -3)),
        ("D-6 a D-3", through(-6, -3)),
        ("día -3 a día -1", through(-3, -1)),
        ("días -2 y 0", (-2, 0)),
        ("days −6 to −3", through(-6, -3)),
        ("days 1, 8 and 15", (1, 8, 15)),
        ("days 1, 8, and 15", (1, 8, 15)),
        ("days 1 and 8 x 6", (1, 8)),
        ("Days 1/8/15", (1, 8, 15)),
        ("day +1, +3, +6 and +11", (1, 3, 6, 11)),
        ("1-5, 8-12", through(1, 5) + through(8, 12)),
        ("días 38-41 y 45-48", through(38, 41) + through(45, 48)),
        ("days 1-5/8-12", through(1, 5) + through(8, 12)),
        ("d 1 to 5; d 8 to 12", through(1, 5) + through(8, 12)),
        ("d1–d5", through(1, 5)),
        ("D1, D8, D15", (1, 8, 15)),
        ("days 1 through 5", through(1, 5)),
        ("del día 1 al día 5", through(1, 5)),
        ("del 1 al 5", through(1, 5)),
        ("1 8 15 22", (1, 8, 15, 22)),
        ("1st, 8th", (1, 8)),
        ("36, 64", (36, 64)),
        ("day 1 of each 21-day cycle", (1,)),
        ("day 1 24 h infusion", (1,)),
        ("days 1, 8, 15 (3 doses)", (1, 8, 15)),
        ("every other day, days 1-13", (1, 3, 5, 7, 9, 11, 13)),
        ("cada 3 días, días 12 a 33", (12, 15, 18, 21, 24, 27, 30, 33)),
        ("weekly, days 8-29", (8, 15, 22, 29)),
    ],
)
def test_days(text, days):
    """Lists, ranges and steps in three languages, with a day word or as a bare cell."""
    assert parse_days(text) == days


@pytest.mark.parametrize(
    "text",
    ["", "weekly", "every 21 days", "x 5 days", "5 days", "4 days/week", "w1, w3", "q3w", "1-9999"],
)
def test_no_days(text):
    """Counts, intervals, weeks and impossible ranges list no days."""
    assert parse_days(text) == ()


def test_a_date_is_no_day_list():
    """A calendar date after the day does not add days."""
    assert parse_days("Day 1 (12/03/2025)") == (1,)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("w1, w3", (1, 3)),
        ("weeks 1-8", through(1, 8)),
        ("semanas 1, 4 y 7", (1, 4, 7)),
        ("weeks 4, 5, 9 and 10", (4, 5, 9, 10)),
        ("for 6 weeks", ()),
        ("days 1-5", ()),
    ],
)
def test_weeks(text, weeks):
    """Weeks of treatment are told from days and from counts of weeks."""
    assert parse_weeks(text) == weeks
