"""The frame of a reading program: confined, fed with bytes, one line per page on standard output.

The first line says how many pages follow, or why none do. A program of a format without pages of
its own reads all of them first and hands them to `run`.
"""

import sys
from collections.abc import Callable, Sequence

from fuente.adapters.page_reader.limits import MAX_PAGES, MAX_TEXT_CHARACTERS, close_doors, confine
from fuente.adapters.page_reader.wire import line_from_fields, line_from_page
from fuente.documents.source import Page


class Unreadable(Exception):
    """The bytes cannot be a document of this format; the message goes on from the file's name."""


def run(read_pages: Callable[[bytes], Sequence[Page]]) -> None:
    """Read standard input with the doors closed and write the pages, or the reason for none."""
    confine()
    content = sys.stdin.buffer.read()
    close_doors()
    write = sys.stdout.buffer.write
    try:
        pages = _checked(read_pages(content))
        write(line_from_fields({"pages": len(pages)}))
        for page in pages:
            write(line_from_page(page))
    except Unreadable as error:
        write(line_from_fields({"rejected": str(error)}))
    except MemoryError:
        write(line_from_fields({"failed": "it ran out of memory"}))
    sys.stdout.buffer.flush()


def _checked(pages: Sequence[Page]) -> Sequence[Page]:
    if len(pages) > MAX_PAGES:
        raise Unreadable(f"it has {len(pages)} pages, more than {MAX_PAGES}")
    if sum(len(page.text) for page in pages) > MAX_TEXT_CHARACTERS:
        raise Unreadable(f"its text is longer than {MAX_TEXT_CHARACTERS} characters")
    return pages
