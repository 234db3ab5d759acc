"""A passage: the retrievable stretch of a page. A table row is a passage with its context."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from fuente.documents.span import Span


class PassageKind(StrEnum):
    """How the passage is printed."""

    PROSE = "prose"
    TABLE_ROW = "table_row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: the full header path above it, its words and where they stand.

    A merged cell that covers several rows appears in each of them, and so does a first cell that
    the rows below leave empty. `span` is None for an empty cell, and for one whose words stand
    outside this row.
    """

    header: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page with the printed context that gives it meaning.

    `text` is exactly `page.text[span.start:span.end]`; context (section path, caption, header,
    footnotes) is kept beside it and never mixed into it. `section` lists headings from the
    document's outermost to the nearest. `source` is `text` or `ocr`; `doubtful` says that OCR read
    a number here, or in that context, with low confidence.
    """

    passage_id: str
    document_sha256: str
    page: int
    page_label: str
    span: Span
    text: str
    kind: PassageKind
    section: tuple[str, ...] = ()
    caption: str = ""
    caption_span: Span | None = None
    caption_page: int | None = None
    cells: tuple[Cell, ...] = ()
    footnotes: tuple[str, ...] = ()
    source: str = "text"
    doubtful: bool = False

    @property
    def search_text(self) -> str:
        """What is found by its words: the whole context and the text, one line each."""
        headers = " | ".join(cell.header for cell in self.cells if cell.header)
        parts = (" > ".join(self.section), self.caption, headers, self.text, *self.footnotes)
        return "\n".join(part for part in parts if part)

    @property
    def embedded_text(self) -> str:
        """What is found by its meaning: the nearest heading, the caption and the text.

        Words that hundreds of rows share (outer headings, headers, footnotes) make their vectors
        alike: without them the right page was more often among the first five.
        """
        parts = (*self.section[-1:], self.caption, self.text)
        return "\n".join(part for part in parts if part)


def passage_id(document_sha256: str, page: int, span: Span) -> str:
    """A stable id from content and place: the same file always yields the same ids."""
    key = f"{document_sha256}:{page}:{span.start}:{span.end}"
    return "p_" + hashlib.sha256(key.encode()).hexdigest()[:20]
