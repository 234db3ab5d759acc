"""Rules about administrations."""

from collections.abc import Iterator

from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record


@invariant("DAT-03")
def administrations_lie_in_their_course(record: Record) -> Iterator[Breach]:
    """Every administration lies between the first and the last day of its course."""
    for index, course in enumerate(record.chemotherapy):
        for place, row in enumerate(course.administrations):
            if not course.start_date <= row.date <= course.end_date:
                yield f"/chemotherapy/{index}/administrations/{place}/date", "outside its course"
