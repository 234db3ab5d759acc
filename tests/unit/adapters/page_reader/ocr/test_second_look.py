"""A doubtful number is relied on when a second, enlarged reading of its strip gives the same."""

import numpy as np
import pytest

from fuente.adapters.page_reader.ocr.enlarge import stack
from fuente.adapters.page_reader.ocr.picture import Picture
from fuente.adapters.page_reader.ocr.second_look import read_alike
from fuente.adapters.page_reader.ocr.strips import (
    Strip,
    place_strips,
    size_of_stack,
    stacks_of,
    strip_around,
)
from fuente.adapters.page_reader.ocr.words import words_from_table

HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
PAGE = Picture(2000, 400, bytes([255]) * 800_000, 4.0)


def _table(*words):
    rows = [
        f"5\t1\t1\t1\t1\t{at}\t{left}\t{top}\t{width}\t30\t{confidence}\t{text}"
        for at, (left, top, width, text, confidence) in enumerate(words)
    ]
    return "\n".join([HEADER, *rows])


def _alike(first, *second):
    """Whether a word at dot 100 of a line is confirmed by what was read in its strip."""
    words = words_from_table(_table((100, 50, 80, *first)), 4.0)
    strip = strip_around(words[0], words, PAGE)
    ((left, top),) = place_strips([strip])
    again = [(left + (x - strip.left) * 2, top + 20, 20, text, sure) for x, text, sure in second]
    return read_alike({0: strip}, words, _table(*again), 4.0) == [0]


@pytest.mark.parametrize(
    ("first", "second", "confirmed"),
    [
        ("15mg/day", "15mg/day", True),
        ("16kg:", "16kg;", True),
        ("4-62", "4-68", False),
        ("1.5", "15", False),
        ("10-15", "10–15", False),
    ],
)
def test_only_the_same_letters_digits_and_marks_confirm(first, second, confirmed):
    """A mark at the end is no part of a number."""
    assert _alike((first, 50), (120, second, 90)) is confirmed


def test_an_unsure_second_reading_confirms_nothing():
    """Two guesses are no reading."""
    assert not _alike(("15mg", 50), (120, "15mg", 69))


def test_a_first_reading_that_was_hardly_one_is_not_confirmed():
    """What is as good as unreadable is misread twice alike."""
    assert not _alike(("(20mi)", 10), (120, "(20mi)", 80))


def test_a_number_read_in_two_pieces_is_one():
    """Letter spacing seems wider when enlarged."""
    assert _alike(("15mg", 50), (110, "15", 90), (150, "mg", 90))


def test_a_number_read_elsewhere_confirms_nothing():
    """The neighbour in the strip may be the same number."""
    assert not _alike(("15mg", 50), (300, "15mg", 95))


def test_a_strip_ends_where_the_next_column_begins():
    """What stands across a gutter is not read with it."""
    table = _table((100, 50, 80, "10", 50), (190, 50, 80, "mg", 90), (500, 50, 80, "20", 90))
    words = words_from_table(table, 4.0)
    strip = strip_around(words[0], words, PAGE)
    assert (strip.left, strip.right) == (88, 282)


def test_strips_are_stacked_within_the_size_of_a_picture():
    """A page in doubt all over is read in several stacks."""
    strips = [Strip(0, at, 3000, at + 200) for at in range(0, 4000, 200)]
    stacks = list(stacks_of(strips))
    assert [one for held in stacks for one in held] == strips
    assert len(stacks) > 1
    assert all(wide * high <= 20_000_000 for wide, high in map(size_of_stack, stacks))


def test_a_strip_stands_in_the_stack_where_it_is_looked_for():
    """Twice as large, on white."""
    dots = np.full((400, 2000), 255, dtype=np.uint8)
    dots[60:80, 100:150] = 0
    picture = Picture(2000, 400, dots.tobytes(), 4.0)
    strips = [Strip(90, 50, 160, 90), Strip(0, 200, 400, 240)]
    stacked = stack(picture, strips)
    (left, top), _ = place_strips(strips)
    dark = np.argwhere(stacked < 128)
    assert stacked.shape == size_of_stack(strips)[::-1]
    assert tuple(dark.min(axis=0)) == (top + 20, left + 20)
    assert tuple(dark.max(axis=0)) == (top + 59, left + 119)
