"""The facts the documents are made from, read from the data files beside this module.

Decides nothing clinical: it gives each fact under its id, with its source and confidence.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_FOLDER = Path(__file__).parent / "facts"


@dataclass(frozen=True, slots=True)
class DoseFact:
    """One drug of one phase: dose per administration, days, cap, and where it comes from."""

    fact_id: str
    drug: str
    dose: str
    unit: str
    route: str
    days: tuple[int, ...]
    per_day: int
    infusion_h: str
    cap: str
    cap_unit: str
    bands: str
    source: str
    confidence: str

    @property
    def is_banded(self) -> bool:
        """Whether the dose goes by age, weight or body surface instead of being one figure."""
        return self.dose.startswith("by_")


@dataclass(frozen=True, slots=True)
class PhaseFact:
    """One phase of a regimen with its drugs in order."""

    phase_id: str
    name: str
    cycles: int
    doses: tuple[DoseFact, ...]


@dataclass(frozen=True, slots=True)
class RadiotherapyFact:
    """One radiation field, or one activity of a radionuclide."""

    fact_id: str
    kind: str
    total_gy: str
    fractions: str
    fraction_gy: str
    boost_gy: str
    boost_fractions: str
    cumulative_gy: str
    activity: str
    activity_unit: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class BandFact:
    """One cell of a band table: `component` is empty where the table has one drug."""

    table: str
    component: str
    unit: str
    band: str
    value: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class LimitFact:
    """A cumulative limit or conversion factor."""

    name: str
    value: str
    unit: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the documents may state as a number of treatment."""

    phases: dict[str, PhaseFact]
    doses: dict[str, DoseFact]
    radiotherapy: dict[str, RadiotherapyFact]
    bands: dict[str, tuple[BandFact, ...]]
    limits: dict[str, LimitFact]
    drug_names: dict[str, str]
    source_names: dict[str, str]

    def total(self, drug: str, phase_ids: tuple[str, ...]) -> Decimal:
        """What a full course gives of a drug, per square metre, over the phases named."""
        return sum(
            (
                Decimal(dose.dose) * dose.per_day * len(dose.days) * self.phases[phase].cycles
                for phase in phase_ids
                for dose in self.phases[phase].doses
                if dose.drug == drug and not dose.is_banded
            ),
            Decimal(0),
        ).normalize()


def load_facts() -> Facts:
    """Read every data file."""
    phases = {phase.phase_id: phase for phase in _phases()}
    doses = {dose.fact_id: dose for phase in phases.values() for dose in phase.doses}
    doses.update((dose.fact_id, dose) for dose in _additional())
    return Facts(
        phases=phases,
        doses=doses,
        radiotherapy={row["fact_id"]: _field(row) for row in _rows("radiotherapy.csv")},
        bands=_bands(),
        limits={
            row["drug_or_class"]: LimitFact(
                row["drug_or_class"],
                row["limit_value"],
                row["unit"],
                row["source"],
                row["confidence"],
            )
            for row in _rows("cumulative_limits.csv")
        },
        drug_names={row["inn_en"]: row["inn_es"] for row in _rows("drug_names.csv")},
        source_names={row["source"]: row["source_es"] for row in _rows("source_names.csv")},
    )


def _phases() -> Iterator[PhaseFact]:
    stored = json.loads((_FOLDER / "regimens.json").read_text(encoding="utf-8"))
    for regimen in stored["regimens"]:
        confidence = regimen["confidence"]["overall"]
        for phase in regimen["phases"]:
            yield PhaseFact(
                phase["id"],
                phase["name"],
                phase["cycles"],
                tuple(_dose(row, regimen["source"], confidence) for row in phase["drugs"]),
            )


def _additional() -> Iterator[DoseFact]:
    for row in _rows("additional_doses.csv"):
        yield _dose({**row, "id": row["fact_id"]}, row["source"], row["confidence"])


def _dose(row: dict[str, str], source: str, confidence: str) -> DoseFact:
    return DoseFact(
        fact_id=row["id"],
        drug=row["drug"],
        dose=row["dose"],
        unit=row["unit"],
        route=row["route"],
        days=tuple(_days(row["days"])),
        per_day=int(row.get("per_day", 1)),
        infusion_h=row.get("infusion_h", ""),
        cap=row.get("cap", ""),
        cap_unit=row.get("cap_unit", ""),
        bands=row.get("bands", ""),
        source=source,
        confidence=confidence,
    )


def _days(text: str) -> Iterator[int]:
    """`1 8..11` is day 1 and days 8 to 11; words stand where the source gives no days."""
    if any(letter.isalpha() for letter in text):
        return
    for part in text.split():
        first, _, last = part.partition("..")
        yield from range(int(first), int(last or first) + 1)


def _field(row: dict[str, str]) -> RadiotherapyFact:
    return RadiotherapyFact(
        fact_id=row["fact_id"],
        kind=row["type"],
        total_gy=row["total_gy"],
        fractions=row["fractions"],
        fraction_gy=row["fraction_gy"],
        boost_gy=row["boost_gy"],
        boost_fractions=row["boost_fractions"],
        cumulative_gy=row["cumulative_gy"],
        activity=row["activity"],
        activity_unit=row["activity_unit"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _bands() -> dict[str, tuple[BandFact, ...]]:
    tables: dict[str, list[BandFact]] = {}
    for row in _rows("dose_bands.csv"):
        tables.setdefault(row["table"], []).append(BandFact(**row))
    return {name: tuple(cells) for name, cells in tables.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stored:
        return list(csv.DictReader(stored))
