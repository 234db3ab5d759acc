"""Separates what a request says of a second tumour from what it says of the patient's first.

Decides which words, tumours and treatments belong to the second; does not judge plausibility.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fuente.patients.naming import Mention
from fuente.patients.request_phrases import cue
from fuente.patients.request_signals import Hit, sentence_end

_LINK: Final = re.compile(
    r"(?<![a-z])(?:with|con|treated|tratad[oa]|received|receives?|reciba|recibe|recibio|requiring|"
    r"that needs|needing|needs|managed|managing|using|mediante|con tratamiento|que precise|"
    r"que lleve|que tenga)(?![a-z])|:"
)
_SECONDARY_BEFORE: Final = re.compile(
    r"(?:secondary|therapy[\s-]related|treatment[\s-]related|subsequent|later)\s+$"
)
_SECONDARY_AFTER: Final = re.compile(
    r"\s*(?:secundari[oa]|relacionad[oa] con (?:el|la) (?:tratamiento|terapia)|"
    r"asociad[oa] al tratamiento|inducid[oa] por)(?![a-z])"
)
_MODALITIES: Final = ("chemotherapy", "radiotherapy", "hsct", "surgery")


@dataclass(frozen=True, slots=True)
class SecondPart:
    """The words about the second tumour at [start, end), and the signals that belong to it."""

    start: int
    end: int
    hits: tuple[Hit, ...]
    in_field: bool | None

    @property
    def blocks(self) -> tuple[str, ...]:
        """Treatment blocks wanted for the second tumour, in the order said."""
        wanted = (h.block for h in self.hits if h.wanted and h.block in _MODALITIES)
        return tuple(dict.fromkeys(block for block in wanted if block))


def second_part(folded: str, hits: Sequence[Hit], mentions: Sequence[Mention]) -> SecondPart | None:
    """What is said of a second tumour; None when none is wanted."""
    named = next((h for h in hits if h.name == "second_tumour"), None)
    if named is not None and not named.wanted:
        return None
    place = _place_of(folded, named, mentions) if named else _secondary(folded, mentions)
    if place is None:
        return None
    start, end = place
    owned = _owned(folded, [h for h in hits if start <= h.start < end], mentions, start, end)
    return SecondPart(start, end, tuple(owned), _in_field(folded))


def _place_of(folded: str, named: Hit, mentions: Sequence[Mention]) -> tuple[int, int]:
    first = cue("the_first").search(folded, named.end)
    end = min(sentence_end(folded, named.end), first.start() if first else len(folded))
    before = [m for m in mentions if m.end <= named.start]
    if _follows_as(folded, named) and before:
        following = [m.start for m in mentions if m.start >= named.end]
        return before[-1].start, min([end, *following])
    inside = [m for m in mentions if named.end <= m.start < end]
    if len(inside) > 1 and not before:
        return named.end, inside[1].start
    if not inside and any(m.start >= end for m in mentions) and before:
        end = first.start() if first else len(folded)
    return named.end, end


def _follows_as(folded: str, named: Hit) -> bool:
    return any(m.start() < named.end <= m.end() for m in cue("as_second").finditer(folded))


def _secondary(folded: str, mentions: Sequence[Mention]) -> tuple[int, int] | None:
    for mention in mentions[1:]:
        before = _SECONDARY_BEFORE.search(folded[: mention.start])
        if before or _SECONDARY_AFTER.match(folded[mention.end :]):
            return mention.start, sentence_end(folded, mention.end)
    return None


def _owned(
    folded: str, hits: Sequence[Hit], mentions: Sequence[Mention], start: int, end: int
) -> list[Hit]:
    """Treatments linked to the second tumour by `with` or the like, until the list breaks off."""
    owned: list[Hit] = []
    tumour = next((m for m in mentions if start <= m.start < end), None)
    position = tumour.end if tumour else start
    for hit in hits:
        if hit.block is None or hit.name == "second_tumour":
            continue
        gap = folded[min(position, hit.start) : hit.start]
        linked = bool(_LINK.search(gap)) or (tumour is not None and hit.end <= tumour.start)
        if not owned and not linked:
            return []
        if owned and not _goes_on(gap):
            break
        owned.append(hit)
        position = hit.end
    return owned


def _goes_on(gap: str) -> bool:
    return len(gap) < 30 and not re.search(
        r"[;.]|(?<![a-z])(?:must|debe|include|incluy|also|ademas)", gap
    )


def _in_field(folded: str) -> bool | None:
    if cue("out_of_field").search(folded):
        return False
    return True if cue("in_field").search(folded) else None
