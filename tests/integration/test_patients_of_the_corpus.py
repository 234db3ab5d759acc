"""Patients composed over the illustrative protocols break no rule of the list of invariants."""

import pytest
from tests.factories_records import CORPUS, library, make_record

from fuente.evidence.refusal import Refusal
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request
from fuente.records.finding import Severity
from fuente.records.invariants import check_invariants, check_run
from fuente.records.record import Record

DIAGNOSES = [one.id for one in load_catalogue().all()]
ALL = ("chemotherapy", "radiotherapy", "hsct", "surgery", "relapse", "second_tumour", "other")
WISHES = {
    "as it comes": {},
    "a relapse": {"blocks": {"required": ("relapse",)}},
    "a second tumour after a relapse": {"blocks": {"required": ("relapse", "second_tumour")}},
    "a transplant": {"blocks": {"required": ("hsct",)}},
    "radiotherapy and nothing else": {
        "blocks": {
            "required": ("radiotherapy",),
            "excluded": tuple(one for one in ALL if one != "radiotherapy"),
        }
    },
}


@pytest.fixture(scope="module")
def held():
    """Every protocol of the corpus."""
    return library(sorted(path.name for path in CORPUS.glob("*.pdf")))


def errors(data):
    """The error findings of a record."""
    found = check_invariants(Record.model_validate(data))
    return [one for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("wish", WISHES)
def test_patients_of_every_diagnosis_break_no_rule(held, wish):
    """Each diagnosis with a document gives a patient without an error, whatever is asked."""
    made = {
        one: make_record(held, Request.model_validate(WISHES[wish] | _diagnosis(one)), 7)
        for one in DIAGNOSES
    }
    patients = {one: data for one, data in made.items() if not isinstance(data, Refusal)}

    assert len(patients) >= 10
    assert {one: found for one, data in patients.items() if (found := errors(data))} == {}


def test_patients_of_one_run_share_no_number(held):
    """Twenty patients of one open request have names and numbers of their own."""
    run = [make_record(held, Request(), seed) for seed in range(20)]

    assert check_run([Record.model_validate(data) for data in run]) == ()


def _diagnosis(one):
    return {"diagnosis": {"catalogue_id": one}}
