"""Opens a PDF with pdfium and says plainly why one cannot be opened."""

from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.limits import MAX_PAGES, allow_pages
from fuente.adapters.page_reader.program import Unreadable

PdfDocument = Any
"""A document of pypdfium2, which has no types of its own."""

_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "it is encrypted and needs a password",
    pdfium.FPDF_ERR_SECURITY: "it is encrypted in a way that cannot be opened",
}
_DAMAGED = "it is damaged or not a PDF"


def open_document(content: bytes) -> PdfDocument:
    """The opened document, within the page limit; its processor time is set by its pages.

    Raises:
        Unreadable: damaged, encrypted, empty or too long.
    """
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_REASONS.get(getattr(error, "err_code", None), _DAMAGED)) from error
    if count == 0:
        raise Unreadable("it has no pages")
    if count > MAX_PAGES:
        raise Unreadable(f"it has {count} pages, more than {MAX_PAGES}")
    allow_pages(count)
    return document
