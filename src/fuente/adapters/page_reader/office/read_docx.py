"""The program that reads Word documents: page-parts of paragraphs and tables in body order.

Runs as `python -m fuente.adapters.page_reader.office.read_docx`, confined like the PDF program. A
Word file has no pages until it is printed: parts end where a page was broken by hand or at the last
print, and where nothing says so, between two paragraphs after about a page of text.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import elements_of, value_of
from fuente.adapters.page_reader.office.package import Package
from fuente.adapters.page_reader.office.page_parts import PageParts, with_levels
from fuente.adapters.page_reader.office.word_body import (
    Block,
    BodyReader,
    PageBreak,
    Paragraph,
    Table,
    section_starts,
)
from fuente.adapters.page_reader.office.word_lists import Lists
from fuente.adapters.page_reader.office.word_notes import Note, NoteMarks
from fuente.adapters.page_reader.office.word_styles import Styles
from fuente.adapters.page_reader.office.word_text import WordsReader
from fuente.adapters.page_reader.program import Unreadable, run
from fuente.documents.source import Page

_FAMILIES: Final = ("wordprocessingml", "ms-word.document.macro", "ms-word.template.macro")
_MOST_RUNNING: Final = 200
"""Characters of a header or footer that a warning repeats."""

_NOTE_KINDS: Final = ("footnote", "endnote")


def main() -> None:
    """Read standard input, write one line per page."""
    run(read_pages)


def read_pages(content: bytes) -> list[Page]:
    """All page-parts of a Word document."""
    package = Package(content)
    part = package.main_part(_FAMILIES)
    document = _Document(package, part)
    blocks = list(document.blocks())
    parts = PageParts(document.read_note, is_printed=PageBreak(printed=True) in blocks)
    for block in with_levels(blocks):
        parts.add(block)
    # Behind the body, whose lists count on through what is read after it.
    running = tuple(document.running_words())
    return parts.pages((*running, *package.warnings(), *document.warnings()))


class _Document:
    """The parts of a package that make a Word document."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        body = package.xml(part).find("w:body")
        if body is None:
            raise Unreadable("its document has no body")
        self._body = body
        styles = Styles(self._related("styles"))
        self._marks = NoteMarks()
        self._reader = BodyReader(
            styles,
            Lists(self._related("numbering"), styles),
            WordsReader(styles, self._marks),
            section_starts(body),
        )
        self._notes = {kind: self._note_elements(kind) for kind in _NOTE_KINDS}

    def blocks(self) -> Iterator[Block]:
        """The body in reading order."""
        return self._reader.blocks(self._body)

    def read_note(self, note: Note) -> Paragraph:
        """The mark and the words of a note, its paragraphs on lines of their own."""
        element = self._notes[note[0]].get(note[1])
        blocks = self._reader.blocks(() if element is None else element, note[0])
        found = [block for block in blocks if isinstance(block, Paragraph)]
        words = "\n".join(block.text for block in found).strip()
        text = f"{self._marks.mark(*note)} {words}".strip() if words else ""
        return Paragraph(text, note[0], struck=any(block.struck for block in found))

    def running_words(self) -> Iterator[str]:
        """What the headers and footers of its pages say; they may take the document out of use."""
        said = ((kind, self._said(name)) for kind, name in self._running_parts())
        for kind, words in dict.fromkeys(said):
            if any(character.isalpha() for character in words):
                cut = f"{words[:_MOST_RUNNING]}…" if len(words) > _MOST_RUNNING else words
                yield f"the page {kind} reads: {cut}"

    def _running_parts(self) -> Iterator[tuple[str, str]]:
        for kind in ("header", "footer"):
            for name in self._package.all_related(self._part, kind):
                yield kind, name

    def _said(self, part: str) -> str:
        """The words of a header or footer, those of a watermark first."""
        root = self._package.xml(part)
        words = [value_of(one, "string") for one in root.iter("v:textpath")]
        for block in self._reader.blocks(root, part):
            if isinstance(block, Paragraph):
                words.append(block.text)
            elif isinstance(block, Table):
                words += [cell.text for cell in block.cells]
        return " ".join(" ".join(words).split())

    def warnings(self) -> Iterator[str]:
        """What the body holds that is no Word text."""
        if next(self._body.iter("w:altChunk"), None) is not None:
            yield "the file holds documents of other formats; they were not read"

    def _related(self, kind: str) -> Element | None:
        name = self._package.related(self._part, kind)
        return self._package.xml(name) if name else None

    def _note_elements(self, kind: str) -> dict[str, Element]:
        notes = elements_of(self._related(f"{kind}s"), f"w:{kind}")
        return {value_of(note, "id"): note for note in notes}


if __name__ == "__main__":
    main()
