"""Tables drawn with horizontal rules or shaded rows only: columns are the white between words.

A stack of like rules is a table where the bands between them hold words in columns; a band of
prose, of footnotes or with a caption ends it. What does not come out clearly stays prose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fuente.adapters.page_reader.pdf.characters import Characters
from fuente.adapters.page_reader.pdf.grids import Tables, cut_spans, holds_numbers
from fuente.adapters.page_reader.pdf.lattice import Rule, join_rules
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.adapters.page_reader.pdf.words import (
    Word,
    find_words,
    hull_of,
    printed_lines,
    stretches,
)
from fuente.documents.layout import CAPTION, FOOTNOTE_SYMBOL
from fuente.documents.source import Grid, GridCell, Line
from fuente.documents.span import Box

_SAME_ENDS = 4.0
_CELL_GAP = 0.7
"""White between cells, in line heights; justified prose stays below it."""

_COLUMN_GAP = 5.0
"""Points of white that part columns when they run down the whole table."""

_LOOSE_BAND = 2.2
"""White in a row, above and below its words together, in line heights."""

_ROW_GAP = 0.4
"""White between two rows of one band, in line heights; wrapped lines stand closer."""

_MIN_BANDS = 2
_MAX_COLUMNS = 20
_MAX_BAND_LINES = 60
_MAX_SUBHEADING = 120
_FEW_RULES = 4
"""A table with no more rules than this has rules around its header and at its end only."""


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rules: its printed lines, from top to bottom."""

    top: float
    bottom: float
    lines: list[list[Word]]


@dataclass(frozen=True, slots=True)
class _Row:
    """The printed lines of a row; a group row is a header that names groups of columns."""

    lines: list[list[Word]]
    is_group: bool = False


def find_open_grids(
    rulings: Rulings, characters: Characters, lines: Sequence[Line], taken: Sequence[Grid]
) -> Tables:
    """The tables without vertical rules, outside the ruled tables already found."""
    rules = join_rules((box.top, box.left, box.right) for box in rulings.horizontal)
    free = [rule for rule in rules if not any(_inside(rule, grid.box) for grid in taken)]
    words = find_words(characters, lines) if len(free) > _MIN_BANDS else []
    grids: list[Grid] = []
    unread = 0
    for stack in _stacks(free):
        bands = [_band(above, below, words) for above, below in pairwise(stack)]
        for run in _runs(bands, characters.text):
            grid = _grid(run, stack[0], characters.text)
            if grid and _is_disjoint(grid.cells):
                grids.append(grid)
            elif grid:
                unread += holds_numbers(grid.cells, characters.text)
    return Tables(tuple(grids), unread)


def _inside(rule: Rule, box: Box) -> bool:
    across = box.left - _SAME_ENDS <= rule.start and rule.end <= box.right + _SAME_ENDS
    return across and box.top - 1 <= rule.at <= box.bottom + 1


def _stacks(rules: Sequence[Rule]) -> list[list[Rule]]:
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        for stack in stacks:
            same_start = abs(stack[-1].start - rule.start) <= _SAME_ENDS
            if same_start and abs(stack[-1].end - rule.end) <= _SAME_ENDS:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) > _MIN_BANDS]


def _band(above: Rule, below: Rule, words: Sequence[Word]) -> _Band:
    inside = [
        word
        for word in words
        if above.at <= word.middle <= below.at
        and above.start - _SAME_ENDS <= word.box.left
        and word.box.right <= above.end + _SAME_ENDS
    ]
    return _Band(above.at, below.at, printed_lines(inside))


def _runs(bands: Sequence[_Band], text: str) -> Iterator[list[_Band]]:
    run: list[_Band] = []
    for band in bands:
        if _is_row_like(band, text):
            run.append(band)
            continue
        yield from _whole(run)
        run = []
    yield from _whole(run)


def _whole(run: list[_Band]) -> Iterator[list[_Band]]:
    """The run without single lines at its ends, which stand above or below the table."""
    while run and not any(_has_columns(line) for line in run[0].lines):
        run = run[1:]
    while run and not any(_has_columns(line) for line in run[-1].lines):
        run = run[:-1]
    columned = [band for band in run if any(_has_columns(line) for line in band.lines)]
    if len(columned) >= _MIN_BANDS:
        yield run


def _is_row_like(band: _Band, text: str) -> bool:
    if not 0 < len(band.lines) <= _MAX_BAND_LINES:
        return False
    printed = [_words_of(line, text) for line in band.lines]
    single = [line for line in band.lines if not _has_columns(line)]
    starts_note = any(CAPTION.match(words) or FOOTNOTE_SYMBOL.match(words) for words in printed)
    if starts_note and single:
        return False
    box = hull_of([word for line in band.lines for word in line])
    height = max(word.height for line in band.lines for word in line)
    if band.bottom - band.top - (box.bottom - box.top) > _LOOSE_BAND * height:
        return False
    if len(single) == len(band.lines):
        return len(single) == 1 and len(printed[0]) <= _MAX_SUBHEADING
    return True


def _has_columns(line: Sequence[Word]) -> bool:
    return len(stretches(line, _CELL_GAP)) > 1


def _words_of(line: Sequence[Word], text: str) -> str:
    return " ".join(text[word.start : word.end] for word in line)


