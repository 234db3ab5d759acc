"""Pages as a reader would hand them over, made from a few words each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fuente.documents.source import Grid, GridCell, Language, Line, Page, ReadDocument
from fuente.documents.source import SourceDocument as Source
from fuente.documents.span import Box, Span

LEADING = 12.0


@dataclass
class PageDraft:
    """Builds a page's text, lines and tables in the order in which they are added."""

    number: int = 1
    label: str = "1"
    width: float = 600.0
    height: float = 800.0
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def line(
        self,
        words: str,
        top: float,
        *,
        left: float = 50.0,
        size: float = 10.0,
        bold: bool = False,
    ) -> "PageDraft":
        """Add one printed line."""
        span = self._append(words)
        box = Box(left, top, left + 5.0 * len(words), top + size)
        self.lines.append(Line(span, box, size, bold))
        return self

    def prose(self, words: Sequence[str], top: float) -> "PageDraft":
        """Add a paragraph of body lines."""
        for number, line in enumerate(words):
            self.line(line, top + number * LEADING)
        return self

    def table(
        self, rows: Sequence[Sequence[str]], top: float, *, bold_rows: int = 1, right: float = 550.0
    ) -> "PageDraft":
        """Add a table of one-line cells with the text drawn row by row; `""` is an empty cell."""
        columns = max(len(row) for row in rows)
        width = (right - 50.0) / columns
        cells: list[GridCell] = []
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                spans: tuple[Span, ...] = ()
                if words:
                    self.line(words, top + r * 16.0 + 2, left=52.0 + c * width, bold=r < bold_rows)
                    spans = (self.lines[-1].span,)
                cells.append(GridCell(r, c, 1, 1, spans))
        box = Box(50.0, top, right, top + 16.0 * len(rows))
        self.grids.append(Grid(box, len(rows), columns, tuple(cells)))
        return self

    def merged(
        self, cells: Sequence[tuple[int, int, int, int, str]], top: float, *, bold_rows: int = 0
    ) -> "PageDraft":
        """Add a table of (row, column, row span, column span, words) cells, drawn in that order."""
        rows = max(row + height for row, _, height, _, _ in cells)
        columns = max(column + width for _, column, _, width, _ in cells)
        step = 500.0 / columns
        made: list[GridCell] = []
        for row, column, height, width, words in cells:
            spans: tuple[Span, ...] = ()
            if words:
                self.line(words, top + row * 16 + 2, left=52 + column * step, bold=row < bold_rows)
                spans = (self.lines[-1].span,)
            made.append(GridCell(row, column, height, width, spans))
        box = Box(50.0, top, 550.0, top + 16.0 * rows)
        self.grids.append(Grid(box, rows, columns, tuple(made)))
        return self

    def page(self) -> Page:
        """The finished page."""
        return Page(
            number=self.number,
            label=self.label,
            text=self.text,
            width=self.width,
            height=self.height,
            lines=tuple(self.lines),
            grids=tuple(self.grids),
            text_source="text" if self.text.strip() else "none",
        )

    def _append(self, words: str) -> Span:
        if self.text:
            self.text += " \n"
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def make_document(*pages: Page, sha256: str = "a" * 64) -> ReadDocument:
    """A document of these pages."""
    source = Source(
        sha256=sha256,
        file="protocol.pdf",
        path="protocol.pdf",
        media_type="application/pdf",
        title="Protocol",
        language=Language.ENGLISH,
        pages=len(pages),
    )
    return ReadDocument(source, tuple(pages))
