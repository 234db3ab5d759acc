"""What decides whether a statement of a document speaks of this patient."""

from dataclasses import dataclass
from decimal import Decimal

from fuente.dosing.reference import DoseReference, Population


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
        return (
            population.admits(self.months, self.weight, self.surface)
            and population.metastatic in (None, self.metastatic)
            and (not population.risk_groups or self.risk in population.risk_groups)
        )

    def eligible(self, references: tuple[DoseReference, ...]) -> tuple[DoseReference, ...]:
        """The references whose population includes the patient."""
        return tuple(one for one in references if self.belongs_to(one.population))
