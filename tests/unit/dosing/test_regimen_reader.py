from collections.abc import Sequence

import pytest
from tests.factories_extraction import PageWriter, reference_of

from fuente.documents.source import Language
from fuente.dosing.reference import DoseReference, Route
from fuente.dosing.regimen import Phase, PhaseRole

VINCRISTINE = {"Drug": "Vincristine", "Dose": "1.5 mg/m2", "Route": "IV", "Days": "1, 8"}
CISPLATIN = {"Drug": "Cisplatin", "Dose": "75 mg/m2", "Route": "IV", "Days": "1"}


def test_dose_tables_are_phases_in_printed_order():
    """Two captioned tables are two phases, each with its own rows' references."""
    writer = PageWriter()
    writer.table("Table 2. Maintenance A. 6 cycles of 42 days.", CISPLATIN, VINCRISTINE)
    writer.table("Table 3. Maintenance B. 3 cycles of 28 days.", VINCRISTINE)

    references, (regimen,) = writer.read("Medulloblastoma")

    assert regimen.diagnoses == ("MB",)
    assert regimen.name == "Medulloblastoma"
    assert [phase.name for phase in regimen.phases] == ["Maintenance A", "Maintenance B"]
    assert [phase.order for phase in regimen.phases] == [0, 1]
    assert [_drugs(phase, references) for phase in regimen.phases] == [
        ["cisplatin", "vincristine"],
        ["vincristine"],
    ]


def test_schedule_numbers_are_cited_on_their_page():
    """Cycles and their length point at the very digits of the caption."""
    writer = PageWriter()
    writer.page()
    writer.table("Tabla 2. OEPA. 2 ciclos de 28 días.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma", Language.SPANISH)
    (phase,) = regimen.phases

    assert writer.words(phase.cycles) == "2"
    assert writer.words(phase.cycle_days) == "28"
    assert phase.cycles.page == 2
    assert phase.heading.cut(writer.pages()[1].text) == "Tabla 2. OEPA. 2 ciclos de 28 días."


def test_changed_digits_of_a_caption_change_the_schedule():
    """The schedule is what the caption prints, whatever is usual."""
    writer = PageWriter()
    writer.table("Table 2. OEPA. 7 cycles of 33 days.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")
    (phase,) = regimen.phases

    assert (phase.cycles.value, phase.cycle_days.value) == (7, 33)


