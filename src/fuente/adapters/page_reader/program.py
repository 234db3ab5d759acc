"""The frame of every program here: confined, fed with bytes, answering by lines on standard output.

Of a reading program the first line says how many pages follow, or why none do. A program of a
format without pages of its own reads all of them first and hands them to `run`.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from fuente.adapters.page_reader.limits import (
    MAX_PAGES,
    MAX_TEXT_CHARACTERS,
    allow_bytes,
    close_doors,
    confine,
)
from fuente.adapters.page_reader.wire import line_from_fields, line_from_page
from fuente.documents.source import Page


class Unreadable(Exception):
    """The bytes cannot be a document of this format; the message goes on from the file's name."""


class Failed(Exception):
    """The program cannot go on, whatever the bytes are worth; the message says why."""


def answer(lines_of: Callable[[bytes], Iterable[bytes]]) -> None:
    """Read standard input, close the doors and write the lines; why it stopped is the last one."""
    confine()
    content = sys.stdin.buffer.read()
    allow_bytes(len(content))
    close_doors()
    write = sys.stdout.buffer.write
    try:
        for line in lines_of(content):
            write(line)
    except Unreadable as error:
        write(line_from_fields({"rejected": str(error)}))
    except Failed as error:
        write(line_from_fields({"failed": str(error)}))
    except MemoryError:
        write(line_from_fields({"failed": "it ran out of memory"}))
    sys.stdout.buffer.flush()


def run(read_pages: Callable[[bytes], Sequence[Page]]) -> None:
    """Answer with how many pages there are and then each of them."""
    answer(lambda content: _lines(_checked(read_pages(content))))


def _lines(pages: Sequence[Page]) -> Iterator[bytes]:
    yield line_from_fields({"pages": len(pages)})
    yield from map(line_from_page, pages)


def _checked(pages: Sequence[Page]) -> Sequence[Page]:
    if len(pages) > MAX_PAGES:
        raise Unreadable(f"it has {len(pages)} pages, more than {MAX_PAGES}")
    if sum(len(page.text) for page in pages) > MAX_TEXT_CHARACTERS:
        raise Unreadable(f"its text is longer than {MAX_TEXT_CHARACTERS} characters")
    return pages
