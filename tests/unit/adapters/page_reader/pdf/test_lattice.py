from fuente.adapters.page_reader.pdf.lattice import Lattice, find_lattices, join_rules
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box


def _across(top: float, left: float = 50.0, right: float = 350.0) -> Box:
    return Box(left, top, right, top)


def _down(left: float, top: float = 100.0, bottom: float = 160.0) -> Box:
    return Box(left, top, left, bottom)


def _lattices(across: list[Box], down: list[Box], lines: list[Box] | None = None) -> list[Lattice]:
    return find_lattices(Rulings(tuple(across), tuple(down)), lines or [])


def test_pieces_of_one_rule_are_joined():
    """Each cell may draw its own side."""
    rules = join_rules([(100.0, 50.0, 150.0), (100.4, 150.0, 250.0), (99.8, 249.0, 350.0)])
    assert [(rule.start, rule.end) for rule in rules] == [(50.0, 350.0)]


def test_rules_apart_stay_apart():
    """A gap along or a step across parts them."""
    assert len(join_rules([(100.0, 50.0, 150.0), (100.0, 200.0, 350.0), (120.0, 50.0, 350.0)])) == 3


def test_a_full_grid_is_found():
    """Three rules across and three down are two by two cells."""
    rows, columns = [100.0, 130.0, 160.0], [50.0, 200.0, 350.0]
    (lattice,) = _lattices([_across(y) for y in rows], [_down(x) for x in columns])
    assert (lattice.ys, lattice.xs) == (rows, columns)
    assert lattice.divides_columns(0, 0)
    assert lattice.divides_rows(0, 1)


def test_open_sides_are_closed_at_the_ends_of_the_rules():
    """Tables of LaTeX have no outer rules."""
    (lattice,) = _lattices([_across(y) for y in (100, 130, 160)], [_down(200.0)])
    assert lattice.xs == [50.0, 200.0, 350.0]


def test_a_rule_that_stops_does_not_divide_beyond():
    """A merged cell has no rule through it."""
    across = [_across(100), _across(130, 200.0), _across(160)]
    (lattice,) = _lattices(across, [_down(x) for x in (50.0, 200.0, 350.0)])
    assert not lattice.divides_rows(0, 0)
    assert lattice.divides_rows(0, 1)


def test_two_tables_on_a_page_are_two():
    """Rules that do not meet belong to different tables."""
    across = [_across(y) for y in (100, 130, 300, 330)]
    down = [_down(200, 100, 130), _down(200, 300, 330)]
    assert [lattice.ys for lattice in _lattices(across, down)] == [[100, 130], [300, 330]]


def test_a_last_row_without_inner_rules_belongs_to_its_table():
    """A like rule, one tight line of text below, closes it."""
    across = [_across(y) for y in (100, 130, 145)]
    line = Box(60.0, 132.0, 300.0, 143.0)
    (lattice,) = _lattices(across, [_down(200, 100, 130)], [line])
    assert lattice.ys == [100, 130, 145]


def test_a_rule_below_white_does_not_belong():
    """The next table's rule is left to it."""
    across = [_across(y) for y in (100, 130, 170)]
    line = Box(60.0, 145.0, 300.0, 155.0)
    (lattice,) = _lattices(across, [_down(200, 100, 130)], [line])
    assert lattice.ys == [100, 130]


def test_rules_that_enclose_nothing_are_no_table():
    """One rule across and one down are an axis."""
    assert not _lattices([_across(100)], [_down(200)])


def test_a_drawing_of_too_many_rules_is_left_alone():
    """A chart costs no time."""
    down = [_down(50 + 4 * n, 100 + 7 * n, 104 + 7 * n) for n in range(800)]
    across = [_across(100 + 7 * n, 10.0, 30.0) for n in range(800)]
    assert not _lattices(across, down)
