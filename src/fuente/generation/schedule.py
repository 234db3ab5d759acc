"""When the cycles of a regimen begin, from what its document says and nothing else.

Phases follow one another as printed. A phase may instead say its own weeks, its own start days, or
its places in a numbered sequence it shares with its neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from fuente.dosing.regimen import CitedNumber, Phase, Regimen
from fuente.evidence.bundle import Bundle
from fuente.generation.case import plus
from fuente.generation.leaf import Leaf, cited, derived


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle of one phase: its number within the phase, its first day and its length.

    Days count from 1 on the first day, so day 0 is the day before; around a transplant they count
    from 0 on the day of infusion (`from_zero`), which is then `start`.
    """

    phase: Phase
    number: int
    start: Leaf
    length: int
    from_zero: bool = False

    @property
    def end(self) -> date:
        """The day after the last day of the cycle."""
        return plus(self.start.value, self.length)

    def date_of(self, day: int) -> date:
        """The date of a day of the cycle."""
        return plus(self.start.value, day if self.from_zero else day - 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Lays out the cycles of one regimen from the first day of treatment."""

    bundle: Bundle
    regimen: Regimen
    start: Leaf

    def cycles(self, phases: Sequence[Phase]) -> tuple[Cycle, ...]:
        """All cycles of these phases, by date; `phases` are in printed order."""
        cursor = self.start
        laid: list[Cycle] = []
        for kind, run in groupby(phases, key=_schedule_kind):
            new = tuple(self._run(kind, tuple(run), cursor))
            laid.extend(new)
            cursor = max((self._end(cycle) for cycle in new), key=_day_of, default=cursor)
        return tuple(sorted(laid, key=lambda cycle: cycle.start.value))

    def length(self, phase: Phase) -> Leaf:
        """Days from one cycle to the next: as printed, else whole weeks around the last dose."""
        if phase.cycle_days is not None:
            return self._cited(phase.cycle_days)
        last = max((1, *self._days(phase)))
        return derived(-(-last // 7) * 7, "whole weeks up to the last day with a dose")

    def _run(self, kind: str, run: tuple[Phase, ...], cursor: Leaf) -> Iterator[Cycle]:
        if kind == "numbers":
            yield from self._numbered(run, cursor)
        elif kind == "weeks":
            for phase in run:
                yield from self._at_weeks(phase)
        elif kind == "days":
            for phase in run:
                yield from self._at_days(phase, cursor)
        else:
            yield from self._in_sequence(run, cursor)

    def _in_sequence(self, run: tuple[Phase, ...], cursor: Leaf) -> Iterator[Cycle]:
        for phase in run:
            count = int(phase.cycles.value) if phase.cycles is not None else 1
            for number in range(1, count + 1):
                cycle = self._cycle(phase, number, cursor)
                yield cycle
                cursor = self._end(cycle)

    def _numbered(self, run: tuple[Phase, ...], cursor: Leaf) -> Iterator[Cycle]:
        places = sorted(
            ((number.value, phase) for phase in run for number in phase.cycle_numbers),
            key=lambda place: (place[0], place[1].order),
        )
        for value, phase in places:
            cycle = self._cycle(phase, int(value), cursor)
            yield cycle
            cursor = self._end(cycle)

    def _at_weeks(self, phase: Phase) -> Iterator[Cycle]:
        for number, week in enumerate(phase.start_weeks, start=1):
            days = int((week.value - 1) * 7)
            start = derived(
                plus(self.start.value, days),
                "first day of treatment + 7 * (week - 1)",
                self.start,
                self._cited(week),
            )
            yield self._cycle(phase, number, start)

    def _at_days(self, phase: Phase, block: Leaf) -> Iterator[Cycle]:
        for number, day in enumerate(phase.start_days, start=1):
            start = derived(
                plus(block.value, int(day.value)),
                "first day of the block + start day",
                block,
                self._cited(day),
            )
            yield self._cycle(phase, number, start)

    def _cycle(self, phase: Phase, number: int, start: Leaf) -> Cycle:
        return Cycle(phase, number, start, int(self.length(phase).value))

    def _end(self, cycle: Cycle) -> Leaf:
        length = self.length(cycle.phase)
        return derived(cycle.end, "start of the cycle + its length", cycle.start, length)

    def _days(self, phase: Phase) -> Iterator[int]:
        for reference in self.bundle.doses(phase):
            yield from reference.days
        for row in phase.banded:
            yield from row.days

    def _cited(self, number: CitedNumber) -> Leaf:
        citation = self.bundle.citation_of_number(self.regimen, number)
        return cited(whole(number.value), citation)


def end_of(cycles: Sequence[Cycle], start: Leaf) -> Leaf:
    """The day after the last cycle; `start` when there is none."""
    last = max(cycles, key=lambda one: one.end, default=None)
    if last is None:
        return start
    return derived(last.end, "end of the last cycle", last.start)


def whole(value: Decimal) -> int | Decimal:
    """An integer when the value is one."""
    return int(value) if value == value.to_integral_value() else value


def _schedule_kind(phase: Phase) -> str:
    if phase.cycle_numbers:
        return "numbers"
    if phase.start_weeks:
        return "weeks"
    return "days" if phase.start_days else "sequence"


def _day_of(leaf: Leaf) -> date:
    day: date = leaf.value
    return day
