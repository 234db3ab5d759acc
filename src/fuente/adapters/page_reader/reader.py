"""The page reader: a file to pages, read in a child process by the program of its format.

`FileReader().read(path)` gives a `ReadDocument`; `fuente.documents.split.split_pages` makes
passages of it. What a child sends is checked again here; nothing it does can harm this process.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from fuente.adapters.page_reader.formats import PDF, Format, format_of
from fuente.adapters.page_reader.letters import with_doubts_of_letters
from fuente.adapters.page_reader.limits import MAX_FILE_BYTES, MAX_PAGES, WALL_SECONDS
from fuente.adapters.page_reader.ocr.pages import OcrReader, unread_pictures
from fuente.adapters.page_reader.pdf.agreement import (
    Counts,
    count_characters,
    counts_from_fields,
    is_worth_checking,
    with_doubts,
)
from fuente.adapters.page_reader.pdf.blank_pages import mark_blanks
from fuente.adapters.page_reader.process import ChildFailed, ReadingChild, ended_by
from fuente.adapters.page_reader.wire import fields_from_line, page_from_fields
from fuente.documents.labels import label_pages
from fuente.documents.source import DocumentStatus, Page, ReadDocument, SourceDocument
from fuente.documents.title import read_title
from fuente.errors import DocumentRejected, ReaderFailed
from fuente.ports import Progress, Stop


class FileReader:
    """Reads one file at a time; it keeps no state.

    Args:
        wall_seconds: how long a child may take before it is killed.
        ocr: reads the pages that hold no text; without it they are reported.
    """

    def __init__(self, wall_seconds: float = WALL_SECONDS, ocr: OcrReader | None = None) -> None:
        self._wall_seconds = wall_seconds
        self._ocr = ocr

    def read(
        self, path: Path, progress: Progress | None = None, stop: Stop | None = None
    ) -> ReadDocument:
        """Read the whole file.

        Raises:
            DocumentRejected: the file cannot be a document; the message names it and the reason.
            ReaderFailed: a child died or exceeded time or memory.
            ReadingStopped: `stop` was asked for; the child is dead.
        """
        with ended_by(stop):
            return self._read(path, progress)

    def _read(self, path: Path, progress: Progress | None) -> ReadDocument:
        content = _content(path)
        found = format_of(path, content)
        try:
            pages, warnings = self._read_pages(path, content, found, progress)
        except (ChildFailed, ValueError) as error:
            raise ReaderFailed(
                f"{path.name}: the reading process failed: {error}.",
                "The file may be damaged or hostile; the other files go on.",
            ) from error
        if found.media_type == PDF:
            told = partial(_tell, progress, f"reading pictures of {path.name}")
            if self._ocr:
                pages, more = self._ocr.read(content, pages, told)
            else:
                more = unread_pictures(pages, "OCR is off")
            warnings = (*warnings, *more)
        pages = label_pages(list(map(with_doubts_of_letters, pages)))
        return ReadDocument(_source(path, content, found.media_type, pages, warnings), pages)

    def _read_pages(
        self, path: Path, content: bytes, found: Format, progress: Progress | None
    ) -> tuple[tuple[Page, ...], tuple[str, ...]]:
        arguments = (found.media_type,)
        with ReadingChild(found.program, content, arguments, self._wall_seconds) as child:
            lines = child.lines()
            expected = _page_count(path, lines)
            pages = tuple(_pages(path, lines, expected, progress))
        if found.media_type != PDF:
            return pages, ()
        return _read_again(pages, content, self._wall_seconds)


def _read_again(
    pages: tuple[Page, ...], content: bytes, wall_seconds: float
) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The pages with what a second reader doubts and with the blank ones marked, and warnings.

    Its failure is a warning, not an error.
    """
    wanted = [page.number for page in pages if is_worth_checking(page.text)]
    counts, failure = _second_counts(content, wanted, wall_seconds)
    checked = tuple(
        with_doubts(page, count_characters(page.text), counts[page.number])
        if page.number in counts
        else page
        for page in pages
    )
    empty = {number for number, count in counts.items() if not count}
    marked, warnings = mark_blanks(content, checked, empty, wall_seconds)
    missing = len(wanted) - len(counts)
    if not missing:
        return marked, warnings
    reason = f" ({failure})" if failure else ""
    return marked, (f"{missing} pages were read by one reader only{reason}", *warnings)


