"""A protocol's blocks in the order they are printed, as flowables.

Decides what comes after what: title page, contents, note on the document, body.
"""

from collections.abc import Iterator, Sequence

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import (
    BalancedColumns,
    Flowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from scripts.corpus.inline import NUMBERED, Pen
from scripts.corpus.look import Look
from scripts.corpus.markup import Block, Directive, Heading, Prose, Protocol
from scripts.corpus.render import (
    band_table,
    cumulative_table,
    dose_table,
    metabolic_table,
    plain_table,
    radiotherapy_table,
)
from scripts.corpus.sources import sources_table
from scripts.corpus.tables import table_flowables

_TABLES = {
    "bands": band_table,
    "rt": radiotherapy_table,
    "metabolic": metabolic_table,
    "cumulative": cumulative_table,
    "table": plain_table,
}
_CONTENTS_WIDTHS = (14 * mm, 142 * mm, 14 * mm)


def cover(protocol: Protocol, pen: Pen, look: Look) -> list[Flowable]:
    """The title page."""
    head, house = protocol.head, pen.house
    control = [
        (house.word("code"), head["code"]),
        (house.word("edition"), head["edition"]),
        (house.word("valid"), house.date(head["valid"])),
        (house.word("review"), house.date(head["review"])),
        (house.word("language"), house.word("language_name")),
    ]
    lead = f"{house.word('edition')} {head['edition']}. {house.word('valid')} "
    return [
        Spacer(1, 42 * mm),
        Paragraph(pen.text(head["title"]), look.style("cover_title")),
        Paragraph(pen.text(head["subtitle"]), look.style("cover_subtitle")),
        Spacer(1, 5 * mm),
        Paragraph(lead + house.date(head["valid"]) + ".", look.style("text")),
        Spacer(1, 5 * mm),
        Paragraph(house.word("mark"), look.style("warning")),
        Spacer(1, 9 * mm),
        _control_table(control, look),
        Spacer(1, 7 * mm),
        Paragraph(pen.text(f"**{house.word('scope')}.** {head['scope']}"), look.style("text")),
        NextPageTemplate("front"),
        PageBreak(),
    ]


def contents(protocol: Protocol, pen: Pen, look: Look, labels: dict[str, str]) -> list[Flowable]:
    """The table of contents with printed page labels, and the note on the document."""
    rows = [
        (
            Paragraph(heading.number, look.style("item")),
            Paragraph(pen.text(heading.text), look.style("item")),
            Paragraph(labels.get(heading.number, "0"), look.style("item")),
        )
        for heading in protocol.headings
    ]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 0.5),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
             ("LINEBELOW", (0, 0), (-1, -1), 0.25, look.tint)]  # fmt: skip
    table = Table(rows, colWidths=_CONTENTS_WIDTHS, style=style, hAlign="LEFT")
    title = look.style("heading1")
    note = Paragraph(pen.house.word("about"), title)
    return [
        Paragraph(pen.house.word("contents"), title),
        table,
        Spacer(1, 8 * mm),
        note,
        *(
            Paragraph(pen.text(text), look.style("text"))
            for text in pen.house.about(protocol.head["caution"])
        ),
        NextPageTemplate("body"),
        PageBreak(),
    ]


def body(protocol: Protocol, pen: Pen, look: Look) -> list[Flowable]:
    """The sections."""
    columns = tuple(protocol.head["columns"].split())
    flowables: list[Flowable] = []
    blocks = iter(protocol.blocks)
    for block in blocks:
        if isinstance(block, Directive) and block.name == "columns":
            inner = [
                flowable
                for part in _until_end(blocks)
                for flowable in _flow(part, pen, look, columns)
            ]
            flowables.append(BalancedColumns(inner, nCols=2, innerPadding=14, needed=72))
        else:
            flowables.extend(_flow(block, pen, look, columns))
    return _headed(flowables)


def _headed(flowables: Sequence[Flowable]) -> list[Flowable]:
    """A heading right above a table that may not break goes to the next page with it."""
    result: list[Flowable] = []
    for flowable in flowables:
        if isinstance(flowable, KeepTogether):
            above: list[Flowable] = []
            while result and getattr(result[-1], "heading", None):
                above.insert(0, result.pop())
            flowable = KeepTogether([*above, *flowable._content])
        result.append(flowable)
    return result


def _until_end(blocks: Iterator[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Directive) and block.name == "end":
            return
        yield block


def _flow(block: Block, pen: Pen, look: Look, columns: tuple[str, ...]) -> Sequence[Flowable]:
    if isinstance(block, Heading):
        paragraph = Paragraph(
            f"{block.number}&nbsp;&nbsp;{pen.text(block.text)}", look.style(f"heading{block.level}")
        )
        paragraph.heading = block
        return [paragraph]
    if isinstance(block, Prose):
        bullet = "•" if block.kind == "item" else None
        return [Paragraph(pen.text(block.text), look.style(block.kind), bulletText=bullet)]
    return _directive(block, pen, look, columns)


def _directive(
    block: Directive, pen: Pen, look: Look, columns: tuple[str, ...]
) -> Sequence[Flowable]:
    if block.name == "newpage":
        return [PageBreak()]
    if block.name == "sources":
        return table_flowables(sources_table(pen), look)
    if block.name not in NUMBERED:
        raise ValueError(f"unknown directive {block.name!r}")
    pen.table += 1
    text = (
        dose_table(block, pen, columns) if block.name == "dose" else _TABLES[block.name](block, pen)
    )
    return table_flowables(text, look)


def _control_table(rows: list[tuple[str, str]], look: Look) -> Table:
    cells = [
        (Paragraph(f"<b>{name}</b>", look.style("cell")), Paragraph(value, look.style("cell")))
        for name, value in rows
    ]
    style = [("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#8a8a8a")),
             ("BACKGROUND", (0, 0), (0, -1), look.tint)]  # fmt: skip
    return Table(cells, colWidths=(48 * mm, 84 * mm), style=style, hAlign="LEFT")
