"""Prose in frames side by side: each line ends at its frame, and a frame's words come together."""

from fuente.adapters.page_reader.ocr.frames import by_frames, find_frames
from fuente.adapters.page_reader.ocr.words import ReadWord
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box


def _frame(left, top, right, bottom):
    across = [Box(left, y, right, y) for y in (top, bottom)]
    return across, [Box(x, top, x, bottom) for x in (left, right)]


def _rulings(*frames):
    across = [rule for horizontal, _ in frames for rule in horizontal]
    return Rulings(tuple(across), tuple(rule for _, vertical in frames for rule in vertical))


def _line(number, *words):
    return [
        ReadWord(text, 90.0, Box(left, top, left + 40, top + 10), (1, 1, number))
        for left, top, text in words
    ]


def _lines_of(words, rulings):
    frames = find_frames(rulings, [word.box for word in words], words)
    lines = {}
    for word in by_frames(words, words, frames):
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


TWO = _rulings(_frame(0, 0, 200, 100), _frame(210, 0, 400, 100))
MIXED = [
    *_line(1, (10, 20, "Give"), (60, 20, "10 mg"), (220, 20, "Stop"), (270, 20, "at 5 mg")),
    *_line(2, (10, 40, "each"), (60, 40, "day."), (220, 40, "or"), (270, 40, "later.")),
]


def test_lines_read_over_two_frames_are_parted():
    """The frame read first comes first, whole."""
    parted = ["Give 10 mg", "each day.", "Stop at 5 mg", "or later."]
    assert _lines_of(MIXED, TWO) == parted


def test_without_rules_lines_are_as_they_were_read():
    """What tesseract took for one line is one."""
    read = ["Give 10 mg Stop at 5 mg", "each day. or later."]
    assert _lines_of(MIXED, Rulings((), ())) == read


def test_a_frame_within_a_frame_is_the_one_that_counts():
    """A box in a box is read for itself."""
    rulings = _rulings(_frame(0, 0, 400, 100), _frame(210, 10, 390, 60))
    assert _lines_of(MIXED, rulings)[2:] == ["Stop at 5 mg", "or later."]


def test_a_rule_through_a_word_parts_nothing():
    """A fold or a scratch on the paper runs where the words are."""
    across, down = _frame(0, 0, 400, 100)
    fold = Rulings(tuple(across), (*down, Box(240, 0, 240, 100)))
    assert _lines_of(MIXED, fold) == ["Give 10 mg Stop at 5 mg", "each day. or later."]


def test_words_outside_every_frame_keep_their_place():
    """A heading between two frames stays between them."""
    rulings = _rulings(_frame(0, 0, 200, 30), _frame(0, 60, 200, 100))
    words = [
        *_line(1, (10, 10, "first")),
        *_line(2, (10, 40, "between")),
        *_line(3, (10, 70, "second")),
    ]
    assert _lines_of(words, rulings) == ["first", "between", "second"]
