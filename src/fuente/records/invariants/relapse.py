"""Rules about relapse and progression."""

from collections.abc import Iterator
from typing import Final

from fuente.patients.clinical import Relapse
from fuente.records.finding import Severity
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Source: invariant REL-03. Confidence: medium.
_SALVAGE_DAYS: Final = 180


@invariant("DAT-08")
def timing_agrees_with_the_dates(record: Record) -> Iterator[Breach]:
    """A relapse comes after the first line began; its timing says whether the line had ended."""
    if not record.treatment_lines:
        return
    line = record.treatment_lines[0]
    for index, row in enumerate(record.relapse):
        pointer = f"/relapse/{index}/date"
        if row.date <= line.start_date:
            yield pointer, f"the first line began on {line.start_date}"
        elif row.timing == "after_end_of_treatment":
            if line.end_date is None or row.date <= line.end_date:
                yield pointer, f"the first line ended on {line.end_date or 'no day yet'}"
        elif line.end_date is not None and row.date > line.end_date:
            yield pointer, f"the first line had ended on {line.end_date}"


@invariant("REL-01")
def extent_agrees_with_the_sites(record: Record) -> Iterator[Breach]:
    """A distant or combined relapse names its sites; a local one names the primary at most."""
    primaries = {one.topography for one in record.diagnoses}
    for index, row in enumerate(record.relapse):
        pointer = f"/relapse/{index}/sites"
        if row.extent != "local" and not row.sites:
            yield pointer, f"a {row.extent} relapse has sites"
        elif row.extent == "local" and not primaries.issuperset(row.sites):
            yield pointer, "a local relapse lies at the primary site"


@invariant("REL-02")
def relapse_follows_remission(record: Record) -> Iterator[Breach]:
    """A relapse follows a complete remission; a progression need not."""
    for index, row in enumerate(record.relapse):
        before = [
            one
            for one in record.treatment_lines
            if one.start_date <= row.date and one.line_number != row.salvage_line
        ]
        if row.kind == "relapse" and not any(one.remission == "complete" for one in before):
            yield f"/relapse/{index}/kind", "no complete remission before it"


@invariant("REL-03", Severity.WARNING)
def salvage_follows_relapse(record: Record) -> Iterator[Breach]:
    """A salvage line begins within 180 days, unless the aim is palliative or the patient dies."""
    dead = record.demographics.death_date is not None
    for index, row in enumerate(record.relapse):
        if not dead and not _is_answered(record, row):
            yield f"/relapse/{index}/salvage_line", f"no salvage within {_SALVAGE_DAYS} days"


def _is_answered(record: Record, row: Relapse) -> bool:
    return any(
        one.intent in ("salvage", "palliative")
        and one.line_number == row.salvage_line
        and 0 <= (one.start_date - row.date).days <= _SALVAGE_DAYS
        for one in record.treatment_lines
    )
