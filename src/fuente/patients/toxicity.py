"""Which severe toxicities are plausible for a drug, when they begin and how they end.

A plausibility map for test data, not pharmacovigilance.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from fuente.patients.anatomy import Language

# Rows for any drug that suppresses the bone marrow carry this in place of a name.
_ANY_MYELOSUPPRESSIVE: Final = "*"


@dataclass(frozen=True, slots=True)
class Toxicity:
    """A severe toxicity: its words, the days from a dose to its onset, and possible outcomes."""

    drug: str
    name_en: str
    name_es: str
    onset_days_from: int
    onset_days_to: int
    outcomes: tuple[str, ...]

    def name(self, language: Language) -> str:
        """What it is called in the language asked for."""
        return self.name_en if language == "en" else self.name_es


def toxicities_of(drug: str) -> tuple[Toxicity, ...]:
    """Severe toxicities plausible after this drug (INN in English)."""
    return tuple(t for t in _toxicities() if t.drug == drug)


def toxicities_of_any() -> tuple[Toxicity, ...]:
    """Severe toxicities plausible after any intensive chemotherapy."""
    return toxicities_of(_ANY_MYELOSUPPRESSIVE)


@cache
def _toxicities() -> tuple[Toxicity, ...]:
    with (files("fuente.patients") / "data" / "toxicities.csv").open(encoding="utf-8") as lines:
        return tuple(
            Toxicity(
                drug=row["drug"],
                name_en=row["toxicity_en"],
                name_es=row["toxicity_es"],
                onset_days_from=int(row["onset_days_from"]),
                onset_days_to=int(row["onset_days_to"]),
                outcomes=tuple(row["outcomes"].split("|")),
            )
            for row in csv.DictReader(lines)
        )
