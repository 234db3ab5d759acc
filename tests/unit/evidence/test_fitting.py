"""Which of several statements a question means."""

from decimal import Decimal

import pytest
from tests.factories_answers import answer, stated
from tests.factories_store import make_passage, make_reference

from fuente.dosing.reference import Irradiation, Population, ReferenceKind
from fuente.evidence.ranking import Candidate
from fuente.evidence.refusal import Reason

SEVENTY_FIVE = Decimal(75 * 12)


def passage_with(text, *references):
    """A candidate whose passage states several references."""
    passage = make_passage(text)
    made = tuple(
        make_reference(passage, ordinal=ordinal, **one) for ordinal, one in enumerate(references)
    )
    return Candidate(passage, "a.pdf", "Protocol", 0.5, 1.0, made)


def test_the_number_with_its_unit_is_the_one_whose_neighbours_count():
    """The 5 of 7.5 mg/m2 is not the 5 mg/kg of another regimen."""
    row = passage_with(
        "FOLFIRI with bevacizumab 5 mg/kg. CAPOX with bevacizumab 7.5 mg/m2.",
        {"drug": "bevacizumab", "value": "5", "unit": "mg/kg"},
        {"drug": "bevacizumab", "value": "7.5", "unit": "mg/m2"},
    )
    assert answer("Bevacizumab with CAPOX?", row).reference.value == Decimal("7.5")
    assert answer("Bevacizumab with FOLFIRI?", row).reference.value == Decimal(5)


def test_after_a_toxicity_the_reduced_dose_is_meant():
    """The full dose of the same drug stands beside it."""
    full = stated("FOLFOX: oxaliplatin 85 mg/m2", drug="oxaliplatin", value="85")
    less = stated(
        "FOLFOX after diarrhoea (grade 3): oxaliplatin 65 mg/m2",
        page=2,
        drug="oxaliplatin",
        value="65",
        kind=ReferenceKind.REDUCTION,
    )
    assert answer("FOLFOX: oxaliplatin after grade 3 diarrhoea?", full, less).reference.value == 65


@pytest.mark.parametrize(
    ("question", "value"),
    [("Capecitabine in colon cancer, over 75 years", 1500), ("Capecitabine in colon cancer", 2000)],
)
def test_a_dose_reduced_for_some_patients_is_the_dose_of_those_patients(question, value):
    """Who asks for the dose of somebody over 75 need not know that it is a reduced one."""
    row = passage_with(
        "Colon cancer: capecitabine 2000 mg/m2. Over 75 years reduced to 1500 mg/m2.",
        {"drug": "capecitabine", "value": "2000", "unit": "mg/m2"},
        {
            "drug": "capecitabine",
            "value": "1500",
            "unit": "mg/m2",
            "kind": ReferenceKind.REDUCTION,
            "population": Population(text="Over 75 years", age_months_min=SEVENTY_FIVE),
        },
    )
    assert answer(question, row).reference.value == value


def test_a_fraction_and_a_total_are_told_apart():
    """`1.8 Gy` of a day and `54 Gy` in all answer different questions."""
    irradiation = Irradiation(total_gy=Decimal(54))
    row = passage_with(
        "Ependymoma radiotherapy: 54 Gy, daily fraction 1.8 Gy",
        *(
            {
                "drug": None,
                "value": value,
                "unit": "Gy",
                "per": per,
                "kind": ReferenceKind.RADIOTHERAPY,
                "irradiation": irradiation,
            }
            for value, per in (("54", None), ("1.8", "dose"))
        ),
    )
    assert answer("Radiotherapy fraction in ependymoma?", row).reference.value == Decimal("1.8")
    assert answer("Total radiotherapy dose in ependymoma?", row).reference.value == Decimal(54)


LISTED = "Notes:\nBDQ over 30 kg: 400 mg daily\n16-30 kg: 200 mg daily\nBDQ may be extended"


@pytest.mark.parametrize("value", ["400", "200"])
def test_an_item_that_begins_with_a_band_goes_on_with_the_drug_above_it(value):
    """A list names the drug once, by the short name its document explains."""
    row = stated(LISTED, drug=None, value=value, unit="mg")
    names = passage_with("Tuberculosis drugs: BDQ (Bedaquiline)")
    assert answer("Dose of bedaquiline?", row, names).reference is not None


def test_an_item_of_another_drug_ends_the_list():
    """The nearest name above the number is the drug's."""
    row = stated(
        "BDQ over 30 kg: 400 mg\nLZD:\n16-30 kg: 200 mg", drug=None, value="200", unit="mg"
    )
    names = passage_with("Tuberculosis drugs: BDQ (Bedaquiline), LZD (Linezolid)")
    assert answer("Dose of linezolid?", row, names).reference is not None


def test_whose_guideline_is_asked_for_excludes_nothing():
    """A country is seldom printed beside a dose; the words about the patient decide."""
    row = stated("Vincristine 1.5 mg/m2 in Wilms", value="1.5")
    assert answer("Vincristine in Wilms (Chilean guideline)", row).refusal is None
    sarcoma = answer("Vincristine in sarcoidosis (Chilean guideline)", row)
    assert sarcoma.refusal.reason is Reason.DOSE_NOT_STATED


def test_a_dose_of_relapse_is_meant_only_where_the_question_speaks_of_it():
    """A salvage line stands beside the first one in many files."""
    first = stated("Ifosfamide 1800 mg/m2 in Ewing sarcoma", drug="ifosfamide", value="1800")
    later = stated(
        "Ifosfamide 3000 mg/m2 in Ewing sarcoma",
        page=2,
        drug="ifosfamide",
        value="3000",
        phase="Relapse",
    )
    assert answer("Ifosfamide in Ewing sarcoma", later, first).reference.value == 1800
    assert answer("Ifosfamide in relapsed Ewing sarcoma", later, first).reference.value == 3000


def test_without_a_patient_the_dose_for_all_is_meant():
    """A rule for small children is not the dose of the protocol."""
    small = Population(text="under 10 kg", weight_kg_max=Decimal(10))
    rule = stated(
        "Vinblastine 0.2 mg/kg in Wilms tumour",
        value="0.2",
        unit="mg/kg",
        drug="vinblastine",
        population=small,
    )
    general = stated("Vinblastine 6 mg/m2 in Wilms tumour", page=2, drug="vinblastine", value="6")
    assert answer("Vinblastine in Wilms tumour", rule, general).reference.value == 6
    assert answer("Vinblastine in Wilms tumour, 8 kg", rule, general).worked is not None


@pytest.mark.parametrize(("age", "value"), [("11-month", 20), ("1-year", 30), ("2-year", 50)])
def test_a_birthday_begins_the_next_age_band(age, value):
    """Bands are half open: one year old is in `1 to <2 years`, not in `under 1 year`."""
    bands = ((0, 12, "20"), (12, 24, "30"), (24, 36, "50"))
    row = passage_with(
        "Cytarabine in Wilms tumour by age: 20 30 50",
        *(
            {
                "drug": "cytarabine",
                "unit": "mg",
                "value": dose,
                "population": Population(
                    text="age", age_months_min=Decimal(low), age_months_max=Decimal(high)
                ),
            }
            for low, high, dose in bands
        ),
    )
    found = answer(f"Cytarabine for a {age}-old with Wilms tumour", row)
    assert found.reference.value == value
