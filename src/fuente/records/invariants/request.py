"""Rules about the request: what was asked for is there, what was excluded is not."""

from collections.abc import Callable, Iterator
from typing import Final

from fuente.generation.case import age_years
from fuente.patients.clinical import Diagnosis
from fuente.patients.request import Block
from fuente.records.invariants.facts import entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_BLOCKS: Final[tuple[Block, ...]] = (
    "chemotherapy",
    "radiotherapy",
    "hsct",
    "surgery",
    "relapse",
    "other",
)
Reading = Callable[[Record], object]


@invariant("REQ-01")
def blocks_are_as_requested(record: Record) -> Iterator[Breach]:
    """Excluded blocks have no rows, required blocks have at least one."""
    later = record.request.second_tumour
    of_second = later.blocks if later is not None else ()
    for block in _BLOCKS:
        present = bool(getattr(record, block))
        if record.request.requires(block) and not present:
            yield f"/{block}", "required by the request, but empty"
        if record.request.excludes(block) and present and block not in of_second:
            yield f"/{block}", "excluded by the request, but present"
    several = len(record.diagnoses) > 1
    if record.request.requires("second_tumour") and not several:
        yield "/diagnoses", "a second tumour is required by the request"
    if record.request.excludes("second_tumour") and several:
        yield "/diagnoses/1", "a second tumour is excluded by the request"


@invariant("REQ-02")
def wishes_are_honoured(record: Record) -> Iterator[Breach]:
    """Every detail the request states (shunt, triple intrathecal, donor and others) is met."""
    for name, (pointer, read) in _FLAGS.items():
        asked = getattr(record.request.flags, name)
        if asked is not None and not _meets(read(record), asked):
            yield pointer, f"the request says {name}: {asked}"
    for name, (pointer, read) in _DETAILS.items():
        asked = _asked(record, name)
        if asked is not None and not _meets(read(record), asked):
            yield pointer, f"the request says {name}: {asked}"


@invariant("REQ-03")
def some_block_is_present(record: Record) -> Iterator[Breach]:
    """At least one treatment block is present."""
    if not any(getattr(record, block) for block in _BLOCKS):
        yield "", "no treatment block at all"


def _meets(found: object, asked: object) -> bool:
    """Whether what the record holds is what was asked; True asks for anything at all."""
    if isinstance(found, list | tuple | set):
        return (asked in found) if not isinstance(asked, bool) else bool(found) == asked
    if isinstance(asked, bool):
        return bool(found) == asked
    return found == asked


def _first(record: Record) -> Diagnosis:
    return record.diagnoses[0]


def _other(record: Record, name: str) -> object:
    return getattr(record.other, name) if record.other is not None else None


def _catheter(record: Record) -> object:
    asked, held = record.request.flags.catheter, _other(record, "catheter")
    return _other(record, "catheter_type") if isinstance(asked, str) else held


def _complications(record: Record) -> object:
    return _other(record, "catheter_complication_list") or ()


def _toxicity(record: Record) -> object:
    asked = record.request.flags.toxicity
    # A toxicity asked for in words is any severe one: which, the drugs given decide.
    return asked if isinstance(asked, str) and _other(record, "toxicity") else _has_toxicity(record)


def _has_toxicity(record: Record) -> bool:
    return bool(_other(record, "toxicity"))


def _catheter_state(record: Record) -> object:
    present = _other(record, "catheter_present")
    return None if present is None else ("present" if present else "removed")


def _shunt_state(record: Record) -> object:
    states = [one.shunt_present for one in record.surgery if one.shunt]
    return ["present" if one else "removed" for one in states]


def _donors(record: Record) -> list[str]:
    out: list[str] = []
    for one in record.hsct:
        out += [one.donor_relationship or "", f"{one.donor_type} {one.donor_relationship}"]
    return out


def _grades(record: Record, name: str, nothing: str) -> list[str]:
    return [getattr(one, name) or nothing for one in record.hsct]


def _prostheses(record: Record) -> list[str]:
    kinds = [one.prosthesis_type or "" for one in record.diagnoses]
    return [kind for one in kinds for kind in one.split("_and_")]


def _entry_ids(record: Record, index: int, asked: str | None) -> list[str | None]:
    """The catalogue id the codes mean; what was asked for when they mean none (rule DX-02)."""
    if index >= len(record.diagnoses):
        return []
    entry = entry_of(record.diagnoses[index])
    return [entry.id if entry is not None else asked]


