"""Phases of a protocol that prints its doses in sentences or lists, without dose tables.

Decides which statements make one phase: those under one heading, or after one label such as
`PEB (21-day cycles): ...`. Where that gives a drug two doses for the same patients, it cannot be
told which belong together: nothing there makes a phase.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.span import Span
from fuente.dosing.cited_schedule import PlacedWords, cited_schedule
from fuente.dosing.conditions import is_bounded, merged
from fuente.dosing.phase_heading import phase_name, phase_role
from fuente.dosing.phase_source import PhaseSource
from fuente.dosing.population import parse_population
from fuente.dosing.prose_extraction import find_statements
from fuente.dosing.reference import DoseReference, Population, ReferenceKind, reference_id
from fuente.dosing.regimen import Phase
from fuente.dosing.row_words import drug_names

_LABEL: Final = re.compile(
    r"(?:^|\n|(?<=[.;] ))\W{0,3}(?P<label>[A-ZÁÉÍÓÚ][^\s:.;()]*(?: [^\s:.;()]+){0,5}"
    r"(?: ?\([^()\n]{0,90}\))?):\s"
)

# What a heading says in parentheses is its schedule, and no name.
_UNTITLED: Final = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class ProsePhase:
    """A phase, and the passages it was read from."""

    phase: Phase
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words from one label (or heading) to the next, with the doses they state."""

    label: PlacedWords | None
    passages: tuple[Passage, ...]
    words: tuple[PlacedWords, ...]
    doses: tuple[DoseReference, ...]


def prose_phases(passages: Sequence[Passage], source: PhaseSource) -> tuple[ProsePhase, ...]:
    """The phases that the prose of a document states, in printed order."""
    prose = [each for each in passages if each.kind is PassageKind.PROSE]
    found: list[ProsePhase] = []
    for _, group in groupby(prose, key=lambda each: each.section):
        stretches = tuple(_stretches(tuple(group), source))
        for number, each in enumerate(_by_patients(stretches)):
            phase = _phase(each, source, number)
            found += [phase] if phase is not None else []
    return tuple(found)


def _by_patients(stretches: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """Doses for one extent of disease or risk apart from those for all: a phase is for someone."""
    for stretch in stretches:
        groups: dict[object, list[DoseReference]] = {}
        for dose in stretch.doses:
            groups.setdefault(_extent(dose), []).append(dose)
        for doses in groups.values():
            yield replace(stretch, doses=tuple(doses))


def _extent(dose: DoseReference) -> tuple[bool | None, frozenset[str]]:
    who = dose.population
    return (who.metastatic, who.risk_groups) if who else (None, frozenset())


def _phase(stretch: _Stretch, source: PhaseSource, number: int) -> ProsePhase | None:
    first = stretch.passages[0]
    headings = [source.find(words, first) for words in reversed(first.section)]
    titles = [*([stretch.label] if stretch.label else []), *filter(None, headings)]
    schedule = cited_schedule(titles).completed(cited_schedule(stretch.words))
    has_days = any(each.days for each in stretch.doses)
    if not stretch.doses or not (has_days or schedule.is_stated) or _contradicts(stretch.doses):
        return None
    nearest = titles[0] if titles else PlacedWords(first.page, first.span.start, first.text, False)
    words = [each.text for each in titles]
    phase = Phase(
        # Several phases may share a heading.
        phase_id=f"{source.phase_id(nearest.page, nearest.span)}-{number}",
        name=phase_name(_UNTITLED.sub("", nearest.text)) if titles else "",
        order=0,
        role=phase_role(*words, source.document.title),
        page=nearest.page,
        heading=nearest.span,
        reference_ids=tuple(each.reference_id for each in stretch.doses),
        cycles=schedule.cycles,
        cycle_days=schedule.cycle_days,
        cycle_numbers=schedule.cycle_numbers,
        start_weeks=schedule.start_weeks,
        start_days=schedule.start_days,
        population=merged((_patients(stretch.doses), source.population(*words))),
    )
    return ProsePhase(phase, stretch.passages)


def _patients(doses: Sequence[DoseReference]) -> Population | None:
    """The extent of disease and the risk that all these doses are for."""
    (metastatic, risk_groups), who = _extent(doses[0]), doses[0].population
    if who is None or (metastatic is None and not risk_groups):
        return None
    return Population(text=who.text, metastatic=metastatic, risk_groups=risk_groups)


def _contradicts(doses: Sequence[DoseReference]) -> bool:
    """Whether a drug has two doses by one route that nothing tells apart."""
    told: dict[tuple[str | None, object], set[int]] = {}
    for dose in doses:
        if is_bounded(dose.population):
            continue
        key, days = (dose.drug, dose.route), set(dose.days)
        if key in told and (not days or not told[key] or days & told[key]):
            return True
        told[key] = told.get(key, set()) | days
    return False


def _stretches(passages: tuple[Passage, ...], source: PhaseSource) -> Iterator[_Stretch]:
    """The stretches of one section; what stands before the first label is one of its own."""
    label: PlacedWords | None = None
    parts: list[tuple[Passage, PlacedWords, tuple[DoseReference, ...]]] = []
    for passage in passages:
        doses = _placed_doses(passage, source)
        labels = set(_labels(passage, source))
        for start, end in pairwise(sorted({0, *labels, len(passage.text)})):
            if start in labels:
                yield from _joined(label, parts)
                label, parts = _label_at(passage, start), []
            words = PlacedWords(
                passage.page, passage.span.start + start, passage.text[start:end], False
            )
            inside = [one for place, one in doses if start <= place < end]
            parts.append((passage, words, tuple(inside)))
    yield from _joined(label, parts)


def _joined(
    label: PlacedWords | None,
    parts: Sequence[tuple[Passage, PlacedWords, tuple[DoseReference, ...]]],
) -> Iterator[_Stretch]:
    stating = [part for part in parts if part[2]]
    if stating:
        yield _Stretch(
            label,
            tuple(dict.fromkeys(passage for passage, _, _ in stating)),
            tuple(words for _, words, _ in parts),
            tuple(dose for _, _, doses in stating for dose in doses),
        )


def _placed_doses(passage: Passage, source: PhaseSource) -> list[tuple[int, DoseReference]]:
    """The doses of a passage, each with where its amount stands in the text."""
    held = {each.reference_id: each for each in source.by_passage.get(passage.passage_id, ())}
    heading = drug_names(passage.section[-1] if passage.section else "", source.language)
    subject = heading[0] if len(heading) == 1 else None
    found = find_statements(passage.text, source.language, subject)
    placed = []
    for ordinal, each in enumerate(found):
        key = reference_id(passage.document_sha256, passage.page, passage.span, ordinal)
        reference = held.get(key)
        if reference and reference.kind is ReferenceKind.DOSE and reference.drug:
            placed.append((each.start, reference))
    return placed


def _labels(passage: Passage, source: PhaseSource) -> Iterator[int]:
    """Where labels of treatments begin: neither a drug's name nor whom a dose is for."""
    for match in _LABEL.finditer(passage.text):
        words = match["label"]
        if not drug_names(words, source.language) and not is_bounded(
            parse_population(words, source.language)
        ):
            yield match.start("label")


def _label_at(passage: Passage, start: int) -> PlacedWords:
    match = next(one for one in _LABEL.finditer(passage.text) if one.start("label") == start)
    span = Span(passage.span.start + start, passage.span.start + match.end("label"))
    return PlacedWords(passage.page, span.start, match["label"], True)
