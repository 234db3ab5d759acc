"""Text made plain for matching, with the way back to the printed characters."""

import pytest

from fuente.dosing.plain_text import plain


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("días", "dias"),
        ("mg/m²", "mg/m2"),
        ("10⁶/kg", "10^6/kg"),
        ("30¹ mg", "30^1 mg"),
        ("1,5² mg", "1,5^2 mg"),
        ("30¹,² mg", "30^1,^2 mg"),
        ("30 ¹ mg", "30 ^1 mg"),
        ("30 ¹mg", "30 ^1mg"),
        ("30₁ mg", "30^1 mg"),
        ("¹30 mg", "^130 mg"),
        ("Vincristina¹30 mg", "Vincristina^130 mg"),
        ("10¹² U", "10^1^2 U"),
        ("¹³¹I-MIBG", "131I-MIBG"),
        ("H₂O", "H2O"),
        ("Vincristina¹ 2 mg", "Vincristina1 2 mg"),
        ("5 µg and 5 μg", "5 ug and 5 ug"),
        ("−6 – −3", "-6 - -3"),
        ("2 × 10", "2 x 10"),
        ("mg·min", "mg.min"),
        ("a \t\n b", "a b"),
        ("vincris-\ntina", "vincristina"),
        ("PEG-\nAsparaginase", "PEG- Asparaginase"),
        ("conﬁrm", "confirm"),
        ("so\u00adft", "soft"),
        ("e\u0301", "e"),
        ("1.º", "1.o"),
        ("", ""),
    ],
)
def test_plain(printed, shown):
    """Marks, dashes, spaces, ligatures and split words have one shape each."""
    assert plain(printed).text == shown


def test_the_way_back():
    """What is matched in plain text is cut from the printed text."""
    printed = "Fá\u00adrmaco:  vincris-\ntina 1,5\u00a0mg/m²"
    source = plain(printed)
    start = source.text.index("vincristina")

    assert source.printed_span(start, start + 11).cut(printed) == "vincris-\ntina"


def test_text_without_marks_keeps_its_places():
    """Ordinary text is not copied place by place."""
    assert plain("ordinary text").places == range(13)
