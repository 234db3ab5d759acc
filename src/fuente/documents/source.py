"""The ingested document and its pages, as the reader hands them over."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fuente.documents.span import Box, Span


class Language(StrEnum):
    """The languages documents and requests may have (BCP 47)."""

    ENGLISH = "en"
    SPANISH = "es"
    PORTUGUESE = "pt"


class DocumentStatus(StrEnum):
    """What became of a file given to `fuente ingest`."""

    READY = "ready"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words' span, its box, and how it is set."""

    span: Span
    box: Box
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a printed table; merged cells span several rows or columns.

    `spans` are the pieces of page text that lie inside the cell, in reading order; empty for an
    empty cell.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table: `rows` x `columns` positions covered by its cells."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a stretch of a page is called where pages are no guide: `table 2, row 3`, `cell B7`."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page with the text that citations point into.

    `number` is the 1-based physical page, `label` what is printed on it. `character_boxes` holds
    four little-endian float32 per character of `text` (left, top, right, bottom in points, top-left
    origin; NaN for characters that are not drawn), so a quote can be highlighted. `text_source` is
    `text`, `ocr`, `blank` for a page that shows nothing, or `none` for one whose words are unknown.
    `places` are in text order and do not overlap; empty for a format whose pages are printed pages.

    `ocr` are the stretches of text read from a picture, `doubts` the numbers and units in them that
    were read with low confidence. `pictures` are the areas whose words the file does not hold as
    text. `turned` is how many degrees clockwise the page is turned so that its words stand upright;
    sizes and boxes are those of the page turned.
    """

    number: int
    label: str
    text: str
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    character_boxes: bytes = b""
    text_source: str = "text"
    warnings: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    ocr: tuple[Span, ...] = ()
    doubts: tuple[Span, ...] = ()
    pictures: tuple[Box, ...] = ()
    turned: int = 0

    def source_of(self, span: Span) -> str:
        """Where the words of a span come from: `ocr` when any of them does."""
        return "ocr" if any(span.overlaps(one) for one in self.ocr) else self.text_source

    def is_doubtful(self, span: Span) -> bool:
        """Whether a number or unit in the span was read with low confidence."""
        return any(span.overlaps(one) for one in self.doubts)

    def place_of(self, span: Span) -> str:
        """The names of the places a span touches; of many, the first and the last."""
        touched = (place.name for place in self.places if place.span.overlaps(span))
        names = list(dict.fromkeys(touched))
        return "; ".join(names) if len(names) < 3 else f"{names[0]} to {names[-1]}"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as held: identified by the SHA-256 of its bytes, never by its name."""

    sha256: str
    file: str
    path: str
    media_type: str
    title: str
    language: Language
    pages: int
    pages_without_text: tuple[int, ...] = ()
    edition: str = ""
    edition_date: date | None = None
    status: DocumentStatus = DocumentStatus.READY
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a page reader returns: the document and all its pages in physical order."""

    source: SourceDocument
    pages: tuple[Page, ...]
