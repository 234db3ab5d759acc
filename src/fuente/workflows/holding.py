"""One hash over everything that was understood of a document: what its event vouches for later.

Pages, passages, references and regimens lie in rows that whoever has the file can edit. The event
of the ingest carries this hash, so that an edited row is noticed as an edited event is.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from fuente.documents.source import Page
from fuente.ports import DocumentStore, PreparedDocument, ReferenceFilter

_DOMAIN: Final = b"fuente.document.held.v1\n"


def digest_of(prepared: PreparedDocument, earlier: Iterable[Page] = ()) -> str:
    """The hash of a document about to be stored, with the pages of earlier readings if any."""
    rows = (*prepared.passages, *prepared.references, *prepared.regimens)
    return _digest(prepared.read.pages, (prepared.read.source, *rows), earlier)


def held_digest(store: DocumentStore, sha256: str) -> str:
    """The hash of a document as it lies in the store, "" when it is not held."""
    source = store.document(sha256)
    if source is None:
        return ""
    numbered = (store.page(sha256, number) for number in range(1, source.pages + 1))
    rows = (
        source,
        *store.passages_of(sha256),
        *store.references(ReferenceFilter(document_sha256s=frozenset({sha256}))),
        *store.regimens(frozenset({sha256})),
    )
    pages = (page for page in numbered if page is not None)
    return _digest(pages, rows, store.earlier_pages(sha256))


def _digest(pages: Iterable[Page], rows: Iterable[object], earlier: Iterable[Page]) -> str:
    """SHA-256 over all lines in an order that no store decides."""
    # Where letters lie on a page moves no dose, and would make this hash a slow one.
    told = [_line(_told(one)) for one in pages]
    told += [_line(["earlier", *_told(one)]) for one in earlier]
    told += [_line([type(one).__name__, _plain(one)]) for one in rows]
    return hashlib.sha256(_DOMAIN + "\n".join(sorted(told)).encode()).hexdigest()


def _told(page: Page) -> list[object]:
    """What a page says and where from; the parts read by OCR where there are any."""
    told: list[object] = ["page", page.number, page.label, page.text, page.text_source]
    read = [[span.start, span.end] for spans in (page.ocr, page.doubts) for span in spans]
    return [*told, read] if read else told


def _line(value: object) -> str:
    # A line feed inside a text is escaped, so one line is one value.
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:  # noqa: ANN401  a field of any kind
    """A value as JSON; what a field states by default is left out, so that a new field may come."""
    if is_dataclass(value) and not isinstance(value, type):
        stated = {one.name: getattr(value, one.name) for one in fields(value)}
        defaults = {one.name: one.default for one in fields(value)}
        return {key: _plain(one) for key, one in stated.items() if one != defaults[key]}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
