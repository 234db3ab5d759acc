"""Rules about the request: what was asked for is there, what was excluded is not."""

from collections.abc import Iterator

from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_BLOCKS = ("chemotherapy", "radiotherapy", "hsct", "surgery", "relapse", "other")


@invariant("REQ-01")
def blocks_are_as_requested(record: Record) -> Iterator[Breach]:
    """Excluded blocks have no rows, required blocks have at least one."""
    for block in _BLOCKS:
        present = bool(getattr(record, block))
        if record.request.requires(block) and not present:  # type: ignore[arg-type]
            yield f"/{block}", "required by the request, but empty"
        if record.request.excludes(block) and present:  # type: ignore[arg-type]
            yield f"/{block}", "excluded by the request, but present"


@invariant("REQ-03")
def some_block_is_present(record: Record) -> Iterator[Breach]:
    """At least one treatment block is present."""
    if not any(getattr(record, block) for block in _BLOCKS):
        yield "", "no treatment block at all"
