"""Which tumour a request means, where it sits and how far it has spread.

Resolves names through the catalogue, codes, families and places, and says when a tumour is
unknown or ambiguous. It never picks one of several.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from fuente.patients.anatomy import is_paired
from fuente.patients.catalogue import Catalogue
from fuente.patients.naming import Mention
from fuente.patients.request_outside import outside_names
from fuente.patients.request_places import PLACE, candidates

Risk = Literal["low", "standard", "intermediate", "high", "very_high"]

_MORPHOLOGY: Final = re.compile(r"(?<![\d.])([89]\d{3}/[0-3])(?!\d)")
_TOPOGRAPHY: Final = re.compile(r"(?<![a-z])c(\d{2}\.\d)(?!\d)")
# Words that make a name a narrower entity with its own ICD-O-3 code. Confidence: high.
_NARROWER: Final = (
    ("HL_NS", r"(?:grade|grado|type|tipo)\s*(?:1|i|one|uno)(?![a-z\d])", "9665/3"),
    ("HL_NS", r"(?:grade|grado|type|tipo)\s*(?:2|ii|two|dos)(?![a-z\d])", "9667/3"),
    ("MB", r"desmoplas", "9471/3"),
    ("MB", r"large[\s-]cell|celulas grandes|anaplas", "9474/3"),
    ("EPN", r"anaplas", "9392/3"),
)
_AROUND: Final = 45
_ATTACHED_AFTER: Final = re.compile(
    rf"^[\s,(]*(?:nos|sai|type|tipo|subtype)?[\s,(]*"
    rf"(?:(?:of|in|on|arising in|located in|affecting|at|de|del|en|"
    rf"sobre|localizad[oa] en|con localizacion en|that affects|primary|primario|primaria|:)\s+)*"
    rf"(?:(?:the|his|her|la|el|los|las|su|both|ambos|ambas|a|un|una|distal|proximal)\s+)*"
    rf"(?:(?P<side>right|left|bilateral|derech[oa]s?|izquierd[oa]s?)\s+)?"
    rf"(?:(?:distal|proximal|lobulo|tercio distal del|tercio proximal del)\s+)?(?P<place>{PLACE})"
)
_ATTACHED_BEFORE: Final = re.compile(
    rf"(?P<place>{PLACE})[\s,]*"
    r"(?:primary|embryonal|high[- ]risk|localised|localized|metastatic)?[\s,]*$"
)
_SIDE: Final = re.compile(
    r"(?<![a-z])(?:(?P<bilateral>bilateral(?:es)?|both (?:eyes|kidneys|ovaries|testes)|"
    r"ambos (?:ojos|rinones|ovarios|testiculos))|(?P<right>right|derech[oa]s?|dch[oa]|dcho)|"
    r"(?P<left>left|izquierd[oa]s?|izq|izda|izdo))(?![a-z])"
    r"(?!(?:[\s-]*(?:sided\s+)?(?:internal|jugular|subclavian|subclavia|catheter|port|shunt|yugular)))(?!\s+(?:over|with|off|after))"
)
_VEIN_BEFORE: Final = re.compile(
    r"(?:jugular|yugular|subclavia\w*|femoral vein|cateter|port\S*)\s*$"
)
_RISKS: Final[tuple[tuple[str, Risk], ...]] = (
    (r"very[\s-]high[\s-]risk|muy alto riesgo|riesgo muy alto", "very_high"),
    (r"high[\s-]risk|alto riesgo|riesgo alto|de alto riesgo", "high"),
    (r"intermediate[\s-]risk|riesgo intermedio|medium[\s-]risk|riesgo medio", "intermediate"),
    (r"standard[\s-]risk|average[\s-]risk|riesgo estandar|riesgo habitual", "standard"),
    (r"low[\s-]risk|bajo riesgo|riesgo bajo", "low"),
)


@dataclass(frozen=True, slots=True)
class Tumour:
    """A tumour as stated: the entry, its code, and where when the words say so."""

    id: str
    icdo3: str
    start: int
    end: int
    topography: str | None = None
    laterality: Literal["right", "left", "bilateral"] | None = None
    unusual_site: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The tumours a stretch of a request names: known ones, ambiguous words, unknown ones."""

    tumours: tuple[Tumour, ...] = ()
    ambiguous: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def read_tumours(text: str, folded: str, catalogue: Catalogue) -> Named:
    """The tumours named in a stretch of text (`folded` has the same offsets)."""
    outside = outside_names(folded)
    mentions = [m for m in catalogue.mentions(text) if not _inside(m, outside)]
    specific = [m for m in mentions if not _is_generic(m, catalogue)]
    coded = _by_code(folded, catalogue, specific)
    chosen = [*(_tumour(m, folded, catalogue) for m in _narrowed(specific, catalogue)), *coded]
    meant = _distinct([t for t in chosen if t is not None])
    settled = {t.start for t in meant}
    vague = [m for m in mentions if m.start not in settled and _is_vague(m, catalogue)]
    return Named(
        tumours=meant,
        ambiguous=() if meant else tuple(text[m.start : m.end] for m in vague),
        unknown=tuple(text[start:end] for start, end in outside),
        spans=tuple((m.start, m.end) for m in mentions) + outside,
    )


