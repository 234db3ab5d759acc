"""One entry of the diagnosis catalogue: what a tumour is, whom it affects, how it is treated.

Values only; they are read from packaged data by `catalogue`. Frequencies are for drawing plausible
test data and are no epidemiology.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from fuente.patients.anatomy import Language, is_paired, site_fits_sex
from fuente.quantities.growth import Sex

Side = Literal["right", "left", "bilateral"]


class Frequency(StrEnum):
    """How often a treatment is part of the course, first line and salvage together."""

    NEVER = "never"
    RARE = "rare"
    SOMETIMES = "sometimes"
    USUAL = "usual"
    ALWAYS = "always"

    def at_least(self, other: "Frequency") -> bool:
        """Whether it is as frequent as the other, or more."""
        order = list(Frequency)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class PrimarySite:
    """A site the tumour arises at, its ICCC-3 group there, and its share of cases."""

    code: str
    iccc3: str
    weight: int


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages at diagnosis in years: the whole range and where most cases lie."""

    minimum: Decimal
    maximum: Decimal
    peak_from: Decimal
    peak_to: Decimal

    def __post_init__(self) -> None:
        if not self.minimum <= self.peak_from <= self.peak_to <= self.maximum:
            raise ValueError("the peak must lie inside the age range")

    def admits(self, completed_years: int) -> bool:
        """Whether a child of this many completed years can be newly diagnosed."""
        return int(self.minimum) <= completed_years <= int(self.maximum)


@dataclass(frozen=True, slots=True)
class Modalities:
    """How often each kind of treatment is given."""

    chemotherapy: Frequency
    radiotherapy: Frequency
    surgery: Frequency
    hsct: Frequency

    def of(self, block: str) -> Frequency | None:
        """The frequency of a treatment block; None for blocks that are no modality."""
        return getattr(self, block) if block in self.__slots__ else None


@dataclass(frozen=True, slots=True)
class Option:
    """A value with its weight; `metastatic` says for which disease it holds, None for both.

    `below_years` is an age limit that belongs to the definition of the value; `when` names facts
    (risk, site, hereditary, operated, irradiated) with the values that go with it.
    """

    value: str
    weight: int
    metastatic: bool | None = None
    below_years: Decimal | None = None
    when: tuple[tuple[str, frozenset[str]], ...] = ()

    def suits(self, facts: Mapping[str, str]) -> bool:
        """Whether the value goes with what is known; an unknown fact excludes nothing."""
        return all(not facts.get(name) or facts[name] in values for name, values in self.when)

    def fits(self, metastatic: bool, age_years: Decimal | int) -> bool:
        """Whether a patient with or without metastases can have the value at this age."""
        young = self.below_years is None or age_years < self.below_years
        return young and self.metastatic in (None, metastatic)


@dataclass(frozen=True, slots=True)
class StageSystem:
    """A staging system used for the tumour, with its values."""

    system: str
    values: tuple[Option, ...]

    def options(self, metastatic: bool, age_years: Decimal | int) -> tuple[Option, ...]:
        """The values that fit, each with its weight."""
        return tuple(v for v in self.values if v.fits(metastatic, age_years))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A tumour of the catalogue."""

    id: str
    name_en: str
    name_es: str
    icdo3_2: str
    icdo3_legacy: tuple[str, ...]
    sites: tuple[PrimarySite, ...]
    age: AgeRange
    percent_male: int
    metastatic_percent: int
    metastasis_topographies: tuple[str, ...]
    modalities: Modalities
    intrathecal_use: Frequency
    corticosteroid_over_4w: Frequency
    genetic_associations: tuple[str, ...]
    genetic_percent: int
    confidence: str
    sex: Sex | None = None
    hsct_type: Literal["autologous", "allogeneic"] | None = None
    immunophenotype: str = ""
    markers: tuple[Option, ...] = ()
    stage_systems: tuple[StageSystem, ...] = ()
    risk_groups: tuple[Option, ...] = ()
    sides: tuple[Option, ...] = ()

    def name(self, language: Language) -> str:
        """The catalogue's name, with its `NOS` or `SAI`."""
        return self.name_en if language == "en" else self.name_es

    @property
    def topographies(self) -> tuple[str, ...]:
        """Codes of the sites it arises at, the commonest first."""
        return tuple(s.code for s in sorted(self.sites, key=lambda s: -s.weight))

    @property
    def morphologies(self) -> tuple[str, ...]:
        """The current code and the older ones it is known under."""
        return tuple(dict.fromkeys((self.icdo3_2, *self.icdo3_legacy)))

    @property
    def is_intracranial(self) -> bool:
        """Whether every usual site lies in the brain (ICCC-3 III, or X(a))."""
        return all(s.iccc3.startswith("III") or s.iccc3 == "X(a)" for s in self.sites)

    @property
    def is_haematological(self) -> bool:
        """Whether it is a leukaemia, lymphoma or histiocytosis (ICCC-3 I or II)."""
        return all(s.iccc3.split("(")[0] in ("I", "II") for s in self.sites)

    def sites_for(self, sex: str) -> tuple[PrimarySite, ...]:
        """The sites a patient of this sex can have."""
        return tuple(s for s in self.sites if site_fits_sex(s.code, sex))

    def metastasis_sites_for(self, sex: str) -> tuple[str, ...]:
        """The usual metastatic sites a patient of this sex can have."""
        return tuple(code for code in self.metastasis_topographies if site_fits_sex(code, sex))

    def iccc3_at(self, topography: str) -> str:
        """The ICCC-3 group at a site; an unusual site has the group of the commonest one."""
        groups = {s.code: s.iccc3 for s in self.sites}
        return groups.get(topography, groups[self.topographies[0]])

    def sides_at(self, topography: str) -> tuple[Option, ...]:
        """The sides to choose from with their weights; empty where no side is stated."""
        return self.sides if is_paired(topography) else ()

    def risk_options(self, metastatic: bool, age_years: Decimal | int) -> tuple[Option, ...]:
        """The risk groups that fit, each with its weight."""
        return tuple(r for r in self.risk_groups if r.fits(metastatic, age_years))
