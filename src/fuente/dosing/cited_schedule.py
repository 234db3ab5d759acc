"""A phase's schedule with every number cited on the page that prints it.

Decides how words near a table and words further away add up: the nearer word decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fuente.documents.span import Span
from fuente.dosing.phase_heading import HeadingNumber, Schedule, read_schedule
from fuente.dosing.regimen import CitedNumber


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words about a table where they stand on a page; `is_title` tells headings from prose."""

    page: int
    start: int
    text: str
    is_title: bool

    @property
    def span(self) -> Span:
        """The characters of the page they cover."""
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class CitedSchedule:
    """What is stated about time; an empty field is not stated."""

    cycles: CitedNumber | None = None
    cycle_days: CitedNumber | None = None
    cycle_numbers: tuple[CitedNumber, ...] = ()
    start_weeks: tuple[CitedNumber, ...] = ()
    start_days: tuple[CitedNumber, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether anything is stated at all."""
        return self != CitedSchedule()

    def completed(self, other: "CitedSchedule") -> "CitedSchedule":
        """The schedule with the count or the length it lacks taken from words further away."""
        if not self.is_stated:
            return other
        if self.start_weeks or self.start_days:
            return self
        return CitedSchedule(
            cycles=self.cycles or (None if self.cycle_numbers else other.cycles),
            cycle_days=self.cycle_days or other.cycle_days,
            cycle_numbers=self.cycle_numbers,
        )


def cited_schedule(words: Iterable[PlacedWords]) -> CitedSchedule:
    """The schedule that headings and sentences state together, the nearest first.

    A sentence counts only where it states how long a cycle is: a bare count of cycles in running
    words may be about anything.
    """
    schedule = CitedSchedule()
    for each in words:
        stated = read_schedule(each.text, is_heading=each.is_title)
        if each.is_title or stated.cycle_days is not None:
            schedule = schedule.completed(_cited(stated, each))
    return schedule


def _cited(schedule: Schedule, words: PlacedWords) -> CitedSchedule:
    def cite(number: HeadingNumber) -> CitedNumber:
        span = Span(words.start + number.start, words.start + number.end)
        return CitedNumber(number.value, words.page, span)

    return CitedSchedule(
        cycles=cite(schedule.cycles) if schedule.cycles else None,
        cycle_days=cite(schedule.cycle_days) if schedule.cycle_days else None,
        cycle_numbers=tuple(map(cite, schedule.cycle_numbers)),
        start_weeks=tuple(map(cite, schedule.start_weeks)),
        start_days=tuple(map(cite, schedule.start_days)),
    )
