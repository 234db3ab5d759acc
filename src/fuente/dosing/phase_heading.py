"""Schedule words in captions and headings: how many cycles, how long, when they start, which arm.

Decides what a heading says about time; knows no regimen. Every number keeps its offsets in the
heading, so that the reader of regimens can cite it on the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from fuente.dosing.folding import fold
from fuente.dosing.regimen import PhaseRole

_NUMBER_WORDS: Final[dict[str, int]] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
    "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9,
    "dez": 10, "doze": 12,
    "single": 1, "unico": 1,
}  # fmt: skip
_WORDS: Final = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_N: Final = rf"(?:\d{{1,3}}|\b(?:{_WORDS})\b)"
_CYCLE: Final = (
    r"(?:cycles?|courses?|blocks?|pulses?|rounds?|elements?|"
    r"ciclos?|cursos?|bloques?|blocos?|pulsos?|tandas?|series)"
)
_DAY: Final = r"(?:days?|dias?|d)\b"
_WEEK: Final = r"(?:weeks?|wks?|semanas?|w)\b"
_EVERY: Final = (
    r"(?:(?:repeated |given |administered |repetid[oa]s? |administrad[oa]s? )?"
    r"(?:one |uno |una |um )?(?:every|each(?: of)?|q|cada(?: un[oa])?(?: de)?|a cada|de|of|lasting|"
    r"con intervalos? de|at intervals? of))"
)
_JOIN: Final = r"(?:\s*(?:,|;|and|y|e|&|\+)\s*|\s*,\s*(?:and|y|e)\s*)"
_RANGE: Final = r"\s*(?:-|to|a|ate|through|al)\s*"
_ITEM: Final = rf"(?:dia |day |semana |week )?-?\d{{1,3}}(?:{_RANGE}\d{{1,3}})?"
_LIST: Final = rf"{_ITEM}(?:{_JOIN}{_ITEM})*"

_CYCLES_OF: Final = re.compile(
    rf"(?P<n>{_N})\s*(?:x\s*)?(?:\w+ )?{_CYCLE}\b[^.;\d]{{0,24}}?[,:(]?\s*{_EVERY}\s*"
    rf"(?P<d>{_N})[\s-]*(?P<unit>{_DAY}|{_WEEK})"
)
_DAY_CYCLES: Final = re.compile(
    rf"(?:(?P<n>{_N})\s*(?:x\s*|\s))?(?<!\d)(?P<d>\d{{1,3}})[\s-]+(?P<unit>day|week|dia|"
    rf"semana)s?[\s-]+{_CYCLE}\b"
)
_COUNT: Final = re.compile(
    rf"(?:number of |numero de |n\.?o? de )?{_CYCLE}\s*[:=]\s*(?P<after>\d{{1,2}})(?!\s*[,\d-])"
    rf"|(?P<n>{_N})\s*(?:x\s*)?(?:\w+ )?{_CYCLE}\b"
    rf"|\bx\s*(?P<times>\d{{1,2}})\b(?!\s*(?:mg|gy|/))"
)
_LENGTH: Final = re.compile(
    rf"(?:every|cada|a cada|\bq\s?|each(?: of)?|length(?: of)?(?: (?:the |one )?{_CYCLE})?\s*[:=]?|"
    rf"cycle length\s*[:=]?|duracion(?: del?)?(?: {_CYCLE})?\s*[:=]?|{_CYCLE} (?:of|de)|"
    rf"lasts?|dura)\s*(?P<d>{_N})[\s-]*(?P<unit>{_DAY}|{_WEEK})"
    rf"|(?P<one>\d{{1,3}})[\s-]+(?P<one_unit>{_DAY}|{_WEEK})\s*(?:each|cada un[oa])"
    rf"|\bq\s?(?P<q>\d{{1,2}})\s?(?P<q_unit>d|w)\b"
    rf"|(?P<rhythm>\b\d{{1,2}})[\s-]?(?P<rhythm_unit>week)ly\b"
)
_LENGTH_GROUPS: Final = (
    ("d", "unit"),
    ("one", "one_unit"),
    ("q", "q_unit"),
    ("rhythm", "rhythm_unit"),
)
_SPANS_TIME: Final = re.compile(rf"(?P<d>{_N})[\s-]*(?P<unit>{_DAY}|{_WEEK})")
_NUMBERED: Final = re.compile(
    rf"{_CYCLE}\s*(?:n\.?o?s?\.?\s*)?(?P<list>{_LIST})(?!\s*(?:x|{_CYCLE}))"
)
_WEEKS: Final = re.compile(rf"(?:weeks?|semanas?)\s*(?:n\.?o?s?\.?\s*)?(?P<list>{_LIST})")
_STARTS: Final = re.compile(
    r"(?:start\w*|begin\w*|given|inici\w+|comien\w+|empie\w+|administra\w+|comeca\w*)"
    rf"[^.;\d]{{0,24}}?(?:on |los |el |nos |no |en los |at )?(?:days?|dias?)\s*(?P<list>{_LIST})"
    rf"|\(\s*(?:days?|dias?)\s*(?P<inside>{_LIST})\s*\)"
)
_TABLE_LABEL: Final = re.compile(
    r"^\s*(?:table|tabla|tabela|cuadro|quadro|tab\.?)\s*(?:[a-z]?[\d.-]*\d[a-z]?|[ivx]+|[a-z])\b"
    r"\s*[.:)-]?\s*"
    r"|^\s*(?:[a-z]\.)?\d+(?:\.\d+)+\.?\s+|^\s*[a-z]\.\d+\.?\s+|^\s*\d{1,2}\.\s+"
)
_CONTINUED: Final = re.compile(
    r"\s*\(\s*(?:continued|continuacion|continuacao|cont\.?)\s*\)"
    r"|\s*[,-]?\s*\b(?:continued|continuacion|continuacao|cont)\b\.?(?=\s*$)"
)
_TAIL: Final = re.compile(r"\s*[:,;-]\s+(?=[^:,;]*$)")
_ARM: Final = re.compile(
    r"\b(?P<word>arm|brazo|rama|braco|option|opcion|opcao|alternative|alternativa)\s+"
    r"(?P<label>[a-z0-9]{1,3})\b(?!\s*\()"
)
_ALTERNATIVE: Final = re.compile(
    r"\b(?:alternative|alternativa|alternativo|instead of|en lugar de)\b"
)
_SALVAGE: Final = re.compile(
    r"\b(?:relaps\w*|refractory|recurren\w*|salvage|second[- ]line|progressi\w+|"
    r"recaid\w*|recidiv\w*|recurrenci\w*|refractari\w*|segunda linea|segunda linha|progresion|"
    r"rescate(?! (?:con|de|folinico|autologo|hematopoyetico))|resgate(?! com)|salvamento)\b"
)
_CONDITIONING: Final = re.compile(
    r"\b(?:conditioning|acondicionamiento|condicionamento|condicionamiento|myeloablative|"
    r"mieloablativ\w+|high[- ]dose chemotherapy with|altas dosis con rescate|"
    r"megaterapia|megatherapy)\b"
)
_PROPHYLAXIS: Final = re.compile(
    r"\b(?:gvhd|gvh|graft[- ]versus[- ]host|eich|eicr|decr|injerto contra|enxerto contra|"
    r"(?:immuno|inmuno)supress?i\w+|(?:immuno|inmuno)supresi\w+)\b"
)
_SCHEDULE_FORMS: Final = (
    _CYCLES_OF,
    _DAY_CYCLES,
    _NUMBERED,
    _WEEKS,
    _STARTS,
    _LENGTH,
    _COUNT,
    _SPANS_TIME,
)
_SENTENCE: Final = re.compile(r"[.;](?=\s|$)")
# Source: seven days to the week; a schedule printed in weeks is cited as printed.
_DAYS_PER_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number with the offsets of the words that state it within the heading."""

    value: Decimal
    start: int
    end: int

    def moved(self, by: int) -> "HeadingNumber":
        """The same number in a text that begins `by` characters earlier."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a heading states about time; an empty field is not stated."""

    cycles: HeadingNumber | None = None
    cycle_days: HeadingNumber | None = None
    cycle_numbers: tuple[HeadingNumber, ...] = ()
    start_weeks: tuple[HeadingNumber, ...] = ()
    start_days: tuple[HeadingNumber, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether anything is stated at all."""
        return self != Schedule()


@dataclass(frozen=True, slots=True)
class Arm:
    """Which of several exclusive arms or options a heading names; `kind` groups like with like."""

    kind: str
    label: str


def read_schedule(text: str, *, is_heading: bool = True) -> Schedule:
    """The schedule a caption, heading or sentence states.

    A bare duration (`7 weeks`) counts only in a heading: in a sentence it may be anything.
    """
    folded = fold(text)
    starts = _numbers(folded, _STARTS, ("list", "inside"))
    weeks = _numbers(folded, _WEEKS, ("list",))
    numbered = _numbers(folded, _NUMBERED, ("list",))
    cycles, cycle_days = _cycles_and_length(folded)
    if cycle_days is None and not weeks and is_heading:
        cycle_days = _duration(folded)
    return Schedule(
        cycles=cycles,
        cycle_days=cycle_days,
        cycle_numbers=numbered,
        start_weeks=() if _is_one_range(weeks) else weeks,
        start_days=() if _is_one_range(starts) else starts,
    )


def phase_name(heading: str) -> str:
    """The heading without table number, `(continued)` and schedule sentences."""
    bare = _without(heading, _TABLE_LABEL, _CONTINUED)
    for sentence in _SENTENCE.split(bare):
        name = _without_tail(sentence.strip(" .,;:-"))
        if name and not _is_only_schedule(name) and not _ARM.fullmatch(fold(name)):
            return " ".join(name.split())
    return " ".join(bare.split()).strip(" .")


def phase_role(*headings: str) -> PhaseRole:
    """The part a phase plays, by its caption first and its sections after."""
    for heading in headings:
        folded = fold(heading)
        if _PROPHYLAXIS.search(folded):
            return PhaseRole.PROPHYLAXIS
        if _CONDITIONING.search(folded):
            return PhaseRole.CONDITIONING
        if _SALVAGE.search(folded):
            return PhaseRole.SALVAGE
    return PhaseRole.FRONT_LINE


def read_arm(heading: str) -> Arm | None:
    """The arm or option a heading names; label `*` for an alternative without a label."""
    folded = fold(heading)
    match = _ARM.search(folded)
    if match:
        kind = "arm" if match["word"] in {"arm", "brazo", "rama", "braco"} else "option"
        return Arm(kind, match["label"].upper())
    return Arm("option", "*") if _ALTERNATIVE.search(folded) else None


def _cycles_and_length(folded: str) -> tuple[HeadingNumber | None, HeadingNumber | None]:
    for pattern in (_CYCLES_OF, _DAY_CYCLES):
        match = pattern.search(folded)
        if match:
            count = _number(match, "n") if match["n"] else _count(folded)
            return count, _length(match, "d", "unit")
    return _count(folded), _every(folded)


def _count(folded: str) -> HeadingNumber | None:
    for match in _COUNT.finditer(folded):
        group = next(name for name in ("after", "n", "times") if match[name])
        if not _reads_as_list(folded, match):
            return _number(match, group)
    return None


def _reads_as_list(folded: str, match: re.Match[str]) -> bool:
    """`courses 1, 2 cycles`: a number that ends a list is no count."""
    before = folded[max(0, match.start() - 4) : match.start()]
    return bool(re.search(r"\d\s?[,-]\s?$", before))


def _every(folded: str) -> HeadingNumber | None:
    match = _LENGTH.search(folded)
    if not match:
        return None
    group, unit = next((group, unit) for group, unit in _LENGTH_GROUPS if match[group])
    return _length(match, group, unit)


def _duration(folded: str) -> HeadingNumber | None:
    """`7 weeks (43 days)`: how long the phase lasts, in days where the heading gives both."""
    matches = list(_SPANS_TIME.finditer(folded))
    in_days = [match for match in matches if match["unit"].startswith("d")]
    chosen = next(iter(in_days or matches), None)
    return _length(chosen, "d", "unit") if chosen else None


def _length(match: re.Match[str], group: str, unit: str) -> HeadingNumber:
    value = _value(match[group])
    if match[unit].startswith(("w", "s")):
        return HeadingNumber(Decimal(value * _DAYS_PER_WEEK), match.start(group), match.end(unit))
    return HeadingNumber(Decimal(value), match.start(group), match.end(group))


def _number(match: re.Match[str], group: str) -> HeadingNumber:
    return HeadingNumber(Decimal(_value(match[group])), match.start(group), match.end(group))


def _value(printed: str) -> int:
    return _NUMBER_WORDS.get(printed) or int(printed)


def _numbers(
    folded: str, pattern: re.Pattern[str], groups: tuple[str, ...]
) -> tuple[HeadingNumber, ...]:
    match = pattern.search(folded)
    if not match:
        return ()
    group = next(name for name in groups if match[name])
    return tuple(_listed(match[group], match.start(group)))


def _listed(printed: str, offset: int) -> Iterator[HeadingNumber]:
    for item in re.finditer(rf"(-?\d{{1,3}})(?:{_RANGE}(\d{{1,3}}))?", printed):
        first, last = int(item[1]), int(item[2] or item[1])
        for value in range(first, last + 1):
            yield HeadingNumber(Decimal(value), offset + item.start(), offset + item.end())


def _is_one_range(numbers: tuple[HeadingNumber, ...]) -> bool:
    """`(days 36-64)` is a stretch of days, not a list of starts."""
    return len(numbers) > 1 and len({(number.start, number.end) for number in numbers}) == 1


def _without_tail(sentence: str) -> str:
    """`Maintenance A: 6 cycles of 42 days` without what follows the colon."""
    tail = _TAIL.search(sentence)
    if tail and tail.start() > 0 and _is_only_schedule(sentence[tail.end() :]):
        return sentence[: tail.start()]
    return sentence


def _is_only_schedule(sentence: str) -> bool:
    folded = fold(sentence)
    for pattern in _SCHEDULE_FORMS:
        match = pattern.search(folded)
        if match and match.start() <= 2:
            return True
    return False


def _without(heading: str, *patterns: re.Pattern[str]) -> str:
    bare = heading
    for pattern in patterns:
        for match in reversed(list(pattern.finditer(fold(bare)))):
            bare = bare[: match.start()] + bare[match.end() :]
    return bare
