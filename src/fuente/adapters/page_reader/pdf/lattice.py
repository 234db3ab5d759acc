"""Joins rules into lattices: the sorted edges of a table and which stretch of each is drawn.

Knows geometry only; what stands between the rules is `grids`' affair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.documents.span import Box

_SNAP = 3.0
"""Points within which rules are one rule; the smallest printed row is twice as high."""

_REACH = 4.0
"""Points by which a rule may miss the one it meets."""

_COVERED = 0.6
"""Share of a cell's side that must be drawn for the side to divide."""

_TIGHT_BAND = 1.9
"""A ruled band no higher than this many lines of its text is a row, not a gap between tables."""

_EDGE_ROW_LINES = 3
"""Lines of text in a row that no vertical rule crosses, at the top or bottom of a table."""

_MAX_RULES = 1500
"""Snapped rules per page; more is a drawing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stretch: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Column edges `xs`, row edges `ys`, and the rules that are really drawn."""

    xs: list[float]
    ys: list[float]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]

    def divides_columns(self, row: int, column: int) -> bool:
        """Whether a rule parts this position from the one at its right."""
        top, bottom = self.ys[row], self.ys[row + 1]
        return _drawn(self.vertical, self.xs[column + 1], top, bottom)

    def divides_rows(self, row: int, column: int) -> bool:
        """Whether a rule parts this position from the one below."""
        left, right = self.xs[column], self.xs[column + 1]
        return _drawn(self.horizontal, self.ys[row + 1], left, right)


def find_lattices(rulings: Rulings, lines: Sequence[Box]) -> list[Lattice]:
    """Every connected set of rules that encloses something, from top to bottom."""
    horizontal = join_rules((box.top, box.left, box.right) for box in rulings.horizontal)
    vertical = join_rules((box.left, box.top, box.bottom) for box in rulings.vertical)
    if len(horizontal) + len(vertical) > _MAX_RULES:
        return []
    loose = [rule for rule in horizontal if not any(_meet(rule, down) for down in vertical)]
    lattices = []
    for connected, down in _connected(horizontal, vertical):
        across = _with_edge_rows(connected, loose, lines)
        loose = [rule for rule in loose if rule not in across]
        lattice = _lattice(across, down)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def join_rules(stretches: Iterable[tuple[float, float, float]]) -> list[Rule]:
    """(at, start, end) stretches with near ones snapped together and touching ones joined."""
    joined: list[Rule] = []
    for group in _snapped(sorted(stretches)):
        at = sum(stretch[0] for stretch in group) / len(group)
        joined.extend(_joined(at, sorted((start, end) for _, start, end in group)))
    return [rule for rule in joined if rule.end - rule.start > _SNAP]


def _snapped(
    stretches: list[tuple[float, float, float]],
) -> list[list[tuple[float, float, float]]]:
    groups: list[list[tuple[float, float, float]]] = []
    for stretch in stretches:
        if groups and stretch[0] - groups[-1][0][0] <= _SNAP:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def _joined(at: float, intervals: list[tuple[float, float]]) -> Iterable[Rule]:
    start, end = intervals[0]
    for next_start, next_end in intervals[1:]:
        if next_start <= end + _SNAP:
            end = max(end, next_end)
        else:
            yield Rule(at, start, end)
            start, end = next_start, next_end
    yield Rule(at, start, end)


def _connected(
    horizontal: list[Rule], vertical: list[Rule]
) -> Iterable[tuple[list[Rule], list[Rule]]]:
    remaining = list(vertical)
    free = list(horizontal)
    while remaining:
        across: list[Rule] = []
        down = [remaining.pop(0)]
        grown = True
        while grown:
            new_across = [h for h in free if any(_meet(h, v) for v in down)]
            free = [h for h in free if h not in new_across]
            across.extend(new_across)
            new_down = [v for v in remaining if any(_meet(h, v) for h in new_across)]
            remaining = [v for v in remaining if v not in new_down]
            down.extend(new_down)
            grown = bool(new_across or new_down)
        if len(across) >= 2:
            yield across, down


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - _REACH <= down.at <= across.end + _REACH
        and down.start - _REACH <= across.at <= down.end + _REACH
    )


def _with_edge_rows(across: list[Rule], loose: list[Rule], lines: Sequence[Box]) -> list[Rule]:
    """Add rows without inner rules at top and bottom: a like rule, one tight band of text away."""
    found = sorted(across, key=lambda rule: rule.at)
    for _ in range(len(loose)):
        above = [rule for rule in loose if _closes(rule, found[0], lines)]
        below = [rule for rule in loose if _closes(rule, found[-1], lines)]
        if not above and not below:
            break
        found = [*above[-1:], *found, *below[:1]]
        loose = [rule for rule in loose if rule not in found]
    return found


def _closes(rule: Rule, edge: Rule, lines: Sequence[Box]) -> bool:
    if abs(rule.start - edge.start) > _REACH or abs(rule.end - edge.end) > _REACH:
        return False
    top, bottom = sorted((rule.at, edge.at))
    inside = [
        line
        for line in lines
        if top <= (line.top + line.bottom) / 2 <= bottom
        and line.right > rule.start
        and line.left < rule.end
    ]
    height = sum(line.bottom - line.top for line in inside)
    return 1 <= len(inside) <= _EDGE_ROW_LINES and bottom - top <= _TIGHT_BAND * height


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, bottom = min(rule.at for rule in across), max(rule.at for rule in across)
    sides = [*down]
    for side in (left, right):
        if all(abs(rule.at - side) > _REACH for rule in down):
            sides.append(Rule(side, top, bottom))
    xs = _edges(rule.at for rule in sides)
    ys = _edges(rule.at for rule in across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Lattice(xs, ys, tuple(across), tuple(sides))


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    near = [rule for rule in rules if abs(rule.at - at) <= _SNAP]
    length = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
    return length >= _COVERED * (end - start)
