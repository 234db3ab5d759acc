"""Which word of a question names the drug, where the vocabulary does not know it (pure).

`dose of X` and `X dose` name it; a statement without a known drug answers only where X stands in
its words. Decides from the question's grammar alone, so an unknown drug is never taken for another.
"""

import re
from collections.abc import Iterator
from typing import Final

from fuente.dosing.folding import fold
from fuente.dosing.slashed_amounts import name_of_number
from fuente.evidence.cognates import cognate_keys, fold_text
from fuente.evidence.question import Question, Term, TermKind

_KIND: Final = (
    r"(?:loading|starting|start|initial|maintenance|daily|weekly|prophyla\w+|oral|iv|intravenous"
    r"|infant|adult|child\w*|pa?ediatric|phase|total|maximum|preventive|therapy|inhaled|nebuli\w+"
    r"|reduced|usual|standard|recommended|first|induction|single)"
)
_DOSE_OF: Final = re.compile(
    r"\b(?:dos[ei]s?|doses|dosage|dosificacion|posologia)(?: \w+){0,3}? (?:of|de|del|do|da)"
    r"(?: el| la| the)? (?:(?:carga|inicio|mantenimiento|ataque|rescate|induccion) (?:de|con) )?"
    r"(?P<word>[a-z][a-z-]{3,})"
)
_ITS_DOSE: Final = re.compile(rf"\b(?P<word>[a-z][a-z-]{{3,}})(?: {_KIND})* (?:dose|dosage)\b")
_NO_DRUG: Final = re.compile(
    rf"{_KIND}|carga|inicio|inicial|mantenimiento|ataque|rescate|induccion|radio\w+|quimio\w+"
    r"|chemo\w+|radiation|irradia\w+|corticoid\w+|esteroid\w+|steroids?|antibiot\w+|treatment"
    r"|tratamiento|what|which|cual|primera|segunda|linea|boost|craniospinal|craneoespinal|drugs?"
)
# `5 mg/kg, with pyridoxine 25 mg`: the number belongs to the drug that accompanies the other.
_BESIDE: Final = re.compile(
    r"(?:\b(?:with|plus|con|com|mas|mais|junto (?:a|con|com)|asociad[oa] a|associad[oa] a)|\+) "
    r"(?P<word>[a-z]{5,})[\s,:(]*$"
)


def unknown_drug(question: Question) -> Term | None:
    """The term that names a drug the vocabulary does not hold, None where none does."""
    if question.drugs:
        return None
    words = {term.label: term for term in question.terms if term.kind is TermKind.WORD}
    for key in map(cognate_keys, _named(fold_text(question.text))):
        if key in words:
            return words[key]
    return None


def is_of_another(named: Term, before: str) -> bool:
    """Whether the words before a number give it to a drug beside the one that is named."""
    beside = _BESIDE.search(fold_text(before))
    if beside is None or _NO_DRUG.fullmatch(beside["word"]):
        return False
    return not named.stands_in(f" {cognate_keys(beside['word'])} ")


def is_of_other_component(named: Term, quote: str, start: int) -> bool:
    """Whether the number is that of the other drug of `amoxicillin/clavulanic acid 875/125 mg`."""
    name = name_of_number(fold(quote), start)
    return bool(name) and not named.stands_in(f" {cognate_keys(name)} ")


def _named(folded: str) -> Iterator[str]:
    for pattern in (_DOSE_OF, _ITS_DOSE):
        for match in pattern.finditer(folded):
            if not _NO_DRUG.fullmatch(match["word"]):
                yield match["word"]
