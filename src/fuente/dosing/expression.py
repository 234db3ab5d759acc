"""A dose expression: everything one printed phrase states about a dose, and nothing it does not.

What is not stated is left out. Does not know where the phrase stands nor how it was read.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from fuente.dosing.numbers import json_number


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount beside the dose itself: a cap, a converted value, an alternative, a total."""

    value: Decimal
    unit: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class InfusionPart:
    """One part of a dose that is given in parts, with the hours it runs."""

    value: Decimal
    infusion_h: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One drug of a combination."""

    drug: str | None
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    per: str | None = None
    n_days: int | None = None
    n_doses: int | None = None
    days: tuple[int, ...] = ()
    route: str | None = None
    cap: StatedAmount | None = None


@dataclass(frozen=True, slots=True)
class DoseExpression:
    """What a phrase states; units are UCUM, hours and days are numbers, lists keep printed order.

    `ambiguous` means that the phrase alone must not be acted on: no drug or dose, a malformed unit,
    an abbreviation with several meanings, a missing route that decides the dose. `drug` is an
    English international name; `drug_unresolved` marks a printed name that could not be settled.
    """

    drug: str | None = None
    drug_unresolved: bool = False
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    times_per_day: int | None = None
    interval_h: Decimal | None = None
    interval_days: int | None = None
    n_days: int | None = None
    n_doses: int | None = None
    n_weeks: int | None = None
    days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    days_per_week: int | None = None
    doses_per_week: int | None = None
    start_day: int | None = None
    start_hour: Decimal | None = None
    route: str | None = None
    infusion_h: Decimal | None = None
    infusion: str | None = None
    parts: tuple[InfusionPart, ...] = ()
    cap: StatedAmount | None = None
    n_cycles: int | None = None
    cycle_length_days: int | None = None
    taper_days: int | None = None
    until: str | None = None
    condition: str | None = None
    age_band: str | None = None
    bands: tuple[tuple[str, Decimal], ...] = ()
    regimen: str | None = None
    components: tuple[Component, ...] = ()
    component_names: tuple[str, ...] = ()
    triple_it: bool = False
    alternative: StatedAmount | None = None
    normalised: StatedAmount | None = None
    total_value: Decimal | None = None
    course_total: StatedAmount | None = None
    kind: str | None = None
    type: str | None = None
    isotope: str | None = None
    reference: str | None = None
    target: str | None = None
    total_gy: Decimal | None = None
    fractions: int | None = None
    dose_per_fraction_gy: Decimal | None = None
    fractions_per_day: int | None = None
    boost_gy: Decimal | None = None
    boost_fractions: int | None = None
    boost_dose_per_fraction_gy: Decimal | None = None
    cumulative_gy: Decimal | None = None
    dose_reduction_percent: Decimal | None = None
    negation: str | None = None
    ambiguous: bool = False
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The stated keys with JSON values; `drug` is null where a printed name stays open."""
        shown: dict[str, object] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value != () and value is not False:
                shown[field.name] = _json(value)
        if shown.pop("drug_unresolved", False):
            shown["drug"] = None
        if names := shown.pop("component_names", None):
            shown["components"] = names
        return shown


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, Component):
        return _component_json(value)
    if isinstance(value, StatedAmount | InfusionPart):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _json(part) for name, part in pairs if part is not None}
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    return value


def _component_json(component: Component) -> dict[str, object]:
    """A component without the period and route, which the whole expression states."""
    shown: dict[str, object] = {"drug": component.drug}
    for field in fields(component):
        value = getattr(component, field.name)
        if field.name not in ("drug", "per", "route") and value is not None and value != ():
            shown[field.name] = _json(value)
    return shown