@pytest.mark.parametrize(
    ("caption", "field", "values"),
    [
        ("Table 2. VDC. Cycles 1, 3 and 5, each 14 days.", "cycle_numbers", [1, 3, 5]),
        ("Table 2. MAP. Weeks 1 and 6.", "start_weeks", [1, 6]),
        ("Table 2. Course A. Courses start on days 0 and 40.", "start_days", [0, 40]),
    ],
)
def test_other_ways_to_state_when(caption, field, values):
    """Numbered cycles, start weeks and start days are kept as what they are."""
    writer = PageWriter()
    writer.table(caption, VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")

    assert [number.value for number in getattr(regimen.phases[0], field)] == values


def test_section_heading_gives_the_schedule_of_a_table_without_one():
    """Where the caption says nothing of time, the heading above does."""
    writer = PageWriter()
    writer.heading("6.2 Maintenance: 4 cycles every 21 days")
    writer.table("Table 4. Drugs", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")
    (phase,) = regimen.phases

    assert (phase.cycles.value, phase.cycle_days.value) == (4, 21)
    assert writer.words(phase.cycle_days) == "21"


def test_sentence_below_a_table_gives_its_schedule():
    """`Repeat every 21 days` under a table counts; a bare count of cycles in prose does not."""
    writer = PageWriter()
    writer.prose("Patients with residue may need 2 cycles more.")
    writer.table("Table 4. CAV", VINCRISTINE)
    writer.prose("Repeat every 21 days for 6 cycles.")

    _, (regimen,) = writer.read("Medulloblastoma")
    (phase,) = regimen.phases

    assert (phase.cycles.value, phase.cycle_days.value) == (6, 21)


def test_conditions_of_captions_and_sections_are_the_population():
    """Metastatic disease and ages bound a phase, wherever they are printed."""
    writer = PageWriter()
    writer.heading("5.2 Age under 36 months")
    writer.table("Table 3. AVD. Metastatic disease. 1 cycle of 42 days.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")
    population = regimen.phases[0].population

    assert population.metastatic is True
    assert population.age_months_max == 36


def test_title_of_the_document_limits_no_phase():
    """A title is about the document; it is no condition of every phase."""
    writer = PageWriter()
    writer.heading("Medulloblastoma, high risk")
    writer.table("Table 2. PE. 4 cycles of 21 days.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma, high risk")

    assert regimen.phases[0].population is None


def test_tables_that_are_no_phases():
    """Bands, infants' doses, limits, supportive care and modifications are no treatment phases."""
    writer = PageWriter()
    writer.table("Table 2. PE. 4 cycles of 21 days.", VINCRISTINE)
    infants = {"Drug": "Vincristine", "Dose": "0.05 mg/kg"}
    writer.table("Table 3. Infants under 12 months", infants)
    bands = {"Drug (mg)": "Methotrexate", "<1 year": "6", ">=1 year": "8"}
    writer.table("Table 4. Methotrexate, intrathecal", bands)
    writer.table("Table 5. Cumulative limits", {"Drug": "Cisplatin", "Limit": "600 mg/m2"})
    writer.table("Table 6. Supportive care", {**CISPLATIN, "Drug": "Filgrastim"})

    references, (regimen,) = writer.read("Medulloblastoma")

    assert [phase.name for phase in regimen.phases] == ["PE"]
    assert [reference_of(references, each).value for each in regimen.limit_ids] == [600]


def test_row_by_age_points_at_the_bands_of_the_table_it_names():
    """The row gives days and route where it stands; amounts stay in the band table."""
    writer = PageWriter()
    row = {"Drug": "Methotrexate", "Dose": "by age, see Table 9", "Route": "IT", "Days": "1, 15"}
    writer.table("Table 2. Induction. 1 cycle of 35 days.", VINCRISTINE, row)
    for number, value in (("8", "99"), ("9", "8")):
        bands = {"Drug (mg)": "Methotrexate", "<1 year": "6", ">=1 year": value}
        writer.table(f"Table {number}. Intrathecal doses by age", bands)

    references, (regimen,) = writer.read("Medulloblastoma")
    (banded,) = regimen.phases[0].banded

    assert banded.drug_names == ("methotrexate",)
    assert (banded.days, banded.route) == ((1, 15), Route.IT)
    assert banded.span.cut(writer.pages()[0].text).startswith("Methotrexate by age")
    amounts = [reference_of(references, each).value for each in banded.band_reference_ids]
    assert amounts == [6, 8]


def test_combination_points_at_the_bands_of_all_its_drugs():
    """A triple injection is one row with three drugs and all their bands."""
    writer = PageWriter()
    row = {
        "Drug": "Methotrexate + hydrocortisone + cytarabine",
        "Dose": "by age",
        "Route": "IT",
        "Days": "1",
    }
    writer.table("Table 2. COP. 1 cycle of 7 days.", row)
    writer.caption("Table 5. Triple intrathecal doses by age")
    for drug in ("Methotrexate", "Hydrocortisone", "Cytarabine"):
        writer.row({"Drug (mg)": drug, "<1 year": "8", ">=1 year": "10"})

    _, (regimen,) = writer.read("Medulloblastoma")
    (banded,) = regimen.phases[0].banded

    assert banded.drug_names == ("methotrexate", "hydrocortisone", "cytarabine")
    assert len(banded.band_reference_ids) == 6


def test_notes_are_no_doses_of_the_phase():
    """What a note offers instead is not given besides."""
    writer = PageWriter()
    row = {**CISPLATIN, "Notes": "or carboplatin 600 mg/m2 on day 2"}
    writer.table("Table 2. PEB. 4 cycles of 21 days.", row)

    references, (regimen,) = writer.read("Medulloblastoma")

    assert _drugs(regimen.phases[0], references) == ["cisplatin"]


def test_arms_and_options_exclude_each_other():
    """Arms share one group; options of later blocks are the same choice."""
    writer = PageWriter()
    for block in ("Induction", "Reinduction"):
        for option in ("1", "2"):
            writer.table(
                f"Table 2{block[0]}. {block}, option {option}. 1 cycle of 28 days.",
                CISPLATIN,
            )
    writer.table("Table 6. BuMel (arm B). 1 cycle of 21 days.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")

    assert [(phase.arm_group, phase.arm) for phase in regimen.phases] == [
        ("option 1", "1"),
        ("option 1", "2"),
        ("option 1", "1"),
        ("option 1", "2"),
        ("arm", "B"),
    ]


def test_unlabelled_alternative_excludes_the_phase_before_it():
    """`JEB (alternative)` stands instead of the phase printed before."""
    writer = PageWriter()
    writer.table("Table 2. PEB. 4 cycles of 21 days.", CISPLATIN)
    writer.table("Table 3. JEB (alternative). 4 cycles of 21 days.", VINCRISTINE)

    _, (regimen,) = writer.read("Medulloblastoma")
    first, second = regimen.phases

    assert first.arm_group == second.arm_group != ""
    assert first.arm != second.arm


def test_several_conditionings_exclude_each_other():
    """A transplant has one conditioning."""
    writer = PageWriter()
    writer.heading("4 Conditioning")
    days = {**CISPLATIN, "Drug": "Melphalan", "Days": "-1"}
    writer.table("Table 2. BuMel", days)
    writer.table("Table 3. BEAM", days)

    _, (regimen,) = writer.read("Medulloblastoma")

    assert {phase.role for phase in regimen.phases} == {PhaseRole.CONDITIONING}
    assert {phase.arm_group for phase in regimen.phases} == {"conditioning"}


def test_relapse_is_salvage():
    """A caption or heading about relapse makes a phase a salvage one."""
    writer = PageWriter()
    writer.table("Table 2. TEMIRI in relapse. 6 cycles of 21 days.", CISPLATIN)

    _, (regimen,) = writer.read("Medulloblastoma")

    assert regimen.phases[0].role is PhaseRole.SALVAGE


def test_sections_of_several_diseases_give_several_regimens():
    """Diseases treated alike share a regimen; others have their own."""
    writer = PageWriter()
    writer.heading("4.1 Acute myeloid leukaemia and juvenile myelomonocytic leukaemia")
    writer.table("Table 2. BuCyMel. 1 cycle of 28 days.", CISPLATIN)
    writer.heading("4.2 Osteosarcoma")
    writer.table("Table 3. MAP. 6 cycles of 35 days.", VINCRISTINE)

    _, regimens = writer.read("Manual")

    assert [regimen.diagnoses for regimen in regimens] == [("AML", "JMML"), ("OS",)]
    assert len({regimen.regimen_id for regimen in regimens}) == 2


def test_section_without_disease_is_for_nobody_in_a_manual():
    """Where sections name their tumours, doses of a section that names none enter no regimen."""
    writer = PageWriter()
    writer.heading("A.1 Osteosarcoma")
    writer.table("Table 2. MAP. 6 cycles of 35 days.", VINCRISTINE)
    writer.heading("A.2 Nursing")
    writer.table("Table 3. Pump. 1 cycle of 7 days.", CISPLATIN)

    _, (regimen,) = writer.read("Manual")

    assert [phase.name for phase in regimen.phases] == ["MAP"]


def _drugs(phase: Phase, references: Sequence[DoseReference]) -> list[str | None]:
    return [reference_of(references, each).drug for each in phase.reference_ids]


def test_a_table_of_bands_with_days_is_a_phase():
    """Rows by weight that also say when are given, and wait for no other table."""
    writer = PageWriter()
    row = {"Drug": "Vincristine", "Days": "1"}
    writer.table(
        "Table 2. Course",
        {**row, "Weight": "> 12 kg", "Dose": "1.5 mg/m2"},
        {**row, "Weight": "<= 12 kg", "Dose": "0.05 mg/kg"},
    )

    _, (regimen,) = writer.read("Medulloblastoma")

    assert [len(phase.reference_ids) for phase in regimen.phases] == [2]
