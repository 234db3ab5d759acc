"""Sentences to statements: every drug with the amounts the words give it.

Decides which drug an amount belongs to, and that levels, strengths, counts and thresholds are no
doses. A name the vocabulary does not hold leaves the drug open; it is never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from fuente.documents.passage import Passage
from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, AmountRole, find_amounts
from fuente.dosing.bounds import find_bounds
from fuente.dosing.cap_period import cap_of, cap_period
from fuente.dosing.conditions import is_bounded
from fuente.dosing.drugs import DrugMention, load_vocabulary
from fuente.dosing.folding import fold
from fuente.dosing.footnote_caps import cap_in, note_mark
from fuente.dosing.inn_stems import ends_in_drug, names_drug
from fuente.dosing.irradiation_extraction import irradiation_from_prose
from fuente.dosing.plain_text import PlainText, plain
from fuente.dosing.prose_scope import Scope
from fuente.dosing.prose_traps import is_cap, is_dose, speaks_of_course, speaks_of_giving
from fuente.dosing.reference import Cap, ReferenceKind
from fuente.dosing.remainder import Remainder
from fuente.dosing.row_words import Timing, drug_names, first_days, route_in, timing_in
from fuente.dosing.schedule_words import find_days, find_weeks
from fuente.dosing.slashed_amounts import is_slashed, shares_of
from fuente.dosing.statement import Statement
from fuente.dosing.statement_kind import is_activity, kind_of_words, under_heading

_SENTENCE_END: Final = re.compile(
    r"(?<=[^\W\d_)\]\d][.;])\s+(?=\W*[A-ZÁÉÍÓÚÑ])|(?<=\d\.)\s+(?=[A-Z])"
)
_ITEM: Final = re.compile(r"\s[•▪●◦]\s")
# A line that a footnote mark begins; what it says belongs to the words that carry the mark.
_NOTE: Final = re.compile(r"(?:(?<=\n)|\s*\n\s*)(?:[*†‡§¶#¹²³]+|\([a-z\d]\)\s)")
# An amount before its drug, as in `1.5 mg/m2 of vincristine`.
_OF: Final = re.compile(r"^\s?(?:of|de|iv|po)?\s?(?:iv|oral|intravenous)?\s?$", re.IGNORECASE)
_TOTALLED: Final = re.compile(r"\btotal\b(?! (?:dose|dosis) (?:per|por|/) ?d)[^.;]{0,60}\d[^.;]*$")
_SAME_DAYS: Final = re.compile(
    r"\b(?:same (?:days?|schedule|timing)|mism[oa]s? (?:dias?|pauta|esquema|calendario)"
    r"|mesm[oa]s? (?:dias?|esquema))\b"
)
# What may stand beside the amount and the bound of a band.
_WHO: Final = re.compile(
    r"(?:[\W\u00a7]|\b(?:age|aged?|for|if|in|and|children|child|para|en|em|si|se|ninos|criancas|edad|idade"
    r"|de|con|com|o)\b)*"
)
_REPEATED: Final = re.compile(r"\b(?:every|cada|c/|a cada) ?\d+ ?min")
_PER_SIZE_OR_TIME: Final = ("/m2", "/kg", "/min", "/h")
_FULL_NAME: Final = 6
_NEAR: Final = 220


@dataclass(frozen=True, slots=True)
class Found:
    """A statement, where its amount stands, and whether it only restates the one before it.

    `560 mg/m2 (18.6 mg/kg under 36 months), max 800 mg`: the cap is that of both.
    """

    statement: Statement
    start: int
    is_conditional: bool = False


@dataclass(frozen=True)
class _Sentence:
    """A sentence with the drugs and amounts in it, all placed in its plain text."""

    source: PlainText
    offset: int
    mentions: tuple[tuple[int, int, str], ...]
    amounts: tuple[Amount, ...]
    subject: str | None

    @property
    def words(self) -> str:
        """Its plain text."""
        return self.source.text

    def printed(self, amount: Amount) -> int:
        """Where an amount stands in the text the sentence is from."""
        return self.offset + self.source.places[amount.start]

    @cached_property
    def scope(self) -> Scope:
        """Which of its words belong to which amount."""
        return Scope(self.words, self.mentions, self.amounts)


def prose_statements(passage: Passage, language: Language) -> tuple[Statement, ...]:
    """What running words state about drugs and about radiotherapy."""
    heading_drug = _only_drug(passage.section[-1] if passage.section else "", language)
    drugs = tuple(
        under_heading(each.statement, passage)
        for each in find_statements(passage.text, language, heading_drug)
    )
    return (*drugs, *irradiation_from_prose(passage.text, language))


def find_statements(text: str, language: Language, subject: str | None = None) -> tuple[Found, ...]:
    """The statements about drugs, each placed; `subject` is the drug of what stands above."""
    found: list[Found] = []
    new: list[Found] = []
    for sentence in _sentences(text, language):
        is_note = sentence.offset > 0 and bool(_NOTE.match(text, sentence.offset))
        if is_note and not sentence.mentions:
            found = _with_noted_cap(found, text, sentence.offset, language)
            continue
        is_band = _is_next_band(sentence, new)
        new = _in_sentence(sentence, language, subject, is_band=is_band)
        found += _as_before(new, found) if _SAME_DAYS.search(fold(sentence.words)) else new
        subject = sentence.subject or (None if sentence.mentions else subject)
    return tuple(found)


def _is_next_band(sentence: _Sentence, before: Sequence[Found]) -> bool:
    """Whether a list goes on with the next band: `12.5 mg <5 years` after `25 mg/day 5-12 years`.

    The sentence then is one amount with one bound and nothing else, and the one before it stated a
    dose of the same unit for a bounded population.
    """
    if len(sentence.amounts) != 1 or not before:
        return False
    last, (amount,) = before[-1].statement, sentence.amounts
    rest = Remainder(sentence.words.lower())
    rest.blank(amount.start, amount.end)
    bounds = find_bounds(rest.words)
    for bound in bounds:
        rest.blank(bound.start, bound.end)
    is_dose_of_band = last.kind is ReferenceKind.DOSE and is_bounded(last.population)
    alike = is_dose_of_band and last.unit == amount.unit
    return alike and bool(bounds) and _WHO.fullmatch(rest.words) is not None


def _as_before(new: list[Found], found: list[Found]) -> list[Found]:
    """`on the same days`: days and route are those of the drug's last dose."""
    given = {each.statement.drug: each.statement for each in found if each.statement.days}
    return [
        replace(each, statement=_timed_as(each.statement, given.get(each.statement.drug)))
        for each in new
    ]


