"""What holds for all numbers, units, bodies and texts."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st
from tests.factories_dosing import make_reference

from fuente.documents.source import Language
from fuente.dosing.calculation import Body, calculate_dose
from fuente.dosing.expressions import parse_dose
from fuente.dosing.numbers import format_number, parse_number
from fuente.dosing.plain_text import plain
from fuente.dosing.population import parse_population
from fuente.dosing.reference import Cap
from fuente.dosing.schedule_words import parse_days
from fuente.dosing.units import parse_unit

LANGUAGES = st.sampled_from(Language)
UNITS = ("mg/m2", "mg/kg", "g/m2", "ug/kg", "[iU]/m2", "mg", "MBq/kg", "mg/m2", "Gy", "U/m2")
PERIODS = ("", "/day", "/dose", "/week", "/cycle", "/course")


def decimals(low: str, high: str, places: int = 3) -> st.SearchStrategy[Decimal]:
    """Give decimals of a range with few places, as they are printed and measured."""
    return st.decimals(Decimal(low), Decimal(high), places=places)


@given(value=decimals("0.001", "99999", places=2), language=LANGUAGES)
def test_a_printed_number_is_read_back(value, language):
    """What a language prints with two decimals is read as the same number."""
    assert parse_number(format_number(value, language), language) == value


@given(value=st.integers(1000, 99_999_999), language=LANGUAGES)
def test_grouped_thousands_are_read_back(value, language):
    """Thousands grouped as the language groups them are the same number."""
    mark = "," if language is Language.ENGLISH else "."

    assert parse_number(f"{value:,}".replace(",", mark), language) == value


@given(unit=st.sampled_from(UNITS), period=st.sampled_from(PERIODS), upper=st.booleans())
def test_a_unit_is_its_own_spelling(unit, period, upper):
    """A UCUM unit is read as itself, and reading twice changes nothing."""
    printed = unit.replace("[iU]", "IU") + period
    reading = parse_unit(printed.upper() if upper else printed)

    assert reading.unit == unit
    assert parse_unit(reading.unit).unit == unit
    assert reading.per == (period[1:] or None)


@given(
    value=decimals("0.01", "20000"),
    bsa=decimals("0.20", "2.20", places=2),
    cap=st.none() | decimals("0.1", "20000"),
    percent=st.integers(0, 90),
)
def test_a_dose_is_the_exact_product_rounded(value, bsa, cap, percent):
    """An exact oracle agrees within rounding; no dose crosses its cap or loses a twentieth."""
    reference = make_reference(
        value=value, unit="mg/m2", cap=Cap(cap, "mg") if cap is not None else None
    )

    dose = calculate_dose(reference, Body(bsa_m2=bsa), reduction_percent=percent)

    exact = Fraction(value) * Fraction(bsa)
    capped = min(exact, Fraction(cap)) if cap is not None else exact
    expected = capped * (100 - percent) / 100
    assert dose.cap_applied == (capped < exact)
    assert abs(Fraction(dose.value) - expected) <= expected / 100
    assert Fraction(dose.value) >= expected * 95 / 100
    assert cap is None or dose.value <= cap


@given(
    value=decimals("0.01", "100"), weight=decimals("2", "100", places=1), times=st.integers(1, 4)
)
def test_a_daily_cap_holds_over_the_day(value, weight, times):
    """All doses of a day together stay under a cap for the day."""
    cap = Cap(Decimal(60), "mg", "day")
    reference = make_reference(value=value, unit="mg/kg", per="dose", times_per_day=times, cap=cap)

    assert calculate_dose(reference, Body(weight_kg=weight)).value * times <= 60


@given(st.text(max_size=120), LANGUAGES)
@example("1.234.5 mg", Language.ENGLISH)
@example("10^6/kg", Language.SPANISH)
@example("٣ mg/m2", Language.ENGLISH)
def test_no_text_breaks_the_readers(text, language):
    """Whatever is printed is read or left, never an error, and spans lie inside the text."""
    parse_dose(text, language).as_json()
    parse_population(text, language)
    parse_days(text, language)


@given(st.text(max_size=200))
def test_plain_text_leads_back(text):
    """Every plain character stands for a printed one, in order."""
    source = plain(text)

    assert len(source.text) == len(source.places)
    assert list(source.places) == sorted(source.places)
    assert all(0 <= place < len(text) for place in source.places)


@given(
    drug=st.sampled_from(("vincristine", "ciclofosfamida", "metotrexato", "etoposídeo")),
    value=decimals("0.1", "9999", places=1),
    unit=st.sampled_from(("mg/m2", "mg/kg", "g/m2")),
    days=st.lists(st.integers(1, 60), min_size=1, max_size=6, unique=True).map(sorted),
    language=LANGUAGES,
)
def test_a_printed_dose_is_read_back(drug, value, unit, days, language):
    """Drug, value, unit and days come back from the phrase that prints them."""
    word = "days" if language is Language.ENGLISH else "días"
    text = f"{drug} {format_number(value, language)} {unit} {word} {', '.join(map(str, days))}"

    expression = parse_dose(text, language)

    assert (expression.value, expression.unit, list(expression.days)) == (value, unit, days)
