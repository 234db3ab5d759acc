"""What the steps of one tumour's treatment share: the tumour, the patient, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fuente.dosing.regimen import Regimen
from fuente.generation.body import BodyTimeline
from fuente.generation.case import Case, plus
from fuente.generation.chemotherapy import Administration, Dispenser
from fuente.generation.disease import Disease
from fuente.generation.front_line import FrontLine
from fuente.generation.leaf import Leaf, derived
from fuente.generation.profile import Profile
from fuente.generation.schedule import Cycle


@dataclass(frozen=True, slots=True)
class TumourCase:
    """One tumour of one patient: what it is, what is planned, and the patient's size over time."""

    case: Case
    disease: Disease
    blocks: frozenset[str]
    front: FrontLine
    body: BodyTimeline
    profile: Profile
    scope: str

    @property
    def asked(self) -> tuple[str, ...]:
        """The blocks the request asks for on this tumour."""
        request = self.case.request
        if self.disease.number.value == 1:
            return request.blocks.required
        return request.second_tumour.blocks if request.second_tumour else ()

    def after(self, start: Leaf, what: str, low: int, high: int) -> Leaf:
        """A sampled number of days later; it may lie after the reference date."""
        days = self.case.draw_days(f"{self.scope}/{what}", low, high)
        return derived(plus(start.value, days.value), "start + days", start, days)

    def is_future(self, day: Leaf) -> bool:
        """Whether the day lies after the reference date."""
        return bool(day.value > self.case.as_of)


@dataclass(slots=True)
class Treatment:
    """What one tumour's treatment adds to the record, in the order it was laid out.

    `counts` numbers the rows of each block over all tumours; `finished` turns False when something
    planned lies after the reference date.
    """

    counts: dict[str, int]
    surgery: list[dict[str, Any]] = field(default_factory=list)
    radiotherapy: list[dict[str, Any]] = field(default_factory=list)
    hsct: list[dict[str, Any]] = field(default_factory=list)
    administrations: list[Administration] = field(default_factory=list)
    procedure: str | None = None
    operated: Leaf | None = None
    margins: Leaf | None = None
    intensive_end: Leaf | None = None
    start: Leaf | None = None
    end: Leaf | None = None
    finished: bool = True

    def next_number(self, block: str) -> int:
        """The number of the next row of a block."""
        self.counts[block] = self.counts.get(block, 0) + 1
        return self.counts[block]

    def spans(self, first: Leaf, last: Leaf) -> None:
        """Remember that treatment happened from one day to another."""
        if self.start is None or first.value < self.start.value:
            self.start = first
        if self.end is None or last.value > self.end.value:
            self.end = last

    def dispense(
        self, tumour: TumourCase, regimen: Regimen, cycles: Sequence[Cycle]
    ) -> tuple[Administration, ...]:
        """Give the cycles of a regimen, as far as the reference date allows."""
        given = Dispenser(tumour.case, regimen, tumour.body, tumour.profile).give(cycles)
        self.administrations.extend(given)
        self.finished &= all(cycle.end <= tumour.case.as_of for cycle in cycles)
        for one in given:
            self.spans(one.day, one.day)
        return given
