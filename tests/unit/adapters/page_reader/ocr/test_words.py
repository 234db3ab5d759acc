import dataclasses

import pytest

from fuente.adapters.page_reader.ocr.words import with_bullets, words_from_table, words_from_tables

HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def _table(*words, block=1):
    rows = [
        f"5\t1\t{block}\t1\t1\t{at}\t{100 * at}\t50\t80\t30\t{confidence}\t{text}"
        for at, (text, confidence) in enumerate(words)
    ]
    return "\n".join([HEADER, "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t", *rows])


def test_a_word_has_its_box_in_points_and_its_line():
    """Dots become points by the resolution of the picture."""
    (word,) = words_from_table(_table(("Dose", 96.5)), 2.0)
    assert (word.text, word.confidence, word.line) == ("Dose", 96.5, (1, 1, 1))
    assert (word.box.left, word.box.top, word.box.right, word.box.bottom) == (0, 25, 40, 40)


@pytest.mark.parametrize("text", ["1.5", "mg/m2", "mg", "(µg", "UI", "l5", "IU)", "2x", "ml."])
def test_an_unsure_number_or_unit_is_in_doubt(text):
    """Misread, it would change a dose."""
    (word,) = words_from_table(_table((text, 69.9)), 1.0)
    assert word.is_doubtful


@pytest.mark.parametrize(("text", "confidence"), [("1.5", 70.0), ("vincristine", 20.0)])
def test_a_sure_number_and_an_unsure_word_are_not_in_doubt(text, confidence):
    """A name misread is a drug nobody knows; it gives no dose by itself."""
    (word,) = words_from_table(_table((text, confidence)), 1.0)
    assert not word.is_doubtful


def test_specks_taken_for_marks_are_left_out():
    """A mark that is sure is kept."""
    words = words_from_table(_table(("—", 30), ("|", 12), ("-", 95), ("<", 40)), 1.0)
    assert [word.text for word in words] == ["-", "<"]


def test_a_piece_of_a_rule_is_no_word():
    """It would stand in a header beside the weight the column is for."""
    words = words_from_table(_table(("16-23.9", 90), ("|", 93), ("24-30kg", 90)), 1.0)
    assert [word.text for word in words] == ["16-23.9", "24-30kg"]


def test_what_was_left_adds_sure_words():
    """Pieces of a drawing are no words; the lines of the two readings do not mix."""
    whole, rest = _table(("Dose", 95)), _table(("IV", 90), ("wavy", 30), ("15", 40))
    words = words_from_tables([whole, rest], 1.0)
    assert [word.text for word in words] == ["Dose", "IV"]
    assert words[0].line != words[1].line


@pytest.mark.parametrize(
    "table",
    [f"{HEADER}\n5\t1\t1", _table(("a", "b")), _table(("a", 1)).replace("\t50\t", "\t-5\t")],
)
def test_a_table_that_makes_no_sense_is_refused(table):
    """It comes from a program that saw a hostile picture."""
    with pytest.raises(ValueError, match=r"cut short|could not convert|outside"):
        words_from_table(table, 1.0)


def _items(*stars):
    tables = [_table((star, 90), ("Give", 90), ("*", 90)) for star in stars]
    lines = [words_from_table(table, 1.0) for table in tables]
    words = [
        dataclasses.replace(word, line=(1, 1, number))
        for number, line in enumerate(lines)
        for word in line
    ]
    return [word.text for word in with_bullets(words)]


def test_stars_before_the_lines_of_a_list_are_bullets():
    """Other stars are stars."""
    assert _items("*", "*", "*") == ["•", "Give", "*"] * 3


def test_a_star_or_two_before_lines_may_mark_notes():
    """They stay as they were read."""
    assert _items("*", "a", "*")[0] == "*"
