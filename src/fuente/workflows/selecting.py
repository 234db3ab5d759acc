"""Which regimens a plan needs: those of its diagnoses that have a part to play in it."""

from collections.abc import Sequence
from typing import Final

from fuente.dosing.regimen import PhaseRole, Regimen
from fuente.generation.planning import Plan

_TRANSPLANT: Final = frozenset({PhaseRole.CONDITIONING, PhaseRole.PROPHYLAXIS})
_SALVAGE: Final = frozenset({PhaseRole.SALVAGE})


def regimens_for(plan: Plan, regimens: Sequence[Regimen]) -> tuple[Regimen, ...]:
    """The regimens of the plan's diagnoses, without transplant or salvage nobody is to have."""
    wanted = set(diagnoses_of(plan))
    return tuple(one for one in regimens if wanted & set(one.diagnoses) and _has_a_part(one, plan))


def diagnoses_of(plan: Plan) -> tuple[str, ...]:
    """The diagnoses of a plan, the first tumour first."""
    return (plan.first.diagnosis, *((plan.second.diagnosis,) if plan.second else ()))


def _has_a_part(regimen: Regimen, plan: Plan) -> bool:
    roles = {phase.role for phase in regimen.phases}
    if roles and roles <= _TRANSPLANT:
        tumours = (plan.first, plan.second)
        return any("hsct" in one.blocks for one in tumours if one is not None)
    return plan.relapse or not roles or not roles <= _SALVAGE
