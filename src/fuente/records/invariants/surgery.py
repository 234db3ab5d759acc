"""Rules about operations: the organ fits the tumour, what is removed is said, and on which side.

The record has no field for the side of an operation: its description states it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from fuente.patients.anatomy import is_paired, organs_at, site
from fuente.patients.clinical import Diagnosis, Surgery
from fuente.records.invariants.facts import diagnosis_of, drug_days, entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Operations that take an organ away. Source: invariant SUR-02. Confidence: high.
_REMOVING: Final = frozenset(
    {
        "nephrectomy",
        "oophorectomy",
        "orchidectomy",
        "enucleation",
        "thyroidectomy",
        "splenectomy",
        "amputation",
    }
)
# Operations that do not take the tumour out where it arose.
_ELSEWHERE: Final = frozenset(
    {
        "biopsy",
        "colostomy",
        "gastrostomy",
        "other",
        "port_insertion",
        "shunt_placement",
        "splenectomy",
        "thoracotomy_metastasectomy",
    }
)
_LIMBS: Final = ("C40", "C47", "C49.1", "C49.2")
_PAIRED_ORGANS: Final = frozenset({"kidney", "eye", "ovary", "testis", "lung", "adrenal", "limb"})
# Tumours treated without a biopsy: eye, brain stem and optic pathway by imaging, kidney by the
# SIOP strategy, leukaemia by marrow and blood, brain germ cell tumours by markers. Source:
# invariant SUR-06 and the surgery notes of the corpus. Confidence: medium.
_WITHOUT_BIOPSY: Final = frozenset({"RB", "DIPG", "PA", "WILMS", "CCSK", "MRTK", "GERMINOMA"})
_SIDES: Final = {
    "right": re.compile(r"\b(?:right|derech[ao])\b", re.IGNORECASE),
    "left": re.compile(r"\b(?:left|izquierd[ao])\b", re.IGNORECASE),
}


@invariant("SUR-01")
def organ_fits_the_site(record: Record) -> Iterator[Breach]:
    """An operation on the tumour names an organ that lies where the tumour does."""
    for pointer, row, tumour in _operations(record):
        if row.procedure in _ELSEWHERE:
            continue
        allowed = {*organs_at(tumour.topography), _label(tumour)}
        for place, organ in enumerate(row.affected_organs):
            if organ not in allowed:
                message = f"{organ} does not belong to a tumour at {tumour.topography}"
                yield f"{pointer}/affected_organs/{place}", message


@invariant("SUR-02")
def removed_organs_are_named(record: Record) -> Iterator[Breach]:
    """Organs are named as removed if and only if the operation removes one."""
    for index, row in enumerate(record.surgery):
        if bool(row.sacrificed_organs) != (row.procedure in _REMOVING):
            yield f"/surgery/{index}/sacrificed_organs", f"not what a {row.procedure} does"


@invariant("SUR-03")
def amputation_is_of_a_limb(record: Record) -> Iterator[Breach]:
    """An amputation is for a tumour of a limb; the prosthesis after it is external or refused."""
    for pointer, row, tumour in _operations(record):
        if row.amputation != (row.procedure == "amputation"):
            yield f"{pointer}/amputation", f"the procedure is {row.procedure}"
        elif row.amputation and not tumour.topography.startswith(_LIMBS):
            yield f"{pointer}/amputation", f"{tumour.topography} is no limb"
        elif row.amputation and row.prosthesis == "internal":
            yield f"{pointer}/prosthesis", "the prosthesis after an amputation is external"


@invariant("SUR-04")
def shunt_is_described(record: Record) -> Iterator[Breach]:
    """A shunt drains the brain, has a type, and is either present or removed after placement."""
    for pointer, row, tumour in _operations(record):
        if not row.shunt:
            if row.shunt_type is not None or row.shunt_present is not None:
                yield f"{pointer}/shunt_type", "no shunt is placed"
            continue
        drained = record.other is not None and record.other.hydrocephalus
        if not tumour.iccc3_group.startswith(("III(", "X(")) and not drained:
            yield f"{pointer}/shunt", f"no brain tumour ({tumour.iccc3_group}) or hydrocephalus"
        yield from _shunt_state(pointer, row)


@invariant("SUR-05")
def a_pair_has_two_sides(record: Record) -> Iterator[Breach]:
    """A paired organ is removed twice at most, and twice only for a tumour of both sides."""
    removed: Counter[str] = Counter()
    for pointer, row, tumour in _operations(record):
        for organ in _PAIRED_ORGANS.intersection(row.sacrificed_organs):
            removed[organ] += 1
            both = tumour.laterality == "bilateral" or len(record.diagnoses) > 1
            if removed[organ] > (2 if both else 1):
                yield f"{pointer}/sacrificed_organs", f"{organ} removed {removed[organ]} times"


@invariant("SUR-06")
def tumour_is_known_before_drugs(record: Record) -> Iterator[Breach]:
    """A tumour that is operated on is biopsied or removed before its first drug."""
    for index, tumour in enumerate(record.diagnoses):
        entry = entry_of(tumour)
        if entry is None or entry.id in _WITHOUT_BIOPSY or entry.is_haematological:
            continue
        operated = [one.date for _, one, of in _operations(record) if of is tumour]
        treated = drug_days(record, tumour.diagnosis_number)
        if operated and treated and min(operated) > treated[0]:
            yield f"/diagnoses/{index}/date_of_diagnosis", f"no biopsy before {treated[0]}"


@invariant("SUR-07")
def side_is_the_tumours(record: Record) -> Iterator[Breach]:
    """An operation on a paired organ names the tumour's side, and no other."""
    for pointer, row, tumour in _operations(record):
        if row.shunt or not is_paired(tumour.topography):
            continue
        named = {side for side, words in _SIDES.items() if words.search(row.description)}
        if tumour.laterality in _SIDES and named != {tumour.laterality}:
            yield f"{pointer}/description", f"the tumour is on the {tumour.laterality}"


def _operations(record: Record) -> Iterator[tuple[str, Surgery, Diagnosis]]:
    for index, row in enumerate(record.surgery):
        tumour = diagnosis_of(record, row.relates_to_diagnosis)
        if tumour is not None:
            yield f"/surgery/{index}", row, tumour


def _label(tumour: Diagnosis) -> str:
    try:
        return site(tumour.topography).label("en").lower()
    except KeyError:
        return ""


def _shunt_state(pointer: str, row: Surgery) -> Iterator[Breach]:
    if row.shunt_type is None:
        yield f"{pointer}/shunt_type", "a shunt has a type"
    removed = row.shunt_removal_date
    if row.shunt_present is None or row.shunt_present == (removed is not None):
        yield f"{pointer}/shunt_present", "a shunt is either present or removed on a date"
    elif removed is not None and removed <= row.date:
        yield f"{pointer}/shunt_removal_date", f"placed on {row.date}"
