"""What captions and headings say about time: one row per wording, in three languages."""

import pytest

from fuente.dosing.phase_heading import (
    HeadingNumber,
    phase_name,
    phase_role,
    read_arm,
    read_schedule,
)
from fuente.dosing.regimen import PhaseRole

# heading, cycles, days of a cycle, cycle numbers, start weeks, start days
SCHEDULES = [
    ("Table 3. Protocol IA (induction). 1 cycle of 64 days.", 1, 64, [], [], []),
    ("Tabla 2. OEPA. 2 ciclos de 28 días.", 2, 28, [], [], []),
    ("Tabela 4. Bloco CYM. 2 blocos a cada 21 dias.", 2, 21, [], [], []),
    ("Table 7. Maintenance. 6 cycles every 28 days", 6, 28, [], [], []),
    ("Table 7. VEC. Three cycles every 21 days.", 3, 21, [], [], []),
    ("6 courses, one every 21 days", 6, 21, [], [], []),
    ("Table 1: PEB, 4 x 21-day cycles", 4, 21, [], [], []),
    ("R-CHOP q21d x 6", 6, 21, [], [], []),
    ("Repeat every 3 weeks for six cycles", 6, 21, [], [], []),
    ("Cycle length: 28 days. Number of cycles: 4", 4, 28, [], [], []),
    ("21-day cycles", None, 21, [], [], []),
    ("FOLFOX (2-weekly regimen)", None, 14, [], [], []),
    ("A.3.1 Indução: 5 ciclos (VCEC)", 5, None, [], [], []),
    ("A.2.1 Radioquimioterapia: 7 semanas (43 dias)", None, 43, [], [], []),
    ("Pre-op AV (localised, 4 weeks)", None, 28, [], [], []),
    ("Table 4. VDC. Cycles 1, 3, 5, 9, 11, each 14 days.", None, 14, [1, 3, 5, 9, 11], [], []),
    ("Tabla 5. IE. Ciclos 1, 3 y 5, de 21 días cada uno", None, 21, [1, 3, 5], [], []),
    ("Ciclos 2 a 4 cada 14 días", None, 14, [2, 3, 4], [], []),
    ("Maintenance A (courses 1,2,4): 3 cycles of 42 days", 3, 42, [1, 2, 4], [], []),
    ("CICLO 1", None, None, [1], [], []),
    ("Table 4. MAP. Weeks 1 and 6.", None, None, [], [1, 6], []),
    ("Tabla 4. MAP. Semanas 4, 5, 9 y 10.", None, None, [], [4, 5, 9, 10], []),
    ("Table 2. Courses start on days 0 and 40.", None, None, [], [], [0, 40]),
    ("Los cursos comienzan los días 0 y 40.", None, None, [], [], [0, 40]),
    ("COJEC course B (days 10, 30, 50, 70)", None, None, [], [], [10, 30, 50, 70]),
    ("Table 9. Intrathecal doses by age", None, None, [], [], []),
    ("Protocol IB (days 36-64)", None, None, [], [], []),
    ("Induction (weeks 1-5)", None, None, [], [], []),
    ("Scheme 1: ABVD, repeated every 28 days, 6 cycles", 6, 28, [], [], []),
    ("Quadro 1. Bloco A. 4 ciclos, um a cada 3 semanas", 4, 21, [], [], []),
    ("Tabla 3. Continuación sin mercaptopurina. 15 ciclos de 21 días.", 15, 21, [], [], []),
]


@pytest.mark.parametrize(
    ("heading", "cycles", "days", "numbers", "weeks", "starts"),
    SCHEDULES,
    ids=[row[0] for row in SCHEDULES],
)
def test_schedule(heading, cycles, days, numbers, weeks, starts):
    """A heading states exactly the schedule its words state."""
    schedule = read_schedule(heading)

    assert _value(schedule.cycles) == cycles
    assert _value(schedule.cycle_days) == days
    assert [_value(number) for number in schedule.cycle_numbers] == numbers
    assert [_value(number) for number in schedule.start_weeks] == weeks
    assert [_value(number) for number in schedule.start_days] == starts


@pytest.mark.parametrize(
    ("heading", "field", "words"),
    [
        ("Tabla 2. OEPA. 2 ciclos de 28 días.", "cycles", "2"),
        ("Tabla 2. OEPA. 2 ciclos de 28 días.", "cycle_days", "28"),
        ("Repeat every 3 weeks for six cycles", "cycle_days", "3 weeks"),
        ("Repeat every 3 weeks for six cycles", "cycles", "six"),
    ],
)
def test_number_is_cited_by_its_own_words(heading, field, words):
    """A number's offsets cover the words that state it; weeks keep their unit."""
    number = getattr(read_schedule(heading), field)

    assert heading[number.start : number.end] == words


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Table 3. Protocol IA (induction). 1 cycle of 64 days.", "Protocol IA (induction)"),
        ("Tabla 2. OEPA. 2 ciclos de 28 días.", "OEPA"),
        ("Table 3. COPADM1 (continued). 1 cycle of 21 days.", "COPADM1"),
        ("Tabla 6. Brazo B. BuMel", "BuMel"),
        ("Quadro 3 - Indução (35 dias)", "Indução (35 dias)"),
        ("Maintenance A: 6 cycles of 42 days", "Maintenance A"),
        ("A.6.2 Manutenção: 06 ciclos", "Manutenção"),
        ("Table 2.1 CEV. 6 cycles of 28 days", "CEV"),
        ("Tabla 3. Continuación sin mercaptopurina. 15 ciclos", "Continuación sin mercaptopurina"),
    ],
)
def test_name_is_what_is_no_number_and_no_schedule(heading, name):
    """The phase is named by the caption without its table number and its schedule."""
    assert phase_name(heading) == name


@pytest.mark.parametrize(
    ("headings", "role"),
    [
        (("TEMIRI (relapse)",), PhaseRole.SALVAGE),
        (("TC", "Tratamiento de la recaída"), PhaseRole.SALVAGE),
        (("BuMel", "Acondicionamiento"), PhaseRole.CONDITIONING),
        (("BuMel con rescate de progenitores", "Tratamiento"), PhaseRole.FRONT_LINE),
        (("Profilaxis de EICH", "Acondicionamiento"), PhaseRole.PROPHYLAXIS),
        (("GVHD prophylaxis",), PhaseRole.PROPHYLAXIS),
        (("Maintenance",), PhaseRole.FRONT_LINE),
    ],
)
def test_role(headings, role):
    """The caption decides the role before the sections do."""
    assert phase_role(*headings) is role


@pytest.mark.parametrize(
    ("heading", "kind", "label"),
    [
        ("Induction, Arm A. 2 cycles of 21 days", "arm", "A"),
        ("Tabla 6. Brazo B. BuMel", "arm", "B"),
        ("Option 1. PEB", "option", "1"),
        ("Opción 2: JEB", "option", "2"),
        ("JEB (alternative)", "option", "*"),
    ],
)
def test_arm(heading, kind, label):
    """Arms and options are told apart, and an alternative needs no label."""
    arm = read_arm(heading)

    assert arm is not None
    assert (arm.kind, arm.label) == (kind, label)


def test_heading_without_arm():
    """A heading that names no alternative has no arm."""
    assert read_arm("COJEC course A. Courses start on days 0 and 40.") is None


def _value(number: HeadingNumber | None) -> int | None:
    return None if number is None else int(number.value)
