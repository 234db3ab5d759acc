"""Caps behind a dose and the frequency behind the cap: whose it is, in three languages.

`D to a maximum of C daily` is one daily dose with a daily cap. Where the dose has its own frequency
before the cap, the words behind the cap are the cap's alone. What a parenthesis or a comma sets
apart is said of the dose as a whole, and the cap keeps the period of a dose.
"""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.expressions import parse_dose
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

# Language, words, then of the dose: per and times a day, and of the cap: per.
CAPS = [
    # The frequency stands only behind the cap: it is that of the whole.
    (EN, "5mg/kg to a maximum dose of 300mg daily", "day", None, "day"),
    (EN, "5 mg/kg to a maximum of 300 mg daily", "day", None, "day"),
    (EN, "5 mg/kg up to a maximum of 300 mg daily", "day", None, "day"),
    (EN, "5 mg/kg, maximum 300 mg once daily", "day", None, "day"),
    (EN, "5 mg/kg, not to exceed 300 mg daily", "day", None, "day"),
    (EN, "5 mg/kg, no more than 300 mg per day", "day", None, "day"),
    (EN, "5 mg/kg up to 300 mg daily", "day", None, "day"),
    (ES, "5 mg/kg hasta un máximo de 300 mg al día", "day", None, "day"),
    (ES, "5 mg/kg hasta un máximo de 300 mg diarios", "day", None, "day"),
    (ES, "5 mg/kg, no más de 300 mg al día", "day", None, "day"),
    (ES, "5 mg/kg sin superar los 300 mg al día", "day", None, "day"),
    (ES, "5 mg/kg hasta 300 mg al día", "day", None, "day"),
    (PT, "5 mg/kg até no máximo 300 mg por dia", "day", None, "day"),
    (PT, "5 mg/kg até o máximo de 300 mg ao dia", "day", None, "day"),
    (PT, "5 mg/kg, não mais de 300 mg por dia", "day", None, "day"),
    (PT, "5 mg/kg sem ultrapassar os 300 mg por dia", "day", None, "day"),
    (EN, "5 mg/kg to a maximum of 300 mg once weekly", "week", None, "week"),
    (ES, "5 mg/kg hasta un máximo de 300 mg a la semana", "week", None, "week"),
    (PT, "5 mg/kg até o máximo de 300 mg por semana", "week", None, "week"),
    # Several doses a day: both are per dose.
    (EN, "5 mg/kg to a maximum of 300 mg twice daily", "dose", 2, "dose"),
    (EN, "5 mg/kg to a maximum of 300 mg 8 hourly", "dose", 3, "dose"),
    (ES, "5 mg/kg hasta un máximo de 300 mg cada 12 horas", "dose", 2, "dose"),
    # The dose has its own frequency: the words behind the cap are the cap's.
    (EN, "5 mg/kg twice daily to a maximum of 300 mg daily", "dose", 2, "day"),
    (EN, "5 mg/kg 8 hourly to a maximum of 300 mg daily", "dose", 3, "day"),
    (EN, "5 mg/kg/day to a maximum of 300 mg daily", "day", None, "day"),
    (ES, "5 mg/kg cada 8 horas hasta un máximo de 300 mg al día", "dose", 3, "day"),
    (ES, "5 mg/kg cada 12 horas sin superar los 300 mg diarios", "dose", 2, "day"),
    (PT, "5 mg/kg de 8/8 h até o máximo de 300 mg ao dia", "dose", 3, "day"),
    # Set apart by a parenthesis or a comma: the cap keeps to the dose.
    (EN, "5 mg/kg (maximum 300 mg) daily", "day", None, "dose"),
    (EN, "5 mg/kg daily (max 300 mg)", "day", None, "dose"),
    (EN, "5 mg/kg, max 300 mg, daily", "day", None, "dose"),
    (EN, "5 mg/kg/day to a maximum of 300 mg", "day", None, "dose"),
]
IDS = [row[1] for row in CAPS]
_NAME = {EN: "Prednisone", ES: "Prednisona", PT: "Prednisona"}

