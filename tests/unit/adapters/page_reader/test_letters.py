"""Ligatures and letters that stand apart."""

import pytest
from tests.factories_store import make_page

from fuente.adapters.page_reader.letters import spelled_out, with_doubts_of_letters
from fuente.documents.source import Page


def test_ligatures_are_the_letters_they_are_made_of():
    """Every one that Latin print has."""
    assert spelled_out("conﬁrm ﬂuor eﬃcacy baﬄe oﬀ moﬆ ﬁlgraﬅim") == (
        "confirm fluor efficacy baffle off most filgrastim"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v i n c r i s t i n e 1.5 mg/m2", "in one place"),
        ("V I N C R I S T I N A", "in one place"),
        ("1.5 m g / m 2 weekly", "in one place"),
        ("15 mg/k g", "in one place"),
        ("c i s p l a t i n o 75 m g\n10 m c g/kg", "in 3 places"),
    ],
)
def test_letters_that_stand_apart_are_said_to(text, said):
    """Of words and of units; the page is as it was."""
    page = with_doubts_of_letters(make_page(text))
    assert page.text == text
    (warning,) = page.warnings
    assert said in warning


@pytest.mark.parametrize(
    "text",
    [
        "Vincristine 1.5 mg/m2 IV on day 1",
        "x x x x x x",
        "Days L M X J V S D",
        "A B C B A B C B",
        "arms a b a b c",
        "options a b c d e f",
        "5 mg p o b d",
        "",
    ],
)
def test_single_letters_that_are_no_word_are_not(text):
    """Ticks, days of the week, lists, and short words one after another."""
    page = Page(1, "1", text, 595.0, 842.0)
    assert with_doubts_of_letters(page) == page
