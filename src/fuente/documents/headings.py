"""Which lines are headings, and the path of headings a passage stands under.

Decides by print: larger or bolder than the body, short, alone. Numbered headings nest by number.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fuente.documents.source import Line

_LARGER = 1.12
"""A heading's size over the body's, unless it is bold."""

_SAME_SIZE = 0.4
"""Points by which two headings of one rank may differ."""

_MAX_LENGTH = 140
_DEFAULT_BODY = 10.0
_NUMBERED = re.compile(r"(?:[A-Z]\.|\d{1,2}\.?)(?:\d{1,2}\.?)*+\s+(?=\S)")
_LIST_ITEM = re.compile(r"\s*(?:[•▪●◦‣·\-–*]|\(?[a-z\d]{1,2}\))\s")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")
_CONTENTS_ENTRY = re.compile(
    r"(?:(?<!\.)(?<!\.\s)(?:\.\s?){4,}+|(?<!…)…{2,}+)\s*+(?:\d{1,4}|[ivxlc]{1,7}|\d+\.\d+)?\s*$"
)
_CONTENTS_HEADING = re.compile(
    r"\s*(?:table of |tabla de |tabela de )?(?:contents?|contenidos?|[ií]ndice|sum[aá]rio)\s*",
    re.IGNORECASE,
)
_DOSE_LIKE = re.compile(r"\d\s?(?:mg|mcg|µg|g|UI|IU|U|mL|ml|Gy)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's words and how prominent it is; `depth` counts its numbering, 0 for none.

    `doubtful` says that OCR read a number in it with low confidence.
    """

    text: str
    size: float
    bold: bool
    depth: int
    doubtful: bool = False


def body_size(printed: Iterable[tuple[str, Line]]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for text, line in printed:
        sizes[round(line.size * 2) / 2] += len(text)
    return sizes.most_common(1)[0][0] if sizes else _DEFAULT_BODY


def looks_like_heading(text: str, line: Line, body: float, *, continues: bool = False) -> bool:
    """Whether a line is printed as a heading; one that continues may begin in lower case."""
    words = text.strip()
    if not 2 < len(words) <= _MAX_LENGTH or sum(c.isalpha() for c in words) < 3:
        return False
    first = next(c for c in words if c.isalnum())
    if not continues and (first.islower() or words.startswith("(")):
        return False
    if _LIST_ITEM.match(words) or _LEADERS.search(words) or words.endswith((",", ";")):
        return False
    if line.size >= _LARGER * body:
        return True
    return line.bold and line.size >= 0.9 * body and not words.endswith((".", ":"))


def states_dose(text: str) -> bool:
    """Whether a heading says something a reader may want to cite."""
    return bool(_DOSE_LIKE.search(text))


def is_contents_entry(text: str) -> bool:
    """Whether a line is an entry of a table of contents: dots that lead to a page number."""
    return bool(_CONTENTS_ENTRY.search(text))


def is_contents_heading(text: str) -> bool:
    """Whether a line heads a table of contents."""
    return bool(_CONTENTS_HEADING.fullmatch(text))


def heading_from_line(text: str, line: Line) -> Heading:
    """The heading with its depth."""
    words = " ".join(text.split())
    numbered = _NUMBERED.match(words)
    depth = len(re.findall(r"[A-Z\d]+", numbered[0])) if numbered else 0
    return Heading(words, line.size, line.bold, depth)


def nest(path: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """The path of headings after this one: whatever it does not stand under is left."""
    kept = list(path)
    while kept and not _stands_under(heading, kept[-1]):
        kept.pop()
    return (*kept, heading)


def _stands_under(heading: Heading, outer: Heading) -> bool:
    if heading.depth and outer.depth and not _starts_over(heading, outer):
        return heading.depth > outer.depth
    if abs(heading.size - outer.size) > _SAME_SIZE:
        return heading.size < outer.size
    if heading.bold != outer.bold:
        return outer.bold
    return bool(outer.depth) and not heading.depth


def _starts_over(heading: Heading, outer: Heading) -> bool:
    """Whether a larger heading is numbered in another way: `4.5` does not stand under `E.`."""
    is_larger = heading.size - outer.size > _SAME_SIZE
    return is_larger and heading.text[0].isdigit() != outer.text[0].isdigit()
