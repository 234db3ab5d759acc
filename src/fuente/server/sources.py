"""A citation made ready to be looked at: the quote checked against the stored page, and its place.

What is shown is what the store holds now; a record that says otherwise is contradicted in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fuente.documents.source import Page, SourceDocument
from fuente.documents.span import Span
from fuente.documents.standing import CURRENT, Standing
from fuente.ports import DocumentStore
from fuente.server.held_pages import Place, place_of
from fuente.workflows.cited_pages import cited_page

_AROUND = 600
"""Characters of text shown on either side of a quote where there is no page image."""


@dataclass(frozen=True, slots=True)
class Source:
    """One citation with what the store holds of it.

    `document` is None when the document is not held here; `stands` says whether the stored page has
    the quoted words at the cited place, `earlier` that it had them before it was read again, and
    `standing` whether the document is still in use;
    `place_name` is empty on printed pages; `before` and `after` are given for text without images.
    """

    citation: Mapping[str, Any]
    document: SourceDocument | None
    stands: bool
    place: Place | None
    standing: Standing = CURRENT
    earlier: bool = False
    place_name: str = ""
    before: str = ""
    after: str = ""

    @property
    def has_image(self) -> bool:
        """Whether the page can be drawn."""
        return self.document is not None and self.document.media_type == "application/pdf"


def source_of(store: DocumentStore, citation: Mapping[str, Any]) -> Source:
    """The citation beside the page as stored."""
    sha256 = citation["document_sha256"]
    document, span = store.document(sha256), Span(citation["start"], citation["end"])
    cited = cited_page(store, sha256, citation["page"], span, citation["quote"])
    if document is None or cited is None or span.end > len(cited.page.text):
        return Source(citation, document, stands=False, place=None)
    page = cited.page
    return Source(
        citation,
        document,
        standing=store.standings().get(sha256, CURRENT),
        stands=span.cut(page.text) == citation["quote"],
        earlier=cited.is_earlier,
        place=place_of(page, span),
        place_name=page.place_of(span),
        **_surroundings(page, span),
    )


def _surroundings(page: Page, span: Span) -> dict[str, str]:
    return {
        "before": page.text[max(0, span.start - _AROUND) : span.start],
        "after": page.text[span.end : span.end + _AROUND],
    }
