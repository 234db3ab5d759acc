"""The page on which a citation's words stand, be it one of an earlier reading of the document.

A document that is read again may say other words at the same place. The page it said before is
kept, so that what was cited then can be looked at as it was.
"""

from dataclasses import dataclass

from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.ports import DocumentStore


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page as held; `is_earlier` where it was read otherwise since."""

    page: Page
    is_earlier: bool = False


def cited_page(
    store: DocumentStore, sha256: str, number: int, span: Span, quote: str
) -> CitedPage | None:
    """The page that says the quote there: as it is read now, else the latest that does.

    Where none does, it is the page as read now; None where no page of that number is held.
    """
    page = store.page(sha256, number)
    if page is not None and _says(page, span, quote):
        return CitedPage(page)
    earlier = (one for one in store.earlier_pages(sha256, number) if _says(one, span, quote))
    found = next(earlier, None)
    if found is not None:
        return CitedPage(found, is_earlier=True)
    return None if page is None else CitedPage(page)


def _says(page: Page, span: Span, quote: str) -> bool:
    return page.text[span.start : span.end] == quote