def risk_group(folded: str) -> Risk | None:
    """The risk group the words state."""
    for words, risk in _RISKS:
        if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", folded):
            return risk
    return None


def sided(folded: str, tumour: Tumour) -> Literal["right", "left", "bilateral"] | None:
    """The side stated near a tumour of a paired organ."""
    window = folded[max(0, tumour.start - _AROUND) : tumour.end + _AROUND]
    for match in _SIDE.finditer(window):
        if not _VEIN_BEFORE.search(window[: match.start()]):
            side = match.lastgroup
            return "bilateral" if side == "bilateral" else "right" if side == "right" else "left"
    return None


def _is_generic(mention: Mention, catalogue: Catalogue) -> bool:
    family = catalogue.family(mention.id)
    return family is not None and not family.members and family.default is None


def _is_vague(mention: Mention, catalogue: Catalogue) -> bool:
    family = catalogue.family(mention.id)
    return family is not None and family.default is None


def _inside(mention: Mention, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start < mention.end and mention.start < end for start, end in ranges)


def _narrowed(mentions: Sequence[Mention], catalogue: Catalogue) -> list[Mention]:
    """Drop a shared name when a diagnosis it covers is named as well."""
    ids = {m.id for m in mentions if catalogue.family(m.id) is None}
    kept = []
    for mention in mentions:
        family = catalogue.family(mention.id)
        if family is None or not ids & set(family.members):
            kept.append(mention)
    return kept


def _tumour(mention: Mention, folded: str, catalogue: Catalogue) -> Tumour | None:
    place = _place(folded, mention)
    found = _meant(mention.id, place, folded, catalogue)
    if found is None:
        return None
    diagnosis = catalogue.diagnosis(found)
    topography, unusual = _topography(place, diagnosis.topographies)
    tumour = Tumour(
        found, _code(found, diagnosis.icdo3_2, folded, mention), mention.start, mention.end
    )
    paired = any(is_paired(code) for code in (topography, *diagnosis.topographies) if code)
    return Tumour(
        id=found,
        icdo3=tumour.icdo3,
        start=mention.start,
        end=mention.end,
        topography=topography,
        laterality=sided(folded, tumour) if paired else None,
        unusual_site=unusual,
    )


def _meant(found: str, place: str, folded: str, catalogue: Catalogue) -> str | None:
    family = catalogue.family(found)
    if family is None:
        return found
    codes = candidates(place)
    for member in family.members if codes else ():
        if codes[0] in catalogue.diagnosis(member).topographies:
            return member
    return family.default


def _place(folded: str, mention: Mention) -> str:
    after = _ATTACHED_AFTER.match(folded[mention.end :])
    if after:
        return after["place"]
    before = _ATTACHED_BEFORE.search(folded[: mention.start])
    return before["place"] if before else ""


def _topography(place: str, usual: Sequence[str]) -> tuple[str | None, bool]:
    codes = candidates(place)
    if not codes:
        return None, False
    fitting = [code for code in codes if code in usual]
    return (fitting[0], False) if fitting else (codes[0], True)


def _code(found: str, current: str, folded: str, mention: Mention) -> str:
    window = folded[mention.start : mention.end + 25]
    stated = _MORPHOLOGY.search(window)
    if stated:
        return stated.group(1)
    for diagnosis_id, words, code in _NARROWER:
        if diagnosis_id == found and re.search(words, window):
            return code
    return current


def _by_code(folded: str, catalogue: Catalogue, named: Sequence[Mention]) -> list[Tumour]:
    """Tumours given by code alone; a code beside a name belongs to the name."""
    found = []
    for match in _MORPHOLOGY.finditer(folded):
        beside = any(m.start <= match.start() <= m.end + 25 for m in named)
        diagnoses = catalogue.with_morphology(match.group(1))
        if diagnoses and not beside:
            site = _TOPOGRAPHY.search(folded)
            code = f"C{site.group(1)}" if site else None
            chosen = next((d for d in diagnoses if code in d.topographies), diagnoses[0])
            found.append(Tumour(chosen.id, match.group(1), match.start(), match.end(), code))
    return found


def _distinct(tumours: Sequence[Tumour]) -> tuple[Tumour, ...]:
    first: dict[str, Tumour] = {}
    for tumour in tumours:
        first.setdefault(tumour.id, tumour)
    return tuple(first.values())
