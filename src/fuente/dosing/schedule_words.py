"""Days and weeks of a cycle, from the words and lists that protocols print.

Decides which days `d 1, 8, 15`, `días 1 al 28`, `D-6 a D-3` or a bare table cell `1-5, 8-12` mean.
Knows nothing of drugs, amounts or dates.
"""

import re
from dataclasses import dataclass
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.numbers import COUNT, parse_count
from fuente.dosing.plain_text import plain

# No cycle in use is longer; a longer range is a page reference or an identifier.
_LONGEST_RANGE: Final = 400

_DAY_WORD: Final = r"(?:days?|dias?|d)\.?"
_WEEK_WORD: Final = r"(?:weeks?|wks?|semanas?|sem|w|s)\.?"
_NOT_A_DAY: Final = (
    r"(?!\d|\.\d|-\d|/\d{4}|:\d| ?(?:h|hs|hrs?|hours?|horas?|min\w*|mgs?|mcg|ug|g|ui|iu"
    r"|u|%|ml|kg|gy|m2"
    r"|x ?\d[\d.,]* ?gy|(?:divided |daily )?dos[ei]s|doses|dose|cycles?|ciclos?|courses?"
    r"|cursos?|days?(?! ?[+\-\d])|dias?(?! ?[+\-\d])|weeks?|semanas?"
    r"|months?|meses|years?|anos?|fx|fractions?|fracciones|sesiones|times|veces|vezes|h\)"
    r"|consecutive)(?![a-z0-9]))"
)
_ORDINAL: Final = r"(?:st|nd|rd|th|o|a|er)?"
_SIGN: Final = r"(?:[+-] ?)?"


def _list_pattern(word: str) -> str:
    item = rf"(?:{word} ?)?{_SIGN}\d{{1,3}}{_ORDINAL}(?![a-z])"
    span = (
        rf"{item}(?: ?(?:-|to|thru|through|until|al?(?![a-z])|ate|hasta|ao|/(?=-)) ?(?:el "
        rf"|the |(?:del? )?|o )?{item})?{_NOT_A_DAY}"
    )
    between = (
        r"(?: ?(?:,|;|\+(?! ?\d)|&) ?(?:(?:and|y|e|plus|then|luego|&) )?| (?:and|y|e|plus|&|\+) ?"
        r"| ?/ ?(?=\d|d)| ?\+ ?(?=\d)| (?=[+-]?\d|d[+-]?\d))(?:on |the |el |los |del? |nos? )?"
    )
    return rf"{span}(?:{between}{span})*"


_DAYS: Final = re.compile(
    rf"(?<![a-z0-9/\-])(?P<word>{_DAY_WORD}) ?(?:of (?:cycle|course|treatment) ?"
    rf"|del ciclo ?)?:? ?(?P<list>{_list_pattern(_DAY_WORD)})"
)
_WEEKS: Final = re.compile(
    rf"(?<![a-z0-9/])(?P<word>{_WEEK_WORD}) ?:? ?(?P<list>{_list_pattern(_WEEK_WORD)})"
)
_BARE: Final = re.compile(
    rf"\(?(?:del? |from |on |los |the |el )?(?P<list>{_list_pattern(_DAY_WORD)})"
)
_SPAN: Final = re.compile(
    rf"(?P<first>{_SIGN}\d{{1,3}}){_ORDINAL}"
    rf"(?:(?P<to> ?(?:-|to|thru|through|until|hasta|ate|al?(?![a-z])|ao|/(?=-)) ?)(?:(?:el"
    rf"|the|del?|o|days?|dias?|d)\.? ?)*(?P<last>{_SIGN}\d{{1,3}}){_ORDINAL})?"
    r"(?![\d])"
)
_ALTERNATE: Final = re.compile(
    r"every (?:other|second) day|alternate days|(?:en )?dias alternos|un dia si y otro no"
    r"|dias alternados|em dias alternados|q\.?o\.?d\b|cada 48 ?h"
)
_EVERY: Final = re.compile(rf"(?:every|cada|a cada|q) ?(?P<n>{COUNT}) ?(?:days|dias|d)(?![a-z])")
_WEEKLY: Final = re.compile(r"weekly|semanal(?:es|mente|is)?|once a week|cada semana|every week")


@dataclass(frozen=True, slots=True)
class NumberedDays:
    """Day or week numbers in printed order, and where their words stand in the plain text."""

    start: int
    end: int
    numbers: tuple[int, ...]
    has_range: bool


def parse_days(text: str, language: Language | None = None) -> tuple[int, ...]:
    """The days of the cycle a cell or a phrase lists; empty when it lists none.

    A bare list (`1, 8, 15`) counts as days, so give it a cell of a day column or a phrase with a
    day word. `language` is accepted for symmetry: the day words of all three never clash.
    """
    words = plain(text).text.lower().strip()
    found = find_days(words)
    if found:
        return _united(found)
    if find_weeks(words):
        return ()
    bare = _BARE.match(words)
    return _stepped(_expand(bare["list"]), words) if bare else ()


def parse_weeks(text: str, language: Language | None = None) -> tuple[int, ...]:
    """The weeks a phrase lists (`weeks 1-8`, `w1, w3`, `semanas 1, 4 y 7`); empty for none."""
    return _united(find_weeks(plain(text).text.lower()))


def find_days(words: str) -> tuple[NumberedDays, ...]:
    """All day lists with a day word in plain lower-case text."""
    return tuple(_numbered(match, words) for match in _DAYS.finditer(words) if _is_list(match))


def find_weeks(words: str) -> tuple[NumberedDays, ...]:
    """All week lists with a week word in plain lower-case text."""
    return tuple(_numbered(match, "") for match in _WEEKS.finditer(words) if _is_list(match))


def _is_list(match: re.Match[str]) -> bool:
    return bool(_expand(match["list"]))


def _numbered(match: re.Match[str], words: str) -> NumberedDays:
    numbers = _expand(match["list"])
    has_range = len(_pieces(match["list"])) < len(numbers)
    return NumberedDays(match.start(), match.end(), _stepped(numbers, words), has_range)


def _united(found: tuple[NumberedDays, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for days in found for number in days.numbers))


def _pieces(listed: str) -> list[re.Match[str]]:
    return list(_SPAN.finditer(listed))


def _expand(listed: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for piece in _pieces(listed):
        first = int(piece["first"].replace(" ", ""))
        last = _last(piece, first)
        if last - first > _LONGEST_RANGE:
            return ()
        numbers.extend(range(first, last + 1) if last >= first else (first, last))
    return tuple(dict.fromkeys(numbers))


def _last(piece: re.Match[str], first: int) -> int:
    if piece["last"] is None:
        return first
    last = int(piece["last"].replace(" ", ""))
    # `d-6-3` before an infusion runs to day -3: the second dash serves both ends.
    if first < 0 < last < -first and piece["to"] == "-":
        return -last
    return last


def _stepped(numbers: tuple[int, ...], words: str) -> tuple[int, ...]:
    """Every second, third or seventh day of one unbroken range, where the words say so."""
    step = _step(words)
    unbroken = len(numbers) == numbers[-1] - numbers[0] + 1
    if step > 1 and unbroken and len(numbers) > step and (len(numbers) - 1) % step == 0:
        return numbers[::step]
    return numbers


def _step(words: str) -> int:
    if _ALTERNATE.search(words):
        return 2
    if every := _EVERY.search(words):
        return parse_count(every["n"])
    return 7 if _WEEKLY.search(words) else 1
