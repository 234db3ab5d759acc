"""The dose of the patient a question names."""

from decimal import Decimal

from tests.factories_store import make_passage, make_reference

from fuente.dosing.reference import Cap, ReferenceKind
from fuente.evidence.body_asked import body_asked
from fuente.evidence.worked_dose import work_out


def reference(**stated):
    """A reference of vincristine."""
    return make_reference(make_passage("Vincristine"), **stated)


def test_the_dose_follows_from_the_stated_value_and_the_body():
    """Every step is shown, the surface first."""
    worked = work_out(reference(value="1.5"), body_asked("20 kg and 115 cm"))
    assert worked.doses[0].value == Decimal("1.2")
    assert worked.steps == (
        "surface from 115 cm and 20 kg (Mosteller): 0.80 m2",
        "1.5 mg/m2 x 0.8 m2 = 1.2 mg",
    )


def test_the_cap_holds():
    """A stated maximum limits the calculated dose, and the step says so."""
    worked = work_out(reference(value="1.5", cap=Cap(Decimal(2), "mg")), body_asked("1.9 m2"))
    assert worked.doses[0].value == Decimal(2)
    assert worked.doses[0].cap_applied


def test_a_range_is_worked_out_at_both_ends():
    """Which of them is given is not fuente's to choose."""
    stated = reference(minimum=Decimal(10), maximum=Decimal(15), unit="mg/kg")
    worked = work_out(stated, body_asked("10 kg"))
    assert [one.value for one in worked.doses] == [Decimal(100), Decimal(150)]


def test_what_the_question_lacks_is_said():
    """A weight alone gives no surface."""
    assert "height" in work_out(reference(value="1.5"), body_asked("20 kg")).missing
    per_kg = reference(value="0.05", unit="mg/kg")
    assert "weight" in work_out(per_kg, body_asked("0.8 m2")).missing


def test_nothing_is_calculated_without_a_body_or_without_a_dose():
    """A cap and a flat dose need no body."""
    assert work_out(reference(value="1.5"), body_asked("in Wilms tumour")) is None
    assert work_out(reference(value="12", unit="mg"), body_asked("20 kg")) is None
    capped = reference(value="2", unit="mg/m2", kind=ReferenceKind.CAP)
    assert work_out(capped, body_asked("0.8 m2")) is None
