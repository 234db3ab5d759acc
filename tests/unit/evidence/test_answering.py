"""When the documents support an answer, and which refusal is given when they do not."""

from decimal import Decimal

from tests.factories_answers import answer, stated
from tests.factories_store import make_passage, make_reference

from fuente.dosing.reference import Cap, Population, ReferenceKind
from fuente.evidence.ranking import Candidate
from fuente.evidence.refusal import Reason


def test_the_reference_of_the_drug_and_disease_is_the_answer():
    """The value comes from the row of the disease the question names."""
    right = stated("Vincristine 1.5 mg/m2 in Wilms tumour", value="1.5")
    wrong = stated("Vincristine 0.05 mg/kg in ependymoma", page=2, value="0.05", unit="mg/kg")
    found = answer("Vincristine dose in Wilms tumour?", wrong, right)
    assert found.refusal is None
    assert found.reference == right.references[0]
    assert found.hits[0].passage == right.passage


def test_a_drug_no_document_mentions_is_refused_by_name():
    """The refusal says which drug is missing."""
    found = answer("Busulfan dose in Wilms tumour?", stated("Vincristine 1.5 mg/m2 in Wilms"))
    assert found.reference is None
    assert found.refusal.reason is Reason.DRUG_NOT_IN_CORPUS
    assert "busulfan" in found.refusal.detail


def test_a_near_miss_is_refused_not_answered():
    """The drug is there, for another disease: that dose is no answer."""
    found = answer("Vincristine dose in sarcoidosis?", stated("Vincristine 1.5 mg/m2 in Wilms"))
    assert found.refusal.reason is Reason.DOSE_NOT_STATED


def test_a_dose_is_no_answer_to_a_question_for_a_maximum():
    """Without a cap the maximum is not stated."""
    found = answer("Maximum vincristine dose in Wilms", stated("Vincristine 1.5 mg/m2 in Wilms"))
    assert found.refusal.reason is Reason.DOSE_NOT_STATED


def test_the_cap_of_a_dose_answers_a_question_for_the_maximum():
    """The same words are cited, with the number that was asked for."""
    cap = Cap(Decimal(2), "mg")
    row = stated("Vincristine 1.5 mg/m2 in Wilms (maximum 2 mg)", cap=cap)
    found = answer("Maximum vincristine dose in Wilms", row)
    assert (found.reference.kind, found.reference.value) == (ReferenceKind.CAP, Decimal(2))
    assert found.reference.unit == "mg"
    assert found.reference.quote == row.references[0].quote


def test_radiotherapy_needs_no_drug():
    """A dose to a target answers a question about radiotherapy."""
    row = stated(
        "Craniospinal radiotherapy 23.4 Gy in medulloblastoma",
        drug=None,
        value="23.4",
        unit="Gy",
        kind=ReferenceKind.RADIOTHERAPY,
    )
    found = answer("Craniospinal radiotherapy dose in medulloblastoma?", row)
    assert found.reference.value == Decimal("23.4")


def test_a_drug_outside_the_vocabulary_must_stand_in_the_quote():
    """Another drug's dose on the same page is no answer."""
    right = stated("Hydralazine 5 mg IV in pre-eclampsia", drug=None, value="5", unit="mg")
    wrong = stated("Labetalol 20 mg IV in pre-eclampsia", page=2, drug=None, value="20", unit="mg")
    found = answer("Hidralazina en la preeclampsia: ¿dosis?", wrong, right)
    assert found.reference == right.references[0]
    refused = answer("Nifedipino en la preeclampsia: ¿dosis?", wrong, right)
    assert refused.refusal.reason is Reason.NO_REFERENCE


def test_equal_statements_of_two_documents_that_differ_are_a_conflict():
    """Neither is preferred silently; both places are named."""
    one = stated("Vincristine 1.5 mg/m2 in Wilms", value="1.5")
    other = stated(
        "Vincristine 2.0 mg/m2 in Wilms", value="2.0", sha256="e" * 64, file="b.pdf", page=7
    )
    found = answer("Vincristine in Wilms", one, other)
    assert found.refusal.reason is Reason.CONFLICT
    assert "a.pdf page 1" in found.refusal.detail
    assert "b.pdf page 7" in found.refusal.detail


