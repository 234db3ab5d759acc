"""What decides whether a statement of a document speaks of this patient."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.reference import DoseReference, Population

# `High risk: metastatic disease or residual tumour` is met by either, not only by both.
# The word must stand beside the metastases: in `Metastatic disease, low or intermediate risk` both
# are asked for.
_EITHER: Final = re.compile(
    r"metast\w*(?: \w+)?,? (?:or|o|ou)\b|\b(?:or|o|ou) (?:\w+ )?metast", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Age in months, weight in kg, body surface in m2, and how far the tumour has gone."""

    months: Decimal
    weight: Decimal
    surface: Decimal
    metastatic: bool
    risk: str

    def belongs_to(self, population: Population | None) -> bool:
        """Whether the population, if one is stated, includes the patient."""
        if population is None:
            return True
        admitted = population.admits(self.months, self.weight, self.surface)
        return admitted and self._as_far_gone_as(population)

    def _as_far_gone_as(self, population: Population) -> bool:
        spread = population.metastatic in (None, self.metastatic)
        risk = not population.risk_groups or self.risk in population.risk_groups
        if population.risk_groups and population.metastatic and _EITHER.search(population.text):
            return self.metastatic or risk
        return spread and risk

    def eligible(self, references: tuple[DoseReference, ...]) -> tuple[DoseReference, ...]:
        """The references whose population includes the patient."""
        return tuple(one for one in references if self.belongs_to(one.population))
