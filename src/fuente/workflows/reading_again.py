"""What a document read again has that it had not, and what it would lose.

A reading that covers fewer pages than the one held does not replace it: where OCR has gone missing,
reading again would take out of use what it once read.
"""

from dataclasses import dataclass, replace

from fuente.documents.source import Page, ReadDocument, SourceDocument
from fuente.ports import DocumentStore, PreparedDocument, ReferenceFilter
from fuente.workflows.holding import digest_of


@dataclass(frozen=True, slots=True)
class Rereading:
    """A new reading beside the one held.

    `put_aside` are the pages whose words are no longer the same: citations may point into them.
    `vouched` is the hash of what would be held; `lost` says why the one held should stay.
    """

    put_aside: tuple[Page, ...]
    vouched: str
    lost: str = ""

    @property
    def notice(self) -> str:
        """What became of the pages."""
        numbers = ", ".join(str(page.number) for page in self.put_aside)
        return f"read again; other words on pages {numbers}" if numbers else "read again"


def named_as_held(read: ReadDocument, held: SourceDocument) -> ReadDocument:
    """The document under the name and path by which its editions know it."""
    return replace(read, source=replace(read.source, file=held.file, path=held.path))


def compare_readings(prepared: PreparedDocument, store: DocumentStore) -> Rereading:
    """What changes where this reading replaces the one held."""
    sha256 = prepared.read.source.sha256
    earlier = store.earlier_pages(sha256)
    put_aside = tuple(_changed(prepared, store, {(one.number, one.text) for one in earlier}))
    vouched = digest_of(prepared, (*earlier, *put_aside))
    return Rereading(put_aside, vouched, _lost(prepared, store))


def _changed(
    prepared: PreparedDocument, store: DocumentStore, kept: set[tuple[int, str]]
) -> list[Page]:
    source = prepared.read.source
    held = store.document(source.sha256) or source
    now = {page.number: page.text for page in prepared.read.pages}
    before = (store.page(source.sha256, number) for number in range(1, held.pages + 1))
    return [
        page
        for page in before
        if page is not None
        and page.text
        and page.text != now.get(page.number)
        and (page.number, page.text) not in kept
    ]


def _lost(prepared: PreparedDocument, store: DocumentStore) -> str:
    source = prepared.read.source
    held = store.document(source.sha256) or source
    uncovered = sorted(set(source.pages_without_text) - set(held.pages_without_text))
    if uncovered:
        pages = ", ".join(map(str, uncovered))
        return f"kept as it was read before: read again, pages {pages} would have no text"
    stated = ReferenceFilter(document_sha256s=frozenset({source.sha256}))
    if not prepared.references and store.references(stated):
        return "kept as it was read before: read again, it would state no dose"
    return ""
