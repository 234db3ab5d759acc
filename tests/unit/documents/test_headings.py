import pytest

from fuente.documents.headings import (
    body_size,
    heading_from_line,
    is_contents_entry,
    is_contents_heading,
    looks_like_heading,
    nest,
    states_dose,
)
from fuente.documents.source import Line
from fuente.documents.span import Box, Span


def _line(size: float = 10.0, bold: bool = False) -> Line:
    return Line(Span(0, 1), Box(0, 0, 10, 10), size, bold)


@pytest.mark.parametrize(
    ("words", "size", "bold", "expected"),
    [
        ("5 Induction", 14, False, True),
        ("Induction", 10, True, True),
        ("Induction", 10, False, False),
        ("Give it slowly.", 10, True, False),
        ("Note:", 10, True, False),
        ("and continue until day 8", 10, True, False),
        ("(see section 4)", 10, True, False),
        ("• Vincristine", 10, True, False),
        ("Introduction ........ 4", 14, False, False),
        ("12", 14, False, False),
        ("A" * 200, 14, False, False),
    ],
)
def test_a_heading_is_larger_or_bolder_short_and_alone(words, size, bold, expected):
    """Print decides, unless the words cannot be a heading."""
    assert looks_like_heading(words, _line(size, bold), 10.0) is expected


def test_the_second_line_of_a_heading_may_begin_in_lower_case():
    """A title that wraps is one heading, whatever word the new line begins with."""
    line = _line(14.0)

    assert looks_like_heading("do ensaio CCG 9921", line, 10.0, continues=True)
    assert not looks_like_heading("do ensaio CCG 9921", line, 10.0)


def test_the_body_size_is_that_of_most_characters():
    """A few large lines do not move it."""
    printed = [("x" * 500, _line(10.0)), ("x" * 40, _line(24.0)), ("x" * 100, _line(8.0))]
    assert body_size(printed) == 10.0


def test_the_body_size_of_nothing_is_a_usual_one():
    """An empty document does not fail."""
    assert body_size([]) == 10.0


def _path(*headings: tuple[str, float, bool]) -> list[str]:
    path = ()
    for words, size, bold in headings:
        path = nest(path, heading_from_line(words, _line(size, bold)))
    return [heading.text for heading in path]


def test_smaller_headings_stand_under_larger_ones():
    """Size makes the hierarchy."""
    assert _path(("Part", 18, True), ("Chapter", 14, True), ("Item", 11, True)) == [
        "Part",
        "Chapter",
        "Item",
    ]


def test_a_heading_of_like_print_replaces_the_last():
    """Siblings do not nest."""
    assert _path(("Part", 18, True), ("One", 14, True), ("Two", 14, True)) == ["Part", "Two"]


def test_numbers_nest_where_print_is_alike():
    """`7.1` stands under `7` although both are printed alike."""
    assert _path(("7 Drugs", 12, True), ("7.1 First", 12, True), ("7.2 Second", 12, True)) == [
        "7 Drugs",
        "7.2 Second",
    ]


def test_numbers_outrank_print():
    """`8` ends `7.2` also when it is printed smaller."""
    assert _path(("7.2 Second", 14, True), ("8 Third", 12, True)) == ["8 Third"]


def test_a_larger_heading_numbered_in_another_way_starts_over():
    """`4.5` does not stand under `E.`, which is printed smaller."""
    path = _path(("4.4 Plan", 16, True), ("E. Vasopressors", 10, True), ("4.5 Discharge", 16, True))
    assert path == ["4.5 Discharge"]


def test_a_heading_with_a_dose_is_worth_citing():
    """Such a heading becomes a passage as well."""
    assert states_dose("Vincristine 1.5 mg/m2")
    assert not states_dose("Section 5")


@pytest.mark.parametrize("words", ["Índice", "Contents", "Table of contents", "Sumário"])
def test_headings_of_contents_are_known(words):
    """In three languages."""
    assert is_contents_heading(words)


def test_an_entry_of_contents_has_leaders():
    """Dots that lead to a page number."""
    assert is_contents_entry("5 Induction . . . . . . . . 12")
    assert not is_contents_entry("The dose is 5 mg...")
