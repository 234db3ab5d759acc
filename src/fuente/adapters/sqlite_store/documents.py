"""Rows of documents, pages, passages, references and regimens, and the searches over them."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import apsw

from fuente.adapters.sqlite_store.codec import (
    decode,
    decode_many,
    encode,
    pack,
    pack_vector,
    unpack,
    unpack_vector,
)
from fuente.documents.passage import Passage
from fuente.documents.source import Grid, Line, Page, SourceDocument
from fuente.documents.standing import CURRENT, Standing, StandingState
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.errors import InvalidRequest
from fuente.evidence.cognates import cognate_keys
from fuente.ports import PreparedDocument, ReferenceFilter, Vector

_CURRENT: Final = "document_sha256 NOT IN (SELECT document_sha256 FROM standings)"


def insert_document(connection: apsw.Connection, document: PreparedDocument) -> None:
    """Write the document and everything read from it; the caller owns the transaction."""
    source = document.read.source
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?)", (source.sha256, source.file, encode(source))
    )
    connection.execute("INSERT INTO contents VALUES (?, ?)", (source.sha256, document.content))
    _insert_reading(connection, document)


def replace_reading(
    connection: apsw.Connection, document: PreparedDocument, put_aside: Sequence[Page]
) -> None:
    """Write what was read anew of a held document in place of what was; the caller owns both."""
    source = document.read.source
    for page in put_aside:
        connection.execute(
            "INSERT INTO earlier_pages (document_sha256, number, text, body, layout, "
            "character_boxes) VALUES (?, ?, ?, ?, ?, ?)",
            _page_row(source.sha256, page),
        )
    connection.execute(
        "DELETE FROM passage_words WHERE rowid IN "
        "(SELECT row FROM passages WHERE document_sha256 = ?)",
        (source.sha256,),
    )
    for table in ("pages", "passages", "dose_references", "regimens"):
        connection.execute(f"DELETE FROM {table} WHERE document_sha256 = ?", (source.sha256,))
    connection.execute(
        "UPDATE documents SET body = ? WHERE sha256 = ?", (encode(source), source.sha256)
    )
    _insert_reading(connection, document)


def index_words(connection: apsw.Connection) -> None:
    """Write the words of all passages into their index, which is empty."""
    rows: Any = connection.execute("SELECT row, body FROM passages")
    for row, body in rows:
        _insert_words(connection, row, decode(Passage, body))


def _insert_reading(connection: apsw.Connection, document: PreparedDocument) -> None:
    source = document.read.source
    for page in document.read.pages:
        _insert_page(connection, source.sha256, page)
    for passage, vector in zip(document.passages, document.vectors, strict=True):
        _insert_passage(connection, passage, vector)
    for reference in document.references:
        _insert_reference(connection, reference)
    for regimen in document.regimens:
        connection.execute(
            "INSERT INTO regimens VALUES (?, ?, ?)",
            (regimen.regimen_id, source.sha256, encode(regimen)),
        )


def write_standing(connection: apsw.Connection, sha256: str, standing: Standing) -> None:
    """Note the standing of a held document; the caller owns the transaction."""
    connection.execute("DELETE FROM standings WHERE document_sha256 = ?", (sha256,))
    if standing != CURRENT:
        connection.execute(
            "INSERT INTO standings VALUES (?, ?, ?)",
            (sha256, standing.state, standing.successor),
        )


def read_standings(connection: apsw.Connection) -> dict[str, Standing]:
    """The documents that are not current."""
    rows: Any = connection.execute("SELECT document_sha256, state, successor FROM standings")
    return {sha256: Standing(StandingState(state), successor) for sha256, state, successor in rows}


def holds_document(connection: apsw.Connection, sha256: str) -> bool:
    """Whether a document with these bytes is held."""
    query = "SELECT count(*) FROM documents WHERE sha256 = ?"
    return bool(connection.execute(query, (sha256,)).get)


def read_document(connection: apsw.Connection, sha256: str) -> SourceDocument | None:
    """The document with these bytes."""
    body = connection.execute("SELECT body FROM documents WHERE sha256 = ?", (sha256,)).get
    return None if body is None else decode(SourceDocument, body)


def read_documents(connection: apsw.Connection) -> tuple[SourceDocument, ...]:
    """All documents by file name."""
    rows = connection.execute("SELECT body FROM documents ORDER BY file, sha256")
    return tuple(decode(SourceDocument, body) for (body,) in rows)


def read_content(connection: apsw.Connection, sha256: str) -> bytes | None:
    """The bytes of the file as it was ingested."""
    query = "SELECT content FROM contents WHERE document_sha256 = ?"
    content: bytes | None = connection.execute(query, (sha256,)).get
    return content


def read_page(connection: apsw.Connection, sha256: str, number: int) -> Page | None:
    """One page with its layout."""
    row = connection.execute(
        "SELECT text, body, layout, character_boxes FROM pages "
        "WHERE document_sha256 = ? AND number = ?",
        (sha256, number),
    ).fetchone()
    return None if row is None else _page(*row)


def read_earlier_pages(
    connection: apsw.Connection, sha256: str, number: int | None
) -> tuple[Page, ...]:
    """Pages put aside when the document was read again, the latest first: all, or of one number."""
    rows = connection.execute(
        "SELECT text, body, layout, character_boxes FROM earlier_pages "
        "WHERE document_sha256 = ? AND number = coalesce(?, number) ORDER BY row DESC",
        (sha256, number),
    )
    return tuple(_page(*row) for row in rows)


def read_passages(connection: apsw.Connection, ids: Sequence[str]) -> tuple[Passage, ...]:
    """The passages with these ids in the order asked."""
    rows = connection.execute(
        f"SELECT passage_id, body FROM passages WHERE passage_id IN ({_marks(len(ids))})",
        tuple(ids),
    )
    found = {passage_id: decode(Passage, body) for passage_id, body in rows}
    return tuple(found[passage_id] for passage_id in ids if passage_id in found)


def read_passages_of(connection: apsw.Connection, sha256: str) -> tuple[Passage, ...]:
    """All passages of one document in reading order."""
    query = "SELECT body FROM passages WHERE document_sha256 = ? ORDER BY row"
    return tuple(decode(Passage, body) for (body,) in connection.execute(query, (sha256,)))


def read_references(
    connection: apsw.Connection, where: ReferenceFilter
) -> tuple[DoseReference, ...]:
    """The references the filter admits, by file, page and span."""
    condition, values = _condition(where)
    rows = connection.execute(
        f"SELECT body FROM dose_references WHERE {condition} "
        "ORDER BY file, document_sha256, page, start, stop, row",
        values,
    )
    return tuple(decode(DoseReference, body) for (body,) in rows)


def read_regimens(
    connection: apsw.Connection, documents: frozenset[str] | None
) -> tuple[Regimen, ...]:
    """The regimens of all current documents, or of these."""
    named = tuple(documents or ())
    condition = _CURRENT
    if documents is not None:
        condition = f"document_sha256 IN ({_marks(len(named))})"
    query = f"SELECT body FROM regimens WHERE {condition} ORDER BY regimen_id"
    return tuple(decode(Regimen, body) for (body,) in connection.execute(query, named))


def search_words(connection: apsw.Connection, query: str, limit: int) -> list[tuple[str, float]]:
    """Passage ids of current documents by BM25, best first; a higher score is better.

    The columns are `search_text` and `cognates` (see `fuente.evidence.cognates`).

    Raises:
        InvalidRequest: the query is not an FTS5 expression.
    """
    try:
        rows: list[Any] = connection.execute(
            "SELECT passage_id, -bm25(passage_words) AS score FROM passage_words "
            "JOIN passages ON passages.row = passage_words.rowid "
            f"WHERE passage_words MATCH ? AND {_CURRENT} ORDER BY score DESC, passage_id LIMIT ?",
            (query, limit),
        ).fetchall()
    except apsw.SQLError as error:
        raise InvalidRequest(f"{query!r} is not a search expression: {error}.") from error
    return [(passage_id, score) for passage_id, score in rows]


def read_vectors(
    connection: apsw.Connection, ids: Sequence[str] | None
) -> Iterator[tuple[str, Vector]]:
    """Passage ids with their vectors in the order stored: all current ones, or these."""
    condition = _CURRENT if ids is None else f"passage_id IN ({_marks(len(ids))})"
    query = f"SELECT passage_id, vector FROM passages WHERE {condition} ORDER BY row"
    rows: Any = connection.execute(query, tuple(ids or ()))
    for passage_id, data in rows:
        yield passage_id, unpack_vector(data)


def _insert_page(connection: apsw.Connection, sha256: str, page: Page) -> None:
    row = _page_row(sha256, page)
    connection.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)", row)


def _page_row(sha256: str, page: Page) -> tuple[str, int, str, str, bytes, bytes]:
    rest = replace(page, text="", lines=(), grids=(), character_boxes=b"")
    layout = f"{encode(page.lines)}\n{encode(page.grids)}"
    boxes = zlib.compress(page.character_boxes)
    return sha256, page.number, page.text, encode(rest), pack(layout), boxes


def _page(text: str, body: str, layout: bytes, character_boxes: bytes) -> Page:
    lines, grids = unpack(layout).split("\n")
    return replace(
        decode(Page, body),
        text=text,
        lines=decode_many(Line, lines),
        grids=decode_many(Grid, grids),
        character_boxes=zlib.decompress(character_boxes),
    )


def _insert_passage(connection: apsw.Connection, passage: Passage, vector: Vector) -> None:
    connection.execute(
        "INSERT INTO passages (passage_id, document_sha256, body, vector) VALUES (?, ?, ?, ?)",
        (passage.passage_id, passage.document_sha256, encode(passage), pack_vector(vector)),
    )
    _insert_words(connection, connection.last_insert_rowid(), passage)


def _insert_words(connection: apsw.Connection, row: int, passage: Passage) -> None:
    connection.execute(
        "INSERT INTO passage_words (rowid, search_text, cognates) VALUES (?, ?, ?)",
        (row, passage.search_text, cognate_keys(passage.search_text)),
    )


def _insert_reference(connection: apsw.Connection, reference: DoseReference) -> None:
    connection.execute(
        "INSERT INTO dose_references (reference_id, document_sha256, file, page, start, stop, "
        "drug, passage_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            reference.reference_id,
            reference.document_sha256,
            reference.file,
            reference.page,
            reference.span.start,
            reference.span.end,
            reference.drug,
            reference.passage_id,
            encode(reference),
        ),
    )


def _condition(where: ReferenceFilter) -> tuple[str, tuple[str, ...]]:
    wanted = {
        "file": frozenset(filter(None, [where.file])),
        "drug": frozenset(filter(None, [where.drug])),
        "document_sha256": where.document_sha256s,
        "reference_id": where.ids,
        "passage_id": where.passage_ids,
    }
    parts = [f"{name} IN ({_marks(len(values))})" for name, values in wanted.items() if values]
    parts += [_CURRENT] if where.current else []
    return " AND ".join(parts) or "TRUE", tuple(
        value for values in wanted.values() for value in sorted(values)
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
