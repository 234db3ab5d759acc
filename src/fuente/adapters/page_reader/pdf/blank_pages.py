"""Marks the pages without text that show nothing: they hide nothing and are covered."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from fuente.adapters.page_reader.process import ChildFailed, ReadingChild
from fuente.adapters.page_reader.wire import fields_from_line
from fuente.documents.source import Page

_AT_ONCE: Final = 100
"""Pages for one child; a scanned page was drawn in 0.24 s, a hundred within a child's minute."""

Pages = tuple[Page, ...]


def mark_blanks(
    content: bytes, pages: Pages, empty: Collection[int], wall_seconds: float
) -> tuple[Pages, tuple[str, ...]]:
    """The pages, those that show nothing named `blank`, and what to say of them.

    Only pages that the second reader found `empty` too are looked at. A child that fails leaves its
    pages as they are: without text.
    """
    asked = [
        page.number
        for page in pages
        if page.text_source == "none" and not page.warnings and page.number in empty
    ]
    blank: set[int] = set()
    for at in range(0, len(asked), _AT_ONCE):
        blank |= _blanks(content, asked[at : at + _AT_ONCE], wall_seconds)
    if not blank:
        return pages, ()
    marked = tuple(
        replace(page, text_source="blank") if page.number in blank else page for page in pages
    )
    return marked, (f"blank pages: {', '.join(map(str, sorted(blank)))}",)


def _blanks(content: bytes, numbers: Sequence[int], wall_seconds: float) -> set[int]:
    arguments = tuple(map(str, numbers))
    found: set[int] = set()
    try:
        with ReadingChild("pdf.find_blanks", content, arguments, wall_seconds) as child:
            for line in child.lines():
                fields = fields_from_line(line)
                if fields.get("blank") is True and fields.get("page") in numbers:
                    found.add(int(str(fields["page"])))
    except (ChildFailed, ValueError):
        return found
    return found
