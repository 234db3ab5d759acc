"""The ages a request states: now, at diagnosis, as a range, or as a stage of life.

Tells the age of the patient from durations (`two years after`), from ages at other events and
from counts. All ages are completed years, or months for the youngest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from fuente.patients.request_phrases import NUMBER, number_of

_YEARS: Final = (
    r"(?:years?|yrs?|yr|anos?|anios?|y\.?[\s/\-]?o\.?|yo|"
    r"(?<=\d)[ya]|[ya]\.?(?=\s*(?:[,;:)]|$)))(?![a-z])"
)
_MONTHS: Final = r"(?:months?|mths?|mos?|meses|mes|m\.o\.)(?![a-z])"
_WEEKS: Final = r"(?:weeks?|wks?|semanas?)(?![a-z])"
_DAYS: Final = r"(?:days?|dias?)(?![a-z])"
_GAP: Final = r"[\s\-]*"

_MEASURE: Final = re.compile(
    rf"(?P<number>{NUMBER}){_GAP}(?:(?P<years>{_YEARS})|(?P<months>{_MONTHS})|(?P<weeks>{_WEEKS})"
    rf"|(?P<days>{_DAYS}))"
)
_BARE: Final = re.compile(
    rf"(?<![a-z])(?:aged?|age of|age:|edad(?: de)?:?|years old:|boys? of|girls? of|child of|"
    rf"patient of|teenager of|adolescent of|infant of|toddler of|paciente de|"
    rf"nin[oa] de|chic[oa] de|patient aged|currently|now|ahora|actualmente|"
    rf"when he was|when she was|who is|who s|que tiene|he is|she is|is now|cumplidos)"
    rf"\s*:?\s*(?P<number>{NUMBER})(?![a-z\d/]|[.,]\d)"
    rf"(?!{_GAP}(?:{_YEARS}|{_MONTHS}|{_WEEKS}|{_DAYS}|cycle"
    rf"|ciclo|-|to\s|a\s\d|and\s\d|y\s\d))"
)
_RANGE: Final = re.compile(
    rf"(?:between|entre|from|aged?|ages|edad(?:es)?|de)?\s*(?:los\s+|the ages? of\s+)?"
    rf"(?P<low>{NUMBER})\s*(?:{_YEARS})?\s*(?:and|y|to|a|-|hasta|or)\s*(?:los\s+)?"
    rf"(?P<high>{NUMBER}){_GAP}(?P<years>{_YEARS})"
)
_RANGE_OF_AGE: Final = re.compile(
    rf"(?:(?:aged?|ages)\s+(?:between|from)?|between(?: the ages? of)?|entre(?: los)?|"
    rf"edad(?:es)?(?: comprendidas?)? entre(?: los)?)\s*"
    rf"(?P<low>{NUMBER})\s*(?:and|y|to|a|-|hasta)\s*(?:los\s+)?(?P<high>{NUMBER})(?![a-z\d])"
)
_LIMIT: Final = re.compile(
    rf"(?P<side>under|below|younger than|less than|up to|at most|no older than|menor(?:es)? de|"
    rf"menor(?:es)? a|por debajo de|hasta(?: los)?|over|above|older than|at least|mayor(?:es)? de|"
    rf"mas de|por encima de|con menos de|con mas de)\s+(?:the age of\s+|los\s+)?"
    rf"(?P<number>{NUMBER})(?:{_GAP}(?:(?P<years>{_YEARS})|(?P<months>{_MONTHS}))"
    rf"|(?=\s+(?:with|con|\Z)))"
)
_HALF_MORE: Final = re.compile(r"\s*(?:and a half|y medio|y media|½)")
_YEAR_AND_HALF: Final = re.compile(r"(?<![a-z])(?:(?:un )?ano y medio|(?:one|a) year and a half)")
_DURATION_AFTER: Final = re.compile(
    r"\s*(?:after|later|ago|post|off|of treatment|of therapy|of follow|of chemo|de tratamiento|"
    r"despues|mas tarde|tras|de seguimiento|de evolucion|de haber|de finalizar|de terminar|"
    r"de acabar|posteriores?|before|antes|of maintenance|de mantenimiento|since|desde|de duracion|"
    r"de quimio|de corticoides|of steroids|of prednis|in remission|en remision|of disease free|"
    r"libre de|from diagnosis|del diagnostico|del fin|del final|de la primera|de completar|"
    r"into treatment|de la cirugia|del trasplante|del primer)(?![a-z])"
)
_DURATION_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:for|during|durante|hace|tras|after|within|in|lasting|desde hace|more than|over|"
    r"mas de|every|cada|al cabo de|a los|pasados|a)\s+(?:the\s+|los\s+|unos\s+|about\s+)?$"
)
_AT: Final = r"(?:at|when (?:he|she|they) (?:was|were)|a los|a la edad de|con|cuando tenia|aged|al)"
_AT_BEFORE: Final = re.compile(rf"{_AT}\s+(?:the\s+)?(?:age\s+)?(?:of\s+)?(?:edad\s+)?$")
_DIAGNOSED_AT: Final = re.compile(
    r"(?<!second )(?<!segundo )(?<!another )(?<!otro )"
    r"(?:diagnos\w*|dx|tumou?r|onset|debut\w*|first presented|presented|cancer|tuvo|primer tumor|"
    rf"detect\w+|aparecio|inicio)(?:(?!relaps|recai|recid|second|segund)"
    rf"[^.;\d]){{0,60}}?\s{_AT}\s+"
    rf"(?:the\s+)?(?:age\s+)?(?:of\s+)?(?:edad\s+)?(?P<number>{NUMBER})"
    rf"(?:{_GAP}(?:(?P<years>{_YEARS})(?:{_GAP}(?:old|of age|de edad))?|(?P<months>{_MONTHS})"
    rf"(?:{_GAP}(?:old|of age|de edad))?))?(?!\w)"
)
_TUMOUR_AT: Final = re.compile(
    r"(?:oma|omas|emia|aemia|ewing|wilms|hodgkin|burkitt|lla|all|aml|lma)(?:\s+[a-z]+){0,4}?\s+"
    r"(?:at(?: the)? age(?: of)?|at|when (?:he|she|they) (?:was|were)|a los|a la edad de)\s+"
)
_ALONE: Final = re.compile(r"(?:^|[,;(])\s*(?P<number>\d{1,2})\s*(?=[,;)]|$)")
_STAGES: Final = (
    (r"newborns?|neonates?|neonatal|recien nacid[oa]s?|neonat[oa]s?", ("months", 0, 0)),
    (r"toddlers?", ("years", 2, 2)),
    (r"infants?|lactantes?|bab(?:y|ies)|bebes?", ("years", 0, 0)),
    (r"pre-?schoolers?|pre-?school|preescolar(?:es)?", ("range", 3, 5)),
    (r"school-?age[d]?|escolar(?:es)?|edad escolar", ("range", 6, 11)),
    (r"teen(?:ager|age)?s?|teenaged|adolescents?|adolescentes?|youth", ("range", 13, 17)),
)
_ADULT: Final = re.compile(
    r"(?<![a-z])(?:adults?|elderly|middle-aged|geriatric|pensioner|retired|old man|old woman|"
    r"grown-?up|senior|adult[oa]s?|ancian[oa]s?|jubilad[oa]|tercera edad|edad avanzada|senil|"
    r"postmenopausal|menopausic[oa]|grandmother|grandfather|abuel[oa])(?![a-z])"
)
_NOW: Final = re.compile(r"(?:now|currently|today|ahora|actualmente|hoy)\W+(?:\w+\s+){0,2}$")
_MONTHS_A_YEAR: Final = 12
# No age above is written into a request; whatever is above is out of scope anyway.
_OLDEST: Final = 120
# Ages are stated in months up to here (the request's own limit). Confidence: high.
_MOST_MONTHS: Final = 36


@dataclass(frozen=True, slots=True)
class Ages:
    """What a request says about age; `spans` are the words used up by it."""

    years: int | None = None
    months: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    at_diagnosis: int | None = None
    adult_wording: bool = False
    current: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = field(default=())

    @property
    def is_stated(self) -> bool:
        """Whether any present age is stated."""
        known = (self.years, self.months, self.minimum, self.maximum)
        return any(value is not None for value in known)

    @property
    def lowest(self) -> Decimal | None:
        """The least age in years the words allow; None when nothing is stated."""
        if self.years is not None:
            return Decimal(self.years)
        if self.months is not None:
            return Decimal(self.months) / _MONTHS_A_YEAR
        return self.minimum if self.minimum is not None else self.maximum


@dataclass(frozen=True, slots=True)
class _Stated:
    start: int
    end: int
    months: int
    in_months: bool


def read_ages(folded: str) -> Ages:
    """The ages stated in folded text."""
    spans: list[tuple[int, int]] = []
    at_diagnosis, text = _take_diagnosis_age(folded, spans)
    adult = bool(_ADULT.search(text))
    limits, text = _take_range(text, spans)
    current = _joined(text, tuple(_current(text)))
    current, at_diagnosis = _now_and_then(text, current, at_diagnosis)
    if at_diagnosis is None:
        current, at_diagnosis = _onset(text, current)
    current = current or _alone(text)
    spans.extend((stated.start, stated.end) for stated in current)
    if not current and limits is None:
        return _from_stage(text, at_diagnosis, adult, spans)
    if limits == (None, Decimal(1)):
        return Ages(years=0, at_diagnosis=at_diagnosis, spans=tuple(spans))
    chosen = current[0] if current and limits is None else None
    return Ages(
        years=_years(chosen),
        months=_months(chosen),
        minimum=limits[0] if limits else None,
        maximum=limits[1] if limits else None,
        at_diagnosis=at_diagnosis,
        adult_wording=adult and chosen is None,
        current=tuple(dict.fromkeys(stated.months for stated in current)),
        spans=tuple(spans),
    )


def _years(stated: _Stated | None) -> int | None:
    if stated is None or (stated.in_months and stated.months <= _MOST_MONTHS):
        return None
    return min(stated.months // _MONTHS_A_YEAR, _OLDEST)


def _months(stated: _Stated | None) -> int | None:
    if stated is None or not stated.in_months or stated.months > _MOST_MONTHS:
        return None
    return stated.months


def _take_diagnosis_age(text: str, spans: list[tuple[int, int]]) -> tuple[int | None, str]:
    match = _DIAGNOSED_AT.search(text)
    if match is None:
        return None, text
    number = int(number_of(match["number"]))
    spans.append((match.start("number"), match.end()))
    years = number // _MONTHS_A_YEAR if match["months"] else number
    return min(years, _OLDEST), _blank(text, match.start("number"), match.end())


def _alone(text: str) -> tuple[_Stated, ...]:
    """A number that stands alone between commas is an age when none is stated otherwise."""
    match = _ALONE.search(text)
    if match is None:
        return ()
    months = int(match["number"]) * _MONTHS_A_YEAR
    return (_Stated(match.start("number"), match.end("number"), months, False),)


def _onset(text: str, current: tuple[_Stated, ...]) -> tuple[tuple[_Stated, ...], int | None]:
    """`osteosarcoma at age 15` beside a present age is the age at diagnosis."""
    then = [s for s in current if _onset_before(text, s.start)]
    now = tuple(s for s in current if s not in then)
    if len(then) != 1 or not now:
        return current, None
    return now, min(then[0].months // _MONTHS_A_YEAR, _OLDEST)


def _onset_before(text: str, start: int) -> bool:
    return any(match.end() == start for match in _TUMOUR_AT.finditer(text))


def _take_range(
    text: str, spans: list[tuple[int, int]]
) -> tuple[tuple[Decimal | None, Decimal | None] | None, str]:
    for found in (*_RANGE.finditer(text), *_RANGE_OF_AGE.finditer(text)):
        low, high = number_of(found["low"]), number_of(found["high"])
        if low < high and not _is_duration(text, found.start(), found.end()):
            spans.append(found.span())
            return (_decimal(low), _decimal(high)), _blank(text, *found.span())
    match = _LIMIT.search(text)
    if match is None or _DURATION_AFTER.match(text, match.end()):
        return None, text
    spans.append(match.span())
    return _limit(match), _blank(text, *match.span())


def _limit(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    months = number_of(match["number"]) * (1 if match["months"] else _MONTHS_A_YEAR)
    value = _decimal(months / _MONTHS_A_YEAR)
    is_floor = re.match(r"over|above|older|at least|mayor|mas|por encima|con mas", match["side"])
    return (value, None) if is_floor else (None, value)


def _from_stage(
    text: str, at_diagnosis: int | None, adult: bool, spans: list[tuple[int, int]]
) -> Ages:
    for words, (kind, low, high) in _STAGES:
        match = re.search(rf"(?<![a-z])(?:{words})(?![a-z])", text)
        if match is None:
            continue
        spans.append(match.span())
        return Ages(
            years=low if kind == "years" else None,
            months=low if kind == "months" else None,
            minimum=Decimal(low) if kind == "range" else None,
            maximum=Decimal(high) if kind == "range" else None,
            at_diagnosis=at_diagnosis,
            adult_wording=adult,
            spans=tuple(spans),
        )
    return Ages(at_diagnosis=at_diagnosis, adult_wording=adult, spans=tuple(spans))


def _current(text: str) -> Iterator[_Stated]:
    for match in _YEAR_AND_HALF.finditer(text):
        if not _is_duration(text, match.start(), match.end()):
            yield _Stated(match.start(), match.end(), 18, True)
            text = _blank(text, *match.span())
    for match in _MEASURE.finditer(text):
        stated = _measured(text, match)
        if stated and not _is_duration(text, stated.start, stated.end):
            yield stated
    for match in _BARE.finditer(text):
        if _at_event(text, match.start("number")):
            continue
        months = int(number_of(match["number"]) * _MONTHS_A_YEAR)
        yield _Stated(match.start("number"), match.end("number"), months, False)


def _joined(text: str, current: tuple[_Stated, ...]) -> tuple[_Stated, ...]:
    """Years followed by months are one age: `3 years and 6 months`."""
    joined: list[_Stated] = []
    for stated in sorted(current, key=lambda s: s.start):
        last = joined[-1] if joined else None
        if last and stated.in_months and not last.in_months and _adjoins(text, last, stated):
            whole = last.months + stated.months
            joined[-1] = _Stated(last.start, stated.end, whole, False)
        elif last is None or stated.start >= last.end:
            joined.append(stated)
    return tuple(joined)


def _adjoins(text: str, left: _Stated, right: _Stated) -> bool:
    return bool(re.fullmatch(r"\s*(?:and|y|con|,|&)?\s*", text[left.end : right.start]))


def _now_and_then(
    text: str, current: tuple[_Stated, ...], at_diagnosis: int | None
) -> tuple[tuple[_Stated, ...], int | None]:
    """Of two ages the one said to be now is the patient's; the other was at diagnosis."""
    if len(current) != 2 or at_diagnosis is not None:
        return current, at_diagnosis
    now = [s for s in current if _NOW.search(text[max(0, s.start - 18) : s.start])]
    now = now or [s for s in current if re.match(r"\W*(?:old\s+)?(?:now|ahora|hoy)", text[s.end :])]
    if len(now) != 1:
        return current, at_diagnosis
    then = next(s for s in current if s is not now[0])
    return (now[0],), min(then.months // _MONTHS_A_YEAR, _OLDEST)


def _measured(text: str, match: re.Match[str]) -> _Stated | None:
    number = number_of(match["number"])
    half = _HALF_MORE.match(text, match.end())
    end = half.end() if half else match.end()
    if half:
        number += 0.5
    if match["years"]:
        return _Stated(match.start(), end, int(number * _MONTHS_A_YEAR), False)
    if match["months"]:
        return _Stated(match.start(), end, int(number), True)
    if re.match(rf"{_GAP}(?:old|of age|de (?:vida|edad))", text[end:]):
        days = number * (7 if match["weeks"] else 1)
        return _Stated(match.start(), end, int(days / 30.4375), True)
    return None


def _is_duration(text: str, start: int, end: int) -> bool:
    """A stretch of time or the age at another event, not the patient's age."""
    if re.match(rf"{_GAP}(?:old|of age|de edad|now|ahora)", text[end:]):
        return bool(_at_event(text, start))
    if _DURATION_AFTER.match(text, end):
        return True
    return bool(_DURATION_BEFORE.search(text[:start])) or _at_event(text, start)


def _at_event(text: str, start: int) -> bool:
    before = text[:start]
    if not _AT_BEFORE.search(before):
        return False
    clause = re.split(r"[.;,]", before)[-1]
    return bool(
        re.search(r"relaps|recai|recid|second|segund|transplant|trasplant|surg|cirug", clause)
    )


def _decimal(number: float) -> Decimal:
    number = min(number, _OLDEST)
    return Decimal(str(int(number) if number == int(number) else number))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\u0001" * (end - start) + text[end:]
