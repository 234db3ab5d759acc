"""When cycles begin: from the words of a schedule to dates, counted by hand."""

from datetime import date, timedelta

import pytest
from tests.factories_regimens import START, lay_out, make_dose, make_phase

from fuente.generation.leaf import OriginKind
from fuente.generation.schedule import Cycle, end_of


def day(number):
    """The date of a day of treatment; the first day is 1."""
    return START + timedelta(days=number - 1)


def starts(cycles):
    """Phase, number and day of treatment of each cycle."""
    return [(one.phase.name, one.number, (one.start.value - START).days + 1) for one in cycles]


def test_cycles_follow_one_another():
    """Three cycles of 21 days begin on days 1, 22 and 43."""
    cycles = lay_out(make_phase("A", cycles=3, cycle_days=21))

    assert starts(cycles) == [("A", 1, 1), ("A", 2, 22), ("A", 3, 43)]
    assert [one.end for one in cycles] == [day(22), day(43), day(64)]


def test_phases_follow_as_printed():
    """Two cycles of 28 days, then four of 28: day 57 begins the second phase."""
    oepa = make_phase("OEPA", order=1, cycles=2, cycle_days=28)
    copdac = make_phase("COPDAC", order=2, cycles=4, cycle_days=28)

    assert starts(lay_out(oepa, copdac)) == [
        ("OEPA", 1, 1), ("OEPA", 2, 29),
        ("COPDAC", 1, 57), ("COPDAC", 2, 85), ("COPDAC", 3, 113), ("COPDAC", 4, 141),
    ]  # fmt: skip


def test_a_phase_without_words_is_one_cycle():
    """One cycle of whole weeks around its last day with a dose."""
    last_on_36 = make_dose(days=(1, 8, 36))
    first = make_phase("A", order=1, references=(last_on_36,))
    second = make_phase("B", order=2, cycle_days=14)

    # 36 days are five weeks and a day: six weeks, so that the next begins on day 43.
    assert starts(lay_out(first, second, references=(last_on_36,))) == [("A", 1, 1), ("B", 1, 43)]


def test_numbered_cycles_share_one_sequence():
    """Cycles 1, 3, 5 of one table and 2, 4 of another alternate under their printed numbers."""
    vdc = make_phase("VDC", order=1, cycle_numbers=(1, 3, 5), cycle_days=21)
    ie = make_phase("IE", order=2, cycle_numbers=(2, 4), cycle_days=14)

    assert starts(lay_out(vdc, ie)) == [
        ("VDC", 1, 1), ("IE", 2, 22), ("VDC", 3, 36), ("IE", 4, 57), ("VDC", 5, 71),
    ]  # fmt: skip


def test_numbered_cycles_come_after_what_is_printed_before_them():
    """A pre-phase of five days pushes the numbered sequence to day 6."""
    before = make_phase("P", order=1, cycle_days=5)
    one = make_phase("A", order=2, cycle_numbers=(1,), cycle_days=21)
    two = make_phase("B", order=3, cycle_numbers=(2,), cycle_days=21)
    after = make_phase("C", order=4, cycle_days=28)

    cycles = lay_out(before, one, two, after)

    assert starts(cycles) == [("P", 1, 1), ("A", 1, 6), ("B", 2, 27), ("C", 1, 48)]


def test_weeks_count_from_the_first_day_of_treatment():
    """Weeks 1, 6 and 11 begin on days 1, 36 and 71, whatever stands before them."""
    before = make_phase("P", order=1, cycle_days=100)
    weekly = make_phase("W", order=2, start_weeks=(1, 6, 11), cycle_days=7)

    found = starts(lay_out(before, weekly))

    assert found == [("P", 1, 1), ("W", 1, 1), ("W", 2, 36), ("W", 3, 71)]


def test_start_days_count_from_the_block():
    """Courses on days 0 and 40 of a block that follows 30 days begin on days 31 and 71."""
    before = make_phase("P", order=1, cycle_days=30)
    courses = make_phase("C", order=2, start_days=(0, 40), cycle_days=21)
    after = make_phase("Z", order=3, cycle_days=7)

    found = starts(lay_out(before, courses, after))

    assert found == [("P", 1, 1), ("C", 1, 31), ("C", 2, 71), ("Z", 1, 92)]


def test_parallel_tables_of_weeks_end_with_the_longest():
    """What follows waits for the last cycle of all of them."""
    short = make_phase("S", order=1, start_weeks=(1,), cycle_days=7)
    long = make_phase("L", order=2, start_weeks=(1, 4), cycle_days=21)
    after = make_phase("Z", order=3, cycle_days=7)

    assert starts(lay_out(short, long, after))[-1] == ("Z", 1, 43)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2024, 2, 15), date(2024, 3, 7)),  # over 29 February
        (date(2023, 2, 15), date(2023, 3, 8)),
        (date(2024, 12, 20), date(2025, 1, 10)),
    ],
)
def test_dates_follow_the_calendar(start, expected):
    """21 days later, over leap days and the turn of the year."""
    cycles = lay_out(make_phase(cycles=2, cycle_days=21), start=start)

    assert cycles[1].start.value == expected


DAYS = [
    # Day 1 is the first day of a cycle, day 0 the day before.
    (False, 1, 0), (False, 0, -1), (False, 8, 7), (False, -1, -2),
    # Around a transplant day 0 is the infusion.
    (True, 0, 0), (True, -7, -7), (True, 1, 1), (True, 6, 6),
]  # fmt: skip


@pytest.mark.parametrize(("from_zero", "number", "later"), DAYS)
def test_a_day_of_a_cycle_is_a_date(from_zero, number, later):
    """Cycles count from 1, transplants from 0."""
    start = lay_out(make_phase(cycle_days=21))[0].start
    cycle = Cycle(make_phase(), 1, start, 21, from_zero=from_zero)

    assert cycle.date_of(number) == START + timedelta(days=later)


def test_each_start_says_what_it_follows_from():
    """The second cycle names the first's start and the cited length; a week names its citation."""
    second = lay_out(make_phase(cycles=2, cycle_days=21))[1].start
    weekly = lay_out(make_phase(start_weeks=(6,), cycle_days=7))[0].start

    assert second.formula == "start of the cycle + its length"
    assert [one.value for one in second.inputs] == [START, 21]
    assert second.inputs[1].kind is OriginKind.CITED
    assert weekly.inputs[1].citation.quote == "p1:0-1"


def test_the_end_of_nothing_is_its_start():
    """Without cycles nothing moves."""
    start = lay_out(make_phase(cycle_days=21))[0].start

    assert end_of((), start) is start
    assert end_of(lay_out(make_phase(cycles=2, cycle_days=21)), start).value == day(43)
