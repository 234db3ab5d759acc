"""Fakes of the store, the index, the embedder and the reader, each in memory and deterministic."""

import hashlib
import math
import re
import threading
import unicodedata
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType

from fuente.audit.chain import Checkpoint, chain_event
from fuente.documents.source import ReadDocument
from fuente.documents.standing import CURRENT
from fuente.errors import DocumentRejected, NotFound
from fuente.evidence.cognates import cognate_keys
from fuente.ports import ReferenceFilter

ANY = ReferenceFilter()
START = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


class MemoryStore:
    """The `Store` port in dictionaries; its lexical score is the number of distinct words met."""

    def __init__(self):
        self._documents = {}
        self._records = {}
        self._tokens = set()
        self._events = []
        self._standings = {}
        self._earlier = []
        self._lock = threading.RLock()

    def close(self):
        pass

    @contextmanager
    def undisturbed(self):
        with self._lock:
            yield

    def add_document(self, document, event, standings=MappingProxyType({})):
        if document.read.source.sha256 not in self._documents:
            self._documents[document.read.source.sha256] = document
            self._standings |= standings
        self.log(event)

    def replace_reading(self, document, put_aside, event):
        sha256 = document.read.source.sha256
        if sha256 not in self._documents:
            raise NotFound(f"No document with SHA-256 {sha256} is held.")
        self._documents[sha256] = document
        self._earlier[:0] = [(sha256, page) for page in reversed(put_aside)]
        self.log(event)

    def earlier_pages(self, sha256, number=None):
        return tuple(
            page for held, page in self._earlier if held == sha256 and number in (None, page.number)
        )

    def set_standing(self, sha256, standing, event):
        if sha256 not in self._documents:
            raise NotFound(f"No document with SHA-256 {sha256} is held.")
        self._standings[sha256] = standing
        self.log(event)

    def standings(self):
        return {key: one for key, one in self._standings.items() if one != CURRENT}

    def document(self, sha256):
        held = self._documents.get(sha256)
        return held.read.source if held else None

    def documents(self):
        sources = (held.read.source for held in self._documents.values())
        return tuple(sorted(sources, key=lambda one: (one.file, one.sha256)))

    def content(self, sha256):
        if sha256 not in self._documents:
            raise NotFound(f"No document with SHA-256 {sha256} is held.")
        return self._documents[sha256].content

    def page(self, sha256, number):
        held = self._documents.get(sha256)
        pages = held.read.pages if held else ()
        return next((page for page in pages if page.number == number), None)

    def passages(self, ids):
        held = {one.passage_id: one for one in self._all("passages")}
        return tuple(held[key] for key in ids if key in held)

    def passages_of(self, sha256):
        held = self._documents.get(sha256)
        return held.passages if held else ()

    def references(self, where=ANY):
        found = (
            one for one in self._all("references", current=where.current) if _admits(where, one)
        )
        return tuple(sorted(found, key=lambda one: (one.file, one.page, one.span)))

    def regimens(self, of=None):
        found = (
            one
            for one in self._all("regimens", current=of is None)
            if of is None or one.document_sha256 in of
        )
        return tuple(sorted(found, key=lambda one: one.regimen_id))

    def lexical_search(self, query, limit):
        wanted = set(_words(query)) - {"or", "and", "not", "cognates"}
        scored = [
            (one.passage_id, float(len(wanted & _indexed_words(one.search_text))))
            for one in self._all("passages", current=True)
        ]
        found = sorted((pair for pair in scored if pair[1]), key=lambda pair: (-pair[1], pair[0]))
        return found[:limit]

    def vectors(self, ids=None):
        for sha256, held in self._documents.items():
            for passage, vector in zip(held.passages, held.vectors, strict=True):
                if sha256 not in self.standings() if ids is None else passage.passage_id in ids:
                    yield passage.passage_id, vector

    def add_record(self, record, event):
        new = record.record_id not in self._records
        self._records.setdefault(record.record_id, record)
        self.log(event)
        return new

    def record(self, record_id):
        return self._records.get(record_id)

    def records(self, offset, limit):
        return tuple(reversed(self._records.values()))[offset : offset + limit]

    def count_records(self):
        return len(self._records)

    def log(self, event):
        self._events.append(chain_event(event, START.isoformat(), self.audit_head()))

    def events(self, after=0):
        return iter(self._events[after:])

    def audit_head(self):
        last = self._events[-1] if self._events else None
        return Checkpoint(last.sequence, last.hash) if last else None

    def add_token(self, token_sha256, event):
        self._tokens.add(token_sha256)
        self.log(event)

    def knows_token(self, token_sha256):
        return token_sha256 in self._tokens

    def has_tokens(self):
        return bool(self._tokens)

    def token_hashes(self):
        return tuple(sorted(self._tokens))

    def _all(self, name, *, current=False):
        for sha256, held in self._documents.items():
            if not current or sha256 not in self.standings():
                yield from getattr(held, name)


class MemoryIndex:
    """The `PassageIndex` port as a dictionary searched one by one."""

    def __init__(self):
        self._vectors = {}

    def add(self, ids, vectors):
        self._vectors.update(zip(ids, vectors, strict=True))

    def remove(self, ids):
        for one in ids:
            self._vectors.pop(one, None)

    def nearest(self, vector, limit):
        scored = [(key, _cosine(vector, held)) for key, held in self._vectors.items()]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def count(self):
        return len(self._vectors)

    def ids(self):
        return frozenset(self._vectors)

    def rebuild(self, items):
        self._vectors = dict(items)


class HashEmbedder:
    """The `Embedder` port: words hashed into 64 places, so texts that share words are near."""

    fingerprint = "hash-64"
    dimensions = 64

    def embed(self, texts, progress=None):
        return [self._vector(text) for text in texts]

    def _vector(self, text):
        vector = [0.0] * self.dimensions
        for word in _words(text):
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimensions] += 1.0
        length = math.sqrt(sum(one * one for one in vector)) or 1.0
        return tuple(one / length for one in vector)


class CannedReader:
    """The `PageReader` port: gives the read documents it was made with, by bytes or file name."""

    def __init__(self, *documents: ReadDocument):
        self._documents = {}
        for one in documents:
            self.add(one)

    def add(self, document: ReadDocument):
        self._documents |= {document.source.file: document, document.source.sha256: document}

    def read(self, path, progress=None, stop=None):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        found = self._documents.get(sha256) or self._documents.get(path.name)
        if found is None:
            raise DocumentRejected(f"{path.name} is damaged.", "Export it again.")
        return found


def _admits(where, reference):
    return (
        where.file in ("", reference.file)
        and where.drug in ("", reference.drug)
        and (not where.document_sha256s or reference.document_sha256 in where.document_sha256s)
        and (not where.ids or reference.reference_id in where.ids)
        and (not where.passage_ids or reference.passage_id in where.passage_ids)
    )


def _indexed_words(text):
    return {*_words(text), *cognate_keys(text).split()}


def _words(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one)))


def _cosine(one, other):
    product = sum(a * b for a, b in zip(one, other, strict=True))
    size = math.sqrt(sum(a * a for a in one)) * math.sqrt(sum(b * b for b in other))
    return product / size if size else 0.0
