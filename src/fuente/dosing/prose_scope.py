"""Which words of a sentence belong to which of its amounts: its terms and whom it is for.

Decides by printed order alone: from the drug to the next drug or dose, with what a parenthesis
says staying inside it. Knows no drug.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.amounts import Amount, AmountRole
from fuente.dosing.bounds import find_bounds
from fuente.dosing.cap_period import terms_of_caps
from fuente.dosing.conditions import merged
from fuente.dosing.plain_text import plain
from fuente.dosing.population import parse_population
from fuente.dosing.reference import Population
from fuente.dosing.remainder import Remainder

# `infants 0.05 mg/kg, others 1.5 mg/m2`: who comes second is not who came first.
_OTHERS: Final = re.compile(
    r"\b(?:others?|otherwise|older|elder|all|remaining|rest|everyone|otr[oa]s?|demas|resto|mayores"
    r"|todos|outr[oa]s?|maiores)\b"
)
# `Age >70 years: dose reduced to 250 mg/m2`: the bound is that of the dose it leads to.
_LEADS_ON: Final = re.compile(
    r"\W*(?:(?:the |la |el |a |use |usar? )*(?:dos[ei]s?|doses|reduc\w+|reduz\w+|starting|initial"
    r"|inicial|give[n]?|dar|administ\w+)\b[^.]{0,60})?$"
)
# `oxaliplatin 100 mg/m2 and capecitabine 1300 mg/m2` are for the same patients.
_JOINED: Final = re.compile(r"\s*,?\s*(?:and|y|e|plus|mas|\+|,)\s*[a-z0-9-]+\s*")


@dataclass(frozen=True)
class Scope:
    """The words of one sentence, where its drugs stand, and its amounts.

    What is asked again for each amount is worked out once: a line of thousands of them, printed to
    do harm, would hold the service otherwise.
    """

    words: str
    mentions: tuple[tuple[int, int, str], ...]
    amounts: tuple[Amount, ...]

    def terms(self, place: int) -> str:
        """The words that qualify an amount: from its drug to the next drug or the next dose."""
        if self.parenthesis(place) is not None:
            return self.terms(place - 1)
        amount = self.amounts[place]
        starts = [end for _, end, _ in self.mentions if end <= amount.start]
        previous = self.amounts[place - 1].end if place else 0
        start = max(starts[-1] if starts else 0, previous)
        return f"{self.words[start : amount.end]}{self.behind(place)}"

    def behind(self, place: int) -> str:
        """The words behind an amount that qualify it, without what is said of its cap alone."""
        if self.parenthesis(place) is not None:
            return self.behind(place - 1)
        own = Remainder(self.words)
        for span in terms_of_caps(self.words.lower(), self.amounts, place):
            own.blank(span.start, span.end)
        return self._outside(place, own.words[self.amounts[place].end : self.end(place)])

    def end(self, place: int) -> int:
        """Where the terms of an amount end."""
        amount = self.amounts[place]
        ends = [start for start, _, _ in self.mentions if start >= amount.end]
        return min(*ends, self._next_doses[place]) if ends else self._next_doses[place]

    @cached_property
    def _next_doses(self) -> tuple[int, ...]:
        """Where the next dose begins after each amount, or the sentence ends."""
        starts = [
            other.start
            if other.role is AmountRole.DOSE and self._parentheses[at] is None
            else len(self.words)
            for at, other in enumerate(self.amounts)
        ]
        behind = [*accumulate(reversed(starts), min, initial=len(self.words))]
        return tuple(reversed(behind[:-1]))

    def parenthesis(self, place: int) -> tuple[int, int] | None:
        """The parenthesis around an amount that is for some patients only.

        So is the second of `560 mg/m2 (18.6 mg/kg if under 36 months)`.
        """
        return self._parentheses[place]

    @cached_property
    def _parentheses(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(map(self._parenthesis, range(len(self.amounts))))

    def _parenthesis(self, place: int) -> tuple[int, int] | None:
        if place == 0:
            return None
        amount = self.amounts[place]
        start = self.words.rfind("(", self.amounts[place - 1].end, amount.start)
        end = self.words.find(")", amount.end)
        if start < 0 or end < 0:
            return None
        return (start, end + 1) if find_bounds(self.words[start:end].lower()) else None

    def opening(self, place: int) -> str:
        """The words before the first amount, where no other drug came since."""
        drugs = [name for start, _, name in self.mentions if start < self.amounts[place].start]
        return self.words[: self.amounts[0].start] if len(set(drugs)) == 1 else ""

    def population(self, place: int, language: Language) -> Population | None:
        """For whom an amount is: as its own words say, else as the sentence opened."""
        own = parse_population(self._own_words(place), language)
        if place == 0 or own is not None:
            return own
        if _JOINED.fullmatch(self._before(place).lower()):
            return self.population(place - 1, language)
        return self._of_opening(place, language)

    def _own_words(self, place: int) -> str:
        """The whole sentence for a single amount; else the stretch around this one."""
        around = self.parenthesis(place)
        if around is not None:
            return self.words[slice(*around)]
        doses = [each for each in self.amounts if each.role is AmountRole.DOSE]
        aside = any(self.parenthesis(at) for at in range(len(self.amounts)))
        if len({each.start for each in doses}) <= 1 and not aside:
            return self.words
        after = self._outside(place, self.words[self.amounts[place].end : self.end(place)])
        lead = _lead(self._before(place), is_first=place == 0)
        # In `<1 year 20 mg; 1-2 years 30 mg` the band before an amount is its own.
        return lead if find_bounds(plain(lead).text.lower()) else f"{lead} {_own_part(after)}"

    def _before(self, place: int) -> str:
        previous = self.amounts[place - 1].end if place else 0
        return self.words[previous : self.amounts[place].start]

    def _outside(self, place: int, after: str) -> str:
        """The words after an amount without the parenthesis of another one."""
        if self.parenthesis(place) is not None:
            return after
        begin = self.amounts[place].end
        for start, end in filter(None, self._parentheses[place + 1 :]):
            if start < begin + len(after):
                return f"{after[: start - begin]} {after[end - begin :]}"
        return after

    def _of_opening(self, place: int, language: Language) -> Population | None:
        """`Infants receive A 0.05 mg/kg and B 30 ug/kg`: both are for infants."""
        first = min([self.amounts[0].start, *(start for start, _, _ in self.mentions)])
        between = self.words[first : self.amounts[place].start].lower()
        if _OTHERS.search(between) or ";" in between:
            return None
        return merged([parse_population(self.words[:first], language)])


def _lead(before: str, *, is_first: bool) -> str:
    """The words before an amount that speak of it and not of the amount before."""
    if is_first:
        return before
    start = _leading_bound(before)
    return before[start:] if start is not None else re.split(r"[;,:]", before.rstrip(" :"))[-1]


def _own_part(after: str) -> str:
    """The words after an amount up to a bound that leads on to the next one."""
    start = _leading_bound(after)
    return after if start is None else after[:start]


def _leading_bound(words: str) -> int | None:
    """Where the bound begins that the words to their end are about, None where none is."""
    bounds = find_bounds(words.lower())
    if not bounds or not re.match(r"\s*[,:]", words[bounds[-1].end :]):
        return None
    return bounds[-1].start if _LEADS_ON.match(words[bounds[-1].end :].lower()) else None
