"""What reading phases needs of a document: its pages, its prose, and each row's own doses.

Finds words where they are printed; decides nothing about treatment.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

from fuente.documents.passage import Passage, PassageKind
from fuente.documents.source import Language, Page, SourceDocument
from fuente.documents.span import Span
from fuente.dosing.cited_schedule import PlacedWords
from fuente.dosing.conditions import merged
from fuente.dosing.folding import fold
from fuente.dosing.population import parse_population
from fuente.dosing.printed_table import PrintedTable
from fuente.dosing.reference import DoseReference, Population, ReferenceKind, reference_id
from fuente.dosing.section_diagnoses import SectionDiagnoses
from fuente.dosing.table_extraction import row_statements

_ABOVE: Final = 400
_BELOW: Final = 120
# How many pages before a row its section heading is looked for.
_REACH: Final = 6
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+")


class PhaseSource:
    """A document as the readers of phases see it."""

    def __init__(
        self,
        document: SourceDocument,
        pages: Sequence[Page],
        passages: Sequence[Passage],
        references: Sequence[DoseReference],
    ) -> None:
        self.document = document
        self._pages = {page.number: page for page in pages}
        self._prose = [each for each in passages if each.kind is not PassageKind.TABLE_ROW]
        self._sections = SectionDiagnoses(passages, references)
        self.by_passage: dict[str, list[DoseReference]] = {}
        for reference in references:
            self.by_passage.setdefault(reference.passage_id, []).append(reference)

    @property
    def language(self) -> Language:
        """The document's language."""
        return self.document.language

    def doses(self, row: Passage) -> tuple[DoseReference, ...]:
        """The row's own doses of known drugs, without what its notes add and without caps."""
        own = {
            reference_id(row.document_sha256, row.page, row.span, ordinal)
            for ordinal, statement in enumerate(row_statements(row, self.language))
            if statement.kind is ReferenceKind.DOSE
            and not statement.is_aside
            and statement.drug is not None
        }
        references = self.by_passage.get(row.passage_id, [])
        return tuple(each for each in references if each.reference_id in own)

    def diagnoses(self, rows: Sequence[Passage]) -> tuple[str, ...]:
        """What the references of these rows are about."""
        found = [each for row in rows for each in self.by_passage.get(row.passage_id, ())]
        if not found:
            return self._sections.of(rows[0].section)
        return tuple(dict.fromkeys(one for each in found for one in each.diagnoses))

    def headings(self, table: PrintedTable) -> tuple[PlacedWords, ...]:
        """Caption and section headings where they are printed, the nearest first."""
        found = [self.caption(table)]
        found += [self.find(words, table.first) for words in reversed(table.section)]
        return tuple(each for each in found if each is not None)

    def caption(self, table: PrintedTable) -> PlacedWords | None:
        """The caption as its page prints it."""
        span, page = table.caption_span, table.caption_page
        if span is None or page is None or page not in self._pages:
            return None
        return PlacedWords(page, span.start, span.cut(self._pages[page].text), True)

    def find(self, words: str, row: Passage) -> PlacedWords | None:
        """A heading above the row, on its page or the nearest one before."""
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
        for number in range(row.page, max(0, row.page - _REACH), -1):
            page = self._pages.get(number)
            matches = list(pattern.finditer(page.text)) if page else []
            if number == row.page:
                matches = [match for match in matches if match.start() < row.span.start]
            if matches:
                return PlacedWords(number, matches[-1].start(), matches[-1].group(), True)
        return None

    def sentences_around(self, table: PrintedTable) -> Iterator[PlacedWords]:
        """The sentences right above the table, the nearest first, and those right below it."""
        first, last = table.rows[0], table.rows[-1]
        above = [
            each
            for each in self._prose
            if each.page == first.page and 0 <= first.span.start - each.span.end < _ABOVE
        ]
        below = [
            each
            for each in self._prose
            if each.page == last.page and 0 <= each.span.start - last.span.end < _BELOW
        ]
        for passage in above[-1:]:
            yield from reversed(list(_sentences(passage)))
        for passage in below[:1]:
            yield from _sentences(passage)

    def sentences_between(self, above: Passage, below: Passage) -> Iterator[PlacedWords]:
        """The sentences printed between two rows."""
        start, end = (above.page, above.span.end), (below.page, below.span.start)
        for passage in self._prose:
            if start <= (passage.page, passage.span.start) < end:
                yield from _sentences(passage)

    def population(self, *headings: str) -> Population | None:
        """For whom headings say a phase is, the nearest first; a document's title limits nobody."""
        titled = _bare(self.document.title)
        stated = [words for words in headings if _bare(words) and _bare(words) not in titled]
        return merged([parse_population(words, self.language) for words in stated])

    def phase_id(self, page: int, span: Span) -> str:
        """A stable id of the phase that begins there."""
        key = f"{self.document.sha256}:{page}:{span.start}:{span.end}"
        return "f_" + hashlib.sha256(key.encode()).hexdigest()[:20]


def _sentences(passage: Passage) -> Iterator[PlacedWords]:
    position = 0
    for match in (*_SENTENCE.finditer(passage.text), None):
        end = match.start() if match else len(passage.text)
        words = passage.text[position:end]
        if words.strip():
            yield PlacedWords(passage.page, passage.span.start + position, words, False)
        position = match.end() if match else end


def _bare(words: str) -> str:
    return " ".join(fold(words).split())