def _grid(run: Sequence[_Band], rule: Rule, text: str) -> Grid | None:
    edges = _column_edges(run, rule)
    if not 2 < len(edges) <= _MAX_COLUMNS:
        return None
    rows = list(_rows(run, edges))
    cells = [cell for number, row in enumerate(rows) for cell in _cells(row, number, edges, text)]
    cells = _with_group_spans(cells, rows, len(edges) - 1)
    box = Box(rule.start, run[0].top, rule.end, run[-1].bottom)
    return Grid(box, len(rows), len(edges) - 1, tuple(cells))


def _is_disjoint(cells: Sequence[GridCell]) -> bool:
    """Whether no two cells claim one place; where they do, the columns were not understood."""
    places = [
        (cell.row, cell.column + offset) for cell in cells for offset in range(cell.column_span)
    ]
    return len(places) == len(set(places))


def _column_edges(run: Sequence[_Band], rule: Rule) -> list[float]:
    header = list(_split_band(run[0], ()))
    lines = [*header[-1], *(line for band in run[1:] for line in band.lines)]
    alone = [len(band.lines) == 1 and not _has_columns(band.lines[0]) for band in run]
    spread = [band.lines[0] for band, single in zip(run, alone, strict=True) if single]
    boxes = sorted(
        (word.box.left, word.box.right) for line in lines if line not in spread for word in line
    )
    edges = [rule.start]
    reach = boxes[0][1]
    for left, right in boxes[1:]:
        if left - reach >= _COLUMN_GAP:
            edges.append((reach + left) / 2)
        reach = max(reach, right)
    return [*edges, rule.end]


def _rows(run: Sequence[_Band], edges: Sequence[float]) -> Iterator[_Row]:
    few_rules = len(run) < _FEW_RULES
    *groups, leaf = _split_band(run[0], ())
    yield from (_Row(lines, is_group=True) for lines in groups)
    yield _Row(leaf)
    for band in run[1:]:
        yield from (_Row(lines) for lines in _split_band(band, edges if few_rules else ()))


def _split_band(band: _Band, edges: Sequence[float]) -> Iterator[list[list[Word]]]:
    """The rows of a band: parted by white, and (given `edges`) where the first column has words."""
    row: list[list[Word]] = []
    for line in band.lines:
        starts = bool(edges) and line[0].box.left < edges[1]
        wrapped = starts and bool(row) and _wraps(row, line, band)
        if row and (_apart(row[-1], line) or (starts and not wrapped)):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _wraps(row: Sequence[Sequence[Word]], line: Sequence[Word], band: _Band) -> bool:
    """Whether the first cell of a row runs on: its words follow in the text, other cells end."""
    above, start = row[-1], line[0].start
    cell = stretches(above, _CELL_GAP)[0]
    between = [word for other in band.lines for word in other if cell[-1].end <= word.start < start]
    follows = not between and cell[-1].start < start < above[-1].start
    return follows and len(stretches(line, _CELL_GAP)) < max(
        len(stretches(other, _CELL_GAP)) for other in row
    )


def _apart(above: Sequence[Word], below: Sequence[Word]) -> bool:
    gap = hull_of(below).top - hull_of(above).bottom
    return gap > _ROW_GAP * max(word.height for word in below)


def _cells(row: _Row, number: int, edges: Sequence[float], text: str) -> Iterator[GridCell]:
    columns = len(edges) - 1
    owned: dict[tuple[int, int], list[Word]] = {}
    alone = len(row.lines) == 1 and not _has_columns(row.lines[0])
    for line in row.lines:
        for stretch in stretches(line, _CELL_GAP):
            for (first, last), words in _places(stretch, edges, alone or row.is_group):
                owned.setdefault((first, last), []).extend(words)
    if alone and row.lines[0][0].box.left < edges[1]:
        owned = {(0, columns - 1): row.lines[0]}
    covered = {column for first, last in owned for column in range(first, last + 1)}
    owned.update({(c, c): [] for c in range(columns) if c not in covered})
    for (first, last), words in sorted(owned.items()):
        indexes = sorted(index for word in words for index in range(word.start, word.end))
        yield GridCell(number, first, 1, last - first + 1, cut_spans(indexes, text))


def _places(
    stretch: Sequence[Word], edges: Sequence[float], whole: bool
) -> Iterator[tuple[tuple[int, int], list[Word]]]:
    """The columns a stretch covers, `whole` or cut at the edges that run through its white."""
    straddles = any(
        word.box.left < edge - 1 and edge + 1 < word.box.right for word in stretch for edge in edges
    )
    if straddles or whole:
        box = hull_of(stretch)
        yield (_column(box.left + 1, edges), _column(box.right - 1, edges)), list(stretch)
        return
    for word in stretch:
        column = _column((word.box.left + word.box.right) / 2, edges)
        yield (column, column), [word]


def _column(x: float, edges: Sequence[float]) -> int:
    return max(0, sum(1 for edge in edges[:-1] if edge <= x) - 1)


def _with_group_spans(
    cells: Sequence[GridCell], rows: Sequence[_Row], columns: int
) -> list[GridCell]:
    """Header rows that name groups of columns: a name reaches to the next one."""
    groups = sum(1 for row in rows if row.is_group)
    kept = [cell for cell in cells if cell.row >= groups]
    for row in range(groups):
        filled = [cell for cell in cells if cell.row == row and cell.spans]
        ends = [*(cell.column for cell in filled[1:]), columns]
        kept.extend(
            GridCell(row, cell.column, 1, end - cell.column, cell.spans)
            for cell, end in zip(filled, ends, strict=True)
        )
    return sorted(kept, key=lambda cell: (cell.row, cell.column))
