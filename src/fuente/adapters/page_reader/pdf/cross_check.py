"""The program that reads a PDF a second time, with pypdf: the letters and digits of each page.

Runs as `python -m fuente.adapters.page_reader.pdf.cross_check 3,4,9`, the pages to read, confined
like the first reader. Its words are never stored; they only tell how far the stored text can be
trusted.
"""

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdf
import pypdf._codecs._codecs
import pypdf.filters
from pypdf.errors import DependencyError, PyPdfError

from fuente.adapters.page_reader.limits import allow_pages
from fuente.adapters.page_reader.pdf.agreement import count_characters
from fuente.adapters.page_reader.program import Failed, answer
from fuente.adapters.page_reader.wire import line_from_fields

_PAGE_ERRORS = (
    *(PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError),
    *(RecursionError, NotImplementedError, ArithmeticError, OSError),
)
"""What pypdf raises on damaged pages."""

_LOADED_EARLY = (pypdf.filters, pypdf._codecs._codecs)
"""pypdf loads these at first use, when no file can be opened any more."""

_PACKED_NOTHING = 32
"""Bytes: nothing at all takes up to 8 when packed, 12 when written as letters besides."""


def main() -> None:
    """Read standard input, write one line of character counts per page."""
    numbers = [int(number) for number in sys.argv[1].split(",")]
    answer(lambda content: _lines(content, numbers))


def _lines(content: bytes, numbers: Sequence[int]) -> Iterator[bytes]:
    try:
        document = pypdf.PdfReader(BytesIO(content))
        allow_pages(len(numbers))
        for number in numbers:
            yield line_from_fields({"page": number, "counts": _counts(document, number - 1)})
    except _PAGE_ERRORS as error:
        raise Failed(type(error).__name__) from error


def _counts(document: pypdf.PdfReader, index: int) -> dict[str, int] | None:
    try:
        page = document.pages[index]
        return None if _is_damaged(page) else count_characters(page.extract_text())
    except _PAGE_ERRORS:
        return None


def _is_damaged(page: pypdf.PageObject) -> bool:
    """Whether nothing could be unpacked from a page that holds something."""
    held = page.get("/Contents", pypdf.generic.NullObject()).get_object()
    streams = held if isinstance(held, pypdf.generic.ArrayObject) else [held]
    return any(map(_is_lost, streams))


def _is_lost(stream: pypdf.generic.PdfObject) -> bool:
    """Whether a stream holds bytes that unpack to none."""
    packed = stream.get_object()
    if not isinstance(packed, pypdf.generic.EncodedStreamObject):
        return False
    return len(packed._data) > _PACKED_NOTHING and not packed.get_data()


if __name__ == "__main__":
    main()
