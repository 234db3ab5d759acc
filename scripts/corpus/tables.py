"""Tables of a document: caption, header rows that repeat over a page break, rows, footnotes.

Decides how a table looks and breaks; the cells come ready. The caption is the first row, so that
it travels with the header and says `(continued)` on the following page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, LongTable, Paragraph, Spacer

from scripts.corpus.look import Look

SYMBOLS = ("*", "†", "‡", "§", "**", "††", "‡‡", "§§")
_TEXT_WIDTH = 481.0  # A4 less the two margins, in points
_PADDING = 10.0
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class TableText:
    """The words of a table; a row of one cell spans the table as a sub-heading."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    continued: str
    groups: tuple[tuple[str, int], ...] = ()
    footnotes: tuple[str, ...] = ()
    may_break: bool = False


class CaptionedTable(LongTable):
    """A table whose first row is its caption; after a page break the caption says so."""

    continued: Paragraph | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Split as any table does, and mark the caption of what goes to the next page."""
        parts = super().split(availWidth, availHeight)
        for part in parts[1:]:
            # The repeated rows are shared between the parts: replace the row, do not write into it.
            part._cellvalues[0] = [self.continued, *part._cellvalues[0][1:]]
            part.continued = self.continued
        return parts


def table_flowables(text: TableText, look: Look) -> list[Flowable]:
    """The table with its footnotes, kept on one page unless it may break."""
    table = _table(text, look)
    notes = [Paragraph(note, look.style("footnote")) for note in text.footnotes]
    tail = [Spacer(1, 2), *notes, Spacer(1, 7)]
    return [table, *tail] if text.may_break else [KeepTogether([table, *tail])]


def _table(text: TableText, look: Look) -> CaptionedTable:
    columns = len(text.header)
    head = look.style("cell_head")
    data: list[list[Any]] = [
        [Paragraph(text.caption, look.style("caption")), *[""] * (columns - 1)]
    ]
    if text.groups:
        data.append(_group_row(text.groups, head))
    data.append([Paragraph(name, head) for name in text.header])
    first = len(data)
    for row in text.rows:
        style = look.style("cell" if len(row) > 1 else "cell_group")
        cells = [Paragraph(cell, style) for cell in row]
        data.append([*cells, *[""] * (columns - len(cells))])
    table = CaptionedTable(
        data,
        colWidths=_widths(text, look),
        repeatRows=first,
        hAlign="LEFT",
        style=[*_base(first), *_spans(text, first), *_ruling(look, first, len(data))],
    )
    table.spaceBefore = 4
    table.continued = Paragraph(f"{text.caption} {text.continued}", look.style("caption"))
    return table


def _widths(text: TableText, look: Look) -> list[float]:
    """Every column as wide as its longest word, then short columns first as wide as their text."""
    columns = list(zip(text.header, *(row for row in text.rows if len(row) > 1), strict=True))
    least = [_wide([word for cell in cells for word in cell.split(" ")], look) for cells in columns]
    needs = [_wide(cells, look) - width for cells, width in zip(columns, least, strict=True)]
    spare = max(0.0, _TEXT_WIDTH - sum(least))
    order = sorted(range(len(needs)), key=needs.__getitem__)
    widths = list(least)
    for rank, column in enumerate(order):
        given = min(needs[column], spare / (len(order) - rank))
        widths[column] += given
        spare -= given
    total = sum(widths)
    return [width * _TEXT_WIDTH / total for width in widths]


def _wide(cells: Sequence[str], look: Look) -> float:
    style = look.style("cell")
    face = look.bold(style.fontName)
    plain = (_TAG.sub("", cell).replace("&nbsp;", " ") for cell in cells)
    return max(stringWidth(cell, face, style.fontSize) for cell in plain) + _PADDING


def _group_row(groups: Sequence[tuple[str, int]], style: ParagraphStyle) -> list[Any]:
    row: list[Any] = []
    for name, width in groups:
        row.extend([Paragraph(name, style), *[""] * (width - 1)])
    return row


def _base(first: int) -> list[tuple[Any, ...]]:
    return [
        ("SPAN", (0, 0), (-1, 0)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, 0), 0),
        ("LEFTPADDING", (0, 1), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
        ("NOSPLIT", (0, 0), (-1, first)),
    ]


def _spans(text: TableText, first: int) -> list[tuple[Any, ...]]:
    spans = []
    column = 0
    for _, width in text.groups:
        spans.append(("SPAN", (column, 1), (column + width - 1, 1)))
        column += width
    spans += [
        ("SPAN", (0, first + index), (-1, first + index))
        for index, row in enumerate(text.rows)
        if len(row) == 1
    ]
    return spans


def _ruling(look: Look, first: int, rows: int) -> list[tuple[Any, ...]]:
    line = colors.HexColor("#8a8a8a")
    if look.rules == "grid":
        return [
            ("GRID", (0, 1), (-1, -1), 0.5, line),
            ("BACKGROUND", (0, 1), (-1, first - 1), look.tint),
        ]
    if look.rules == "banded":
        stripes = [
            ("BACKGROUND", (0, row), (-1, row), look.tint) for row in range(first + 1, rows, 2)
        ]
        return [
            ("BACKGROUND", (0, 1), (-1, first - 1), look.accent),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, look.accent),
            *stripes,
        ]
    return [
        ("LINEABOVE", (0, 1), (-1, 1), 1, look.accent),
        ("LINEBELOW", (0, first - 1), (-1, first - 1), 0.7, look.accent),
        ("LINEBELOW", (0, first), (-1, -2), 0.25, line),
        ("LINEBELOW", (0, -1), (-1, -1), 1, look.accent),
    ]
