"""The documents held, as rows for people and programs."""

from typing import Any

from fuente.documents.source import SourceDocument
from fuente.documents.standing import CURRENT
from fuente.ports import DocumentStore, ReferenceFilter


def document_json(store: DocumentStore, document: SourceDocument) -> dict[str, Any]:
    """One document with its counts; what it does not state is left out."""
    where = ReferenceFilter(document_sha256s=frozenset({document.sha256}))
    standing = store.standings().get(document.sha256, CURRENT)
    row = {
        "file": document.file,
        "path": document.path,
        "sha256": document.sha256,
        "status": str(document.status),
        "standing": str(standing.state),
        "superseded_by": standing.successor,
        "title": document.title,
        "language": str(document.language),
        "edition": document.edition,
        "edition_date": document.edition_date.isoformat() if document.edition_date else "",
        "pages": document.pages,
        "pages_without_text": list(document.pages_without_text),
        "passages": len(store.passages_of(document.sha256)),
        "references": len(store.references(where)),
        "warnings": list(document.warnings),
    }
    return {key: value for key, value in row.items() if value != ""}