def _timed_as(statement: Statement, earlier: Statement | None) -> Statement:
    if earlier is None or statement.days or statement.kind is not ReferenceKind.DOSE:
        return statement
    return replace(statement, days=earlier.days, route=statement.route or earlier.route)


def _with_noted_cap(found: list[Found], text: str, offset: int, language: Language) -> list[Found]:
    """The cap of a footnote goes to the drugs on the lines that carry its mark."""
    note = text[offset:].lstrip().splitlines()[0]
    cap, mark = cap_in(note, language), note_mark(note)
    marked = [line for line in text[:offset].splitlines() if mark in line]
    drugs = {drug for line in marked for drug in drug_names(line, language)}
    return [_capped(each, cap) if cap and each.statement.drug in drugs else each for each in found]


def _sentences(text: str, language: Language) -> Iterator[_Sentence]:
    bounds = sorted(
        match.end() for pattern in (_SENTENCE_END, _ITEM) for match in pattern.finditer(text)
    )
    bounds = sorted({*bounds, *(match.start() for match in _NOTE.finditer(text))})
    for start, end in zip((0, *bounds), (*bounds, len(text)), strict=True):
        if start < end:
            yield _sentence(text[start:end], start, language)


def _sentence(text: str, offset: int, language: Language) -> _Sentence:
    source = plain(text)
    mentions = load_vocabulary().find(source.text, language)
    return _Sentence(
        source=source,
        offset=offset,
        mentions=tuple(_placed(mentions)),
        amounts=find_amounts(source.text.lower(), language),
        subject=next((_subject(each) for each in reversed(mentions) if each.drug), None),
    )


