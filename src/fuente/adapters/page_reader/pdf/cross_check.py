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
        text = document.pages[index].extract_text()
    except _PAGE_ERRORS:
        return None
    return count_characters(text)


if __name__ == "__main__":
    main()
