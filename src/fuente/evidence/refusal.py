"""A refusal: a typed result for when the documents do not support an answer."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why fuente refuses, as a code that programs can act on."""

    NO_DOCUMENTS = "no_documents"
    NO_PASSAGE = "no_passage"
    NO_REFERENCE = "no_reference"
    DRUG_NOT_IN_CORPUS = "drug_not_in_corpus"
    DOSE_NOT_STATED = "dose_not_stated"
    OUT_OF_POPULATION = "out_of_population"
    SUPERSEDED_ONLY = "superseded_only"
    CONFLICT = "conflict"
    UNIT_MISMATCH = "unit_mismatch"
    AMBIGUOUS_QUESTION = "ambiguous_question"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_PLAUSIBLE = "not_plausible"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason code, what it means here, and what would settle it, where something would."""

    reason: Reason
    detail: str
    questions: tuple[str, ...] = ()
