"""Phases of protocols that print no dose table."""

import pytest
from tests.factories_extraction import PageWriter, reference_of

from fuente.dosing.regimen import Phase, Regimen


def _read(*paragraphs: tuple[str, str]) -> tuple[list[list[str]], tuple[Phase, ...]]:
    """The drugs of each phase, and the phases, of headings with a paragraph under each."""
    writer = PageWriter()
    for heading, words in paragraphs:
        writer.heading(heading, "Medulloblastoma")
        writer.prose(words)
    references, regimens = writer.read("Medulloblastoma")
    phases = _phases(regimens)
    drugs = [
        [reference_of(references, identifier).drug or "" for identifier in phase.reference_ids]
        for phase in phases
    ]
    return drugs, phases


def _phases(regimens: tuple[Regimen, ...]) -> tuple[Phase, ...]:
    return tuple(phase for regimen in regimens for phase in regimen.phases)


def test_each_heading_with_doses_is_a_phase():
    """A list under a heading is a phase, with the schedule that its heading states."""
    drugs, phases = _read(
        ("Maintenance A, 4 cycles of 42 days", "Cisplatin 75 mg/m2 IV, day 1\nLomustine 75 mg/m2"),
        ("Maintenance B", "Vincristine 1.5 mg/m2 IV, days 1, 8 and 15"),
    )

    assert drugs == [["cisplatin", "lomustine"], ["vincristine"]]
    assert [phase.name for phase in phases] == ["Maintenance A", "Maintenance B"]
    assert phases[0].cycles is not None
    assert phases[0].cycles.value == 4
    assert phases[0].cycle_days is not None
    assert phases[0].cycle_days.value == 42


def test_labels_part_the_phases_of_one_paragraph():
    """`PEB (21-day cycles): ...` and `JEB: ...` are two phases, whatever heading they share."""
    drugs, phases = _read(
        (
            "Chemotherapy",
            "PEB (21-day cycles): cisplatin 20 mg/m2/d d1-5, etoposide 100 mg/m2/d d1-5. "
            "JEB: carboplatin 600 mg/m2 d2, etoposide 120 mg/m2/d d1-3.",
        )
    )

    assert drugs == [["cisplatin", "etoposide"], ["carboplatin", "etoposide"]]
    assert [phase.name for phase in phases] == ["PEB", "JEB"]
    assert phases[0].cycle_days is not None
    assert phases[0].cycle_days.value == 21
    assert phases[1].cycle_days is None


def test_the_patients_a_dose_is_for_are_no_label():
    """A rule for infants belongs to the phase it changes."""
    drugs, _ = _read(
        (
            "Chemotherapy",
            "Vincristine 1.5 mg/m2 IV, day 1. Infants under 12 months: vincristine 0.05 mg/kg.",
        )
    )

    assert drugs == [["vincristine", "vincristine"]]


def test_a_dose_for_metastatic_disease_is_a_phase_for_those_patients():
    """Nobody with localised disease gets what the page adds for the others."""
    drugs, phases = _read(
        (
            "Chemotherapy",
            "Vincristine 1.5 mg/m2 IV is given on day 1. "
            "For metastatic disease, doxorubicin 50 mg/m2 IV is added on day 8.",
        )
    )

    assert drugs == [["vincristine"], ["doxorubicin"]]
    assert phases[0].population is None
    assert phases[1].population is not None
    assert phases[1].population.metastatic is True
    assert phases[0].phase_id != phases[1].phase_id


def test_two_doses_of_a_drug_that_nothing_tells_apart_make_no_phase():
    """Which dose a patient would get cannot be told, so the heading is no phase."""
    drugs, _ = _read(
        ("Chemotherapy", "Cisplatin 75 mg/m2 IV on day 1. Cisplatin 100 mg/m2 IV on day 1.")
    )

    assert drugs == []


@pytest.mark.parametrize("heading", ["Supportive care", "Dose modifications", "Antiemetics"])
def test_doses_of_care_are_no_phase(heading):
    """What is given beside treatment, or when it is changed, is not treatment."""
    drugs, _ = _read((heading, "Cisplatin 50 mg/m2 IV on day 1."))

    assert drugs == []


def test_a_document_with_dose_tables_keeps_to_them():
    """Prose beside tables explains them and adds no phase."""
    writer = PageWriter()
    writer.heading("Chemotherapy", "Medulloblastoma")
    writer.prose("Cisplatin 75 mg/m2 IV is given on day 1.")
    writer.table("Table 1. Course", {"Drug": "Cisplatin", "Dose": "75 mg/m2", "Days": "1"})

    _, regimens = writer.read("Medulloblastoma")

    assert [phase.name for phase in _phases(regimens)] == ["Course"]