def test_equal_statements_that_agree_are_no_conflict():
    """Two documents that state the same dose support each other."""
    one = stated("Vincristine 1.5 mg/m2 in Wilms")
    other = stated("Vincristine 1.5 mg/m2 in Wilms", sha256="e" * 64, file="b.pdf")
    assert answer("Vincristine in Wilms", one, other).refusal is None


def test_a_question_that_names_nothing_is_asked_back():
    """Without drug, disease or treatment the question is ambiguous."""
    found = answer("What is the dose?", stated("Vincristine 1.5 mg/m2"))
    assert found.refusal.reason is Reason.AMBIGUOUS_QUESTION
    assert found.refusal.questions


def test_no_candidates_means_no_passage():
    """Nothing found is said as such."""
    assert answer("Vincristine in Wilms").refusal.reason is Reason.NO_PASSAGE


def test_at_most_ten_hits_are_given_and_the_answer_is_the_first():
    """The passage the answer is cut from stands in front."""
    rows = [stated(f"Vincristine {n} mg/m2 in Wilms", page=n, value=str(n)) for n in range(1, 15)]
    found = answer("Vincristine in Wilms", *rows)
    assert len(found.hits) == 10
    assert found.hits[0].passage.passage_id == found.reference.passage_id


def test_of_several_doses_in_one_passage_the_one_asked_about_is_given():
    """The words beside each number decide, since the quote is the same."""
    text = "FOLFOX: oxaliplatin 85 mg/m2 every 2 weeks. CAPOX: oxaliplatin 130 mg/m2 every 3 weeks."
    passage = make_passage(text)
    doses = tuple(
        make_reference(passage, drug="oxaliplatin", value=value, ordinal=ordinal)
        for ordinal, value in enumerate(("85", "130"))
    )
    row = Candidate(passage, "a.pdf", "Colorectal cancer", 0.5, 1.0, doses)
    assert answer("Oxaliplatin in FOLFOX?", row).reference.value == Decimal(85)
    assert answer("Oxaliplatin in CAPOX?", row).reference.value == Decimal(130)


def test_the_dose_of_a_known_drug_never_answers_for_an_unknown_one():
    """A passage may state prednisone beside the drug asked about: that is another drug."""
    row = stated("Dapsone; prednisone 1 mg/kg in Wilms", drug="prednisone", unit="mg/kg")
    assert answer("Dapsone in Wilms", row).refusal.reason is Reason.NO_REFERENCE


def test_a_dose_for_other_patients_is_refused():
    """A rule for infants is no answer about a ten-year-old."""
    infants = Population(text="under 12 months", age_months_max=Decimal(12))
    row = stated("Vincristine 0.05 mg/kg in Wilms tumour, under 12 months", population=infants)
    found = answer("Vincristine dose for a 10-year-old with Wilms tumour?", row)
    assert found.refusal.reason is Reason.OUT_OF_POPULATION


def test_the_dose_for_the_patients_asked_about_is_preferred():
    """Of two doses of a passage the one whose age the question names is the answer."""
    infants = Population(text="", age_months_max=Decimal(12))
    general = stated("Vincristine 1.5 mg/m2 in Wilms", value="1.5")
    special = stated(
        "Vincristine 0.05 mg/kg in Wilms", page=2, value="0.05", unit="mg/kg", population=infants
    )
    found = answer("Vincristine for a 6-month-old with Wilms?", general, special)
    assert found.reference == special.references[0]


def test_an_unknown_drug_is_not_taken_for_another():
    """A question after a drug that the vocabulary does not hold needs its name in the words."""
    other = stated("Amoxicillin 1 g in febrile neutropenia", drug=None, value="1", unit="g")
    found = answer("Febrile neutropenia: dose of gentamicin?", other)
    assert found.reference is None


ROW_OF_PZA = "PZA 30 mg/kg daily in children with tuberculosis"


def test_a_number_that_stands_before_an_unknown_drug_is_named_is_not_its_dose():
    """Both drugs are in one list; the name may follow its own number only closely."""
    listed = (
        "Oral acyclovir: 2 years and over give 400 mg 8 hourly for 5 days. Repeated courses may be "
        "required. If superinfected give amoxicillin as well."
    )
    found = answer("Dose of amoxicillin?", stated(listed, drug=None, value="400", unit="mg"))
    assert found.reference is None
    near = stated("400 mg 8 hourly of amoxicillin", drug=None, value="400", unit="mg")
    assert answer("Dose of amoxicillin?", near).reference is not None


