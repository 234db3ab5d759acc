import pytest

from fuente.adapters.page_reader.ocr.straightening import clear_of_words, straightener_of
from fuente.adapters.page_reader.ocr.words import ReadWord
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box


def _climbing(slope):
    """Three rules across a page in short stretches, and two down it."""
    across = [
        Box(x, y + slope * (x + 25), x + 50, y + slope * (x + 25))
        for y in (100, 120, 140)
        for x in range(50, 550, 50)
    ]
    down = [
        Box(x - slope * (y + 10), y, x - slope * (y + 10), y + 20)
        for x in (50, 550)
        for y in range(100, 140, 20)
    ]
    return Rulings(tuple(across), tuple(down))


@pytest.mark.parametrize("slope", [0.0, 0.01, -0.02])
def test_rules_fall_together_once_the_page_is_straight(slope):
    """Stretches of one rule get one height."""
    rulings = _climbing(slope)
    straight = straightener_of(rulings, 600, 800)
    assert straight.slope == pytest.approx(slope, abs=0.001)
    heights = sorted(rule.top for rule in straight.rulings(rulings).horizontal)
    assert heights[9] - heights[0] < 1.0


def test_a_page_without_rules_is_left_as_it_is():
    """Nothing says that it lies askew."""
    box = Box(10, 20, 30, 40)
    assert straightener_of(Rulings((), ()), 600, 800).box(box) == box


def test_the_stroke_of_a_large_letter_is_no_rule():
    """It runs through a word; a rule under the word does not."""
    word = ReadWord("TITLE", 95.0, Box(100, 100, 200, 130), (1, 1, 1))
    stroke, rule = Box(120, 115, 150, 115), Box(90, 132, 300, 132)
    assert clear_of_words(Rulings((stroke, rule), ()), [word]).horizontal == (rule,)
