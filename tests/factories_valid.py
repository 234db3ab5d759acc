"""Valid records by name, each with what some rules need; composed once per session."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.factories_records import library, make_record

from fuente.evidence.refusal import Refusal
from fuente.patients.request import Request
from fuente.records.finding import Severity
from fuente.records.invariants import check_invariants
from fuente.records.record import Record

Json = dict[str, Any]
_BLOCKS = ("chemotherapy", "radiotherapy", "hsct", "surgery", "relapse", "second_tumour")
_SEEDS = range(1, 60)


@dataclass(frozen=True)
class Wanted:
    """What to ask of which documents, and what the draws must have given."""

    documents: tuple[str, ...]
    request: Json
    has: Callable[[Json], object] = lambda record: True


def _asked(diagnosis: str, *required: str, without: tuple[str, ...] = (), **more: Any) -> Json:
    blocks = {"required": required, "excluded": without}
    return {"diagnosis": {"catalogue_id": diagnosis}, "blocks": blocks, **more}


def _only(diagnosis: str, block: str) -> Json:
    return _asked(diagnosis, block, without=tuple(b for b in _BLOCKS if b != block))


def _is_half_matched(record: Json) -> object:
    return record["hsct"][0]["donor_type"] == "haploidentical"


def _has_nephrectomy(record: Json) -> object:
    side = record["diagnoses"][0]["laterality"]
    return side != "bilateral" and "nephrectomy" in _procedures(record)


def _is_localised_in_an_older_boy(record: Json) -> object:
    """Old enough to be called an adult without looking too small for it."""
    born, diagnosed = (
        record["demographics"]["birth_date"],
        record["diagnoses"][0]["date_of_diagnosis"],
    )
    old = int(diagnosed[:4]) - int(born[:4]) >= 16
    return old and not record["diagnoses"][0]["metastatic"]


def _is_dosed_by_weight(record: Json) -> object:
    return "weight_used" in _first_dose(record, "vinblastine")


def _is_irradiated_all_over(record: Json) -> object:
    return "tbi_gy" in record["hsct"][0]


def _is_local(record: Json) -> object:
    return record["relapse"][0]["extent"] == "local"


def _has_shunt_and_boost(record: Json) -> object:
    boosted = record["radiotherapy"] and record["radiotherapy"][0]["boost_given"]
    return boosted and "shunt_placement" in _procedures(record)


def _procedures(record: Json) -> list[str]:
    return [row["procedure"] for row in record["surgery"]]


def _first_dose(record: Json, drug: str) -> Json:
    given = record["chemotherapy"][0]["administrations"]
    return next(row for row in given if row["drug_inn"] == drug)


RECORDS = {
    "allogeneic": Wanted(
        ("aml.pdf", "transplant.pdf"), _asked("AML", "hsct", "chemotherapy"), _is_half_matched
    ),
    "autologous": Wanted(
        ("neuroblastoma.pdf",),
        _asked("NBL", "hsct", "chemotherapy", "surgery", without=("radiotherapy",)),
    ),
    "bone": Wanted(
        ("osteosarcoma.pdf",),
        _asked("OS", "surgery", "chemotherapy", flags={"amputation": True}),
    ),
    "brain": Wanted(
        ("medulloblastoma.pdf",),
        _asked(
            "MB",
            "surgery",
            "radiotherapy",
            without=("hsct",),
            age_years=9,
            flags={"shunt": True, "boost": True, "toxicity": True, "catheter": True},
        ),
        _has_shunt_and_boost,
    ),
    "ewing": Wanted(("ewing.pdf",), _asked("EWS_BONE", "chemotherapy", without=("hsct",))),
    "eye": Wanted(
        ("retinoblastoma.pdf",), _asked("RB", "radiotherapy", flags={"brachytherapy": True})
    ),
    "hodgkin": Wanted(
        ("hodgkin.pdf",),
        _asked(
            "HL_NS",
            "chemotherapy",
            "radiotherapy",
            without=("hsct",),
            sex="male",
            flags={"fertility_preservation": True, "toxicity": True},
        ),
        _is_localised_in_an_older_boy,
    ),
    "infant": Wanted(("lch.pdf",), _asked("LCH", "chemotherapy", age_years=1), _is_dosed_by_weight),
    "irradiated": Wanted(
        ("lla_bfm.pdf", "transplant.pdf"),
        _asked("ALL_T", "hsct", age_years=12),
        _is_irradiated_all_over,
    ),
    "kidney": Wanted(
        ("wilms.pdf",),
        _asked("WILMS", "surgery", "chemotherapy", flags={"metastatic": False}),
        _has_nephrectomy,
    ),
    "leukaemia": Wanted(
        ("all_cog.pdf",), _asked("ALL_B", "chemotherapy", without=("hsct", "radiotherapy"))
    ),
    "ovary": Wanted(
        ("germ_cell.pdf",),
        _asked(
            "DYSG",
            "surgery",
            without=("chemotherapy", "radiotherapy"),
            flags={"fertility_preservation": False},
        ),
        lambda record: record["other"]["transfusions"],
    ),
    "radiation_only": Wanted(("medulloblastoma.pdf",), _only("MB", "radiotherapy")),
    "relapse": Wanted(
        ("ewing.pdf", "relapse.pdf"),
        _asked("EWS_BONE", "relapse", "chemotherapy", without=("hsct",)),
        _is_local,
    ),
    "second": Wanted(
        ("osteosarcoma.pdf", "hodgkin.pdf"),
        _asked(
            "OS",
            "second_tumour",
            "chemotherapy",
            second_tumour={"catalogue_id": "HL_NS", "blocks": ("chemotherapy",)},
        ),
        lambda record: not record["diagnoses"][0]["genetic_disease"],
    ),
    "thyroid": Wanted(
        ("radioterapia_metabolica.pdf",),
        _asked("PTC", "radiotherapy", flags={"metabolic_rt": True}),
    ),
    "transplant_only": Wanted(("aml.pdf", "transplant.pdf"), _only("AML", "hsct")),
}


@cache
def valid_record(name: str) -> Json:
    """One of the records above as JSON values; callers copy before they change anything."""
    wanted = RECORDS[name]
    held = library(wanted.documents)
    request = Request.model_validate(wanted.request)
    for seed in _SEEDS:
        made = make_record(held, request, seed)
        if not isinstance(made, Refusal) and wanted.has(made) and not _errors(made):
            return made
    raise LookupError(f"no seed up to {max(_SEEDS)} gives the record {name!r}")


def _errors(made: Json) -> bool:
    found = check_invariants(Record.model_validate(made))
    return any(one.severity is Severity.ERROR for one in found)
