"""References as JSON lines."""

import json
from decimal import Decimal

import pytest
from tests.factories_store import make_event, make_passage, make_prepared, make_reference
from tests.fakes_store import MemoryStore

from fuente.dosing.reference import Cap, Irradiation, Population, Route
from fuente.ports import ReferenceFilter
from fuente.workflows.list_references import list_references, number, reference_json


def test_what_is_stated_is_written_and_nothing_else():
    """Absent parts are left out; warnings are always there."""
    shape = reference_json(make_reference(make_passage("Vincristine 1.5 mg/m2")))
    assert shape["value"] == 1.5
    assert shape["span"] == [0, 21]
    assert shape["warnings"] == []
    assert not {"min", "max", "cap", "population", "route", "days", "per"} & set(shape)


def test_every_part_that_is_stated_is_written():
    """Ranges, caps, populations and fields come out as JSON numbers and words."""
    shape = reference_json(
        make_reference(
            make_passage("x"),
            minimum=Decimal("10"),
            maximum=Decimal("12.5"),
            route=Route.IV,
            days=(1, 8),
            per="day",
            cap=Cap(Decimal(2), "mg"),
            population=Population(text="infants", age_months_max=Decimal(12)),
            irradiation=Irradiation(Decimal("23.4"), 13, target="craniospinal"),
        )
    )
    assert (shape["min"], shape["max"]) == (10, 12.5)
    assert "value" not in shape
    assert shape["cap"] == {"value": 2, "unit": "mg", "per": "dose"}
    assert shape["population"] == {"text": "infants", "age_months_max": 12}
    assert shape["irradiation"]["total_gy"] == 23.4
    assert (shape["route"], shape["days"], shape["per"]) == ("IV", [1, 8], "day")
    json.dumps(shape)


def test_the_list_follows_the_filter():
    """Only the references admitted are listed, in document order."""
    store = MemoryStore()
    store.add_document(make_prepared("one", "two", file="b.pdf"), make_event())
    store.add_document(make_prepared("three", file="a.pdf"), make_event())
    assert [one["file"] for one in list_references(store)] == ["a.pdf", "b.pdf", "b.pdf"]
    assert len(list(list_references(store, ReferenceFilter(file="a.pdf")))) == 1


@pytest.mark.parametrize(
    ("value", "written"),
    [("2", "2"), ("2.0", "2"), ("1.5", "1.5"), ("1E+3", "1000"), ("0.05", "0.05")],
)
def test_numbers_are_json_numbers(value, written):
    """Whole numbers have no decimal point."""
    assert json.dumps(number(Decimal(value))) == written
