"""What a statement asks of the disease beyond its spread and risk group, from its printed words.

Reads stages, what an operation left behind, histology, the place of metastases and the treatment
that goes before, in English, Spanish and Portuguese. Does not know any patient.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from fuente.dosing.plain_text import plain

NOT_OPERATED: Final = "not operated"
"""Stands among the margins for a tumour that was left in place."""

_NUMERAL: Final = r"(?:iv|i{1,3})(?![a-z])"
_STAGES: Final = re.compile(
    rf"\b(?:stages?|estadios?|estagios?)\s+(?P<listed>{_NUMERAL}"
    rf"(?:\s*(?:,|-|and|or|to|y|o|e|ou|a)\s*{_NUMERAL})*)"
)
_RANGE: Final = re.compile(rf"({_NUMERAL})\s*(?:-|to|a)\s*({_NUMERAL})")
_IN_ORDER: Final = ("i", "ii", "iii", "iv")
_RESIDUES: Final[tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = tuple(
    (re.compile(words), frozenset(margins))
    for words, margins in (
        (r"(?<!in)complete (?:\w+ )?resection|reseccion completa", {"R0"}),
        (r"incomplete (?:or no )?(?:\w+ )?resection|reseccion incompleta", {"R1", "R2"}),
        (r"microscopic resid|resid\w+ microscopic", {"R1"}),
        (r"macroscopic resid|resid\w+ macroscopic|gross (?:resid|disease)", {"R2"}),
        (r"margins? (?:involved|positive)|margen\b.* afectad", {"R1", "R2"}),
        (r"\bno (?:surgery|resection)|sin cirugia|inoperable|unresect", {NOT_OPERATED}),
    )
)
# A poor response is no matter of margins: the statement then holds after a complete resection too.
_POOR_RESPONSE: Final = re.compile(
    r"\bor (?:\w+ )?response|poor response|mala respuesta|respuesta mala"
)
_OR_SPREAD: Final = re.compile(r"metasta\w+(?: \w+)?,? (?:or|o|ou)\b|\b(?:or|o|ou) metasta")
_UNFAVOURABLE: Final = re.compile(r"unfavou?rable histolog|histologia desfavorable")
_FAVOURABLE: Final = re.compile(r"(?<!un)favou?rable histolog|histologia favorable")
_OR_NODES: Final = re.compile(r"\bor nodes|\bo ganglios|\bou ganglios")
_LUNG: Final = re.compile(r"\blungs?\b|pulmon|pulmao|pulmoes")
_NERVOUS_SYSTEM: Final = re.compile(r"\b(?:cns|snc) ?[23]\b")
_RARE: Final = re.compile(
    r"spillage|rupture|rotura|excepcional|exceptional|practica antigua|older practice"
)
_AFTER_HIGH_DOSE: Final = re.compile(
    r"after (?:high-dose|the transplant|transplant)|tras (?:altas dosis|el trasplante)"
)


@dataclass(frozen=True, slots=True)
class DiseaseWords:
    """The conditions of one statement; an empty set and None mean that it states none.

    `margins` are R0, R1, R2 and `NOT_OPERATED`. `favourable` is whether the histology has to be;
    `nodes` says that involved nodes do as well. `exceptional` marks what a record cannot show.
    """

    stages: frozenset[str] = frozenset()
    margins: frozenset[str] = frozenset()
    favourable: bool | None = None
    nodes: bool = False
    lungs: bool = False
    nervous_system: bool = False
    after_high_dose: bool = False
    exceptional: bool = False


@cache
def read_disease_words(text: str) -> DiseaseWords:
    """The conditions that a population's printed words state."""
    words = plain(text).text.lower()
    return DiseaseWords(
        stages=_stages(words),
        margins=_margins(words),
        favourable=_favourable(words),
        nodes=bool(_OR_NODES.search(words)),
        lungs=bool(_LUNG.search(words)),
        nervous_system=bool(_NERVOUS_SYSTEM.search(words)),
        after_high_dose=bool(_AFTER_HIGH_DOSE.search(words)),
        exceptional=bool(_RARE.search(words)),
    )


def asks_for_residue(words: str) -> frozenset[str]:
    """The margins after which an addition such as a boost is given; empty when always."""
    stated = plain(words).text.lower()
    if "macroscopic" in stated:
        return frozenset({"R2", NOT_OPERATED})
    residue = "residu" in stated
    return frozenset({"R1", "R2", NOT_OPERATED}) if residue else frozenset()


def _stages(words: str) -> frozenset[str]:
    found: set[str] = set()
    for match in _STAGES.finditer(words):
        found.update(re.findall(_NUMERAL, match["listed"]))
        for first, last in _RANGE.findall(match["listed"]):
            found.update(_IN_ORDER[_IN_ORDER.index(first) : _IN_ORDER.index(last) + 1])
    return frozenset(one.upper() for one in found)


def _margins(words: str) -> frozenset[str]:
    found = {
        margin for pattern, margins in _RESIDUES if pattern.search(words) for margin in margins
    }
    if not found or _OR_SPREAD.search(words):
        return frozenset()
    if "incomplete or no" in words:
        found.add(NOT_OPERATED)
    return frozenset(found | ({"R0"} if _POOR_RESPONSE.search(words) else set()))


def _favourable(words: str) -> bool | None:
    if _UNFAVOURABLE.search(words):
        return False
    return True if _FAVOURABLE.search(words) else None
