"""Rules about the tumour."""

from collections.abc import Iterator

from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record


@invariant("DX-06")
def metastatic_has_sites(record: Record) -> Iterator[Breach]:
    """Metastatic if and only if sites of metastases are named."""
    for index, row in enumerate(record.diagnoses):
        if row.metastatic != bool(row.metastasis_sites):
            yield f"/diagnoses/{index}/metastatic", "does not agree with the sites of metastases"
