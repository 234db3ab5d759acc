"""Rules about a radiotherapy episode: its arithmetic, its calendar and the form of each type."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from fuente.patients.clinical import Radiotherapy
from fuente.records.finding import Severity
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_ARITHMETIC: Final = Decimal("0.02")
# Dose per fraction in Gy: what a treatment can be, and what curative external treatment is.
# Source: invariant RT-02. Confidence: high.
_FRACTION_GY: Final = (Decimal("0.3"), Decimal(8))
_CURATIVE_GY: Final = (Decimal("1.2"), Decimal(3))
# Activity of radioiodine per course in MBq, and of MIBG per kg. Source: invariant RT-06.
# Confidence: high.
_ACTIVITY_MBQ: Final = (Decimal(100), Decimal(11100))
_MIBG_MBQ_PER_KG: Final = (Decimal(37), Decimal(740))
_LONGEST_DAYS: Final = 90
# Total body irradiation is given twice a day. Source: conditioning facts of the corpus (12 Gy in
# 6 fractions over 3 days). Confidence: medium.
_TWICE_DAILY: Final = "whole_body"
# A child's weight in kg, to put MIBG without a stated activity per kg inside its fence.
# Confidence: high.
_HEAVIEST_KG: Final = 150


@invariant("RT-01")
def fractions_add_up(record: Record) -> Iterator[Breach]:
    """Total dose divided by fractions is the dose per fraction, within 0.02 Gy."""
    for pointer, row in _episodes(record, "external_beam"):
        if row.total_dose is None or not row.fractions or row.dose_per_fraction is None:
            continue
        each = row.total_dose / row.fractions
        if abs(each - row.dose_per_fraction) > _ARITHMETIC:
            yield f"{pointer}/dose_per_fraction", f"{row.total_dose} / {row.fractions} Gy"


@invariant("RT-02")
def fractions_are_plausible(record: Record) -> Iterator[Breach]:
    """There is a fraction at least, of 0.3 to 8 Gy, and of 1.2 to 3 Gy when curative."""
    for pointer, row in _episodes(record, "external_beam"):
        if row.fractions is not None and row.fractions < 1:
            yield f"{pointer}/fractions", f"{row.fractions} fractions"
        low, high = _CURATIVE_GY if row.intent == "curative" else _FRACTION_GY
        each = row.dose_per_fraction
        if each is not None and not low <= each <= high:
            yield f"{pointer}/dose_per_fraction", f"not between {low} and {high} Gy"


@invariant("RT-03")
def boost_is_additional(record: Record) -> Iterator[Breach]:
    """A boost has a dose of its own in the unit of the target's, which does not include it."""
    for index, row in enumerate(record.radiotherapy):
        pointer = f"/radiotherapy/{index}"
        if row.boost_given != (row.boost_dose is not None):
            yield f"{pointer}/boost_dose", "stated if and only if a boost is given"
        elif row.boost_dose is not None and row.boost_dose <= 0:
            yield f"{pointer}/boost_dose", f"{row.boost_dose} Gy adds nothing"
        elif row.boost_dose is not None and row.boost_dose_unit != row.total_dose_unit:
            yield f"{pointer}/boost_dose_unit", f"the target's dose is in {row.total_dose_unit}"


@invariant("RT-05")
def types_have_their_fields(record: Record) -> Iterator[Breach]:
    """Brachytherapy has technique, isotope and point; metabolic has radionuclide and activity."""
    for index, row in enumerate(record.radiotherapy):
        pointer = f"/radiotherapy/{index}"
        for name in _missing(row):
            yield f"{pointer}/{name}", f"belongs to {row.type} radiotherapy"
        for name in _foreign(row):
            yield f"{pointer}/{name}", f"does not belong to {row.type} radiotherapy"


@invariant("RT-06")
def activity_is_plausible(record: Record) -> Iterator[Breach]:
    """Radioiodine is 100 to 11100 MBq per course; MIBG is 37 to 740 MBq per kg."""
    for pointer, row in _episodes(record, "metabolic"):
        if row.activity_mbq is None:
            continue
        if row.radionuclide != "131I-MIBG":
            if not _within(row.activity_mbq, _ACTIVITY_MBQ):
                yield f"{pointer}/activity_mbq", "not between 100 and 11100 MBq"
        elif row.activity_per_kg is not None:
            if not _within(row.activity_per_kg, _MIBG_MBQ_PER_KG):
                yield f"{pointer}/activity_per_kg", "not between 37 and 740 MBq/kg"
        elif row.activity_mbq > _MIBG_MBQ_PER_KG[1] * _HEAVIEST_KG:
            yield f"{pointer}/activity_mbq", "more than 740 MBq/kg of any child"


@invariant("DAT-04")
def fractions_fit_the_calendar(record: Record) -> Iterator[Breach]:
    """Treatment ends after it begins, and leaves a working day for every day of fractions."""
    for index, row in enumerate(record.radiotherapy):
        days = (row.end_date - row.start_date).days
        if days < 0:
            yield f"/radiotherapy/{index}/end_date", "before the start"
        elif row.type == "external_beam" and row.fractions and days < _least_days(row):
            message = f"{row.fractions} fractions need {_least_days(row)} days more than one"
            yield f"/radiotherapy/{index}/end_date", message


@invariant("DAT-05", Severity.WARNING)
def external_beams_end_within_90_days(record: Record) -> Iterator[Breach]:
    """External beam radiotherapy is over within 90 days."""
    for pointer, row in _episodes(record, "external_beam"):
        days = (row.end_date - row.start_date).days
        if days > _LONGEST_DAYS:
            yield f"{pointer}/end_date", f"{days} days of radiotherapy"


def _episodes(record: Record, kind: str) -> Iterator[tuple[str, Radiotherapy]]:
    for index, row in enumerate(record.radiotherapy):
        if row.type == kind:
            yield f"/radiotherapy/{index}", row


_BRACHYTHERAPY: Final = ("brachy_technique", "brachy_isotope", "brachy_reference_point")
_METABOLIC: Final = ("radionuclide", "activity_mbq")
_EXTERNAL: Final = ("device", "fractions", "dose_per_fraction")


def _missing(row: Radiotherapy) -> Iterator[str]:
    wanted = {
        "external_beam": ("device", "total_dose"),
        "brachytherapy": (*_BRACHYTHERAPY, "total_dose"),
        "metabolic": _METABOLIC,
    }[row.type]
    return (name for name in wanted if getattr(row, name) is None)


def _foreign(row: Radiotherapy) -> Iterator[str]:
    unwanted = {
        "external_beam": (*_BRACHYTHERAPY, *_METABOLIC),
        "brachytherapy": (*_METABOLIC, *_EXTERNAL),
        "metabolic": (*_BRACHYTHERAPY, *_EXTERNAL, "total_dose", "boost_dose"),
    }[row.type]
    return (name for name in unwanted if getattr(row, name) is not None)


def _within(value: Decimal, fence: tuple[Decimal, Decimal]) -> bool:
    return fence[0] <= value <= fence[1]


def _least_days(row: Radiotherapy) -> int:
    """Days from first to last fraction when every working day is used."""
    a_day = 2 if _TWICE_DAILY in row.target_site else 1
    treatment_days = -(-((row.fractions or 1) + (row.boost_fractions or 0)) // a_day)
    return 7 * ((treatment_days - 1) // 5) + (treatment_days - 1) % 5