def _second_counts(
    content: bytes, wanted: Sequence[int], wall_seconds: float
) -> tuple[dict[int, Counts], str]:
    counts: dict[int, Counts] = {}
    failure = ""
    if not wanted:
        return counts, failure
    numbers = (",".join(map(str, wanted)),)
    try:
        with ReadingChild("pdf.cross_check", content, numbers, wall_seconds) as child:
            for line in child.lines():
                fields = fields_from_line(line)
                failure = str(fields.get("failed", failure))
                counts |= dict(filter(None, [counts_from_fields(fields)]))
    except (ChildFailed, ValueError) as error:
        failure = str(error)
    return counts, failure


def _page_count(path: Path, lines: Iterator[bytes]) -> int:
    fields = fields_from_line(next(lines, b"{}"))
    _raise_refusals(path, fields)
    count = fields.get("pages")
    if not isinstance(count, int) or not 0 < count <= MAX_PAGES:
        raise ValueError("it did not say how many pages there are")
    return count


def _pages(
    path: Path, lines: Iterator[bytes], expected: int, progress: Progress | None
) -> Iterator[Page]:
    done = 0
    for line in lines:
        fields = fields_from_line(line)
        _raise_refusals(path, fields)
        page = page_from_fields(fields)
        done += 1
        if page.number != done or done > expected:
            raise ValueError(f"page {page.number} came out of turn")
        if progress:
            progress(f"reading {path.name}", done, expected)
        yield page
    if done != expected:
        raise ValueError(f"{done} of {expected} pages came")


def _tell(progress: Progress | None, what: str, done: int, total: int) -> None:
    if progress:
        progress(what, done, total)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise DocumentRejected(
                f"{path.name}: the file has {size} bytes, more than {MAX_FILE_BYTES}."
            )
        content = path.read_bytes()
    except OSError as error:
        raise DocumentRejected(f"{path.name}: the file cannot be opened ({error}).") from error
    if not content:
        raise DocumentRejected(f"{path.name}: the file is empty.")
    return content


def _raise_refusals(path: Path, fields: dict[str, object]) -> None:
    if "rejected" in fields:
        raise DocumentRejected(f"{path.name}: {fields['rejected']}.")
    if "failed" in fields:
        raise ChildFailed(str(fields["failed"]))


def _source(
    path: Path,
    content: bytes,
    media_type: str,
    pages: tuple[Page, ...],
    warnings: tuple[str, ...],
) -> SourceDocument:
    front = read_title(pages, path.name)
    uncovered = tuple(page.number for page in pages if page.text_source == "none")
    return SourceDocument(
        sha256=hashlib.sha256(content).hexdigest(),
        file=path.name,
        path=str(path),
        media_type=media_type,
        title=front.title,
        language=front.language,
        pages=len(pages),
        pages_without_text=uncovered,
        edition=front.edition,
        edition_date=front.edition_date,
        status=DocumentStatus.PARTIAL if uncovered else DocumentStatus.READY,
        warnings=(*warnings, *_of_pages(pages)),
    )


def _of_pages(pages: tuple[Page, ...]) -> Iterator[str]:
    """What is said of single pages, once for all of which it is said."""
    said: dict[str, list[int]] = {}
    for page in pages:
        for warning in page.warnings:
            said.setdefault(warning, []).append(page.number)
    for warning, numbers in said.items():
        places = f"page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        yield warning if len(pages) == 1 else f"{warning} ({places})"
