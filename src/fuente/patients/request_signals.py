"""What a request names, and whether it wants it, refuses it or wants nothing else.

Reads signals (treatments, events, details) from folded text with their polarity: coordination
(`no radiotherapy or surgery`), exceptions (`everything except surgery`) and refusals said
afterwards (`surgery not performed`). It does not know which tumour or patient is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.folding import fold
from fuente.patients.request import Block
from fuente.patients.request_phrases import Cue, cue, one_of
from fuente.patients.request_words import phrases, signal_names

_BLOCK_OF: Final[dict[Block, str]] = {
    "chemotherapy": "chemotherapy drug intrathecal triple_intrathecal corticosteroid",
    "radiotherapy": "radiotherapy external_beam metabolic_rt brachytherapy boost",
    "hsct": "hsct autologous allogeneic syngeneic gvhd",
    "surgery": "surgery amputation internal_prosthesis shunt vp_shunt va_shunt sp_shunt etv evd",
    "relapse": "relapse",
    "second_tumour": "second_tumour",
    "other": "other catheter port hickman picc umbilical complication sepsis toxicity ototoxicity"
    " cardiotoxicity neurotoxicity nephrotoxicity hepatotoxicity mucositis pancreatitis cystitis"
    " osteonecrosis transfusion fertility",
}
BLOCK_OF: Final[dict[str, Block]] = {
    name: block for block, names in _BLOCK_OF.items() for name in names.split()
}
# Signals that stand for the whole block: refusing one refuses the block.
_WHOLE: Final = frozenset(
    (*_BLOCK_OF, "autologous", "allogeneic")  # a block's own name is its commonest signal
)
# Specific operations among the words for surgery: refusing one does not refuse surgery.
_PARTIAL: Final = re.compile(
    r"ectom|otom|biops|enuclea|hepatic|renal|liver|kidney|higado|salvage|salvamento|laser|stom[yi]"
)
_ANSWERS_MASKED: Final = (
    "sobre todo|not only|no solo|rescate con acido folinico|leucovorin rescue|folinic acid rescue|"
    "del radio|el radio|radio distal|radio proximal|radio izquierdo|radio derecho|no more than|"
    "mibg scan|gammagrafia mibg|gammagrafia con mibg|risk group|only child|hijo unico|hija unica"
)
# Places of a second tumour; the radiotherapy in them is no treatment asked for.
_FIELDS: Final[tuple[Cue, ...]] = ("in_field", "out_of_field")
_SENTENCE: Final = re.compile(r"[.;!?](?:\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal in the text at [start, end); `wanted` is False when the words refuse it."""

    name: str
    start: int
    end: int
    text: str
    wanted: bool = True
    excepted: bool = False

    @property
    def block(self) -> Block | None:
        """The block the signal belongs to; None for what is no treatment (`metastases`)."""
        return BLOCK_OF.get(self.name)

    @property
    def refuses_block(self) -> bool:
        """Whether the words refuse the whole block, not only a part or detail of it."""
        if self.wanted or self.name not in _WHOLE:
            return False
        return not _PARTIAL.search(self.text)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whether negation or exception is in force while reading from left to right."""

    negated: bool = False
    wide: bool = False
    listed: bool = False
    excepted: bool = False


def read_signals(folded: str, masked: Sequence[tuple[int, int]] = ()) -> tuple[Hit, ...]:
    """Every signal in folded text with its polarity; `masked` ranges hold no signals."""
    fields = [m.span() for name in _FIELDS for m in cue(name).finditer(folded)]
    hits = _spotted(_blanked(folded, [*masked, *fields]))
    read: list[Hit] = []
    scope = _Scope()
    position = 0
    for index, hit in enumerate(hits):
        gap = folded[position : hit.start]
        before = hits[index - 1].name if index else ""
        scope = _scope_after(scope, gap, folded, hits[index:], before)
        refused = _refused_later(folded, hits[index:])
        wanted = not (scope.negated or scope.excepted or refused)
        read.append(replace(hit, wanted=wanted, excepted=scope.excepted))
        position = _after_refusal(folded, hit.end) if refused else hit.end
    return tuple(read)


def is_only(folded: str, hits: Sequence[Hit]) -> bool:
    """Whether the words ask for what is named and nothing else."""
    blocks = [hit for hit in hits if hit.block or hit.name == "diagnosis_only"]
    return any(_only_before(folded, hit) or _only_after(folded, hit) for hit in blocks)


def sentence_end(folded: str, start: int) -> int:
    """Where the sentence that holds this position ends."""
    match = _SENTENCE.search(folded, start)
    return match.start() if match else len(folded)


def _spotted(folded: str) -> list[Hit]:
    matches = sorted(
        (m.start(), -m.end(), name) for name, p in _patterns() for m in p.finditer(folded)
    )
    hits: list[Hit] = []
    for start, minus_end, name in matches:
        if not hits or start >= hits[-1].end:
            hits.append(Hit(name, start, -minus_end, folded[start:-minus_end]))
    return [hit for hit in hits if hit.name != "masked"]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = [(name, re.compile(one_of(phrases(name)))) for name in signal_names()]
    masked = ("masked", re.compile(one_of(_ANSWERS_MASKED.split("|"))))
    return (*named, ("drug", re.compile(one_of(_drug_names()))), masked)


def _drug_names() -> set[str]:
    return {
        name
        for drug in load_vocabulary()
        if drug.atc.startswith("L01")
        for name in map(fold, (drug.inn, drug.inn_es, drug.inn_pt))
    }


def _scope_after(scope: _Scope, gap: str, folded: str, ahead: Sequence[Hit], before: str) -> _Scope:
    if _SENTENCE.search(gap):
        scope = _Scope()
        gap = _SENTENCE.split(gap)[-1]
    if before in ("everything", "modalities") and re.match(r"\s*,?\s*but(?![a-z])", gap):
        return _Scope(excepted=True)
    cues = _last_cues(gap)
    if cues["except"] >= 0 and _everything_before(folded, ahead[0]):
        return _Scope(excepted=True)
    if cues["negation"] >= 0 and cues["negation"] >= cues["affirmation"]:
        return _negation_reaching(gap[cues["negation"] :], cues["wide"] >= 0)
    if cues["affirmation"] >= 0:
        return _Scope()
    return scope if _continues(scope, gap, folded, ahead) else _Scope()


def _last_cues(gap: str) -> dict[str, int]:
    found = {
        "negation": [m.start() for m in cue("negation").finditer(gap)],
        "wide": [m.start() for m in cue("wide_negation").finditer(gap)],
        "affirmation": [m.start() for m in cue("affirmation").finditer(gap)],
        "except": [m.start() for m in cue("except").finditer(gap)],
    }
    if found["negation"]:
        # `does not have`, `without having received`: what follows the refusal belongs to it.
        first = found["negation"][0]
        found["affirmation"] = [a for a in found["affirmation"] if a < first or _turns(gap, a)]
    return {name: max(places, default=-1) for name, places in found.items()}


_TURN: Final = re.compile(
    r"(?:with|but|plus|then|however|instead|including|con|pero|mas|luego|sino|incluyendo|and has|"
    r"followed by|seguid[oa] de|yes|si|although|aunque|treated|tratad[oa]|y que tenga|y con)"
    r"(?![a-z])"
)


def _turns(gap: str, position: int) -> bool:
    return bool(_TURN.match(gap, position))


def _negation_reaching(words: str, wide: bool) -> _Scope:
    rest = cue("negation").sub(" ", words)
    listed = words.rstrip().endswith(":")
    return _Scope(negated=_is_small(rest), wide=wide, listed=listed)


def _continues(scope: _Scope, gap: str, folded: str, ahead: Sequence[Hit]) -> bool:
    """Whether a list goes on: `no A or B`, `without A and B`, `no A, B or C`."""
    if not (scope.negated or scope.excepted):
        return False
    if scope.excepted or scope.listed:
        return _is_small(gap) or bool(re.fullmatch(r"[\s,]*(?:and|y|e|or|o|ni|nor)?[\s,]*", gap))
    joined = gap.strip()
    if re.match(r"[,\s]*(?:or|nor|ni|o|u)(?![a-z])", joined):
        return _is_small(gap)
    if re.match(r"(?:and|y|e)(?![a-z])", joined):
        return scope.wide and _is_small(gap)
    if joined.startswith((",", "/")) or not joined:
        return _is_small(gap) and _list_ends_with_or(folded, ahead)
    return False


def _list_ends_with_or(folded: str, ahead: Sequence[Hit]) -> bool:
    for left, right in pairwise(ahead):
        gap = folded[left.end : right.start].strip()
        if re.match(r",?\s*(?:or|nor|ni|o|u)(?![a-z])", gap):
            return _is_small(gap)
        if gap != ",":
            return False
    return False


def _refused_later(folded: str, ahead: Sequence[Hit]) -> bool:
    """`surgery not performed`; also for what is joined to it: `RT and surgery were not given`."""
    for left, right in zip(ahead, [*ahead[1:], None], strict=False):
        end = right.start if right else sentence_end(folded, left.end)
        gap = folded[left.end : end]
        if _says_no(gap, closed=right is None):
            return True
        if not re.fullmatch(r"\s*(?:and|or|y|e|o|ni|/)\s*", gap):
            return False
    return False


def _after_refusal(folded: str, end: int) -> int:
    """Past the words that refuse the signal, which say nothing about the next one."""
    skipped = re.compile(r"[\s:=(]*").match(folded, end)
    said = cue("not_after").match(folded, skipped.end() if skipped else end)
    return said.end() if said else end


def _says_no(gap: str, closed: bool) -> bool:
    match = re.match(r"[\s:=(]*", gap)
    start = match.end() if match else 0
    said = cue("not_after").match(gap, start)
    if not said:
        return False
    rest = gap[said.end() :]
    bare = said.group() in {"no", "not", "is not", "are not", "was not", "were not", "no hubo"}
    if bare and said.group() in {"no", "not"}:
        return bool(re.match(r"\s*(?:[,;.)]|$|y\s|and\s|pero\s|but\s)", rest)) and (
            closed or bool(re.match(r"\s*[,;.)]", rest))
        )
    return True


def _everything_before(folded: str, hit: Hit) -> bool:
    return bool(re.search(_everything(), folded[: hit.start]))


@cache
def _everything() -> str:
    generic = ("all treatment", "treatments", "tratamientos", "bloques", "blocks", "modalidades")
    return one_of((*phrases("everything"), *phrases("modalities"), *generic))


def _only_before(folded: str, hit: Hit) -> bool:
    before = folded[max(0, hit.start - 70) : hit.start]
    found = list(cue("only").finditer(before))
    if not found or re.search(r"(?:not|no)\s+$", before[: found[-1].start()]):
        return False
    return _is_small(before[found[-1].end() :])


def _only_after(folded: str, hit: Hit) -> bool:
    after = folded[hit.end : sentence_end(folded, hit.end)]
    skipped = re.match(
        r"\s*(?:treatments?|therapy|tratamientos?|blocks?|events?|datos)?[\s,(:]*", after
    )
    start = skipped.end() if skipped else 0
    found = cue("only_after").match(after, start)
    return bool(found) and not re.match(r"\s+\d", after[found.end() :] if found else "")


def _is_small(words: str) -> bool:
    """Whether the words between carry nothing of their own."""
    rest = cue("small").sub(" ", words)
    rest = re.sub(r"(?<![a-z])(?:and|or|nor|y|e|o|u|ni)(?![a-z])", " ", rest)
    return not re.search(r"[a-z0-9]", rest)


def _blanked(folded: str, ranges: Sequence[tuple[int, int]]) -> str:
    for start, end in ranges:
        folded = folded[:start] + "\u0001" * (end - start) + folded[end:]
    return folded
