"""A document's regimens: its dose tables as phases in printed order, per group of diagnoses.

Decides which tables are phases, what each is for and when it is given, from printed words alone.
Knows no regimen: a phase, a number or an arm that is not on a page is not in the result.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from fuente.documents.passage import Passage
from fuente.documents.source import Page, SourceDocument
from fuente.dosing.arms import with_arms
from fuente.dosing.phase_reader import ReadPhase, read_phases
from fuente.dosing.reference import DoseReference, ReferenceKind
from fuente.dosing.regimen import Regimen, SurgeryStatement
from fuente.dosing.surgery_statements import SurgeryIn, read_surgery


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything of a document that can enter a regimen."""

    phases: tuple[ReadPhase, ...]
    references: tuple[DoseReference, ...]
    surgery: tuple[SurgeryIn, ...]


def read_regimens(
    document: SourceDocument,
    pages: tuple[Page, ...],
    passages: tuple[Passage, ...],
    references: tuple[DoseReference, ...],
) -> tuple[Regimen, ...]:
    """The regimens the document lays out; diagnoses treated alike share one.

    Args:
        document: the document the pages belong to.
        pages: all its pages, whose text the spans point into.
        passages: all its passages.
        references: what `extract_references` read from the same passages.
    """
    phases = read_phases(document, pages, passages, references)
    named = any(each.diagnoses for each in phases)
    parts = _Parts(
        # Where sections name their tumours, a phase of a section that names none is for nobody.
        tuple(each for each in phases if each.diagnoses or not named),
        references,
        read_surgery(passages, references),
    )
    diagnoses = _diagnoses(parts)
    signatures = sorted((_signature(parts, diagnosis), diagnosis) for diagnosis in diagnoses)
    groups = [
        tuple(diagnosis for _, diagnosis in group)
        for _, group in groupby(signatures, key=lambda pair: pair[0])
    ]
    ordered = sorted(groups, key=lambda group: diagnoses.index(group[0]))
    regimens = (_regimen(document, parts, group) for group in ordered or [()])
    return tuple(each for each in regimens if each.phases or each.radiotherapy_ids)


def _diagnoses(parts: _Parts) -> list[str]:
    named = [each.diagnoses for each in parts.phases]
    named += [reference.diagnoses for reference in parts.references if _is_irradiation(reference)]
    return list(dict.fromkeys(identifier for group in named for identifier in group))


def _signature(parts: _Parts, diagnosis: str) -> tuple[str, ...]:
    """What is the same for two diagnoses that share one regimen."""
    return (
        *(each.phase.phase_id for each in parts.phases if diagnosis in each.diagnoses),
        *_ids(parts, (diagnosis,), ReferenceKind.RADIOTHERAPY),
        *_ids(parts, (diagnosis,), ReferenceKind.METABOLIC),
    )


def _regimen(document: SourceDocument, parts: _Parts, group: tuple[str, ...]) -> Regimen:
    phases = with_arms([each for each in parts.phases if _concerns(each.diagnoses, group)])
    identifier = _identifier("g_", document.sha256, *group)
    return Regimen(
        regimen_id=identifier,
        document_sha256=document.sha256,
        file=document.file,
        name=document.title,
        diagnoses=group,
        phases=tuple(
            replace(phase, order=order, phase_id=_identifier("f_", identifier, phase.phase_id))
            for order, phase in enumerate(phases)
        ),
        radiotherapy_ids=(
            *_ids(parts, group, ReferenceKind.RADIOTHERAPY),
            *_ids(parts, group, ReferenceKind.METABOLIC),
        ),
        limit_ids=_limit_ids(parts, group),
        surgery=_surgery(parts, group),
    )


def _ids(parts: _Parts, group: tuple[str, ...], kind: ReferenceKind) -> tuple[str, ...]:
    return tuple(
        reference.reference_id
        for reference in parts.references
        if reference.kind is kind
        and (kind is not ReferenceKind.RADIOTHERAPY or reference.irradiation is not None)
        and _concerns(reference.diagnoses, group)
    )


def _limit_ids(parts: _Parts, group: tuple[str, ...]) -> tuple[str, ...]:
    """Limits of a lifetime; what one course adds up to is no limit."""
    totals = {each.reference_id for each in parts.references if each.per is not None}
    limits = _ids(parts, group, ReferenceKind.CUMULATIVE)
    return tuple(identifier for identifier in limits if identifier not in totals)


def _surgery(parts: _Parts, group: tuple[str, ...]) -> tuple[SurgeryStatement, ...]:
    return tuple(each.statement for each in parts.surgery if _concerns(each.diagnoses, group))


def _concerns(diagnoses: Sequence[str], group: tuple[str, ...]) -> bool:
    return not diagnoses or not group or bool(set(diagnoses) & set(group))


def _is_irradiation(reference: DoseReference) -> bool:
    return reference.irradiation is not None or reference.kind is ReferenceKind.METABOLIC


def _identifier(prefix: str, *parts: str) -> str:
    return prefix + hashlib.sha256(":".join(parts).encode()).hexdigest()[:20]
