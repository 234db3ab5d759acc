"""What a patient is given: reference and size to dated doses, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories_regimens import (
    START,
    give,
    make_bands,
    make_body,
    make_dose,
    make_phase,
    make_row,
)

from fuente.dosing.reference import Cap, Population, Route
from fuente.generation.chemotherapy import EDQM_ROUTES
from fuente.generation.profile import Profile

# 120 cm and 22 kg: Mosteller gives sqrt(120 * 22 / 3600) = 0.86 m2.
SURFACE = Decimal("0.86")


def one_cycle(*references, banded=(), **schedule):
    """A phase of one cycle of 28 days with these rows."""
    return make_phase(references=references, banded=banded, **{"cycle_days": 28, **schedule})


DOSES = [
    # value, unit, cap, amount, cap applied: worked by hand for 0.86 m2 and 22 kg
    ("1.5", "mg/m2", None, "1.29", False),
    ("0.05", "mg/kg", None, "1.1", False),
    ("1.5", "mg/m2", Cap(Decimal(2), "mg"), "1.29", False),
    ("3", "mg/m2", Cap(Decimal(2), "mg"), "2", True),
    ("12", "g/m2", None, "10300", False),
    ("12", "g/m2", Cap(Decimal(20), "g"), "10300", False),
    ("10", "mg", None, "10", False),
    ("45", "ug/kg", None, "0.99", False),
]


@pytest.mark.parametrize(("value", "unit", "cap", "amount", "capped"), DOSES)
def test_a_dose_follows_from_value_and_size(value, unit, cap, amount, capped):
    """Value times surface or weight, no more than the cap, three digits."""
    drug = "methotrexate" if unit == "g/m2" else "vincristine"
    dose = make_dose(drug, value, unit, days=(1,), cap=cap)

    (row,) = give(one_cycle(dose), (dose,))

    assert row["dose_administered"] == Decimal(amount)
    assert row["cap_applied"] is capped
    assert row["prescribed_value"] == Decimal(value)
    assert row["prescribed_unit"] == unit


def test_the_size_used_is_the_one_the_unit_asks_for():
    """Per m2 the surface stands in the row, per kg the weight, for a flat dose neither."""
    rows = [
        give(one_cycle(dose), (dose,))[0]
        for dose in (make_dose(unit=unit) for unit in ("mg/m2", "mg/kg", "mg"))
    ]

    assert [row.get("bsa_used") for row in rows] == [SURFACE, None, None]
    assert [row.get("weight_used") for row in rows] == [None, Decimal(22), None]


def test_listed_days_become_dates():
    """Days 1, 8 and 15 of two cycles of 21 days."""
    dose = make_dose(days=(1, 8, 15))
    rows = give(one_cycle(dose, cycles=2, cycle_days=21), (dose,))

    assert [(row["cycle"], row["day"], str(row["date"])) for row in rows] == [
        (1, 1, "2024-01-01"), (1, 8, "2024-01-08"), (1, 15, "2024-01-15"),
        (2, 1, "2024-01-22"), (2, 8, "2024-01-29"), (2, 15, "2024-02-05"),
    ]  # fmt: skip


SCHEDULES = [
    # per, days, times a day -> number of givings in 14 days
    ("day", (), None, 14),
    ("day", (1, 2, 3), None, 3),
    ("day", (1, 2, 3), 2, 3),  # the amount of a day in two parts is one row of that day
    ("dose", (1, 2, 3), 2, 6),  # an amount per dose twice daily is two rows
    (None, (1, 2), 2, 4),
    ("week", (), None, 2),
    ("week", (1, 8), None, 2),
    ("cycle", (), None, 1),
    ("cycle", (1, 2, 3), None, 1),  # the amount of a cycle is not given three times
    ("course", (3, 4), None, 1),
    (None, (), None, 1),
]


@pytest.mark.parametrize(("per", "days", "times", "count"), SCHEDULES)
def test_as_many_givings_as_the_page_says(per, days, times, count):
    """Daily and weekly fill the cycle; what is stated per cycle is given once."""
    dose = make_dose("prednisone", "60", per=per, days=days, times_per_day=times, route=Route.PO)
    rows = give(one_cycle(dose, cycle_days=14), (dose,))

    assert len(rows) == count
    assert {row["dose_administered"] for row in rows} == {Decimal("51.6")}
    assert rows[0]["day"] == (days or (1,))[0]


def test_a_range_is_given_at_its_lower_end():
    """Nothing above what the page allows at least is assumed."""
    dose = make_dose(minimum=Decimal("1.0"), maximum=Decimal("1.5"))

    (row,) = give(one_cycle(dose), (dose,))

    assert row["prescribed_value"] == 1
    assert row["dose_administered"] == SURFACE


def test_a_dose_by_exposure_rests_on_the_kidneys():
    """AUC 6 by the formula of Newell: 6 * (GFR + 0.36 * 22 kg), with the GFR of the measurement."""
    dose = make_dose("carboplatin", "6", "mg.min/mL")
    body = make_body()

    (row,) = give(one_cycle(dose), (dose,), body=body)
    (measured,) = body.measurements
    renal = measured.tree["gfr_ml_min"].value

    # 90 to 130 mL/min per 1.73 m2 at 0.86 m2.
    assert 44 <= renal <= 65
    expected = 6 * (renal + Decimal("0.36") * 22)
    assert abs(row["dose_administered"] - expected) < expected / 100
    assert row["weight_used"] == 22
    assert "bsa_used" not in row


INFANT = Population(
    text="under 12 months or below 10 kg",
    age_months_max=Decimal(12),
    weight_kg_max=Decimal(10),
    either=True,
)
INFANT_ROWS = [
    # months, height, weight -> unit used
    (6, "66", "7.5", "mg/kg"),
    (14, "75", "9.5", "mg/kg"),  # old enough, but too light
    (11, "78", "10.5", "mg/kg"),  # heavy enough, but too young
    (14, "78", "10.5", "mg/m2"),
    (72, "120", "22", "mg/m2"),
]


@pytest.mark.parametrize(("months", "height", "weight", "unit"), INFANT_ROWS)
def test_infants_are_dosed_by_their_own_rule(months, height, weight, unit):
    """The rule replaces the printed row for whom it admits, and for nobody else."""
    printed = make_dose(days=(1, 8), ordinal=1)
    rule = make_dose(value="0.05", unit="mg/kg", ordinal=2, population=INFANT)
    body = make_body(months=months, height=height, weight=weight)

    rows = give(one_cycle(printed), (printed, rule), body=body)

    assert [row["prescribed_unit"] for row in rows] == [unit] * 2
    assert [row["day"] for row in rows] == [1, 8]


def test_a_rule_for_another_drug_or_route_replaces_nothing():
    """Only the same drug by the same route is spoken of."""
    printed = make_dose(ordinal=1)
    others = (
        make_dose("dactinomycin", "0.025", "mg/kg", ordinal=2, population=INFANT),
        make_dose(value="1", unit="mg", ordinal=3, population=INFANT, route=Route.IT),
    )
    body = make_body(months=6, height="66", weight="7.5")

    (row,) = give(one_cycle(printed), (printed, *others), body=body)

    assert (row["drug_inn"], row["prescribed_unit"]) == ("vincristine", "mg/m2")


def test_whom_a_row_excludes_is_not_given_it():
    """A row for children from 3 years on is nothing for one of 2."""
    dose = make_dose(population=Population(age_months_min=Decimal(36)))

    assert give(one_cycle(dose), (dose,), body=make_body(months=24)) == []
    assert len(give(one_cycle(dose), (dose,), body=make_body(months=37))) == 1


FOR_SOME = [
    # what the row is printed for,        spread, risk,    given
    (Population(metastatic=True), False, "low", False),
    (Population(metastatic=True), True, "high", True),
    (Population(risk_groups=frozenset({"high"})), False, "standard", False),
    (Population(risk_groups=frozenset({"high"})), False, "high", True),
]


@pytest.mark.parametrize(("population", "metastatic", "risk", "given"), FOR_SOME)
def test_a_row_for_another_disease_is_not_given(population, metastatic, risk, given):
    """A drug printed for metastatic disease or a risk group is for those patients alone."""
    dose = make_dose(days=(1,), population=population)
    profile = Profile(Decimal(72), Decimal(22), SURFACE, metastatic, risk)

    assert bool(give(one_cycle(dose), (dose,), profile=profile)) is given


def test_a_relapse_is_not_held_to_the_extent_at_diagnosis():
    """Without a profile only age and size decide."""
    dose = make_dose(days=(1,), population=Population(metastatic=True))

    assert give(one_cycle(dose), (dose,))


MTX = make_bands("methotrexate", [("6", 0, 12), ("8", 12, 24), ("10", 24, 36), ("12", 36, None)])
BANDS = [(6, "6"), (11, "6"), (12, "8"), (23, "8"), (24, "10"), (36, "12"), (200, "12")]


@pytest.mark.parametrize(("months", "amount"), BANDS)
def test_a_band_is_half_open(months, amount):
    """One year is in the band from one year on, by the day."""
    phase = one_cycle(banded=(make_row(MTX, days=(1,)),))

    (row,) = give(phase, MTX, body=make_body(months=months))

    assert row["dose_administered"] == Decimal(amount)
    assert row["route"] == EDQM_ROUTES[Route.IT]


def test_the_band_is_that_of_the_day():
    """A child that turns two within the phase is dosed as two from then on."""
    phase = one_cycle(banded=(make_row(MTX, days=(1, 60)),), cycle_days=90)

    rows = give(phase, MTX, body=make_body(months=23))

    assert [row["dose_administered"] for row in rows] == [8, 10]


def test_triple_intrathecal_gives_one_row_per_drug():
    """Three drugs of one band row on one day are three rows of that day."""
    triple = MTX + make_bands("cytarabine", [("30", 0, 36), ("40", 36, None)], first=200)
    triple += make_bands("hydrocortisone", [("10", 0, None)], first=300)

    rows = give(one_cycle(banded=(make_row(triple, days=(1, 15)),)), triple)

    assert [(row["day"], row["drug_inn"]) for row in rows] == [
        (day, drug) for day in (1, 15) for drug in ("methotrexate", "cytarabine", "hydrocortisone")
    ]


def test_a_band_row_twice_daily_is_given_twice():
    """The row says how often, the band how much."""
    busulfan = make_bands("busulfan", [("20", 0, None)])
    phase = one_cycle(banded=(make_row(busulfan, days=(1, 2), route=Route.IV, times=4),))

    rows = give(phase, busulfan)

    assert len(rows) == 8
    assert {row["route"] for row in rows} == {EDQM_ROUTES[Route.IV]}


def test_a_route_the_page_does_not_state_is_the_drugs_usual_one():
    """Mercaptopurine is swallowed; the row does not claim that the page says so."""
    dose = make_dose("mercaptopurine", "50", per="day", route=None)

    (row, *_) = give(one_cycle(dose, cycle_days=7), (dose,))

    assert row["route"] == EDQM_ROUTES[Route.PO]


def test_nothing_is_given_after_the_reference_date():
    """What lies ahead is not in the record."""
    dose = make_dose(days=(1, 8, 15))
    rows = give(one_cycle(dose), (dose,), today=date(2024, 1, 8))

    assert [row["day"] for row in rows] == [1, 8]


def test_rows_come_by_date_then_as_printed():
    """Two drugs of one day stand in the order of the table."""
    first = make_dose("cisplatin", "60", days=(1, 5), ordinal=1)
    second = make_dose("doxorubicin", "25", days=(1, 2), ordinal=2)

    rows = give(one_cycle(first, second), (first, second))

    assert [(row["day"], row["drug_inn"]) for row in rows] == [
        (1, "cisplatin"), (1, "doxorubicin"), (2, "doxorubicin"), (5, "cisplatin"),
    ]  # fmt: skip


def test_the_size_of_a_short_cycle_is_that_of_its_start():
    """Within 28 days the dose stays; in a long cycle it follows the child."""
    dose = make_dose("prednisone", "40", per="day", days=(1, 15, 60), route=Route.PO)
    body = make_body()
    give(one_cycle(dose, cycle_days=64), (dose,), body=body)

    assert [one.measured_on.value for one in body.measurements] == [START, date(2024, 2, 29)]