def _first_ids(record: Record) -> object:
    asked = record.request.diagnosis
    return _entry_ids(record, 0, asked.catalogue_id if asked else None)


def _second_ids(record: Record) -> object:
    asked = record.request.second_tumour
    return _entry_ids(record, 1, asked.catalogue_id if asked else None)


def _asked(record: Record, name: str) -> object:
    block, _, key = name.partition(".")
    part = getattr(record.request, block)
    return (getattr(part, key) if part is not None else None) if key else part


_FLAGS: Final[dict[str, tuple[str, Reading]]] = {
    "shunt": ("/surgery", lambda r: any(one.shunt for one in r.surgery)),
    "shunt_type": ("/surgery", lambda r: [one.shunt_type for one in r.surgery]),
    "shunt_status": ("/surgery", _shunt_state),
    "intrathecal": ("/intrathecal/given", lambda r: r.intrathecal and r.intrathecal.given),
    "intrathecal_triple": ("/intrathecal/triple", lambda r: r.intrathecal and r.intrathecal.triple),
    "corticosteroid_over_4w": (
        "/corticosteroid/over_4_weeks",
        lambda r: r.corticosteroid and r.corticosteroid.over_4_weeks,
    ),
    "hsct_type": ("/hsct", lambda r: [one.type for one in r.hsct]),
    "donor": ("/hsct", _donors),
    "gvhd_acute": ("/hsct", lambda r: _grades(r, "gvhd_acute_grade", "0")),
    "gvhd_chronic": ("/hsct", lambda r: _grades(r, "gvhd_chronic_grade", "none")),
    "immunosuppression": ("/hsct", lambda r: any(one.immunosuppression for one in r.hsct)),
    "boost": ("/radiotherapy", lambda r: any(one.boost_given for one in r.radiotherapy)),
    "brachytherapy": (
        "/radiotherapy",
        lambda r: any(one.type == "brachytherapy" for one in r.radiotherapy),
    ),
    "metabolic_rt": (
        "/radiotherapy",
        lambda r: any(one.type == "metabolic" for one in r.radiotherapy),
    ),
    "amputation": ("/surgery", lambda r: any(one.amputation for one in r.surgery)),
    "prosthesis": ("/diagnoses", _prostheses),
    "prosthesis_present": ("/diagnoses", lambda r: any(d.prosthesis_present for d in r.diagnoses)),
    "metastatic": ("/diagnoses/0/metastatic", lambda r: _first(r).metastatic),
    "catheter": ("/other/catheter", _catheter),
    "catheter_status": ("/other/catheter_present", _catheter_state),
    "catheter_complication": ("/other/catheter_complication_list", _complications),
    "toxicity": ("/other/toxicity", _toxicity),
    "toxicity_outcome": ("/other/toxicity_outcome", lambda r: _other(r, "toxicity_outcome")),
    "fertility_preservation": (
        "/other/fertility_preservation",
        lambda r: _other(r, "fertility_preservation"),
    ),
    "transfusions_over_10": (
        "/other/transfusions_over_10",
        lambda r: _other(r, "transfusions_over_10"),
    ),
}
_DETAILS: Final[dict[str, tuple[str, Reading]]] = {
    "sex": ("/demographics/sex", lambda r: r.demographics.sex),
    "risk_group": ("/diagnoses/0/risk_group", lambda r: _first(r).risk_group),
    "diagnosis.catalogue_id": ("/diagnoses/0/morphology", _first_ids),
    "diagnosis.topography": ("/diagnoses/0/topography", lambda r: _first(r).topography),
    "diagnosis.laterality": ("/diagnoses/0/laterality", lambda r: _first(r).laterality),
    "age_at_first_diagnosis_years": (
        "/diagnoses/0/date_of_diagnosis",
        lambda r: age_years(r.demographics.birth_date, _first(r).date_of_diagnosis),
    ),
    "relapse.timing": ("/relapse", lambda r: [one.timing for one in r.relapse]),
    "second_tumour.catalogue_id": ("/diagnoses/1", _second_ids),
    "second_tumour.in_previous_rt_field": (
        "/diagnoses/1/second_tumour/in_previous_rt_field",
        lambda r: [d.second_tumour.in_previous_rt_field for d in r.diagnoses if d.second_tumour],
    ),
}
