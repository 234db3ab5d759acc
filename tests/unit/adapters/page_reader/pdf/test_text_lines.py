from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.adapters.page_reader.pdf.text_lines import find_lines
from fuente.documents.source import Line
from fuente.documents.span import Box

Placed = tuple[str, float, float, float]


def _characters(*placed: Placed) -> Characters:
    """Words at (left, top, size), parted by a line end."""
    text = ""
    boxes: list[Box | None] = []
    for words, left, top, size in placed:
        if text:
            text += " \n"
            boxes += [None, None]
        for index, character in enumerate(words):
            at = left + index * size / 2
            blank = character == " "
            boxes.append(None if blank else Box(at, top, at + size / 2, top + size))
        text += words
    return Characters(text, boxes)


def _lines(*placed: Placed) -> list[str]:
    characters = _characters(*placed)
    found: tuple[Line, ...] = find_lines(characters, lambda at: 10.0, lambda at: False)
    return [line.span.cut(characters.text) for line in found]


def test_lines_at_different_heights_are_parted():
    """A line end with a step down ends the line."""
    assert _lines(("one two", 50, 100, 10), ("three", 50, 115, 10)) == ["one two", "three"]


def test_a_raised_exponent_goes_on_in_its_line():
    """A line end before a character that stands right beside does not part."""
    placed = (("mg/m", 50, 100, 10), ("2", 70, 98, 6), ("IV", 76, 100, 10))
    assert _lines(*placed) == ["mg/m \n2 \nIV"]


def test_words_far_apart_after_a_line_end_are_parted():
    """Two columns at one height are two lines."""
    assert _lines(("left", 50, 100, 10), ("right", 320, 100, 10)) == ["left", "right"]


def test_a_jump_back_ends_a_line():
    """Text never runs backwards."""
    assert _lines(("second", 320, 100, 10), ("first", 50, 100, 10)) == ["second", "first"]


def test_blanks_at_the_ends_are_not_in_the_line():
    """A line starts and ends with something drawn."""
    assert _lines(("  one  ", 50, 100, 10)) == ["one"]


def test_a_sideways_line_stays_whole():
    """Letters stacked one above the other are one line."""
    boxes: list[Box | None] = [Box(10, 300 - 6 * n, 20, 306 - 6 * n) for n in range(5)]
    lines = find_lines(Characters("title", boxes), lambda at: 10.0, lambda at: False)
    assert [line.span.end - line.span.start for line in lines] == [5]


def test_a_line_is_bold_when_all_of_it_is():
    """One bold word does not make a heading."""
    characters = _characters(("bold then plain", 50, 100, 10))
    (line,) = find_lines(characters, lambda at: 10.0, lambda at: at < 4)
    assert not line.bold
    (line,) = find_lines(characters, lambda at: 12.0, lambda at: True)
    assert (line.bold, line.size) == (True, 12.0)
