"""Directives to tables: which facts stand in which cells, in the document's column order.

Decides the order of columns and rows; values come from the facts and words from the house style.
"""

from collections.abc import Iterator

from scripts.corpus.facts import BandFact, DoseFact
from scripts.corpus.inline import Pen
from scripts.corpus.markup import Directive
from scripts.corpus.tables import SYMBOLS, TableText

_BANDED = {"by_age": "by_age", "by_weight": "by_weight", "by_bsa": "by_bsa"}


def dose_table(block: Directive, pen: Pen, columns: tuple[str, ...]) -> TableText:
    """A phase: one row per drug."""
    columns = tuple(block.get("columns").split()) or columns
    doses = list(_chosen(block, pen))
    unit = block.get("header_unit")
    marks: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for dose in doses:
        pen.use(dose.fact_id)
        group = block.get(f"group {dose.fact_id}")
        if group:
            rows.append((pen.text(group),))
        foot = block.get(f"foot {dose.fact_id}")
        if foot and foot not in marks:
            marks[foot] = SYMBOLS[len(marks)]
        cells = _dose_cells(dose, block, pen, unit)
        if foot:
            cells["drug"] += f" {marks[foot]}" if len(marks[foot]) > 1 else marks[foot]
        if "cap" not in columns and dose.cap:
            cells["dose"] += f" ({pen.house.word('max')} {_cap(dose, pen)})"
        rows.append(tuple(pen.text(cells[column]) for column in columns))
    return TableText(
        caption=_caption(block, pen),
        header=_heads(block, pen, columns, unit),
        rows=tuple(rows),
        continued=pen.house.word("continued"),
        groups=_groups(block, len(columns)),
        footnotes=(
            *(pen.text(f"{mark} {foot}") for foot, mark in marks.items()),
            *(pen.text(foot) for foot in block.all("foot")),
        ),
        may_break=block.get("break") == "yes",
    )


def band_table(block: Directive, pen: Pen) -> TableText:
    """Doses by age, weight or surface: drugs as rows, bands as columns."""
    cells = [cell for name in block.arguments for cell in pen.facts.bands[name]]
    for cell in cells:
        pen.use(f"{cell.table}.{cell.band}")
    bands = list(dict.fromkeys(cell.band for cell in cells))
    printed = [pen.house.band(_with_band(cells, band)) for band in bands]
    unit = pen.house.unit(cells[0].unit.split()[0])
    rows = tuple(_band_rows(block, pen, cells, bands))
    return TableText(
        caption=_caption(block, pen),
        header=(f"{pen.house.word('drug')} ({unit})", *map(pen.text, printed)),
        rows=rows,
        continued=pen.house.word("continued"),
        footnotes=tuple(pen.text(foot) for foot in block.all("foot")),
    )


def radiotherapy_table(block: Directive, pen: Pen) -> TableText:
    """Fields with total dose, fractions, boost and indication."""
    names = ("target", "total", "fractions", "fraction", "boost", "indication")
    order = tuple(block.get("columns").split()) or names
    rows = []
    for fact_id, words in _fact_rows(block):
        fact = pen.facts.radiotherapy[pen.use(fact_id)]
        target, indication, boost, *_ = [*words, "", ""]
        number = pen.house.number
        cells = {
            "target": target,
            "total": number(fact.total_gy),
            "fractions": fact.fractions or "-",
            "fraction": number(fact.fraction_gy) if fact.fraction_gy else "-",
            "boost": "-",
            "indication": indication,
        }
        if fact.boost_gy:
            amount = pen.house.word("gy_in").format(number(fact.boost_gy), fact.boost_fractions)
            cells["boost"] = f"{boost}: {amount}" if boost else amount
        rows.append(tuple(pen.text(cells[name]) for name in order))
    return TableText(
        caption=_caption(block, pen),
        header=_heads(block, pen, order, ""),
        rows=tuple(rows),
        continued=pen.house.word("continued"),
        groups=_groups(block, len(order)),
        footnotes=tuple(pen.text(foot) for foot in block.all("foot")),
    )


def metabolic_table(block: Directive, pen: Pen) -> TableText:
    """Activities of radionuclides."""
    rows = []
    for fact_id, words in _fact_rows(block):
        fact = pen.facts.radiotherapy[pen.use(fact_id)]
        low, high = fact.activity.split("-")
        joint = " a " if pen.house.spanish else " to "
        amount = f"{pen.house.number(low)}{joint}{pen.house.quantity(high, fact.activity_unit)}"
        rows.append((pen.text(words[0]), pen.text(amount), pen.text(words[1])))
    return TableText(
        caption=_caption(block, pen),
        header=_heads(block, pen, ("nuclide", "activity", "indication"), ""),
        rows=tuple(rows),
        continued=pen.house.word("continued"),
        footnotes=tuple(pen.text(foot) for foot in block.all("foot")),
    )


