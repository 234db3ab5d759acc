"""Diseases a request may name that the catalogue does not hold.

A list of common ones, and the shape of words for tumours (`-oma`, `cancer of the ...`), so that an
unknown tumour is asked about and never taken for a known one.
"""

import re
from functools import cache
from typing import Final

from fuente.patients.naming import spelled
from fuente.patients.request_phrases import one_of
from fuente.patients.request_words import other_diseases, tumours_outside

_PAD: Final = "\u0001"
# A word shaped like a tumour's name. The exceptions end alike and are none.
_SHAPED: Final = re.compile(
    r"(?<![a-z])[a-z-]*(?:blastoma|sarcoma|carcinoma|cytoma|citoma|glioma|angioma|fibroma|lipoma|"
    r"noma|thymoma|timoma|teratoma|seminoma|chordoma|cordoma|neuroma|schwannoma|meningioma|"
    r"leiomyoma|leiomioma|nephroma|nefroma|adamantinoma|myxoma|mixoma|osteoma|condroma|chondroma)s?"
    r"(?![a-z])"
)
_SOME_CANCER: Final = re.compile(
    r"(?<![a-z])(?!pa?ediatric|metastatic|clinical|typical|initial|original|oncolog|additional)"
    r"[a-z]{4,}(?:al|ic|ar|ary|ine|eal) cancer(?![a-z])|(?<![a-z])cancer (?!pediatric|metastas|"
    r"primari|inicial|original|secundari)[a-z]{4,}(?:ico|al|ar|ario)(?![a-z])"
)
_CANCER_OF: Final = re.compile(
    r"(?<![a-z])(?:cancer|carcinoma|tumor) (?:of (?:the )?|de (?:la |el |los )?|del )"
    r"(?!celulas|cells|small|origen|origin|unknown|localiz|alto|bajo|risk|high|low|inicio|reciente)[a-z]{4,}"
)


def outside_names(folded: str) -> tuple[tuple[int, int], ...]:
    """Ranges of folded text that name a disease outside the catalogue, known by name."""
    respelt = _respelt(folded)
    found = (m.span() for m in _named().finditer(respelt))
    # A shortened spelling is padded; the padding belongs to the word before it.
    return tuple((start, end + respelt.startswith(_PAD, end)) for start, end in found)


def is_other_disease(folded: str) -> bool:
    """Whether the text names a common disease that is no tumour."""
    return bool(_diseases().search(folded))


def tumour_shaped(folded: str, known: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """Words shaped like a tumour's name outside the ranges of known ones."""
    respelt = _respelt(folded)
    patterns = ((_SHAPED, folded), (_CANCER_OF, respelt), (_SOME_CANCER, folded))
    found = [match for pattern, words in patterns for match in pattern.finditer(words)]
    return tuple(
        m.group()
        for m in found
        if not any(start < m.end() and m.start() < end for start, end in known)
    )


def outside_words() -> frozenset[str]:
    """Every word of the diseases listed here: words that are spelt as meant."""
    listed = (*tumours_outside(), *other_diseases())
    return frozenset(word for phrase in listed for word in phrase.split())


@cache
def _named() -> re.Pattern[str]:
    return re.compile(one_of(spelled(phrase) for phrase in tumours_outside()))


@cache
def _diseases() -> re.Pattern[str]:
    return re.compile(one_of(other_diseases()))


def _respelt(folded: str) -> str:
    """American spelling with the same offsets."""
    return folded.replace("tumour", f"tumor{_PAD}").replace("aemia", f"emia{_PAD}")
