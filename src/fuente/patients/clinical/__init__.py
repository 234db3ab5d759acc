"""The clinical part of the record, one module per kind of fact."""

from fuente.patients.clinical.disease import Diagnosis, SecondTumour
from fuente.patients.clinical.events import Other, Outcome, Relapse
from fuente.patients.clinical.local import Radiotherapy, Surgery
from fuente.patients.clinical.person import Address, Anthropometry, Demographics
from fuente.patients.clinical.systemic import (
    ChemoAdministration,
    Chemotherapy,
    Corticosteroid,
    CumulativeDose,
    Intrathecal,
    TreatmentLine,
)
from fuente.patients.clinical.transplant import ConditioningDose, Hsct

__all__ = [
    "Address",
    "Anthropometry",
    "ChemoAdministration",
    "Chemotherapy",
    "ConditioningDose",
    "Corticosteroid",
    "CumulativeDose",
    "Demographics",
    "Diagnosis",
    "Hsct",
    "Intrathecal",
    "Other",
    "Outcome",
    "Radiotherapy",
    "Relapse",
    "SecondTumour",
    "Surgery",
    "TreatmentLine",
]
