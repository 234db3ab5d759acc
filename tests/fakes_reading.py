"""A page reader without processes: plain text in, one page per form feed out."""

import hashlib
from pathlib import Path

from fuente.documents.labels import label_pages
from fuente.documents.source import DocumentStatus, Line, Page, ReadDocument, SourceDocument
from fuente.documents.span import Box, Span
from fuente.documents.title import read_title
from fuente.errors import DocumentRejected
from fuente.ports import Progress, Stop


class PlainTextReader:
    """Keeps the promises of `PageReader` for text files, in this process."""

    def read(
        self, path: Path, progress: Progress | None = None, stop: Stop | None = None
    ) -> ReadDocument:
        """Read a text file as it stands."""
        if stop:
            stop.check()
        if path.suffix != ".txt" or not path.is_file():
            raise DocumentRejected(f"{path.name}: there is no such text file.")
        content = path.read_bytes()
        if not content or b"\0" in content:
            raise DocumentRejected(f"{path.name}: the file is empty or no text.")
        texts = content.decode().split("\f")
        pages = []
        for number, text in enumerate(texts, start=1):
            pages.append(_page(number, text))
            if progress:
                progress(f"reading {path.name}", number, len(texts))
        labelled = label_pages(pages)
        return ReadDocument(_source(path, content, labelled), labelled)


def _page(number: int, text: str) -> Page:
    if not text.strip():
        return Page(number, "", "", 100.0, 100.0, text_source="none")
    lines = []
    start = 0
    for row, words in enumerate(text.split("\n")):
        if words.strip():
            box = Box(0, 200 + 12 * row, 5 * len(words), 212 + 12 * row)
            lines.append(Line(Span(start, start + len(words)), box, 10.0, False))
        start += len(words) + 1
    boxes = bytes(16 * len(text))
    return Page(number, "", text, 600.0, 800.0, tuple(lines), character_boxes=boxes)


def _source(path: Path, content: bytes, pages: tuple[Page, ...]) -> SourceDocument:
    front = read_title(pages, path.name)
    uncovered = tuple(page.number for page in pages if page.text_source == "none")
    return SourceDocument(
        sha256=hashlib.sha256(content).hexdigest(),
        file=path.name,
        path=str(path),
        media_type="text/plain",
        title=front.title,
        language=front.language,
        pages=len(pages),
        pages_without_text=uncovered,
        status=DocumentStatus.PARTIAL if uncovered else DocumentStatus.READY,
    )
