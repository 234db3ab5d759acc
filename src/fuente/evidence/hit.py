"""What a search returns: passages in order, each with the reasons it stands where it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fuente.documents.passage import Passage
from fuente.dosing.reference import DoseReference
from fuente.evidence.refusal import Refusal
from fuente.evidence.worked_dose import WorkedDose


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked passage with its document's file name, its references and its score's parts."""

    passage: Passage
    file: str
    score: float
    references: tuple[DoseReference, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question: ranked hits, and either one reference or a refusal.

    `alternatives` are other statements that would fit, of other amounts, best first: what the
    documents state beside the answer, or what a refusal could not choose from. `worked` is the dose
    of the patient the question names. `places` names where hits (by passage) and references (by
    their ids) stand on pages that are no printed ones.
    """

    hits: tuple[Hit, ...]
    reference: DoseReference | None
    refusal: Refusal | None
    alternatives: tuple[DoseReference, ...] = ()
    worked: WorkedDose | None = None
    places: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.reference is None) == (self.refusal is None):
            raise ValueError("an answer is either a reference or a refusal")
