"""The rule about staging systems: each tumour has its own."""

from collections.abc import Iterator
from typing import Final

from fuente.records.finding import Severity
from fuente.records.invariants.facts import entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Staging systems in use beside the one the catalogue names first. Source: invariant DX-10.
# Confidence: high.
_ALSO: Final = {
    "INRGSS": ("INSS",),
    "INSS": ("INRGSS",),
    "SIOP": ("NWTS",),
    "Ann Arbor": ("Lugano",),
    "Murphy": ("Lugano",),
    "IRS": ("TNM",),
}


@invariant("DX-10", Severity.WARNING)
def stage_system_is_the_tumours(record: Record) -> Iterator[Breach]:
    """The staging system is one used for the tumour, and a system and a value go together."""
    for index, row in enumerate(record.diagnoses):
        pointer = f"/diagnoses/{index}/stage_system"
        if (row.stage_system is None) != (row.stage_value is None):
            yield pointer, "a staging system and a stage go together"
        entry = entry_of(row)
        if entry is None or row.stage_system is None:
            continue
        named = [one.system for one in entry.stage_systems]
        fitting = {*named, *(also for one in named for also in _ALSO.get(one, ())), "other"}
        if row.stage_system not in fitting:
            yield pointer, f"{row.stage_system} is not used for {entry.name_en}"
