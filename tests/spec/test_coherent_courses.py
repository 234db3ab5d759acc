"""What a paediatric oncologist would stop at: courses whose parts do not belong together."""

from datetime import date
from functools import cache

import pytest
from tests.factories_corpus import request_for
from tests.factories_records import library, make_record

from fuente.evidence.refusal import Reason, Refusal
from fuente.patients.catalogue import load_catalogue

SEEDS = range(4)
FILES = (
    "aml.pdf", "ewing.pdf", "germinoma.pdf", "hepatoblastoma.pdf", "medulloblastoma.pdf",
    "neuroblastoma.pdf", "rhabdomyosarcoma.pdf", "transplant.pdf", "wilms.pdf",
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


def tumour_of(record):
    """The first tumour's row."""
    return record["diagnoses"][0]


def margins_of(record):
    """The margins of every operation that has some."""
    return {row["margins"] for row in record["surgery"] if "margins" in row}


def words_of_fields(record):
    """The quotes behind the radiotherapy."""
    quotes = {one["citation_id"]: one["quote"] for one in record["citations"]}
    return [quotes[row["citation_id"]] for row in record["radiotherapy"]]


WILMS = "4-year-old girl with Wilms tumour"


def test_a_kidney_tumour_of_stage_one_or_two_was_removed_completely_and_is_not_irradiated():
    """Residue makes it stage III, and the flank is irradiated in stage III only."""
    patients = [made(WILMS, seed) for seed in range(8)]
    early = [one for one in patients if tumour_of(one)["stage_value"] in ("I", "II")]

    assert len(early) >= 3
    assert {margin for one in early for margin in margins_of(one)} == {"R0"}
    assert [row for one in early for row in one["radiotherapy"]] == []


def test_postoperative_drugs_are_those_of_the_stage():
    """AV-1 is printed for stage I, AV-2 and AVD for stages II and III."""
    for seed in range(8):
        record = made(WILMS, seed)
        stage = tumour_of(record)["stage_value"]
        for row in record["chemotherapy"][0]["administrations"]:
            assert not row["phase"].startswith("AV-1") or stage == "I"
            assert not row["phase"].startswith(("AV-2", "AVD, option")) or stage in ("II", "III")


FIELDS = [
    # asked, margins after which the words must not stand, words
    ("15-year-old with Ewing sarcoma: surgery and radiotherapy", {"R0", "R1"}, "no surgery"),
    ("15-year-old with Ewing sarcoma: surgery and radiotherapy", {"R2"}, "Microscopic"),
    ("5-year-old with rhabdomyosarcoma: surgery and radiotherapy", {"R1", "R2"}, "Complete"),
    ("5-year-old with rhabdomyosarcoma: surgery and radiotherapy", {"R0"}, "Incomplete"),
]


@pytest.mark.parametrize(("asked", "margins", "words"), FIELDS)
def test_a_field_is_for_what_the_operation_left(asked, margins, words):
    """The row that is cited speaks of the patient's resection."""
    for seed in SEEDS:
        record = made(asked, seed)
        for quote in words_of_fields(record):
            assert not (words in quote and margins_of(record) & margins), (seed, quote)


def test_a_medulloblastoma_of_standard_risk_leaves_no_visible_residue():
    """More than 1.5 cm2 left makes high risk of it."""
    for seed in range(6):
        record = made("7-year-old with medulloblastoma", seed)
        tumour = tumour_of(record)
        if tumour["risk_group"] == "standard":
            assert margins_of(record) <= {"R0", "R1"}
        elif not tumour["metastatic"]:
            assert margins_of(record) <= {"R2"}


def test_high_dose_treatment_comes_before_what_is_printed_as_after_it():
    """Without it there is no such field, unless radiotherapy was asked for."""
    record = made("4-year-old with neuroblastoma, no transplant")

    assert not [one for one in words_of_fields(record) if "after high-dose" in one]


ANSWERS = [
    "10-year-old with acute myeloid leukaemia",
    WILMS,
    "4-year-old with metastatic neuroblastoma",
    "15-year-old with Ewing sarcoma",
    "10-year-old with a relapse of Ewing sarcoma",
]


@pytest.mark.parametrize("asked", ANSWERS)
def test_the_outcome_is_what_the_last_response_left(asked):
    """Nobody in complete remission lives with disease, and nobody in partial remission without."""
    for seed in SEEDS:
        record = made(asked, seed)
        complete = record["treatment_lines"][-1]["remission"] == "complete"
        assert (record["outcome"]["status"] == "alive_no_disease") is complete


def test_what_was_removed_or_cannot_be_seen_is_in_complete_remission():
    """A partial remission needs a residue, metastases, or a tumour that was left in place."""
    for asked in ANSWERS[:4]:
        for seed in SEEDS:
            record = made(asked, seed)
            kept = margins_of(record) <= {"R0", "R1"} and not tumour_of(record)["metastatic"]
            if kept:
                assert record["treatment_lines"][0]["remission"] == "complete"


RISKS = [
    # asked, risk groups of its protocol's title or of the transplant
    ("5-year-old with rhabdomyosarcoma", {"high", "very_high"}),
    ("4-year-old with neuroblastoma", {"high"}),
    ("10-year-old with acute myeloid leukaemia", {"low", "standard"}),
    ("10-year-old with acute myeloid leukaemia and a transplant", {"high"}),
    ("11-year-old with medulloblastoma and an autologous transplant", {"high"}),
]


@pytest.mark.parametrize(("asked", "risks"), RISKS)
def test_the_risk_group_is_one_the_protocol_is_for(asked, risks):
    """A high-risk protocol treats nobody else, and a transplant goes with high risk."""
    assert {tumour_of(made(asked, seed))["risk_group"] for seed in SEEDS} <= risks


def test_a_protocol_for_high_risk_refuses_low_risk():
    """No document held says how a neuroblastoma of low risk is treated."""
    refusal = made("2-year-old with low risk neuroblastoma")

    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.NO_REFERENCE


def test_radiotherapy_asked_for_finds_a_disease_that_is_irradiated():
    """A kidney tumour is then of stage III, or has spread to the lungs."""
    for seed in SEEDS:
        record = made("4-year-old with Wilms tumour and radiotherapy", seed)
        (row,) = record["radiotherapy"]
        (words,) = words_of_fields(record)
        tumour = tumour_of(record)

        if row["target_site"] == ["flank"]:
            assert tumour["stage_value"] == "III"
            assert tumour["risk_group"] in words
        else:
            assert row["target_site"] == ["whole_lung"]
            assert "C34.9" in tumour["metastasis_sites"]


def days_between(earlier, later):
    """Days from one ISO date to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def test_the_bed_of_a_neuroblastoma_is_irradiated_after_the_transplant():
    """The page says after high-dose treatment, and immunotherapy waits for it."""
    for seed in range(2):
        record = made("6-year-old with neuroblastoma: surgery, transplant and radiotherapy", seed)
        (row,), (graft,) = record["radiotherapy"], record["hsct"]

        assert days_between(graft["date"], row["start_date"]) >= 60
        rows = record["chemotherapy"][0]["administrations"]
        immune = [one["date"] for one in rows if one["drug_inn"] == "dinutuximab beta"]
        assert all(days_between(row["end_date"], day) > 0 for day in immune)


def test_radiation_waits_until_the_wound_has_healed():
    """Three to four and a half weeks after the craniotomy of a medulloblastoma."""
    for seed in SEEDS:
        record = made("7-year-old with medulloblastoma", seed)
        (operated,) = (r["date"] for r in record["surgery"] if r["procedure"] == "craniotomy")
        assert 21 <= days_between(operated, record["radiotherapy"][0]["start_date"]) <= 33


def test_a_germinoma_is_irradiated_after_its_drugs():
    """Four courses come first."""
    for seed in SEEDS:
        record = made("12-year-old with germinoma", seed)
        last = record["chemotherapy"][0]["end_date"]
        assert days_between(last, record["radiotherapy"][0]["start_date"]) > 0


def procedures_of(record):
    """The procedures of the operations, in order."""
    return [row["procedure"] for row in record["surgery"]]


def test_a_kidney_is_removed_after_the_drugs_before_it_and_without_a_biopsy():
    """Imaging is enough; the operation waits a week after the last pre-operative dose."""
    for asked in (WILMS, "4-year-old with metastatic Wilms tumour"):
        for seed in SEEDS:
            record = made(asked, seed)
            rows = record["chemotherapy"][0]["administrations"]
            before = [one["date"] for one in rows if "Pre-operative" in one["phase"]]

            assert procedures_of(record) == ["nephrectomy"]
            assert days_between(max(before), record["surgery"][0]["date"]) >= 7


def test_one_organ_of_two_is_removed():
    """A tumour of both kidneys does not cost both."""
    described = [row["description"] for row in made("bilateral Wilms tumour")["surgery"]]

    assert described
    assert all("right" in one or "left" in one for one in described)


def test_an_intracranial_germinoma_is_biopsied_and_not_removed():
    """Its page attempts no resection."""
    for seed in range(8):
        assert set(procedures_of(made("12-year-old with germinoma", seed))) <= {
            "biopsy",
            "shunt_placement",
        }


def test_a_group_resected_at_diagnosis_is():
    """IRS group I and II have been operated on before any drug, group III later or not."""
    for seed in range(8):
        record = made("5-year-old with embryonal rhabdomyosarcoma: surgery", seed)
        group = tumour_of(record)["stage_value"]
        first = record["chemotherapy"][0]["start_date"]
        operated = [row["date"] for row in record["surgery"] if row["procedure"] != "biopsy"]

        assert all((days_between(day, first) > 0) is (group in ("I", "II")) for day in operated)


def test_a_stated_week_is_that_of_the_arm_given():
    """Arm A of the hepatoblastoma protocol operates in week 9, arm B in week 13."""
    weeks = set()
    for seed in range(6):
        record = made("3-year-old with hepatoblastoma", seed)
        first = record["chemotherapy"][0]["administrations"][0]
        arm = "brazo A" if "brazo A" in first["phase"] else "brazo B"
        (row,) = (one for one in record["surgery"] if one["procedure"] == "hepatectomy")
        (words,) = (
            one["quote"] for one in record["citations"] if one["citation_id"] == row["citation_id"]
        )
        weeks.add(days_between(first["date"], row["date"]))

        assert arm in words
    assert weeks <= {56, 84}


def test_what_a_page_irradiates_in_every_patient_is_irradiated():
    """After high-dose treatment the bed of a neuroblastoma is, asked for or not."""
    assert made("4-year-old with neuroblastoma")["radiotherapy"]
    assert not made("4-year-old with neuroblastoma, no radiotherapy")["radiotherapy"]


def test_an_open_request_takes_a_tumour_of_the_age():
    """Where several tumours would do, one whose usual ages include the patient's is drawn."""
    for seed in range(6):
        record = made("9-year-old with chemotherapy", seed)
        name = tumour_of(record)["tumour_name_en"]
        (entry,) = (one for one in load_catalogue().all() if one.name_en == name)
        assert entry.age.peak_from <= 9 <= entry.age.peak_to + 2


def test_a_toxicity_of_drugs_follows_a_drug():
    """It may be any drug's, but not that of the operation before them."""
    for seed in range(8):
        record = made("7-year-old with medulloblastoma and a severe toxicity", seed)
        first = record["chemotherapy"][0]["start_date"]
        assert days_between(first, record["other"]["toxicity_date"]) > 0


def test_an_infant_is_treated_and_not_kept_waiting_for_the_age_of_radiation():
    """Radiation nobody asked for does not put the diagnosis off to the last day."""
    for seed in SEEDS:
        record = made("infant of 8 months with Wilms tumour", seed)
        assert record["chemotherapy"]
        assert record["surgery"]