def _subject(mention: DrugMention) -> str | None:
    """The drug the next sentence may go on about; an abbreviation is too weak to carry over."""
    if mention.drug is None or not mention.certain or len(mention.surface) < _FULL_NAME:
        return None
    return mention.drug.inn


def _placed(mentions: Sequence[DrugMention]) -> Iterator[tuple[int, int, str]]:
    for mention in mentions:
        if mention.drug is not None:
            yield mention.start, mention.end, mention.drug.inn


def _in_sentence(
    sentence: _Sentence, language: Language, subject: str | None, *, is_band: bool
) -> list[Found]:
    found: list[Found] = []
    for place, amount in enumerate(sentence.amounts):
        if not is_dose(sentence.words, amount, sentence.scope.end(place)):
            continue
        is_conditional = sentence.scope.parenthesis(place) is not None
        if amount.role is AmountRole.ALTERNATIVE and found and not is_conditional:
            continue
        drug = _drug_of(sentence, amount) or (subject if not sentence.mentions else None)
        if is_cap(sentence.words, amount):
            found = _with_cap(found, sentence, amount, drug)
            continue
        statement = _statement(sentence, place, drug, language, is_band=is_band)
        if statement is not None:
            each = Found(statement, sentence.printed(amount), is_conditional)
            found += _of_combination(each, sentence, amount, language)
    return found


def _of_combination(
    found: Found, sentence: _Sentence, amount: Amount, language: Language
) -> list[Found]:
    """A statement for each number of `a/b mg`, none where the names do not pair with them."""
    words = sentence.words.lower()
    if not is_slashed(words, amount):
        return [found]
    shares = shares_of(words, amount, language)
    named = {start: drug for start, _, drug in sentence.mentions}
    own = [(share.value, named.get(share.start)) for share in shares]
    return [
        replace(found, statement=replace(found.statement, value=value, drug=drug))
        for value, drug in own
    ]


def _statement(
    sentence: _Sentence, place: int, drug: str | None, language: Language, *, is_band: bool
) -> Statement | None:
    amount = sentence.amounts[place]
    terms = sentence.scope.terms(place)
    timing = _timing(sentence.scope, place, language)
    route = route_in(terms)
    if drug is None and not (is_band or _speaks_of_dose(sentence, place, timing, terms)):
        return None
    days = _days(terms.lower())
    population = sentence.scope.population(place, language)
    if place and not days and route is None and is_bounded(population):
        opening = sentence.scope.opening(place)
        days, route = _days(opening.lower()), route_in(opening)
    is_range = amount.value_max is not None
    kind = _kind(sentence, amount)
    if drug is None and kind is ReferenceKind.CUMULATIVE:
        return None
    stated = None if kind is ReferenceKind.CUMULATIVE else timing.per
    per = amount.per or stated or _period_of_total(kind, amount, terms)
    times = timing.times_per_day if per != "day" else None
    return Statement(
        kind=kind,
        unit=amount.unit,
        drug=drug,
        value=None if is_range else amount.value,
        minimum=amount.value if is_range else None,
        maximum=amount.value_max,
        per="dose" if times else per,
        times_per_day=times,
        route=route,
        days=days,
        infusion_h=timing.infusion_h,
        population=population,
    )


def _timing(scope: Scope, place: int, language: Language) -> Timing:
    """When an amount is given; after another one the words behind it come first.

    In `250 mg 8 hourly, later 500 mg 6 hourly` what stands before the second is of the first.
    """
    timing = timing_in(scope.terms(place), language)
    behind = timing_in(scope.behind(place), language)
    if place and (behind.per or behind.times_per_day):
        return replace(timing, per=behind.per, times_per_day=behind.times_per_day)
    return timing


def _days(terms: str) -> tuple[int, ...]:
    """The days of the terms, or the first days of the weeks they list."""
    days = tuple(dict.fromkeys(day for each in find_days(terms) for day in each.numbers))
    weeks = tuple(dict.fromkeys(week for each in find_weeks(terms) for week in each.numbers))
    return days or first_days(weeks)


