"""Rules about citations, as far as the quotes in the record show.

Whether a quote stands on its page, and whether it was retrieved for this record, `fuente verify`
decides from the stored pages; its findings carry the id CIT-01 too.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.plain_text import plain
from fuente.dosing.units import read_unit
from fuente.evidence.grounding import number_places, states_unit, states_value
from fuente.quantities.quantity import numerator
from fuente.records.invariants.facts import administrations
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Cited numbers that are printed as such; days and counts of cycles may be printed as ranges.
_PRINTED: Final = (
    "/total_dose",
    "/fractions",
    "/boost_dose",
    "/boost_fractions",
    "/infusion_hours",
    "/activity_per_kg",
)
# What a page may print instead: minutes or days of hours, cGy of Gy, mCi (37 MBq) or GBq of MBq.
# Confidence: high (definitions of the units).
_PRINTED_AS: Final = {
    "/infusion_hours": ((60, 1), (1, 24)),
    "/total_dose": ((100, 1),),
    "/boost_dose": ((100, 1),),
    "/activity_per_kg": ((1, 37), (1, 1000)),
}
_EXPOSURE: Final = "mg.min/mL"


@invariant("CHE-09")
def quotes_state_the_dose(record: Record) -> Iterator[Breach]:
    """The quote of every administration names the drug, its value and its unit."""
    quotes = {one.citation_id: one for one in record.citations}
    for pointer, row in administrations(record):
        quote = quotes.get(row.citation_id)
        if quote is None:
            continue
        stated = (row.drug_inn, row.prescribed_value, row.prescribed_unit)
        missing = _missing(quote.quote, quote.source == "table", stated)
        if missing:
            yield f"{pointer}/{missing}", f"not stated in {quote.quote[:100]!r}"


@invariant("CIT-01")
def citations_are_there(record: Record) -> Iterator[Breach]:
    """Every citation used is in the list, doses are cited, cited numbers are in their quotes."""
    quotes = {one.citation_id: one.quote for one in record.citations}
    for pointer, origin in record.origins.items():
        if origin.kind != "cited":
            continue
        if origin.citation not in quotes:
            yield pointer, f"cites {origin.citation}, which is not in the list of citations"
        elif pointer.endswith(_PRINTED):
            value = _value_at(record, pointer)
            if value is not None and not _is_printed(value, pointer, quotes[origin.citation]):
                yield pointer, f"{value} is not printed in the words cited"
    for pointer, _ in administrations(record):
        stated = record.origins.get(f"{pointer}/prescribed_value")
        if stated is None or stated.kind != "cited":
            yield f"{pointer}/prescribed_value", "a dose without a citation"


@invariant("CIT-02")
def conversions_are_recorded(record: Record) -> Iterator[Breach]:
    """Where a dose is counted in another unit than the page prints, its origin says how."""
    for pointer, row in administrations(record):
        if row.dose_administered_unit == numerator(row.prescribed_unit):
            continue
        origin = record.origins.get(f"{pointer}/dose_administered")
        formula = (origin.formula or "") if origin is not None else ""
        if row.prescribed_unit not in formula or row.dose_administered_unit not in formula:
            change = f"{row.prescribed_unit} to {row.dose_administered_unit}"
            yield f"{pointer}/dose_administered", f"its origin does not say how {change}"


@lru_cache(maxsize=4096)
def _missing(quote: str, is_row: bool, stated: tuple[str, Decimal, str]) -> str:
    """Which of drug, value and unit the quote does not state; empty when it states all."""
    drug, value, unit = stated
    named = (one.drug for one in load_vocabulary().find(quote))
    if not any(one is not None and one.inn == drug for one in named):
        return "drug_inn"
    if not states_value(quote, value):
        return "prescribed_value"
    return "" if _has_unit(quote, is_row, value, unit) else "prescribed_unit"


def _has_unit(quote: str, is_row: bool, value: Decimal, unit: str) -> bool:
    """Whether the unit stands after the value; in a table it may stand in the header instead."""
    after = list(_units_after(quote, value))
    if unit in after:
        return True
    if unit == _EXPOSURE or is_row:
        return "" in after
    return "" in after and states_unit(quote, unit)


def _units_after(quote: str, value: Decimal) -> Iterator[str]:
    """The unit printed right after each place where the value is; empty where there is none."""
    text = plain(quote).text.lower()
    for _, end in number_places(text, value):
        start = end + 1 if text[end : end + 1] == " " else end
        found = read_unit(text, start)
        yield found[0].unit if found is not None else ""


def _is_printed(value: Decimal, pointer: str, quote: str) -> bool:
    """Whether the number is printed, as it stands or in another unit of the same quantity."""
    ratios = ((1, 1), *_PRINTED_AS.get(f"/{pointer.rpartition('/')[2]}", ()))
    return any(states_value(quote, value * many / few) for many, few in ratios)


def _value_at(record: Record, pointer: str) -> Decimal | None:
    node: object = record
    for part in pointer.strip("/").split("/"):
        if isinstance(node, tuple):
            node = node[int(part)] if part.isdigit() and int(part) < len(node) else None
        else:
            node = getattr(node, part, None)
    return Decimal(node) if isinstance(node, int | Decimal) else None
