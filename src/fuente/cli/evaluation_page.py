"""Figures of an evaluation for people: a table on the terminal, and a page with plots.

The page is one HTML file with drawings in it; it loads nothing and runs nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any, Final

Json = Mapping[str, Any]

_STYLE: Final = """
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 62em; color: #1b2a2f; }
table { border-collapse: collapse; margin: .5em 0 1.5em; font-size: .9em; }
th, td { border: 1px solid #b8c4c8; padding: .25em .6em; text-align: right; }
th:first-child, td:first-child { text-align: left; } th { background: #eef2f3; }
td small { color: #52666d; white-space: nowrap; } tr { break-inside: avoid; }
svg { display: block; margin: .5em 0 1.5em; } svg text { font: 12px sans-serif; fill: #1b2a2f; }
"""
_COLUMNS: Final = {
    "hit@1": "hit@1",
    "hit@5": "hit@5",
    "hit@10": "hit@10",
    "value right": "value",
    "value and period right": "with period",
    "wrongly refused": "refused wrongly",
    "rightly refused": "rightly",
}
_PLOTTED: Final = ("hit@1", "hit@5", "value right")
_LABEL, _WIDTH, _ROW = 190, 420, 24


def evaluation_lines(figures: Json) -> Iterator[str]:
    """The table as text: shares in per cent with their 95 % intervals, a line for each group."""
    groups = figures["groups"]
    names = list(groups["all"]["measures"])
    yield f"{'per cent':<20}{'n':>5}" + "".join(f"{_COLUMNS[name]:>16}" for name in names)
    for group, row in groups.items():
        shown = (f"{_per_cent(row['measures'][name]):>16}" for name in names)
        yield f"{group:<20}{row['questions']:>5}" + "".join(shown)
    whole = groups["all"]
    yield f"time per question: median {whole['median_ms']:.0f} ms, p95 {whole['p95_ms']:.0f} ms"


def evaluation_page(figures: Json, questions: str, made: datetime) -> str:
    """The page: a table of all groups, a plot for each measure people ask for, every miss."""
    groups = figures["groups"]
    whole = groups["all"]
    plots = (
        f"<h2>{escape(name)}</h2>{_plot(name, groups)}"
        for name in _PLOTTED
        if any(row["measures"][name]["of"] for row in groups.values())
    )
    parts = (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Retrieval</title>",
        f"<style>{_STYLE}</style></head><body><h1>How questions were answered</h1>",
        f"<p>{escape(questions)}, {whole['questions']} questions, {made:%Y-%m-%d %H:%M}. "
        f"Time per question: median {whole['median_ms']:.0f} ms, p95 {whole['p95_ms']:.0f} ms.</p>",
        "<p>Shares with 95 % intervals (bootstrap over the questions). A right page is one the "
        "question file names; hit@k asks for it among the first k passages.</p>",
        _table(groups),
        *plots,
        "<h2>Questions not answered rightly</h2>",
        _misses(figures["questions"]),
        "</body></html>\n",
    )
    return "\n".join(parts)


def _table(groups: Json) -> str:
    names = list(groups["all"]["measures"])
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    rows = (
        f"<tr><th scope='row'>{escape(group)}</th><td>{row['questions']}</td>"
        + "".join(f"<td>{_cell(row['measures'][name])}</td>" for name in names)
        + "</tr>"
        for group, row in groups.items()
    )
    return (
        f"<table><thead><tr><th scope='col'>group</th><th scope='col'>n</th>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _plot(name: str, groups: Json) -> str:
    """A point for each group's share, with a line for its interval, on an axis from 0 to 1."""
    shown = [(group, row["measures"][name]) for group, row in groups.items()]
    shown = [(group, share) for group, share in shown if share["of"]]
    height = _ROW * len(shown) + 30
    described = "; ".join(f"{group} {share['value']:.2f}" for group, share in shown)
    drawn = "".join(_drawn(place, *each) for place, each in enumerate(shown))
    return (
        f"<svg role='img' width='{_LABEL + _WIDTH + 70}' height='{height}'>"
        f"<title>{escape(name)} by group: {escape(described)}</title>"
        f"{_axis(height - 22)}{drawn}</svg>"
    )


def _axis(bottom: int) -> str:
    ticks = (0, 0.25, 0.5, 0.75, 1)
    return "".join(
        f"<line x1='{_x(tick):.1f}' y1='4' x2='{_x(tick):.1f}' y2='{bottom}' stroke='#dde4e6'/>"
        f"<text x='{_x(tick):.1f}' y='{bottom + 16}' text-anchor='middle'>{tick}</text>"
        for tick in ticks
    )


def _drawn(place: int, group: str, share: Json) -> str:
    y = _ROW * place + 16
    low, at, high = (_x(share[key]) for key in ("low", "value", "high"))
    return (
        f"<text x='0' y='{y + 4}'>{escape(group)} ({share['of']})</text>"
        f"<line x1='{low:.1f}' y1='{y}' x2='{high:.1f}' y2='{y}' stroke='#0b6e75' "
        "stroke-width='3' stroke-opacity='.4'/>"
        f"<circle cx='{at:.1f}' cy='{y}' r='5' fill='#0b6e75'/>"
        f"<text x='{_LABEL + _WIDTH + 18}' y='{y + 4}'>{share['value']:.2f}</text>"
    )


def _x(share: float) -> float:
    return _LABEL + _WIDTH * share


def _misses(questions: list[Json]) -> str:
    rows = [
        f"<tr><th scope='row'>{escape(one['id'])}</th><td style='text-align:left'>"
        f"{escape(one['question'])}</td><td>{one['rank'] or 'none'}</td><td>{_went(one)}</td></tr>"
        for one in questions
        if not _is_right(one)
    ]
    if not rows:
        return "<p>None.</p>"
    left = "style='text-align:left'"
    head = f"<th>id</th><th {left}>question</th><th>rank of the right page</th><th>answer</th>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _is_right(one: Json) -> bool:
    return bool(one["value_right"] if one["answerable"] else one["refused"])


def _went(one: Json) -> str:
    if not one["answerable"]:
        return "answered, though not stated"
    return "refused" if one["refused"] else "another value"


def _cell(share: Json) -> str:
    if not share["of"]:
        return "–"
    ends = f"{share['low']:.2f} to {share['high']:.2f}"
    return f"{share['value']:.3f}<br><small>{ends}</small>"


def _per_cent(share: Json) -> str:
    if not share["of"]:
        return "-"
    value, low, high = (f"{100 * share[key]:.0f}" for key in ("value", "low", "high"))
    return f"{value} ({low}-{high})"
