"""Makers of passages, documents and pages for the tests of extraction."""

from collections.abc import Mapping, Sequence

from fuente.documents.passage import Cell, Passage, PassageKind, passage_id
from fuente.documents.source import Language, Page, SourceDocument
from fuente.documents.span import Span
from fuente.dosing.extraction import extract_references
from fuente.dosing.indications import DiagnosisName
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import CitedNumber, Regimen
from fuente.dosing.regimen_reader import read_regimens

SHA = "ab" * 32
NAMES = (
    DiagnosisName("MB", ("Medulloblastoma", "Meduloblastoma")),
    DiagnosisName("OS", ("Osteosarcoma",)),
    DiagnosisName("AML", ("Acute myeloid leukaemia",)),
    DiagnosisName("JMML", ("Juvenile myelomonocytic leukaemia",)),
    DiagnosisName("PA", ("glioma de baixo grau",)),
)


def make_document(
    title: str = "Protocol", language: Language = Language.ENGLISH, pages: int = 1
) -> SourceDocument:
    """A document as a reader hands it over."""
    return SourceDocument(
        SHA, "protocol.pdf", "/p/protocol.pdf", "application/pdf", title, language, pages
    )


def make_passage(
    text: str,
    *,
    kind: PassageKind = PassageKind.PROSE,
    page: int = 1,
    start: int = 0,
    section: Sequence[str] = (),
    caption: str = "",
    cells: Sequence[Cell] = (),
    footnotes: Sequence[str] = (),
    source: str = "text",
) -> Passage:
    """A passage that begins at `start` of its page's text."""
    span = Span(start, start + len(text))
    return Passage(
        passage_id=passage_id(SHA, page, span),
        document_sha256=SHA,
        page=page,
        page_label=str(page),
        span=span,
        text=text,
        kind=kind,
        section=tuple(section),
        caption=caption,
        cells=tuple(cells),
        footnotes=tuple(footnotes),
        source=source,
    )


def make_row(
    cells: Mapping[str, str],
    *,
    caption: str = "",
    section: Sequence[str] = (),
    footnotes: Sequence[str] = (),
) -> Passage:
    """A table row from its cells by header; the words are the cells in order."""
    return make_passage(
        " ".join(text for text in cells.values() if text),
        kind=PassageKind.TABLE_ROW,
        section=section,
        caption=caption,
        cells=[Cell(header, text) for header, text in cells.items()],
        footnotes=footnotes,
    )


class PageWriter:
    """Writes pages line by line and keeps the passages with their true spans."""

    def __init__(self) -> None:
        self._texts: list[str] = [""]
        self.passages: list[Passage] = []
        self._section: tuple[str, ...] = ()
        self._caption = ""
        self._caption_place: tuple[int, Span] | None = None

    def page(self) -> None:
        """Begin a new page."""
        self._texts.append("")

    def heading(self, text: str, *outer: str) -> None:
        """Print a heading; what follows stands under it and under the outer ones."""
        self._write(text)
        self._section = (*outer, text)
        self._caption, self._caption_place = "", None

    def prose(self, text: str) -> None:
        """Print a paragraph."""
        span = self._write(text)
        self._add(text, span, PassageKind.PROSE, ())

    def caption(self, text: str) -> None:
        """Print a caption; the rows that follow belong to its table."""
        span = self._write(text)
        self._caption, self._caption_place = text, (len(self._texts), span)

    def row(self, cells: Mapping[str, str]) -> None:
        """Print a row of the current table."""
        text = " ".join(word for word in cells.values() if word)
        span = self._write(text)
        found = [Cell(header, word) for header, word in cells.items()]
        self._add(text, span, PassageKind.TABLE_ROW, found)

    def table(self, caption: str, *rows: Mapping[str, str]) -> None:
        """Print a captioned table."""
        self.caption(caption)
        for row in rows:
            self.row(row)

    def words(self, number: CitedNumber | None) -> str:
        """The words a cited number points at."""
        assert number is not None
        return number.span.cut(self._texts[number.page - 1])

    def read(
        self, title: str, language: Language = Language.ENGLISH
    ) -> tuple[tuple[DoseReference, ...], tuple[Regimen, ...]]:
        """What the pages state: their references and their regimens."""
        document = make_document(title, language, len(self._texts))
        passages = tuple(self.passages)
        references = extract_references(document, passages, NAMES)
        return references, read_regimens(document, self.pages(), passages, references)

    def pages(self) -> tuple[Page, ...]:
        """All pages with their text."""
        return tuple(
            Page(number, str(number), text, 595, 842)
            for number, text in enumerate(self._texts, start=1)
        )

    def _write(self, text: str) -> Span:
        start = len(self._texts[-1])
        self._texts[-1] += text + "\n"
        return Span(start, start + len(text))

    def _add(self, text: str, span: Span, kind: PassageKind, cells: Sequence[Cell]) -> None:
        number = len(self._texts)
        page, caption_span = self._caption_place or (None, None)
        is_row = kind is PassageKind.TABLE_ROW
        self.passages.append(
            Passage(
                passage_id=passage_id(SHA, number, span),
                document_sha256=SHA,
                page=number,
                page_label=str(number),
                span=span,
                text=text,
                kind=kind,
                section=self._section,
                caption=self._caption if is_row else "",
                caption_span=caption_span if is_row else None,
                caption_page=page if is_row else None,
                cells=tuple(cells),
            )
        )


def reference_of(references: Sequence[DoseReference], identifier: str) -> DoseReference:
    """The reference with an id."""
    return next(each for each in references if each.reference_id == identifier)