# `5 mg up to 10 mg` is as often a titration as a cap: two amounts of one sort stay a range, and
# words of rising stay doses of their own.
RANGES = [
    (EN, "prednisone 5 mg up to 10 mg daily"),
    (ES, "prednisona 5 mg hasta 10 mg al día"),
    (PT, "prednisona 5 mg até 10 mg ao dia"),
]

WEEKLY = [
    (EN, "Methotrexate, oral, 7.5 mg once per week"),
    (EN, "Methotrexate, oral, 7.5 mg once weekly"),
    (EN, "Methotrexate, oral, 7.5 mg every 7 days"),
    (ES, "Metotrexato oral 7,5 mg una vez por semana"),
    (ES, "Metotrexato oral 7,5 mg una vez a la semana"),
    (ES, "Metotrexato oral 7,5 mg semanales"),
    (ES, "Metotrexato oral 7,5 mg 1 vez/semana"),
    (ES, "Metotrexato oral 7,5 mg 1x/semana"),
    (PT, "Metotrexato oral 7,5 mg uma vez por semana"),
    (PT, "Metotrexato oral 7,5 mg uma vez na semana"),
    (PT, "Metotrexato oral 7,5 mg uma vez à semana"),
    (PT, "Metotrexato oral 7,5 mg a cada semana"),
]

# Language, words, then of each dose: value, per, times a day, and its cap with what it is per.
SEVERAL = [
    (
        EN,
        "Prednisone 10 mg 8 hourly. Then 20 mg 6 hourly, to a maximum of 200 mg daily.",
        [(10, "dose", 3, None), (20, "dose", 4, (200, "day"))],
    ),
    (
        EN,
        "Prednisone 10 mg daily. Increase to 20 mg 12 hourly, if necessary.",
        [(10, "day", None, None), (20, "dose", 2, None)],
    ),
    (
        EN,
        "Prednisone 20 mg 12 hourly, raised every 2 weeks to a maximum daily dose of 120 mg.",
        [(20, "dose", 2, (120, "day"))],
    ),
    (
        ES,
        "Prednisona 10 mg al día durante dos semanas, después 20 mg cada 12 horas.",
        [(10, "day", None, None), (20, "dose", 2, None)],
    ),
    (
        PT,
        "Prednisona 10 mg por dia, depois 20 mg de 8/8 h.",
        [(10, "day", None, None), (20, "dose", 3, None)],
    ),
    # An increment is no cap: `no more than 5 mg increments` limits the step.
    (
        EN,
        "Prednisone 20 mg once daily, changed only in no more than 5 mg increments.",
        [(20, "day", None, None)],
    ),
]


@pytest.mark.parametrize(("language", "words", "per", "times", "cap_per"), CAPS, ids=IDS)
def test_reference(language, words, per, times, cap_per):
    """A reference says of dose and cap what each is per."""
    (dose,) = _doses(f"{_NAME[language]} {words}.", language)

    assert (dose.value, dose.unit, dose.per, dose.times_per_day) == (5, "mg/kg", per, times)
    assert (dose.cap.value, dose.cap.unit, dose.cap.per) == (300, "mg", cap_per)


@pytest.mark.parametrize(("language", "words", "per", "times", "cap_per"), CAPS, ids=IDS)
def test_phrase(language, words, per, times, cap_per):
    """A phrase read by itself says the same; a period that no word states is left out."""
    dose = parse_dose(f"{_NAME[language]} {words}", language)

    assert (dose.value, dose.unit, dose.until) == (5, "mg/kg", None)
    assert "week" in (dose.per, per) or dose.per == per
    assert (dose.cap.value, dose.cap.per or "dose") == (300, cap_per)
    assert not dose.ambiguous


