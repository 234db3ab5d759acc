"""Rules about long treatment with corticosteroids."""

from collections.abc import Iterator
from typing import Final

from fuente.patients.diagnosis import Frequency
from fuente.records.finding import Severity
from fuente.records.invariants.facts import drug_of, entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Continuous exposure that counts as long. Source: invariant COR-01. Confidence: high.
_LONG_DAYS: Final = 28
_CORTICOSTEROIDS: Final = "H02"


@invariant("COR-01")
def long_exposure_is_long(record: Record) -> Iterator[Breach]:
    """Over four weeks means 28 days or more, with a corticosteroid (ATC H02) that is named."""
    block = record.corticosteroid
    if block is None or not block.over_4_weeks:
        return
    drug = drug_of(block.drug_inn or "")
    if drug is None or not drug.atc.startswith(_CORTICOSTEROIDS):
        yield "/corticosteroid/drug_inn", f"{block.drug_inn} is no corticosteroid"
    if block.start_date is None or block.end_date is None:
        yield "/corticosteroid/start_date", "a long exposure has a first and a last day"
    elif (block.end_date - block.start_date).days + 1 < _LONG_DAYS:
        days = (block.end_date - block.start_date).days + 1
        yield "/corticosteroid/end_date", f"{days} days are not over four weeks"


@invariant("COR-02", Severity.WARNING)
def long_exposure_fits_the_disease(record: Record) -> Iterator[Breach]:
    """Corticosteroids for over four weeks are given where the disease calls for it."""
    block = record.corticosteroid
    if block is None or not record.chemotherapy:
        return
    entries = [entry for one in record.diagnoses if (entry := entry_of(one)) is not None]
    uses = {entry.corticosteroid_over_4w for entry in entries}
    if Frequency.ALWAYS in uses and not block.over_4_weeks:
        yield "/corticosteroid/over_4_weeks", "this disease is always treated so"
    if block.over_4_weeks and uses == {Frequency.NEVER} and not any(h.gvhd for h in record.hsct):
        yield "/corticosteroid/over_4_weeks", "neither this disease nor a transplant calls for it"
