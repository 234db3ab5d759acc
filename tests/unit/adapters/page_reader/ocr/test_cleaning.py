import numpy as np
import pytest

from fuente.adapters.page_reader.ocr.cleaning import clean

PER = 300 / 72


def _paper(high=600, wide=800, grey=230):
    return np.full((high, wide), grey, dtype=np.uint8)


def test_a_rule_is_found_and_wiped_out():
    """Its place is in points; the paper is white afterwards."""
    paper = _paper()
    paper[300:304, 100:700] = 40
    cleaned, rulings = clean(paper, PER)
    assert {round(rule.top * PER) for rule in rulings.horizontal} == {300, 301, 302, 303}
    assert (rulings.horizontal[0].left * PER, rulings.horizontal[0].right * PER) == pytest.approx(
        (100, 700), abs=2
    )
    assert not rulings.vertical
    assert cleaned.min() > 200


def test_a_short_stroke_is_left_alone():
    """It belongs to a letter."""
    paper = _paper()
    paper[300:304, 100:140] = 40
    cleaned, rulings = clean(paper, PER)
    assert not rulings.horizontal
    assert cleaned[301, 120] < 80


def test_grey_shading_becomes_paper():
    """Tesseract leaves out words on grey."""
    paper = _paper()
    paper[200:400, 200:600] = 180
    paper[290:310, 395:405] = 40
    cleaned, _ = clean(paper, PER)
    assert cleaned[250, 300] > 240
    assert cleaned[300, 400] < 80


def test_letters_printed_white_become_dark():
    """A dark band is turned inside out, the letters in it too."""
    paper = _paper()
    paper[200:400, 100:700] = 60
    paper[290:310, 395:405] = 240
    cleaned, _ = clean(paper, PER)
    assert cleaned[300, 400] < 120
    assert cleaned[250, 300] > 200
