"""Candidates that state one reference, and the answer over some of them."""

from tests.factories_store import make_passage, make_reference

from fuente.dosing.indications import DiagnosisName
from fuente.evidence.answering import answer_question
from fuente.evidence.question import parse_question
from fuente.evidence.ranking import Candidate, rank

DISEASES = (
    DiagnosisName("WT", ("Wilms tumour", "nephroblastoma")),
    DiagnosisName("EWS", ("Ewing sarcoma",)),
)


def stated(text, *, page=1, sha256="d" * 64, title="Protocol", file="a.pdf", **reference):
    """A candidate whose passage states one reference."""
    section = reference.pop("section", ())
    passage = make_passage(text, page=page, sha256=sha256, section=section)
    made = make_reference(passage, file=file, **reference)
    return Candidate(passage, file, title, 0.5, 1.0, (made,))


def answer(text, *candidates):
    """The answer over these candidates; two diseases are known by their names."""
    question = parse_question(text, DISEASES)
    held = frozenset(one.drug for row in candidates for one in row.references if one.drug)
    return answer_question(question, rank(question, candidates), held)
