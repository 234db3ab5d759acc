"""Pages to passages: prose paragraphs, captions and table rows with their context.

    document = FileReader().read(path)          # fuente.adapters.page_reader
    passages = split_pages(document)

Every passage lies on one page and its text is `page.text[span]`, untouched; ids depend on the
document's bytes and the span alone. Section, caption, headers and footnotes are kept beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fuente.documents.furniture import find_furniture, find_running_grids
from fuente.documents.headings import (
    Heading,
    body_size,
    heading_from_line,
    looks_like_heading,
    nest,
    states_dose,
)
from fuente.documents.layout import CAPTION, PageLayout, PlacedTable, lay_out, span_of
from fuente.documents.paragraphs import group_paragraphs, spans_of_paragraphs
from fuente.documents.passage import Passage, PassageKind, passage_id
from fuente.documents.source import Line, Page, ReadDocument
from fuente.documents.span import Span
from fuente.documents.table_rows import TableRow
from fuente.documents.tables import Table, TablePart, read_tables

Path = tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where the splitting stands: the document, its body size, and the headings so far."""

    sha256: str
    body: float
    parts: dict[tuple[int, int], tuple[Table, TablePart]]


def split_pages(document: ReadDocument) -> tuple[Passage, ...]:
    """All passages of a document, in page and text order; ids are unique."""
    layouts, body = _lay_out_all(document.pages)
    parts = read_tables(layouts)
    walk = _Walk(document.source.sha256, body, parts)
    path: Path = ()
    passages: dict[str, Passage] = {}
    for layout in layouts:
        found, path = _split_page(layout, walk, path)
        for passage in sorted(found, key=lambda passage: (passage.span.start, passage.span.end)):
            passages.setdefault(passage.passage_id, passage)
    return tuple(passages.values())


def _lay_out_all(pages: Sequence[Page]) -> tuple[list[PageLayout], float]:
    furniture = find_furniture(pages)
    running = find_running_grids(pages)
    body = body_size(
        (line.span.cut(page.text), line)
        for page in pages
        for line in page.lines
        if line not in furniture[page.number]
    )
    layouts = [lay_out(page, furniture[page.number], running[page.number], body) for page in pages]
    return layouts, body


def _split_page(layout: PageLayout, walk: _Walk, path: Path) -> tuple[list[Passage], Path]:
    found: list[Passage] = []
    for block in _blocks(layout, walk.body):
        if isinstance(block, PlacedTable):
            found.extend(_table_passages(layout.page, block, walk, path))
        elif isinstance(block, _HeadingBlock):
            path = nest(path, block.heading)
            if block.is_passage:
                found.append(_passage(layout.page, block.span, PassageKind.PROSE, walk, path[:-1]))
        else:
            spans = spans_of_paragraphs(group_paragraphs(block, layout.page.text), layout.page.text)
            found.extend(
                _passage(layout.page, span, PassageKind.PROSE, walk, path) for span in spans
            )
    return found, path


@dataclass(frozen=True, slots=True)
class _HeadingBlock:
    heading: Heading
    span: Span
    is_passage: bool


Block = PlacedTable | _HeadingBlock | list[Line]


def _blocks(layout: PageLayout, body: float) -> Iterator[Block]:
    """Tables, headings and uninterrupted runs of prose lines, in text order."""
    tables = sorted(layout.tables, key=lambda table: table.start)
    barriers = sorted(_barriers(layout))
    run: list[Line] = []
    for paragraph in group_paragraphs(layout.prose, layout.page.text):
        start = paragraph[0].span.start
        while tables and tables[0].start < start:
            yield from _flush(run)
            run = []
            yield tables.pop(0)
        heading = _heading(layout.page, paragraph, body)
        if heading:
            yield from _flush(run)
            run = []
            yield heading
            continue
        for line in paragraph:
            if run and any(run[-1].span.end <= at < line.span.start for at in barriers):
                yield from _flush(run)
                run = []
            run.append(line)
    yield from _flush(run)
    yield from tables


def _flush(run: list[Line]) -> Iterator[Block]:
    if run:
        yield run


def _barriers(layout: PageLayout) -> set[int]:
    """Where text begins that no prose passage may run across, and where pictures were read."""
    prose = set(layout.prose)
    read = {span.start - 1 for span in layout.page.ocr}
    return read | {line.span.start for line in layout.page.lines if line not in prose}


def _heading(page: Page, paragraph: Sequence[Line], body: float) -> _HeadingBlock | None:
    span = span_of(paragraph)
    words = span.cut(page.text)
    if len(paragraph) > 3 or CAPTION.match(words):
        return None
    texts = [line.span.cut(page.text) for line in paragraph]
    printed = (
        looks_like_heading(text, line, body, continues=place > 0)
        for place, (text, line) in enumerate(zip(texts, paragraph, strict=True))
    )
    if not all(printed):
        return None
    heading = heading_from_line(words, paragraph[0])
    heading = replace(heading, doubtful=page.is_doubtful(span))
    return _HeadingBlock(heading, span, states_dose(words))


def _table_passages(page: Page, placed: PlacedTable, walk: _Walk, path: Path) -> Iterator[Passage]:
    table, part = walk.parts[page.number, placed.start]
    if part.caption_span:
        yield _passage(page, part.caption_span, PassageKind.CAPTION, walk, path)
    section = tuple(heading.text for heading in path)
    subheading: tuple[str, ...] = part.open_subheading
    for row in part.rows:
        doubtful = table.doubtful or any(heading.doubtful for heading in path)
        passage = _row_passage(page, row, table, walk, (*section, *subheading))
        yield replace(passage, doubtful=passage.doubtful or doubtful)
        if row.subheading:
            subheading = (row.subheading,)


def _row_passage(
    page: Page, row: TableRow, table: Table, walk: _Walk, section: tuple[str, ...]
) -> Passage:
    return Passage(
        passage_id=passage_id(walk.sha256, page.number, row.span),
        document_sha256=walk.sha256,
        page=page.number,
        page_label=page.label,
        span=row.span,
        text=row.span.cut(page.text),
        kind=PassageKind.TABLE_ROW,
        section=section,
        caption=table.caption,
        caption_span=table.caption_span,
        caption_page=table.caption_page,
        cells=row.cells,
        footnotes=table.footnotes_for(row),
        source=page.source_of(row.span),
        doubtful=page.is_doubtful(row.span),
    )


def _passage(page: Page, span: Span, kind: PassageKind, walk: _Walk, path: Path) -> Passage:
    return Passage(
        passage_id=passage_id(walk.sha256, page.number, span),
        document_sha256=walk.sha256,
        page=page.number,
        page_label=page.label,
        span=span,
        text=span.cut(page.text),
        kind=kind,
        section=tuple(heading.text for heading in path),
        source=page.source_of(span),
        doubtful=page.is_doubtful(span) or any(heading.doubtful for heading in path),
    )
