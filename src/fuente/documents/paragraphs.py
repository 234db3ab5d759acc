"""Groups a page's prose lines into passages of whole sentences.

Works on lines in the order of the text and never joins what other print stands between.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from fuente.documents.source import Line
from fuente.documents.span import Span

MIN_LENGTH = 300
MAX_LENGTH = 900
"""Characters: long enough to carry its meaning alone, short enough to be quoted."""

_NEW_PARAGRAPH_GAP = 0.6
"""White space above a line, in line heights, that starts a paragraph beyond the usual leading."""

_JUMP = -1.5
"""Line heights by which a line that is no longer below the last stands higher."""

_ENOUGH_GAPS = 4
_WIDEST_LEADING = 0.6
_TIGHT_LEADING = 0.3
"""White between lines, in line heights: what counts as leading with many lines, and with few."""

_LIST_START = re.compile(r"\s*(?:[•▪●◦‣·\ufffd\uf0b7–*-]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?;:][\"')\]»”]*\s+(?=[\"'(\[«“¿¡]*[A-ZÁÉÍÓÚÑÂÊÔÃÕÇ\d•▪●–-])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:p|ej|dr|dra|sr|sra|vs|max|m[aá]x|min|m[ií]n|no|nº|n|fig|figs|tab|approx|aprox|cf|al"
    r"|e\.g|i\.e|etc|p[aá]g|cap|art|vol|ed|inc|st|ref|refs)|\b[A-Z])\.\s+$|\d[.:]\s+$(?=\d)",
    re.IGNORECASE,
)


def group_paragraphs(lines: Sequence[Line], text: str) -> list[list[Line]]:
    """Lines in text order, grouped into paragraphs."""
    leading = _usual_gap(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _belongs(groups[-1][-1], line, text, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def spans_of_paragraphs(paragraphs: Sequence[Sequence[Line]], text: str) -> list[Span]:
    """Passage spans: short neighbours joined, long paragraphs cut between sentences."""
    spans: list[Span] = []
    before: Line | None = None
    for paragraph in paragraphs:
        whole = Span(paragraph[0].span.start, paragraph[-1].span.end)
        last = spans[-1] if spans and before and not _jumps_back(before, paragraph[0]) else None
        before = paragraph[-1]
        if last and last.end - last.start < MIN_LENGTH and whole.end - last.start <= MAX_LENGTH:
            spans[-1] = Span(last.start, whole.end)
        else:
            spans.extend(cut_long(whole, text))
    return spans


def cut_long(span: Span, text: str) -> list[Span]:
    """A span cut between sentences so that each part is at most `MAX_LENGTH` where possible."""
    parts: list[Span] = []
    start = span.start
    for sentence in split_sentences(span, text):
        if sentence.end - start > MAX_LENGTH and sentence.start > start:
            parts.append(_trimmed(Span(start, sentence.start), text))
            start = sentence.start
    parts.append(_trimmed(Span(start, span.end), text))
    return parts


def split_sentences(span: Span, text: str) -> list[Span]:
    """The sentences of a span; together they cover it."""
    words = span.cut(text)
    starts = [0]
    for match in _SENTENCE_END.finditer(words):
        if not _ABBREVIATED.search(words[max(0, match.start() - 12) : match.end()]):
            starts.append(match.end())
    ends = [*starts[1:], len(words)]
    return [
        Span(span.start + start, span.start + end) for start, end in zip(starts, ends, strict=True)
    ]


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [
        (below.box.top - above.box.bottom) / _height(above)
        for above, below in pairwise(lines)
        if below.box.top > above.box.top
    ]
    usual = median(gaps) if len(gaps) >= _ENOUGH_GAPS else min(gaps, default=0.0)
    return min(max(0.0, usual), _WIDEST_LEADING if len(gaps) >= _ENOUGH_GAPS else _TIGHT_LEADING)


def _belongs(above: Line, below: Line, text: str, leading: float) -> bool:
    if _LIST_START.match(below.span.cut(text)):
        return False
    if above.bold != below.bold or abs(above.size - below.size) > 0.15 * max(
        above.size, below.size
    ):
        return False
    gap = (below.box.top - above.box.bottom) / _height(above)
    if gap < _JUMP:
        goes_on = not above.span.cut(text).rstrip().endswith((".", ":", ";"))
        return goes_on and not _jumps_back(above, below)
    return gap <= leading + _NEW_PARAGRAPH_GAP


def _jumps_back(above: Line, below: Line) -> bool:
    """Whether a line stands higher and further left: in another box, not in the next column."""
    gap = (below.box.top - above.box.bottom) / _height(above)
    return gap < _JUMP and below.box.left < above.box.left


def _height(line: Line) -> float:
    return max(1.0, line.box.bottom - line.box.top)


def _trimmed(span: Span, text: str) -> Span:
    words = span.cut(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
