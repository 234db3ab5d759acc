"""Text of the markup to text of the page: facts put in by id, table numbers, bold and italic.

Decides no number: a `{R10.inf.ifosfamide}` in the prose becomes that fact's dose, in the style of
the house.
"""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from scripts.corpus.facts import Facts
from scripts.corpus.markup import Directive, Protocol
from scripts.corpus.wording import House

NUMBERED = ("dose", "bands", "rt", "metabolic", "cumulative", "table")
_PLACE = re.compile(r"\{([^{}]+)\}")
_SIGNS = re.compile("([≥≤])")


@dataclass(slots=True)
class Pen:
    """Writes text in one document; remembers which facts were used, and in which table."""

    house: House
    facts: Facts
    labels: dict[str, int]
    used: dict[str, set[int]] = field(default_factory=dict)
    table: int = 0

    def use(self, fact_id: str) -> str:
        """Note that the document states this fact."""
        self.used.setdefault(fact_id, set()).add(self.table)
        return fact_id

    def source(self, name: str) -> str:
        """A source's name in the document's language."""
        return self.facts.source_names.get(name, name) if self.house.spanish else name

    def text(self, source: str) -> str:
        """Markup of a paragraph, ready for the page."""
        filled = _PLACE.sub(self._place, source)
        marked = escape(filled)
        marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", marked)
        marked = re.sub(r"(?<!\*)\*(\w[^*]*?)\*(?!\*)", r"<i>\1</i>", marked)
        return _SIGNS.sub(r'<font name="Symbol">\1</font>', marked)

    def _place(self, match: re.Match[str]) -> str:
        name, *rest = match[1].split()
        if name.startswith("#"):
            return str(self.labels[name[1:]])
        if name == "total":
            drug, *phases = rest
            unit = self.facts.phases[phases[0]].doses[0].unit
            units = {d.unit for p in phases for d in self.facts.phases[p].doses if d.drug == drug}
            total = self.facts.total(drug, tuple(phases))
            return self.house.quantity(total, units.pop() if units else unit)
        if name == "limit":
            limit = self.facts.limits[" ".join(rest)]
            return self.house.quantity(limit.value, limit.unit)
        fact = self.facts.doses[self.use(name)]
        return self.house.quantity(fact.dose, fact.unit)


def table_labels(protocol: Protocol) -> dict[str, int]:
    """The number of every labelled table; band tables are labelled by the tables they show."""
    labels: dict[str, int] = {}
    tables = [
        block
        for block in protocol.blocks
        if isinstance(block, Directive) and block.name in NUMBERED
    ]
    for number, block in enumerate(tables, 1):
        names = block.arguments if block.name == "bands" else ()
        for name in (*names, block.get("label")):
            if name:
                labels[name] = number
    return labels
