"""Rules about body size."""

from collections.abc import Iterator
from decimal import Decimal

from fuente.quantities.body_size import body_surface_area
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record


@invariant("ANT-01")
def surface_is_mosteller(record: Record) -> Iterator[Breach]:
    """The body surface is Mosteller's, within 0.01 m2."""
    for index, row in enumerate(record.anthropometry):
        expected = body_surface_area(row.height_cm, row.weight_kg)
        if abs(row.bsa_m2 - expected) > Decimal("0.01"):
            yield f"/anthropometry/{index}/bsa_m2", f"Mosteller gives {expected}"
