"""How a tumour answered its treatment and how the patient stands: only what the course allows."""

from collections.abc import Sequence
from typing import Final

from fuente.generation.case import Case
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.disease import Disease
from fuente.generation.leaf import Leaf, derived
from fuente.generation.treatment import Treatment

_QUESTION: Final = "What is the response after this line?"
_COMPLETE: Final = Option("complete", "complete remission")
_PARTIAL: Final = Option("partial", "partial remission")


def response(
    case: Case, number: int, disease: Disease, treatment: Treatment, setback: str | None
) -> Leaf:
    """The response to a line; the relapse or progression that follows tells it."""
    if setback == "relapse":
        return derived("complete", "a relapse follows a complete remission")
    if setback == "progression":
        return derived("progressive", "progression during the line")
    return _choose(case, number, possible_responses(disease, treatment))


def salvage_response(case: Case, number: int, is_treated: bool) -> Leaf:
    """The response to a salvage line; unknown where no document offers one."""
    if not is_treated:
        return derived("unknown", "no salvage treatment recorded")
    return _choose(case, number, (_COMPLETE, _PARTIAL))


def possible_responses(disease: Disease, treatment: Treatment) -> tuple[Option, ...]:
    """The responses to choose from.

    A leukaemia or lymphoma that does not come back was in complete remission, and so was a
    localised tumour without visible residue. What was left in place or has spread may persist; what
    was left and not treated does.
    """
    if disease.entry.is_haematological or _is_cleared(disease, treatment):
        return (_COMPLETE,)
    treated = treatment.administrations or treatment.radiotherapy
    operated = treatment.margins is not None
    return (_PARTIAL,) if operated and not treated else (_COMPLETE, _PARTIAL)


def status(responses: Sequence[Leaf]) -> Leaf:
    """Free of disease when the last line of every tumour ended in complete remission."""
    free = all(one.value == "complete" for one in responses)
    formula = "free of disease after a complete response to the last line of each tumour"
    return derived("alive_no_disease" if free else "alive_with_disease", formula, *responses)


def _is_cleared(disease: Disease, treatment: Treatment) -> bool:
    margins = treatment.margins
    return not disease.metastatic.value and margins is not None and margins.value in ("R0", "R1")


def _choose(case: Case, number: int, options: tuple[Option, ...]) -> Leaf:
    return choose_leaf(case.chooser, Choice(f"line/{number}/response", _QUESTION, options))
