"""Nearest passages in an embedded Chroma folder, with exactly one owner process.

It holds only what the store holds and may be deleted at any time. It decides whether the folder
can be trusted (the probe); rebuilding it is decided by the caller, who has the store.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from fuente.errors import IndexDamaged, StoreLocked
from fuente.ports import Vector

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Embedding

FOLDER_NAME: Final = "chroma"
"""The name of the index's folder in the data folder."""

_COLLECTION: Final = "passages"
_LOCK_FILE: Final = "chroma.lock"
# Chroma refuses more than 5461 rows in one call; smaller batches keep memory and progress even.
_BATCH: Final = 1_000
# Wider than the defaults (100, 100, 16): the candidates are scored again exactly, so what matters
# is that a rebuilt graph still offers all of the best ones.
_SEARCH: Final["CreateHNSWConfiguration"] = {
    "space": "cosine",
    "ef_search": 400,
    "ef_construction": 200,
    "max_neighbors": 32,
}


class ChromaIndex:
    """The `PassageIndex` port over the `chroma` folder of a data folder.

    Args:
        folder: the data folder.

    Raises:
        StoreLocked: another process owns the index.
        IndexDamaged: the folder cannot be opened; `rebuild` makes a new one.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder / FOLDER_NAME
        self._lock = _own(folder / _LOCK_FILE)
        self._client: ClientAPI | None = None

    def close(self) -> None:
        """Let go of the folder; another process may own it then."""
        self._close_client()
        self._lock.close()

    def probe(self, expected: int) -> None:
        """Check that the folder holds as many passages as the store and answers a query.

        Raises:
            IndexDamaged: it does not; rebuild it.
        """
        found = self.count()
        if found != expected:
            raise IndexDamaged(
                f"The vector index holds {found} passages and the store {expected}.",
                "It is rebuilt from the store.",
            )
        if expected:
            self._probe_query()

    def add(self, ids: Sequence[str], vectors: Sequence[Vector]) -> None:
        """Hold these vectors; an id already held gets the new one."""
        pairs = zip(ids, vectors, strict=True)
        with _failures_named():
            self._upsert(self._collection(), pairs)

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are passed over."""
        with _failures_named():
            for start in range(0, len(ids), _BATCH):
                self._collection().delete(ids=list(ids[start : start + _BATCH]))

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first; equal ones by id."""
        with _failures_named():
            collection = self._collection()
            wanted = min(limit, collection.count())
            if wanted <= 0:
                return []
            found = collection.query(
                query_embeddings=[_array(vector)], n_results=wanted, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        pairs = [(one, 1.0 - far) for one, far in zip(found["ids"][0], distances, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def count(self) -> int:
        """How many passages are held."""
        with _failures_named():
            return self._collection().count()

    def ids(self) -> frozenset[str]:
        """The ids of the passages held."""
        with _failures_named():
            return frozenset(self._collection().get(include=[])["ids"])

    def rebuild(self, items: Iterable[tuple[str, Vector]]) -> None:
        """Delete the whole folder and fill a new one.

        The folder goes, not the collection: a damaged file in it would damage the new one too.
        """
        self._close_client()
        shutil.rmtree(self._folder, ignore_errors=True)
        with _failures_named():
            self._upsert(self._collection(), items)

    def _upsert(self, collection: "Collection", items: Iterable[tuple[str, Vector]]) -> None:
        for batch in _batches(iter(items)):
            collection.upsert(
                ids=[one for one, _ in batch],
                embeddings=[_array(vector) for _, vector in batch],
            )

    def _probe_query(self) -> None:
        with _failures_named():
            sample = self._collection().get(limit=1, include=["embeddings"])
        held = sample["embeddings"]
        if held is None or len(held) == 0:
            raise IndexDamaged("The vector index has lost its vectors.", "It is rebuilt.")
        vector = [float(number) for number in held[0]]
        if not self.nearest(vector, 1):
            raise IndexDamaged("The vector index answers no query.", "It is rebuilt.")

    def _collection(self) -> "Collection":
        # No embedding function: with one, Chroma may fetch a model from the network.
        return self._opened().get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": _SEARCH},
        )

    def _opened(self) -> "ClientAPI":
        if self._client is None:
            self._client = _open_client(self._folder)
        return self._client

    def _close_client(self) -> None:
        if "chromadb" not in sys.modules:
            return
        from chromadb.api.shared_system_client import SharedSystemClient

        self._client = None
        # Chroma keeps one system per path for the whole process, one that failed to open as well;
        # without this a new client on a rebuilt folder would go on using the deleted files.
        SharedSystemClient.clear_system_cache()


def _open_client(folder: Path) -> "ClientAPI":
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )


def _own(path: Path) -> IO[str]:
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise StoreLocked(
            f"Another fuente process owns {path.parent}.", "Stop it, or use another folder."
        ) from error
    return handle


@contextmanager
def _failures_named() -> Iterator[None]:
    """Chroma raises whatever its parts raise, Rust panics included: all mean `rebuild`."""
    try:
        yield
    except IndexDamaged:
        raise
    except Exception as error:
        raise IndexDamaged(
            f"The vector index cannot be used ({type(error).__name__}: {error}).",
            "It is rebuilt from the store.",
        ) from error


def _array(vector: Vector) -> "Embedding":
    return np.asarray(vector, dtype=np.float32)


def _batches(items: Iterator[tuple[str, Vector]]) -> Iterator[list[tuple[str, Vector]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
