"""One patient being composed: the request, the draws, the evidence and the person so far."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from fuente.dosing.drugs import Vocabulary
from fuente.evidence.bundle import Bundle
from fuente.generation.choices import Chooser
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.patients.catalogue import Catalogue
from fuente.patients.request import Request
from fuente.patients.sampling import Draws

# Mean Gregorian month (365.2425 / 12 days), used for ages in months. Confidence: high.
DAYS_PER_MONTH: Final = Decimal("30.436875")
DAYS_PER_YEAR: Final = Decimal("365.2425")


@dataclass(frozen=True, slots=True)
class Case:
    """What every step of the composition may look at."""

    request: Request
    draws: Draws
    chooser: Chooser
    bundle: Bundle
    catalogue: Catalogue
    vocabulary: Vocabulary
    today: Leaf

    @property
    def as_of(self) -> date:
        """The reference date: nothing in the record lies after it."""
        day: date = self.today.value
        return day

    def draw_days(self, name: str, low: int, high: int) -> Leaf:
        """A sampled number of days, both bounds included."""
        return sampled(self.draws.integer(name, low, high), f"uniform integer {low} to {high} days")

    def later(self, start: Leaf, name: str, low: int, high: int) -> Leaf:
        """A date a sampled number of days after another, never after the reference date."""
        days = self.draw_days(name, low, high)
        return self.on_or_before_today(start, days)

    def on_or_before_today(self, start: Leaf, days: Leaf) -> Leaf:
        """`start + days`, held at the reference date."""
        day = plus(start.value, days.value)
        if day > self.as_of:
            return derived(self.as_of, "start + days, not after the reference date", start, days)
        return derived(day, "start + days", start, days)


def plus(start: date, days: int) -> date:
    """The date so many days later."""
    return start + timedelta(days=days)


def age_months(birth: date, day: date) -> Decimal:
    """Age in months of mean length, exact to the day."""
    return Decimal((day - birth).days) / DAYS_PER_MONTH


def age_years(birth: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def years_before(day: date, years: int) -> date:
    """The same calendar day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
