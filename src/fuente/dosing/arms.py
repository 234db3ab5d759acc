"""Which phases of a regimen exclude each other, from the arms, options and alternatives printed.

Decides groups among phases that are already in printed order. It does not choose an arm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fuente.dosing.phase_reader import ReadPhase
from fuente.dosing.regimen import Phase, PhaseRole

_ARM = "arm"
_UNLABELLED = "*"


@dataclass(slots=True)
class _Options:
    """Neighbouring options that exclude each other: the places of the phases, by label."""

    labels: dict[str, list[int]]


def with_arms(phases: Sequence[ReadPhase]) -> tuple[Phase, ...]:
    """The phases, each with the group it belongs to and its name in that group.

    Option 1 and option 2 of one block are one group. Where a later block has the same options they
    are the same group: whoever starts on option 1 stays on it.
    """
    labels: dict[int, tuple[str, str]] = {
        place: (_ARM, each.arm.label)
        for place, each in enumerate(phases)
        if each.arm is not None and each.arm.kind == _ARM
    }
    groups: dict[frozenset[str], str] = {}
    for run in _option_runs(phases):
        group = groups.setdefault(frozenset(run.labels), f"option {len(groups) + 1}")
        for label, places in run.labels.items():
            labels.update(dict.fromkeys(places, (group, label)))
    labelled = []
    for place, each in enumerate(phases):
        group, arm = labels.get(place, ("", ""))
        labelled.append(replace(each.phase, arm_group=group, arm=arm))
    return _with_conditioning(labelled)


def _option_runs(phases: Sequence[ReadPhase]) -> list[_Options]:
    runs: list[_Options] = []
    for place, each in enumerate(phases):
        if each.arm is None or each.arm.kind == _ARM:
            continue
        if each.arm.label == _UNLABELLED:
            _join_alternative(runs, phases, place)
        elif runs and each.arm.label not in runs[-1].labels:
            runs[-1].labels[each.arm.label] = [place]
        else:
            runs.append(_Options({each.arm.label: [place]}))
    return [run for run in runs if len(run.labels) > 1]


def _join_alternative(runs: list[_Options], phases: Sequence[ReadPhase], place: int) -> None:
    """An unlabelled alternative excludes the phase printed before it, if that is of its role."""
    before = place - 1
    if before < 0 or phases[before].phase.role is not phases[place].phase.role:
        return
    name = phases[place].phase.name
    for run in runs:
        if any(before in places for places in run.labels.values()):
            run.labels[name] = [place]
            return
    runs.append(_Options({phases[before].phase.name: [before], name: [place]}))


def _with_conditioning(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """A transplant has one conditioning: several of them exclude each other."""
    conditioning = [phase for phase in phases if phase.role is PhaseRole.CONDITIONING]
    if len(conditioning) < 2:
        return tuple(phases)
    return tuple(
        replace(phase, arm_group="conditioning", arm=phase.name)
        if phase.role is PhaseRole.CONDITIONING and not phase.arm_group
        else phase
        for phase in phases
    )
