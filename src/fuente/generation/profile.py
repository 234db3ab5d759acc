"""What decides whether a statement of a document speaks of this patient."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.dosing.disease_words import DiseaseWords, read_disease_words
from fuente.dosing.reference import DoseReference, Population

# `High risk: metastatic disease or residual tumour` is met by either, not only by both.
# The word must stand beside the metastases: in `Metastatic disease, low or intermediate risk` both
# are asked for.
_EITHER: Final = re.compile(
    r"metast\w*(?: \w+)?,? (?:or|o|ou)\b|\b(?:or|o|ou) (?:\w+ )?metast", re.IGNORECASE
)
# A stage of four, with the letters some systems add; other systems are not compared.
_STAGE: Final = re.compile(r"(IV|I{1,3})[A-C]?$")
_LUNG: Final = "C34.9"
_NODES: Final = "C77"
_NERVOUS_SYSTEM: Final = ("C70", "C71", "C72")


@dataclass(frozen=True, slots=True)
class Extent:
    """The disease as statements ask for it; what is not known yet is empty or None.

    `margins` are those of the operation, or `NOT_OPERATED`; `high_dose` is whether high-dose
    treatment belongs to the course.
    """

    stage: str = ""
    metastases: tuple[str, ...] | None = None
    favourable: bool = True
    margins: str | None = None
    high_dose: bool | None = None

    def meets(self, words: DiseaseWords) -> bool:
        """Whether the disease is what the words ask for."""
        return (
            not words.exceptional
            and self._of_stage(words)
            and (not words.margins or self.margins is None or self.margins in words.margins)
            and self._of_histology(words)
            and (not words.after_high_dose or self.high_dose is not False)
            and (not words.lungs or self._has_spread_to(_LUNG))
            and (not words.nervous_system or self._has_spread_to(*_NERVOUS_SYSTEM))
        )

    def _of_stage(self, words: DiseaseWords) -> bool:
        known = _STAGE.match(self.stage)
        return not words.stages or known is None or known[1] in words.stages

    def _of_histology(self, words: DiseaseWords) -> bool:
        alike = words.favourable in (None, self.favourable)
        return alike or (words.nodes and self._has_spread_to(_NODES))

    def _has_spread_to(self, *places: str) -> bool:
        known = self.metastases
        return known is None or any(site.startswith(places) for site in known)


@dataclass(frozen=True, slots=True)
class Profile:
    """Age in months, weight in kg, body surface in m2, and how far the tumour has gone."""

    months: Decimal
    weight: Decimal
    surface: Decimal
    metastatic: bool
    risk: str
    extent: Extent = Extent()

    def belongs_to(self, population: Population | None) -> bool:
        """Whether the population, if one is stated, includes the patient."""
        if population is None:
            return True
        admitted = population.admits(self.months, self.weight, self.surface)
        meant = self.extent.meets(read_disease_words(population.text))
        return admitted and meant and self._as_far_gone_as(population)

    def _as_far_gone_as(self, population: Population) -> bool:
        spread = population.metastatic in (None, self.metastatic)
        risk = not population.risk_groups or self.risk in population.risk_groups
        if population.risk_groups and population.metastatic and _EITHER.search(population.text):
            return self.metastatic or risk
        return spread and risk

    def eligible(self, references: tuple[DoseReference, ...]) -> tuple[DoseReference, ...]:
        """The references whose population includes the patient."""
        return tuple(one for one in references if self.belongs_to(one.population))