def _kind(sentence: _Sentence, amount: Amount) -> ReferenceKind:
    if is_activity(amount.unit):
        return ReferenceKind.METABOLIC
    if amount.role in (AmountRole.CUMULATIVE, AmountRole.TOTAL):
        return ReferenceKind.CUMULATIVE
    before = sentence.words[max(0, amount.start - 90) : amount.end]
    return ReferenceKind.CUMULATIVE if _TOTALLED.search(before.lower()) else kind_of_words(before)


def _period_of_total(kind: ReferenceKind, amount: Amount, terms: str) -> str | None:
    """A total is of a cycle where the words say so, else of the course; a limit of neither."""
    if kind is not ReferenceKind.CUMULATIVE or amount.role is AmountRole.CUMULATIVE:
        return None
    return "cycle" if re.search(r"\b(?:cycle|ciclo)s?\b", terms.lower()) else "course"


def _drug_of(sentence: _Sentence, amount: Amount) -> str | None:
    """The nearest drug before the amount, or the one right after it (`2 mg of vincristine`)."""
    before = [each for each in sentence.mentions if each[1] <= amount.start]
    between = sentence.words[before[-1][1] : amount.start].lower() if before else ""
    after = next((each for each in sentence.mentions if each[0] >= amount.end), None)
    is_own = bool(before) and not between.strip(" :(") and _names_first(sentence)
    if not is_own and after and _OF.match(sentence.words[amount.end : after[0]]):
        return after[2]
    if before and len(between) <= _NEAR and not names_drug(between):
        return before[-1][2]
    return None


def _names_first(sentence: _Sentence) -> bool:
    """Whether drugs stand before their amounts (`A 2 mg B 3 mg`), not after (`2 mg A 3 mg B`)."""
    doses = (each for each in sentence.amounts if "Gy" not in each.unit)
    return sentence.mentions[0][0] < next(doses).start


def _speaks_of_dose(sentence: _Sentence, place: int, timing: Timing, terms: str) -> bool:
    """Whether an amount without a known drug is a dose by its own words."""
    amount = sentence.amounts[place]
    if timing != Timing() or amount.per is not None or route_in(terms) is not None:
        return True
    if ends_in_drug(sentence.words[: amount.start].lower()) or _REPEATED.search(terms.lower()):
        return True
    if speaks_of_course(sentence.words, amount):
        return True
    if not amount.unit.endswith(_PER_SIZE_OR_TIME):
        return False
    return speaks_of_giving(sentence.words, amount) or _is_capped(sentence, place)


def _is_capped(sentence: _Sentence, place: int) -> bool:
    """Whether the next amount is the cap of this one."""
    following = sentence.amounts[place + 1 : place + 2]
    return any(is_cap(sentence.words, each) for each in following)


def _with_cap(
    found: list[Found], sentence: _Sentence, amount: Amount, drug: str | None
) -> list[Found]:
    """A cap belongs to the dose stated before it; alone it is a statement of its own."""
    last = found[-1] if found else None
    if last and last.statement.kind is not ReferenceKind.CUMULATIVE:
        if last.statement.cap is not None:
            return found
        cap = cap_of(sentence.words.lower(), sentence.amounts, amount)
        reach = 2 if last.is_conditional and len(found) > 1 else 1
        return [*found[:-reach], *(_capped(each, cap) for each in found[-reach:])]
    if drug is None:
        return found
    limit = ReferenceKind.CUMULATIVE if last else ReferenceKind.CAP
    period = cap_period(sentence.words.lower(), sentence.amounts, amount)
    per = period or (None if last else "dose")
    alone = Statement(kind=limit, unit=amount.unit, drug=drug, value=amount.value, per=per)
    return [*found, Found(alone, sentence.printed(amount))]


def _capped(found: Found, cap: Cap) -> Found:
    statement = found.statement
    return replace(found, statement=replace(statement, cap=statement.cap or cap))


def _only_drug(heading: str, language: Language) -> str | None:
    named = {
        mention.drug.inn for mention in load_vocabulary().find(heading, language) if mention.drug
    }
    return named.pop() if len(named) == 1 else None
