"""The dose of the patient a question names, worked out from the reference that answers it (pure).

The arithmetic is `fuente.dosing.calculation`'s. It decides only whether the question names enough
of the patient, and says what is missing.
"""

from dataclasses import dataclass
from typing import Final

from fuente.dosing.calculation import CalculatedDose, calculate_dose
from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.evidence.body_asked import BodyAsked

_KINDS: Final = (ReferenceKind.DOSE, ReferenceKind.REDUCTION, ReferenceKind.METABOLIC)


@dataclass(frozen=True, slots=True)
class WorkedDose:
    """One calculated dose, or two where the reference states a range: its low and its high end.

    `per` is the reference's own: what the amount is the amount of. `missing` says what the question
    lacks; then there is no dose.
    """

    doses: tuple[CalculatedDose, ...] = ()
    per: str | None = None
    steps: tuple[str, ...] = ()
    missing: str = ""


def work_out(reference: DoseReference, asked: BodyAsked) -> WorkedDose | None:
    """The amount for this body; None where the question names no body or asks for no dose."""
    if not asked.is_named or reference.kind not in _KINDS or "/" not in reference.unit:
        return None
    missing = _missing(reference.unit, asked)
    if missing:
        return WorkedDose(missing=missing)
    # A reference that states one value needs no choice; a range is worked out at both ends.
    ends = (None,) if reference.value is not None else (reference.minimum, reference.maximum)
    try:
        doses = tuple(calculate_dose(reference, asked.body, chosen=one) for one in ends)
    except ValueError as error:
        return WorkedDose(missing=f"{error}.")
    surface = asked.steps if "/m2" in reference.unit else ()
    return WorkedDose(doses, reference.per, (*surface, *(s for one in doses for s in one.steps)))


def _missing(unit: str, asked: BodyAsked) -> str:
    if "/m2" in unit and asked.body.bsa_m2 is None:
        return "The dose is by body surface: name the height too, or the surface in m2."
    if "/kg" in unit and asked.body.weight_kg is None:
        return "The dose is by weight: name the weight in kg."
    return ""
