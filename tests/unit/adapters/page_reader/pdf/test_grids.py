"""Cells of a ruled table where a rule is missing."""

from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.adapters.page_reader.pdf.grids import find_grids
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box

COLUMNS = (0, 100, 200, 300)


def _characters(*placed):
    """Words at (left, top), each character five points wide; a space between the words."""
    text, boxes = "", []
    for left, top, words in placed:
        if text:
            text, boxes = text + "\n", [*boxes, None]
        text += words
        boxes += [
            Box(left + 5 * at, top, left + 5 * at + 5, top + 10) if words[at] != " " else None
            for at in range(len(words))
        ]
    return Characters(text, boxes)


def test_a_title_row_is_one_cell_although_the_rule_below_it_is_broken():
    """A logo covers the end of the rule; the title's words run over the columns below."""
    across = [Box(0, y, 300, y) for y in (0, *range(40, 220, 20))] + [Box(0, 20, 200, 20)]
    down = [Box(x, 20, x, 200) for x in COLUMNS] + [Box(x, 0, x, 20) for x in (0, 300)]
    body = [
        (100 * column + 10, 20 * row + 5, f"{row}{column} words")
        for row in range(1, 10)
        for column in range(3)
    ]
    characters = _characters((60, 5, "Dosing chart of the children"), *body)
    (grid,) = find_grids(Rulings(tuple(across), tuple(down)), characters, ()).grids
    first, *_ = grid.cells
    assert (first.row, first.column_span, grid.columns) == (0, 3, 3)
    assert [span.cut(characters.text) for span in first.spans] == ["Dosing chart of the children"]
    assert [len(cell.spans) for cell in grid.cells] == [1] * 28


def test_a_header_over_some_columns_is_one_cell_although_the_rule_below_it_is_broken():
    """A word that runs over the columns below shows how far the header goes."""
    across = [Box(0, y, 300, y) for y in (0, *range(40, 220, 20))]
    across += [Box(0, 20, 200, 20)]
    down = [Box(x, 0, x, 200) for x in (0, 100, 300)] + [Box(200, 20, 200, 200)]
    body = [
        (100 * column + 10, 20 * row + 5, f"{row}{column} words")
        for row in range(1, 10)
        for column in range(3)
    ]
    characters = _characters((10, 5, "Drug"), (180, 5, "Weight class"), *body)
    (grid,) = find_grids(Rulings(tuple(across), tuple(down)), characters, ()).grids
    headers = [(cell.column, cell.column_span) for cell in grid.cells if cell.row == 0]
    assert headers == [(0, 1), (1, 2)]