def test_a_row_is_found_by_the_short_name_its_document_prints():
    """`PZA: Pyrazinamide` makes a row that begins with PZA one of pyrazinamide."""
    row = stated(ROW_OF_PZA, drug=None, value="30", unit="mg/kg")
    key = key_of_names("LZD: Linezolid / PZA: Pyrazinamide in tuberculosis")

    found = answer("Pyrazinamide dose for children with tuberculosis?", row, key)

    assert found.reference == row.references[0]


def test_a_short_name_of_two_drugs_or_of_another_document_finds_nothing():
    """Only the document of the row says what its short name means, and it says one thing."""
    row = stated(ROW_OF_PZA, drug=None, value="30", unit="mg/kg")
    text = "PZA: Pyrazinamide in tuberculosis"
    elsewhere = key_of_names(text, sha256="e" * 64)
    of_two = key_of_names(f"{text}, PZA: Pazufloxacin")

    for key in (elsewhere, of_two):
        assert (
            answer("Pyrazinamide dose for children with tuberculosis?", row, key).reference is None
        )


def key_of_names(text, sha256="d" * 64):
    """A candidate without a dose that says what short names mean."""
    passage = make_passage(text, page=2, sha256=sha256)
    return Candidate(passage, f"{sha256[0]}.pdf", "Protocol", 0.5, 1.0, ())


def test_a_dose_of_a_document_about_another_disease_is_a_near_miss():
    """Its words may be near; what its document is for decides."""
    wilms = stated("Vincristine 1.5 mg/m2 in tumour sarcoma protocols", diagnoses=("WT",))
    found = answer("Vincristine in Ewing sarcoma", wilms)
    assert found.refusal.reason is Reason.DOSE_NOT_STATED
    ewing = stated("Vincristine 2 mg/m2 weekly", page=2, value="2", diagnoses=("EWS",))
    assert answer("Vincristine in Ewing sarcoma", wilms, ewing).reference == ewing.references[0]


def test_a_word_no_document_prints_does_not_hide_the_disease():
    """People ask in sentences; once the disease is met, an unknown word is only a word."""
    row = stated("Vincristine 1.5 mg/m2 in Wilms tumour")
    found = answer("Wilms tumour: kindly remind Dr Gonzalo of the vincristine dose", row)
    assert found.reference == row.references[0]


def test_several_doses_of_a_drug_alone_are_asked_back():
    """A drug has as many doses as protocols; each is named with its place."""
    one = stated("Vincristine 1.5 mg/m2", phase="Induction")
    other = stated("Vincristine 0.05 mg/kg", page=2, value="0.05", unit="mg/kg", phase="Infants")
    found = answer("What is the dose of vincristine?", one, other)
    assert found.refusal.reason is Reason.AMBIGUOUS_QUESTION
    assert found.refusal.questions
    assert {each.value for each in found.alternatives} == {Decimal("1.5"), Decimal("0.05")}
    assert answer("What is the dose of vincristine?", one).reference == one.references[0]


def test_other_amounts_that_fit_nearly_as_well_are_alternatives():
    """The reader sees what else the documents state, each amount once."""
    rows = [
        stated(f"Vincristine {value} mg/m2 in Wilms tumour", page=page, value=value)
        for page, value in enumerate(("1.5", "2", "2"), start=1)
    ]
    found = answer("Vincristine in Wilms tumour", *rows)
    assert found.reference.value == Decimal("1.5")
    assert [one.value for one in found.alternatives] == [Decimal(2)]


def test_a_conflict_shows_both_statements():
    """Which one to follow is for the reader to say."""
    one = stated("Vincristine 1.5 mg/m2 in Wilms")
    other = stated("Vincristine 2.0 mg/m2 in Wilms", value="2.0", sha256="e" * 64, file="b.pdf")
    found = answer("Vincristine in Wilms", one, other)
    assert {each.file for each in found.alternatives} == {"a.pdf", "b.pdf"}


def test_the_patient_of_the_question_gets_a_calculated_dose():
    """From the stated value, with the steps."""
    row = stated("Vincristine 1.5 mg/m2 in Wilms tumour")
    found = answer("Vincristine in Wilms tumour, 20 kg, 115 cm", row)
    assert found.worked.doses[0].value == Decimal("1.2")
    assert answer("Vincristine in Wilms tumour", row).worked is None
