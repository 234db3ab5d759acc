"""Which diagnoses a document, a section or a caption is about, by the disease names it prints.

The names come from the caller's catalogue; this module only matches words. It does not know what
a disease is, and a disease mentioned in running prose makes no document about it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import SourceDocument
from fuente.dosing.folding import fold

# Words with which a protocol says what it is for, and, less surely, whom it admits.
_SCOPE: Final = re.compile(
    r"\b(?:scope|applies to|applicable to|intended for|is for|covers|"
    r"ambito|alcance|se aplica a|aplicable a|destinad[oa] a|cubre|"
    r"escopo|aplica-se a|destina-se a)\b"
)
_ADMITS: Final = re.compile(
    r"\b(?:for patients with|children with|patients with|indications?|eligib\w+|"
    r"target population|population|"
    r"pacientes con|ninos con|indicacion(?:es)?|criterios? de inclusion|poblacion|"
    r"diagnosticos? incluidos?|elegivel|elegibilidade|pacientes com|criancas com)\b"
)
# A sentence that names a disease to say that the protocol is not for it.
_EXCLUDES: Final = re.compile(
    r"\b(?:not (?:included|eligible|covered|apply|applicable|for)|exclu\w+|other protocols?|"
    r"another protocol|separate protocol|no se (?:incluye\w*|aplica)|no incluye\w*|"
    r"otros? protocolos?|outros? protocolos?|nao se aplica|except|salvo|excepto)\b"
)
_SENTENCES: Final = re.compile(r"(?<=[.;])\s+|\n\s*[•–-]\s")
_NOISE: Final = re.compile(r",?\s*\b(?:nos|sai|not otherwise specified|sin otra especificacion)\b")
_SPELLINGS: Final = (
    ("haem", "hem"),
    ("aem", "em"),
    ("tumour", "tumor"),
    ("paed", "ped"),
    ("lastomas", "lastoma"),
    ("leukemias", "leukemia"),
)
_JOINED: Final = re.compile(r"(?<![\w-])(?P<first>[\w-]+) (?:and|or|y|e|o) (?P<second>[\w-]+)")
_OPENING_PAGES: Final = 4


@dataclass(frozen=True, slots=True)
class DiagnosisName:
    """A catalogue id and every name documents may use for it, in any language."""

    catalogue_id: str
    names: tuple[str, ...]


def diagnoses_named(text: str, diagnoses: Sequence[DiagnosisName]) -> tuple[str, ...]:
    """The catalogue ids whose names stand in the text, in printed order, longest name first."""
    return _named(_spelled(text), tuple(diagnoses))


def diagnoses_of_heading(text: str, diagnoses: Sequence[DiagnosisName]) -> tuple[str, ...]:
    """The same for a title or heading, whose `B and T leukaemia` names both."""
    found = [_named(words, tuple(diagnoses)) for words in _uncoordinated(_spelled(text))]
    return _ordered(found)


@lru_cache(maxsize=4096)
def _named(folded: str, diagnoses: tuple[DiagnosisName, ...]) -> tuple[str, ...]:
    places = sorted(
        (match.start(), -match.end(), name.catalogue_id)
        for name in diagnoses
        for first_word, pattern in _patterns(name)
        if first_word in folded
        for match in pattern.finditer(folded)
    )
    return tuple(dict.fromkeys(_not_covered(places)))


def _uncoordinated(words: str) -> tuple[str, ...]:
    """`B and T lymphoblastic leukaemia` also read as each of the two it joins."""
    if not _JOINED.search(words):
        return (words,)
    without_first = _JOINED.sub(lambda match: match["second"], words)
    without_second = _JOINED.sub(lambda match: match["first"], words)
    return (words, without_second, without_first)


def document_diagnoses(
    document: SourceDocument, passages: Sequence[Passage], diagnoses: Sequence[DiagnosisName]
) -> tuple[str, ...]:
    """What the whole document is about: its title, then what its opening pages say it is for."""
    titled = diagnoses_of_heading(document.title, diagnoses)
    opening = [each for each in passages if each.page <= _OPENING_PAGES]
    scoped = _stated(opening, _SCOPE, diagnoses)
    named = tuple(dict.fromkeys((*titled, *scoped)))
    return named or _stated(opening, _ADMITS, diagnoses) or _on_title_page(passages, diagnoses)


def passage_diagnoses(
    passage: Passage, whole: tuple[str, ...], diagnoses: Sequence[DiagnosisName]
) -> tuple[str, ...]:
    """What the passage is about: its caption, else its nearest section that names a disease."""
    for heading in (passage.caption, *reversed(passage.section)):
        named = diagnoses_of_heading(heading, diagnoses)
        if named:
            return named
    return whole


def _stated(
    passages: Sequence[Passage], words: re.Pattern[str], diagnoses: Sequence[DiagnosisName]
) -> tuple[str, ...]:
    """The diseases of the passages with these words, without those a sentence excludes."""
    return _ordered(
        diagnoses_named(sentence, diagnoses)
        for passage in passages
        if passage.kind is not PassageKind.TABLE_ROW
        and words.search(fold(" ".join((*passage.section[-1:], passage.text))))
        for sentence in _SENTENCES.split(passage.text)
        if not _EXCLUDES.search(fold(sentence))
    )


def _on_title_page(
    passages: Sequence[Passage], diagnoses: Sequence[DiagnosisName]
) -> tuple[str, ...]:
    return _ordered(
        diagnoses_named(passage.text, diagnoses)
        for passage in passages
        if passage.page == 1 and passage.kind is not PassageKind.TABLE_ROW
    )


def _ordered(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identifier for group in groups for identifier in group))


def _not_covered(found: Sequence[tuple[int, int, str]]) -> list[str]:
    """Drop a name inside a longer one; several diagnoses may share one and the same name."""
    kept: list[str] = []
    current = (-1, -1)
    for start, minus_end, identifier in found:
        end = -minus_end
        if (start, end) == current or start >= current[1]:
            current = (start, end)
            kept.append(identifier)
    return kept


def _spelled(text: str) -> str:
    folded = " ".join(fold(text).split())
    for printed, plain in _SPELLINGS:
        folded = folded.replace(printed, plain)
    return folded


@lru_cache(maxsize=512)
def _patterns(name: DiagnosisName) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each form, after the word it begins with: most texts do not hold that."""
    forms = {form for printed in name.names for form in _forms(printed)}
    return tuple(
        (
            re.split(r"[\s-]+", form)[0],
            re.compile(rf"(?<![a-z0-9])(?<!non-)(?<!non )(?<!no ){_loose(form)}(?![a-z0-9])"),
        )
        for form in sorted(forms)
    )


def _forms(printed: str) -> set[str]:
    """A catalogue name, without its `NOS`, and what it gives in parentheses or after a slash."""
    plain = _NOISE.sub("", _spelled(printed)).strip(" ,")
    inside = re.findall(r"\(([^()]{4,})\)", plain)
    outside = re.sub(r"\s*\([^()]*\)", "", plain).strip()
    parts = [part.strip() for part in outside.split(" / ")]
    return {form for form in (outside, *inside, *parts) if len(form) > 1}


def _loose(form: str) -> str:
    """Words with any space or hyphen between them, each free to be plural."""
    words = re.split(r"[\s-]+", form)
    return r"[\s-]+".join(
        re.escape(word) + (r"(?:e?s)?" if len(word) > 3 else "") for word in words
    )