@pytest.mark.parametrize(("language", "words"), RANGES, ids=[row[1] for row in RANGES])
def test_two_amounts_of_one_sort_are_no_cap(language, words):
    """Without a word of a maximum, an absolute amount after an absolute amount is a range."""
    (dose,) = _doses(f"{words}.", language)

    assert (dose.minimum, dose.maximum, dose.cap) == (5, 10, None)


@pytest.mark.parametrize(("language", "words"), WEEKLY, ids=[row[1] for row in WEEKLY])
def test_a_weekly_dose_is_per_week(language, words):
    """However a language says once a week, the reference is per week and never per day."""
    (dose,) = _doses(f"{words}.", language)

    assert (dose.value, dose.unit, dose.per, dose.times_per_day) == (
        Decimal("7.5"),
        "mg",
        "week",
        None,
    )


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), SEVERAL, ids=[row[1][:50] for row in SEVERAL]
)
def test_a_later_dose_has_its_own_frequency(language, sentence, expected):
    """What stands behind an amount is of that amount, and no longer of the next one."""
    found = [
        (each.value, each.per, each.times_per_day, each.cap and (each.cap.value, each.cap.per))
        for each in _doses(sentence, language)
    ]

    assert found == expected


def _doses(sentence: str, language: Language) -> list[DoseReference]:
    found = extract_references(make_document(language=language), (make_passage(sentence),))
    return [each for each in found if each.kind is ReferenceKind.DOSE]


# Language, words, then of each dose: minimum or value, maximum, unit, and its cap.
CAPSULES = [
    (EN, "100mg gel cap 2-5mg/kg/day", [(2, 5, "mg/kg", None)]),
    (EN, "100mg gel cap / 2-5mg/kg/day", [(2, 5, "mg/kg", None)]),
    (EN, "100 mg soft gel caps 2 mg/kg daily", [(2, None, "mg/kg", None)]),
    (EN, "100 mg cap 2 mg/kg daily", [(2, None, "mg/kg", None)]),
    (EN, "100 mg caps, 2 mg/kg daily", [(2, None, "mg/kg", None)]),
    (EN, "100 mg capsule 2 mg/kg daily", [(2, None, "mg/kg", None)]),
    (EN, "2-5 mg/kg/day gel cap 100 mg", [(2, 5, "mg/kg", None)]),
    (ES, "cápsulas 100 mg: 2 mg/kg al día", [(2, None, "mg/kg", None)]),
    (ES, "100 mg cáps. 2 mg/kg al día", [(2, None, "mg/kg", None)]),
    (ES, "100 mg cápsula blanda 2 mg/kg al día", [(2, None, "mg/kg", None)]),
    (PT, "100 mg cápsulas 2 mg/kg por dia", [(2, None, "mg/kg", None)]),
    # A limit: the number right behind the word, after a dose by size or after `at`, `of`, `:`.
    (EN, "2 mg/kg cap 100 mg", [(2, None, "mg/kg", 100)]),
    (EN, "2 mg/kg/day cap 100 mg", [(2, None, "mg/kg", 100)]),
    (EN, "2 mg/kg (cap 100 mg)", [(2, None, "mg/kg", 100)]),
    (EN, "2 mg/kg capped at 100 mg", [(2, None, "mg/kg", 100)]),
    (EN, "2 mg/kg, dose cap 100 mg", [(2, None, "mg/kg", 100)]),
    (EN, "2 mg/kg, cap: 100 mg", [(2, None, "mg/kg", 100)]),
]


@pytest.mark.parametrize(("language", "words", "stated"), CAPSULES, ids=[w for _, w, _ in CAPSULES])
def test_a_capsule_is_no_cap(language, words, stated):
    """`gel cap` and `caps` after a strength name the capsule; neither caps nor is a dose."""
    found = extract_references(make_document(language=language), (make_row({"Dose": words}),))

    assert [
        (each.value or each.minimum, each.maximum, each.unit, each.cap and each.cap.value)
        for each in found
        if each.kind is ReferenceKind.DOSE
    ] == stated
