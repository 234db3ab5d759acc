"""The closing table of a document: each fact it states, its source and how sure the source is."""

from collections.abc import Iterator

from scripts.corpus.inline import Pen
from scripts.corpus.tables import TableText


def sources_table(pen: Pen) -> TableText:
    """One row per source and confidence, with the facts it stands for."""
    house = pen.house
    groups: dict[tuple[str, str], tuple[dict[str, None], set[int]]] = {}
    for name, source, confidence, tables in _stated(pen):
        names, places = groups.setdefault((source, confidence), ({}, set()))
        names[name] = None
        places.update(tables)
    rows = tuple(
        (", ".join(names), _places(places), pen.text(pen.source(source) or "-"), house.word(level))
        for (source, level), (names, places) in groups.items()
    )
    return TableText(
        caption=house.word("facts_caption"),
        header=(house.word("fact"), house.word("table"), house.word("source"),
                house.word("confidence")),
        rows=rows,
        continued=house.word("continued"),
        may_break=True,
    )  # fmt: skip


def overall_confidence(pen: Pen) -> str:
    """The weakest confidence among the facts a document states."""
    stated = {confidence for _, _, confidence, _ in _stated(pen)}
    return next(level for level in ("low", "medium", "high") if level in stated)


def source_names(pen: Pen) -> str:
    """The sources of a document, each once, in the order of use."""
    return "; ".join(dict.fromkeys(source for _, source, _, _ in _stated(pen) if source))


def _stated(pen: Pen) -> Iterator[tuple[str, str, str, set[int]]]:
    for fact_id, tables in pen.used.items():
        if fact_id.startswith("limit: "):
            limit = pen.facts.limits[fact_id.removeprefix("limit: ")]
            yield _limit_name(limit.name, pen), limit.source, limit.confidence or "medium", tables
        elif fact_id in pen.facts.radiotherapy:
            field = pen.facts.radiotherapy[fact_id]
            yield fact_id, field.source, field.confidence, tables
        elif fact_id in pen.facts.doses:
            dose = pen.facts.doses[fact_id]
            yield fact_id.rpartition(".")[0], dose.source, dose.confidence, tables
        else:
            table, _, band = fact_id.partition(".")
            cell = next(cell for cell in pen.facts.bands[table] if cell.band == band)
            yield table.replace("_", " "), cell.source, cell.confidence, tables


def _limit_name(name: str, pen: Pen) -> str:
    """`doxorubicin (isotoxic equivalents)` as the drug's name in the document's language."""
    drug = name.partition(" (")[0]
    return pen.house.drug(drug, pen.facts.drug_names) if drug in pen.facts.drug_names else name


def _places(tables: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(tables) if number) or "-"
