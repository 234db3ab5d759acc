import pytest

from fuente.adapters.page_reader.raised import (
    lowered_text,
    raised_characters,
    raised_number,
    raised_text,
)


@pytest.mark.parametrize(
    ("before", "words", "written"),
    [
        *(("1.5 mg/m", "2", "2"), ("350 cells/mm", "3", "3"), ("m", "2", "2")),
        *(("5 × 10", "9", "⁹"), ("100", "1", "¹"), ("h", "-1", "⁻¹")),
        *(("sepsis", "3", "³"), ("medium", "2", "²"), ("mg/kg", "a", " a"), ("N", "o", "o")),
        *(("2", "nd", "nd"), ("3.", "a", "a"), ("dose", "*", "*")),
        *(("30", "1,2", "¹,²"), ("30", "1)", "¹)"), ("1.", "(5)", "(⁵)"), ("30²", "a1", "a¹")),
    ],
)
def test_raised_print_never_changes_the_number_before_it(before, words, written):
    """The power of a metre is plain; other figures stay raised; a note's letter stands apart."""
    assert raised_text(before, words) == written


@pytest.mark.parametrize(
    ("before", "words", "written"), [("CO", "2", "2"), ("30", "1", "₁"), ("1,", "5", "₅")]
)
def test_lowered_print_never_joins_the_number_before_it(before, words, written):
    """Behind letters it is plain, as formulas have it."""
    assert lowered_text(before, words) == written


def test_the_number_of_a_note_is_raised():
    """As it is printed."""
    assert raised_number(12) == "¹²"


@pytest.mark.parametrize(
    ("before", "words", "behind", "written"),
    [
        *(("1.5", "2", " mg", "²"), ("10", "-9", "/L", "⁻⁹"), ("30", "1,2", " mg", "¹,²")),
        *(("mg/m", "2", " IV", "2"), ("mg/m", "21", " IV", "2¹"), ("mg/m ", "2", "", "2")),
        *(("30", "b", " mg", "ᵇ"), ("1", "a", " vez", "a"), ("2", "nd", " day", "nd")),
        *(("dose ", "131", "I-MIBG", "131"), ("(", "99", "mTc", "99"), ("kg", "-1", "", "-1")),
        *(("insulin ", "2", " \n/3 of", "2"), ("give 1", "1", "/2 tablet", "¹")),
        *(("drug ", "1", ", then", "¹"), ("years)", "1", " with", "¹"), ("30", "(1)", "", "(¹)")),
    ],
)
def test_where_each_character_has_its_place_none_is_added(before, words, behind, written):
    """A figure behind a number stays out of it; powers, isotopes and fractions stay plain."""
    assert raised_characters(before, words, behind) == written
