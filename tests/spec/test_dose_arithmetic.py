"""The worked examples of the dose rules: what a stated dose comes to for one body."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories_dosing import make_reference

from fuente.dosing.calculation import Body, calculate_dose, reference_for
from fuente.dosing.population import parse_bands
from fuente.dosing.reference import Cap, DoseReference

DATA = Path(__file__).resolve().parents[1] / "data"
BAND_TABLES = {
    "busulfan": "BU_WEIGHT",
    "methotrexate intrathecal (BFM table)": "IT_MTX_BFM",
    "methotrexate intrathecal (COG table)": "IT_MTX_COG",
}
# The note of example 20 states the renal function; example 5 is dosed by weight, as its note says.
GFR = {"20": Decimal("101.6")}
BY_WEIGHT = {"5": Decimal("2.7")}


def examples() -> list[dict[str, str]]:
    """Read the worked examples."""
    with (DATA / "dose_engine_examples.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def banded(table: str) -> tuple[DoseReference, ...]:
    """Give one reference per band of a table, as a page with that table states them."""
    with (DATA / "age_weight_dose_bands.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["table"] == table]
    populations = parse_bands([row["band"] for row in rows])
    unit = rows[0]["unit"].split(" ")[0]
    return tuple(
        make_reference(value=Decimal(row["value"]), unit=unit, population=population)
        for row, population in zip(rows, populations, strict=True)
    )


def body_of(row: dict[str, str]) -> Body:
    """Give the body an example is about."""
    known = {key: Decimal(row[key]) for key in ("bsa_m2", "weight_kg", "age_y") if row[key]}
    age = known["age_y"] * 12 if "age_y" in known else None
    return Body(known.get("weight_kg"), known.get("bsa_m2"), age, GFR.get(row["example"]))


def reference_of(row: dict[str, str]) -> DoseReference:
    """Give the reference an example starts from."""
    if row["prescribed"] in ("by_weight", "by_age"):
        found = reference_for(banded(BAND_TABLES[row["drug"]]), body_of(row))
        assert found is not None
        return found
    cap = Cap(Decimal(row["cap"]), row["cap_unit"]) if row["cap"] else None
    if row["example"] in BY_WEIGHT:
        return make_reference(drug=row["drug"], value=BY_WEIGHT[row["example"]], unit="mg/kg")
    drug = {"131I-MIBG": "iobenguane (131I)"}.get(row["drug"], row["drug"])
    return make_reference(drug=drug, value=Decimal(row["prescribed"]), unit=row["unit"], cap=cap)


@pytest.mark.parametrize("row", examples(), ids=lambda row: f"{row['example']}-{row['drug']}")
def test_worked_example(row):
    """The amount, its unit and whether the cap was reached are those of the example."""
    dose = calculate_dose(reference_of(row), body_of(row))

    assert (dose.value, dose.unit, dose.cap_applied) == (
        Decimal(row["expected_administered"]),
        row["unit_administered"],
        row["cap_applied"] == "1",
    )
