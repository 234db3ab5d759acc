"""Body size over time: measurements with growth, and the one that a dose on a day rests on.

A child keeps its place on the growth chart; treatment takes some weight off for a while.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.calculation import Body
from fuente.generation.case import age_months
from fuente.generation.leaf import Leaf, derived, sampled
from fuente.patients.sampling import Draws
from fuente.quantities.body_size import body_surface_area
from fuente.quantities.growth import Sex, height_cm, weight_kg

# A new measurement is taken for a dose when the last is older than this. Invariant ANT-04 allows
# 120 days, and 60 under two years of age. Confidence: high (chosen well inside the rule).
_FRESH_DAYS: Final = 28
# Normal glomerular filtration from two years of age, in mL/min per 1.73 m2 of body surface.
# Source: general paediatric reference range; younger children have less. Confidence: medium.
_NORMAL_GFR: Final = (90, 130)
_STANDARD_SURFACE: Final = Decimal("1.73")
# Correlation of height and weight z-scores. Source: assumption stated in the project's domain
# facts, section 5 of the growth notes. Confidence: medium.
_CORRELATION: Final = Decimal("0.65")
_REST: Final = Decimal("0.76")  # sqrt(1 - 0.65^2)
# Weight lost under intensive treatment, reached over the first months. Confidence: medium.
_LOSS_RAMP_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement: the date and three sizes as leaves of the record."""

    measured_on: Leaf
    height: Leaf
    weight: Leaf
    surface: Leaf
    renal: Leaf | None = None

    @property
    def as_body(self) -> Body:
        """What of the measurement enters a dose."""
        return Body(
            weight_kg=self.weight.value,
            bsa_m2=self.surface.value,
            gfr_ml_min=None if self.renal is None else Decimal(self.renal.value),
        )

    @property
    def tree(self) -> dict[str, Any]:
        """The row of the anthropometry block."""
        return {
            "measured_on": self.measured_on,
            "height_cm": self.height,
            "weight_kg": self.weight,
            "bsa_m2": self.surface,
            **({} if self.renal is None else {"gfr_ml_min": self.renal}),
        }


@dataclass(slots=True)
class BodyTimeline:
    """All measurements of one patient, taken as the doses need them."""

    draws: Draws
    sex: Sex
    birth: date
    treatment_start: date | None = None
    measurements: list[Measurement] = field(default_factory=list)

    def on(self, day: Leaf) -> Measurement:
        """The measurement a dose on this day rests on, taken that day if none is recent."""
        recent = self._latest(day.value)
        if recent is not None and (day.value - recent.measured_on.value).days <= _FRESH_DAYS:
            return recent
        taken = self._measure(day)
        self.measurements.append(taken)
        self.measurements.sort(key=lambda one: one.measured_on.value)
        return taken

    def renal_on(self, day: Leaf) -> Measurement:
        """The measurement for this day with the kidneys' function, for a dose by exposure."""
        taken = self.on(day)
        if taken.renal is not None:
            return taken
        normal = self.draws.uniform("gfr", *_NORMAL_GFR)
        per_size = (normal * taken.surface.value / _STANDARD_SURFACE).quantize(Decimal(1))
        leaf = sampled(
            int(per_size),
            "uniform {} to {} mL/min per 1.73 m2, for the body surface".format(*_NORMAL_GFR),
            taken.surface,
        )
        measured = replace(taken, renal=leaf)
        self.measurements[self.measurements.index(taken)] = measured
        return measured

    def months(self, day: date) -> Decimal:
        """Age in months on a day."""
        return age_months(self.birth, day)

    def _latest(self, day: date) -> Measurement | None:
        earlier = [one for one in self.measurements if one.measured_on.value <= day]
        return earlier[-1] if earlier else None

    def _measure(self, day: Leaf) -> Measurement:
        months = self.months(day.value)
        z_height = self.draws.normal("z_height", 0, 1, Decimal("-2.5"), Decimal("2.5"))
        own = self.draws.normal("z_weight_own", 0, Decimal("0.9"), Decimal("-2.5"), Decimal("2.5"))
        mixed = _CORRELATION * z_height + _REST * own
        z_weight = max(Decimal("-2.5"), min(Decimal("2.5"), mixed)) - self._loss(day.value)
        measured_on = derived(day.value, "day of the dose or visit", day)
        height = sampled(
            height_cm(self.sex, months, z_height),
            "CDC 2000 height at the patient's z-score, z ~ N(0, 1) within 2.5",
        )
        weight = sampled(
            weight_kg(self.sex, months, z_weight),
            "CDC 2000 weight at the patient's z-score, correlated 0.65 with height",
        )
        surface = derived(
            body_surface_area(height.value, weight.value),
            "Mosteller: sqrt(height_cm * weight_kg / 3600), 2 decimals",
            height,
            weight,
        )
        return Measurement(measured_on, height, weight, surface)

    def _loss(self, day: date) -> Decimal:
        if self.treatment_start is None or day <= self.treatment_start:
            return Decimal(0)
        full = self.draws.uniform("z_weight_loss", Decimal("0.1"), Decimal("0.5"))
        days = min((day - self.treatment_start).days, _LOSS_RAMP_DAYS)
        return full * days / _LOSS_RAMP_DAYS
