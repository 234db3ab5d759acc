"""Operations: biopsy, the operation on the tumour, a shunt, and what they take away."""

from dataclasses import dataclass
from typing import Any, Final

from fuente.documents.citation import Citation
from fuente.generation.case import Case
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.disease import Disease
from fuente.generation.leaf import Leaf, cited, derived, sampled
from fuente.generation.wording import word
from fuente.patients import anatomy

_DRAINAGES: Final = (
    Option("ventriculoperitoneal", "ventriculoperitoneal shunt"),
    Option("third_ventriculostomy", "endoscopic third ventriculostomy"),
)
# Types of shunt where one is asked for without its type: nearly all end in the peritoneum. Source:
# general knowledge of paediatric neurosurgery. Confidence: medium.
_SHUNTS: Final = ("ventriculoperitoneal", "ventriculoatrial")
_SHUNT_WEIGHTS: Final = (24, 1)
# A third ventriculostomy opens the floor of the ventricle and leaves no device on either side.
_WITHOUT_DEVICE: Final = "third_ventriculostomy"
_PROSTHESES: Final = {"amputation": "external", "limb_salvage": "internal"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation to record: what, when, and the words of the document it rests on, if any."""

    procedure: Leaf
    day: Leaf
    citation: Citation | None = None
    margins: tuple[Option, ...] = ()


def tumour_procedures(disease: Disease, stated: tuple[str, ...]) -> tuple[str, ...]:
    """Operations on the tumour: those the document states that fit the site, else all that fit.

    Where the document states a biopsy and nothing else that fits, the tumour stays in place.
    """
    possible = tuple(
        one.procedure
        for one in anatomy.operations_at(disease.topography.value)
        if one.procedure not in ("biopsy", "shunt_placement", "thoracotomy_metastasectomy")
    )
    fitting = tuple(dict.fromkeys(one for one in possible if one in stated))
    if "biopsy" in stated and not fitting:
        return ("biopsy",)
    return fitting or tuple(dict.fromkeys(possible)) or ("biopsy",)


def pick_procedure(case: Case, procedures: tuple[str, ...], scope: str) -> Leaf:
    """The operation on the tumour, chosen among those that fit."""
    if case.request.flags.amputation is False:
        procedures = tuple(one for one in procedures if one != "amputation") or procedures
    options = tuple(Option(one, one.replace("_", " ")) for one in procedures)
    choice = Choice(f"{scope}/operation", "Which operation is done on the tumour?", options)
    return choose_leaf(case.chooser, choice)


def pick_shunt(case: Case, scope: str) -> Leaf:
    """What drains the hydrocephalus: a true shunt where one is asked for, else as chosen."""
    flags = case.request.flags
    if flags.shunt_type:
        return derived(flags.shunt_type, "as requested")
    if flags.shunt:
        kind = case.draws.choice("surgery/shunt_type", _SHUNTS, _SHUNT_WEIGHTS)
        return sampled(kind, "ventriculoperitoneal 24 : ventriculoatrial 1")
    question = "How is the hydrocephalus drained?"
    return choose_leaf(case.chooser, Choice(f"{scope}/shunt", question, _DRAINAGES))


def operation(case: Case, number: int, what: Operation, disease: Disease) -> dict[str, Any]:
    """One row of the surgery block."""
    procedure = what.procedure.value
    known = _known(procedure, disease)
    tree: dict[str, Any] = {
        "number": derived(number, "order of the operations"),
        "date": what.day,
        "description": _describe(case, number, procedure, disease),
        "procedure": what.procedure,
        "affected_organs": [derived(_organ(disease, known), "organ of the site")],
        "amputation": derived(procedure == "amputation", "procedure is an amputation"),
        "shunt": derived(False, "no shunt in this operation"),
        "relates_to_diagnosis": disease.number,
    }
    if known is not None and known.sacrificed:
        tree["sacrificed_organs"] = [derived(one, "organ removed") for one in known.sacrificed]
    if what.margins:
        question = "How complete is the resection?"
        choice = Choice(f"surgery/{number}/margins", question, what.margins)
        tree["margins"] = choose_leaf(case.chooser, choice)
    if procedure in _PROSTHESES:
        tree["prosthesis"] = derived(_PROSTHESES[procedure], "by procedure", what.procedure)
    if what.citation is not None:
        stated = cited(procedure, what.citation)
        tree["citation_id"] = derived(
            what.citation.citation_id, "citation of the statement of the document", stated
        )
    return tree


def shunt(case: Case, number: int, kind: Leaf, day: Leaf, disease: Disease) -> dict[str, Any]:
    """The operation that drains the hydrocephalus."""
    placement = derived("shunt_placement", "shunt requested or hydrocephalus drawn")
    tree = operation(case, number, Operation(placement, day), disease)
    present = case.request.flags.shunt_status != "removed"
    tree |= {
        "description": derived(word(kind.value, case.request.language), "type of drainage", kind),
        "shunt": derived(True, "shunt placed"),
        "shunt_type": kind,
        "shunt_present": derived(present, "present unless requested removed"),
    }
    if kind.value != _WITHOUT_DEVICE:
        side = case.draws.choice("surgery/shunt_side", ("right", "left"), (3, 1))
        tree["shunt_laterality"] = sampled(side, "right 3 : left 1")
    if not present:
        tree["shunt_removal_date"] = case.later(day, "surgery/shunt_removal", 60, 400)
    return tree


def _known(procedure: str, disease: Disease) -> anatomy.Operation | None:
    operations = anatomy.operations_at(disease.topography.value)
    return next((one for one in operations if one.procedure == procedure), None)


def _organ(disease: Disease, known: anatomy.Operation | None) -> str:
    if known is not None and known.organs:
        return known.organs[0]
    return anatomy.site(disease.topography.value).label("en").lower()


def _describe(case: Case, number: int, procedure: str, disease: Disease) -> Leaf:
    tongue = case.request.language
    known = _known(procedure, disease)
    words = known.description(tongue) if known is not None else word(procedure, tongue)
    site = anatomy.site(disease.topography.value).label(tongue)
    if disease.side is None:
        return derived(f"{words}: {site}", "procedure and site")
    side, formula = disease.side.value, "procedure, site and side"
    if side == "bilateral" and procedure != "biopsy":
        # One of the two organs is taken; both would leave the child blind or without kidneys.
        side = case.draws.choice(f"surgery/{number}/side", ("right", "left"))
        formula = "procedure and site, right or left equally likely"
    return derived(f"{words}: {site}, {word(side, tongue)}", formula, disease.side)
