"""Which regimens speak of the diagnoses of a plan."""

from collections.abc import Sequence

from fuente.dosing.regimen import Regimen
from fuente.generation.planning import Plan


def regimens_for(plan: Plan, regimens: Sequence[Regimen]) -> tuple[Regimen, ...]:
    """The regimens that say anything about the diagnoses of the plan."""
    wanted = set(diagnoses_of(plan))
    return tuple(one for one in regimens if wanted & set(one.diagnoses))


def diagnoses_of(plan: Plan) -> tuple[str, ...]:
    """The diagnoses of a plan, the first tumour first."""
    return (plan.first.diagnosis, *((plan.second.diagnosis,) if plan.second else ()))
