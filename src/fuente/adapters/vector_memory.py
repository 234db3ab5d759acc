"""Vectors already computed, kept in a folder: a search asked again needs no embedding model.

It wraps an `Embedder` and is one. It is for the agent's searches, which are a closed list made of
diagnoses and protocol titles; a person's question is never kept, since it may speak of a patient.
The folder is a cache: it may be deleted at any time, and what cannot be read is computed again.
"""

import hashlib
import os
from array import array
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from fuente.ports import Embedder, Progress, Vector

FOLDER = "search_vectors"
_BYTES = array("f").itemsize


class VectorMemory:
    """The `Embedder` port over another embedder and a folder.

    Args:
        embedder: computes what is not there; its fingerprint is part of every key, so vectors of
            two models never mix.
        data: the data folder; the vectors lie in its folder `search_vectors`, one file each, named
            by a hash.
    """

    def __init__(self, embedder: Embedder, data: Path) -> None:
        self._embedder = embedder
        self._folder = data / FOLDER
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> list[Vector]:
        """One unit vector per text, in order; computed only where none is kept."""
        kept = {text: self._read(text) for text in dict.fromkeys(texts)}
        missing = [text for text, vector in kept.items() if vector is None]
        # One at a time: in a batch the padding would change the last digits, and what is kept
        # must not depend on what it was first asked with.
        computed = {text: _rounded(self._embedder.embed([text])[0]) for text in missing}
        for text, vector in computed.items():
            self._write(text, vector)
        if progress is not None:
            progress("embedding", len(texts), len(texts))
        return [kept[text] or computed[text] for text in texts]

    def _path(self, text: str) -> Path:
        key = f"{self.fingerprint}\0{text}".encode("utf-8", "surrogatepass")
        return self._folder / hashlib.sha256(key).hexdigest()

    def _read(self, text: str) -> Vector | None:
        try:
            content = self._path(text).read_bytes()
        except OSError:
            return None
        if len(content) != self.dimensions * _BYTES:
            return None
        return tuple(array("f", content))

    def _write(self, text: str, vector: Vector) -> None:
        """Whole or not at all; a folder that takes no file only means computing again."""
        try:
            self._folder.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(array("f", vector).tobytes())
            os.replace(file.name, self._path(text))
        except OSError:
            return


def _rounded(vector: Vector) -> Vector:
    """As it will be read back, so that the first search equals the later ones to the last digit."""
    return tuple(array("f", vector))
