"""Which phases of which document a patient is treated with, and how long that takes.

The document, its arms and its conditions decide; where the document leaves a choice, the model
picks.
"""

import re
from dataclasses import dataclass
from typing import Final

from fuente.dosing.population import parse_population
from fuente.dosing.regimen import Phase, PhaseRole, Regimen
from fuente.evidence.bundle import phases_with_role
from fuente.generation.case import Case
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.leaf import Leaf
from fuente.generation.profile import Profile
from fuente.generation.schedule import Calendar

_PRE_OPERATIVE: Final = re.compile(r"pre-?\s?-?op|preoperat|neoadj|prequir", re.IGNORECASE)
FIRST_TUMOUR: Final = "tumour/1"
"""The scope of the choices about the first tumour."""
_MAINTENANCE: Final = re.compile(r"mainten|manten|manuten", re.IGNORECASE)
_DURING_RADIATION: Final = re.compile(
    r"(during|with|concomitant|concurrent|durante|con la|concomitante)\b.*(radio|RT\b|irradia)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FrontLine:
    """The regimen of the first line and the phases that apply, in printed order."""

    regimen: Regimen
    phases: tuple[Phase, ...]
    conditioning: tuple[Phase, ...]

    @property
    def before_surgery(self) -> tuple[Phase, ...]:
        """Phases printed as pre-operative."""
        return tuple(one for one in self.phases if _PRE_OPERATIVE.search(one.name))

    @property
    def before_transplant(self) -> tuple[Phase, ...]:
        """Phases printed before the document's own conditioning."""
        first = self._conditioning_order
        return tuple(one for one in self.phases if first is None or one.order < first)

    @property
    def after_transplant(self) -> tuple[Phase, ...]:
        """Phases printed after the document's own conditioning."""
        first = self._conditioning_order
        return tuple(one for one in self.phases if first is not None and one.order > first)

    @property
    def _conditioning_order(self) -> int | None:
        return min((one.order for one in self.conditioning), default=None)


def is_maintenance(phase: Phase) -> bool:
    """Whether the phase is printed as maintenance, given for long after the intensive part."""
    return bool(_MAINTENANCE.search(phase.name))


def is_given_with_radiation(phase: Phase) -> bool:
    """Whether the phase is printed as given during radiotherapy."""
    return bool(_DURING_RADIATION.search(phase.name))


def stated_risks(regimen: Regimen) -> frozenset[str]:
    """The risk groups a document's title names; empty when it names none."""
    population = parse_population(regimen.name)
    return population.risk_groups if population is not None else frozenset()


def is_for_risk(regimen: Regimen, risk: str | None) -> bool:
    """Whether the document is for the risk group asked for, as far as its title says."""
    stated = stated_risks(regimen)
    return risk is None or not stated or risk in stated


def pick_regimen(case: Case, diagnosis: str, scope: str) -> Regimen:
    """The document of the first line: the model chooses when several describe one."""
    regimens = [
        one
        for one in case.bundle.front_line(diagnosis)
        if phases_with_role(one, PhaseRole.FRONT_LINE) or not _has_conditioning(one)
    ]
    chemotherapy = [one for one in regimens if phases_with_role(one, PhaseRole.FRONT_LINE)]
    regimens = chemotherapy or regimens
    asked = case.request.risk_group if scope == FIRST_TUMOUR else None
    regimens = [one for one in regimens if is_for_risk(one, asked)] or regimens
    options = tuple(Option(one.regimen_id, one.name[:80]) for one in regimens)
    picked = choose_leaf(
        case.chooser, Choice(f"{scope}/protocol", "Which protocol is followed?", options)
    )
    return next(one for one in regimens if one.regimen_id == picked.value)


def applicable(case: Case, regimen: Regimen, profile: Profile, scope: str) -> FrontLine:
    """The phases whose conditions the patient meets, with one arm of each group."""
    phases = [
        one
        for one in phases_with_role(regimen, PhaseRole.FRONT_LINE)
        if profile.belongs_to(one.population)
    ]
    kept = _one_arm_each(case, phases, scope)
    conditioning = tuple(
        one
        for one in phases_with_role(regimen, PhaseRole.CONDITIONING)
        if profile.belongs_to(one.population)
    )
    return FrontLine(regimen, kept, conditioning)


def longest_days(case: Case, regimen: Regimen, today: Leaf) -> int:
    """An upper estimate of the first line's length in days, whoever the patient is."""
    phases = phases_with_role(regimen, PhaseRole.FRONT_LINE)
    groups: dict[str, str] = {}
    kept = [one for one in phases if groups.setdefault(one.arm_group, one.arm) == one.arm]
    cycles = Calendar(case.bundle, regimen, today).cycles(kept)
    return max(((cycle.end - today.value).days for cycle in cycles), default=0)


def _one_arm_each(case: Case, phases: list[Phase], scope: str) -> tuple[Phase, ...]:
    arms: dict[str, str] = {}
    for group in dict.fromkeys(one.arm_group for one in phases if one.arm_group):
        names = tuple(dict.fromkeys(one.arm for one in phases if one.arm_group == group))
        options = tuple(Option(name, _arm_label(name, group, phases)) for name in names)
        choice = Choice(f"{scope}/arm/{group}", "Which arm of the protocol is given?", options)
        arms[group] = choose_leaf(case.chooser, choice).value
    return tuple(one for one in phases if not one.arm_group or one.arm == arms[one.arm_group])


def _arm_label(arm: str, group: str, phases: list[Phase]) -> str:
    first = next(one for one in phases if one.arm_group == group and one.arm == arm)
    return first.name[:80]


def _has_conditioning(regimen: Regimen) -> bool:
    return bool(phases_with_role(regimen, PhaseRole.CONDITIONING))
