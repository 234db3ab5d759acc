"""What a paediatric oncologist would stop at: courses whose parts do not belong together."""

from functools import cache

import pytest
from tests.factories_corpus import request_for
from tests.factories_records import library, make_record

SEEDS = range(4)
FILES = (
    "aml.pdf", "ewing.pdf", "medulloblastoma.pdf", "neuroblastoma.pdf", "rhabdomyosarcoma.pdf",
    "transplant.pdf", "wilms.pdf",
)  # fmt: skip


@cache
def made(asked, seed=1):
    """The record of one patient over these protocols, its choices drawn."""
    return make_record(library(FILES), request_for(asked), seed)


TRANSPLANTS = [
    # asked, whether there is a transplant
    ("11-year-old with medulloblastoma: surgery, radiotherapy and chemotherapy", False),
    ("14-year-old with Ewing sarcoma", False),
    ("10-year-old with acute myeloid leukaemia", False),
    ("11-year-old with medulloblastoma and an autologous transplant", True),
    ("4-year-old with neuroblastoma", True),
    ("4-year-old with neuroblastoma, no transplant", False),
]


@pytest.mark.parametrize(("asked", "transplanted"), TRANSPLANTS)
def test_a_transplant_is_asked_for_or_part_of_the_protocol(asked, transplanted):
    """High-risk neuroblastoma has one in its own protocol; no other document lends one unasked."""
    assert {bool(made(asked, seed)["hsct"]) for seed in SEEDS} == {transplanted}


def shunts(asked):
    """The rows of the shunt operations of a few patients."""
    rows = (row for seed in SEEDS for row in made(asked, seed)["surgery"])
    return [row for row in rows if row["shunt"]]


def test_a_shunt_asked_for_is_a_shunt():
    """It drains into the peritoneum or the atrium; a ventriculostomy is no shunt."""
    placed = shunts("11-year-old with medulloblastoma: surgery with a shunt")

    assert len(placed) == len(SEEDS)
    assert {row["shunt_type"] for row in placed} <= {"ventriculoperitoneal", "ventriculoatrial"}
    assert all(row["shunt_laterality"] and "shunt" in row["description"] for row in placed)


def test_a_ventriculostomy_has_no_side():
    """It opens the floor of the third ventricle and leaves no device on either side."""
    asked = "11-year-old with medulloblastoma: surgery with a third ventriculostomy"
    placed = shunts(asked)

    assert {row["shunt_type"] for row in placed} == {"third_ventriculostomy"}
    assert [row.get("shunt_laterality") for row in placed] == [None] * len(SEEDS)
    assert all("ventriculostomy" in row["description"] for row in placed)