def cumulative_table(block: Directive, pen: Pen) -> TableText:
    """Cumulative limits of the drugs of the document."""
    rows = []
    for name, words in _fact_rows(block):
        limit = pen.facts.limits[name]
        pen.use(f"limit: {name}")
        rows.append(
            (
                pen.text(words[0]),
                pen.text(pen.house.quantity(limit.value, limit.unit)),
                pen.text(words[1]),
            )
        )
    return TableText(
        caption=_caption(block, pen),
        header=_heads(block, pen, ("drug", "limit", "context"), ""),
        rows=tuple(rows),
        continued=pen.house.word("continued"),
        footnotes=tuple(pen.text(foot) for foot in block.all("foot")),
        may_break=block.get("break") == "yes",
    )


def plain_table(block: Directive, pen: Pen) -> TableText:
    """A table of words: stages, dose modifications, follow-up."""
    header = tuple(pen.text(cell.strip()) for cell in block.get("header").split("|"))
    rows = tuple(
        tuple(pen.text(cell.strip()) for cell in row.split("|")) for row in block.all("row")
    )
    return TableText(
        caption=_caption(block, pen),
        header=header,
        rows=rows,
        continued=pen.house.word("continued"),
        groups=_groups(block, len(header)),
        footnotes=tuple(pen.text(foot) for foot in block.all("foot")),
        may_break=block.get("break") == "yes",
    )


def _chosen(block: Directive, pen: Pen) -> Iterator[DoseFact]:
    omitted = {name for line in block.all("omit") for name in line.split()}
    swapped = dict(line.split() for line in block.all("replace"))
    for argument in block.arguments:
        phase = pen.facts.phases.get(argument)
        doses = phase.doses if phase else (pen.facts.doses[argument],)
        for dose in doses:
            if dose.fact_id not in omitted:
                yield pen.facts.doses[swapped.get(dose.fact_id, dose.fact_id)]


def _dose_cells(dose: DoseFact, block: Directive, pen: Pen, unit: str) -> dict[str, str]:
    house = pen.house
    printed = house.dose(dose, unit) if not dose.is_banded else _banded_cell(dose, pen)
    return {
        "drug": house.drug(dose.drug, pen.facts.drug_names),
        "dose": printed,
        "route": house.route(dose.route),
        "days": block.get(f"days {dose.fact_id}") or house.day_list(dose.days),
        "cap": _cap(dose, pen) if dose.cap else "-",
        "infusion": house.infusion(dose.infusion_h) or "-",
        "notes": block.get(f"note {dose.fact_id}"),
    }


def _banded_cell(dose: DoseFact, pen: Pen) -> str:
    words = f"{pen.house.word(_BANDED[dose.dose])}, {pen.house.word('see')}"
    return f"{words} {pen.labels[dose.bands]}{_every(dose, pen)}"


def _every(dose: DoseFact, pen: Pen) -> str:
    return f", {pen.house.times_per_day(dose.per_day)}" if dose.per_day > 1 else ""


def _cap(dose: DoseFact, pen: Pen) -> str:
    return pen.house.quantity(dose.cap, dose.cap_unit)


def _caption(block: Directive, pen: Pen) -> str:
    return pen.text(f"{pen.house.word('table')} {pen.table}. {block.get('caption')}")


def _heads(block: Directive, pen: Pen, columns: tuple[str, ...], unit: str) -> tuple[str, ...]:
    own = dict(
        pair.strip().split("=", 1) for line in block.all("heads") for pair in line.split("|")
    )
    names = [own.get(column, pen.house.word(column)) for column in columns]
    if unit:
        names[columns.index("dose")] += f" ({pen.house.unit(unit)})"
    return tuple(pen.text(name) for name in names)


def _groups(block: Directive, columns: int) -> tuple[tuple[str, int], ...]:
    groups = []
    for part in filter(None, block.get("groups").split("|")):
        name, _, width = part.strip().rpartition(" ")
        groups.append((name, int(width)))
    if groups and sum(width for _, width in groups) != columns:
        raise ValueError(f"header groups do not cover {columns} columns: {block.get('caption')}")
    return tuple(groups)


def _fact_rows(block: Directive) -> Iterator[tuple[str, list[str]]]:
    for key, value in block.lines:
        if key.startswith("row "):
            yield key.removeprefix("row "), [cell.strip() for cell in value.split("|")]


def _with_band(cells: list[BandFact], band: str) -> BandFact:
    return next(cell for cell in cells if cell.band == band)


def _band_rows(
    block: Directive, pen: Pen, cells: list[BandFact], bands: list[str]
) -> Iterator[tuple[str, ...]]:
    for table in block.arguments:
        own = [cell for cell in cells if cell.table == table]
        for component in dict.fromkeys(cell.component for cell in own):
            name = component or block.get(f"drug {table}", block.get("drug"))
            values = {cell.band: cell.value for cell in own if cell.component == component}
            printed = [pen.house.number(values[band]) if band in values else "-" for band in bands]
            yield (pen.house.drug(name, pen.facts.drug_names), *printed)
