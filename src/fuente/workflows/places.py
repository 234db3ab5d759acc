"""Where cited words stand in a document whose pages are no guide: a paragraph, a row, a cell.

Places are read from the stored pages when they are asked for; records and references hold none.
"""

from functools import lru_cache
from typing import Final

from fuente.documents.source import Page
from fuente.documents.span import Span
from fuente.ports import DocumentStore

_PRINTED: Final = "application/pdf"
_PAGES_HELD: Final = 8
"""Words looked up one after the other mostly stand on few pages."""


class Places:
    """Names the places of spans.

    Args:
        store: where the pages are held.
    """

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._page = lru_cache(maxsize=_PAGES_HELD)(self._read_page)
        self._printed = {one.sha256 for one in store.documents() if one.media_type == _PRINTED}

    def of(self, sha256: str, number: int, span: Span) -> str:
        """The place of a span; empty on printed pages, which are named by their number."""
        page = None if sha256 in self._printed else self._page(sha256, number)
        return page.place_of(span) if page else ""

    def _read_page(self, sha256: str, number: int) -> Page | None:
        return self._store.page(sha256, number)
