"""Exact nearest passages with NumPy: every vector is compared.

It answers when Chroma is missing, damaged or owned by another process, and gives the same ranking
the store's vectors give. It keeps nothing on disk.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fuente.ports import Vector

_Matrix = npt.NDArray[np.float32]


class ExactIndex:
    """The `PassageIndex` port over a matrix in memory.

    Args:
        items: passage ids with their vectors, as the store gives them.
    """

    def __init__(self, items: Iterable[tuple[str, Vector]] = ()) -> None:
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}
        self._matrix: _Matrix | None = None
        self._ids: tuple[str, ...] = ()
        self.rebuild(items)

    def add(self, ids: Sequence[str], vectors: Sequence[Vector]) -> None:
        """Hold these vectors; an id already held gets the new one."""
        for one, vector in zip(ids, vectors, strict=True):
            self._vectors[one] = _unit(vector)
        self._matrix = None

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are passed over."""
        for one in ids:
            self._vectors.pop(one, None)
        self._matrix = None

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first; equal ones by id."""
        ids, matrix = self._stacked()
        if not ids or limit <= 0:
            return []
        # One product per row: a matrix product may round rows differently as their number changes.
        scores: npt.NDArray[Any] = np.einsum("ij,j->i", matrix, _unit(vector))
        order = np.lexsort((np.arange(len(ids)), -scores))[:limit]
        return [(ids[place], float(scores[place])) for place in order]

    def count(self) -> int:
        """How many passages are held."""
        return len(self._vectors)

    def ids(self) -> frozenset[str]:
        """The ids of the passages held."""
        return frozenset(self._vectors)

    def rebuild(self, items: Iterable[tuple[str, Vector]]) -> None:
        """Forget everything and hold these."""
        self._vectors = {one: _unit(vector) for one, vector in items}
        self._matrix = None

    def _stacked(self) -> tuple[tuple[str, ...], _Matrix]:
        if self._matrix is None:
            self._ids = tuple(sorted(self._vectors))
            rows = [self._vectors[one] for one in self._ids]
            self._matrix = np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32)
        return self._ids, self._matrix


def _unit(vector: Vector) -> npt.NDArray[np.float32]:
    array = np.asarray(vector, dtype=np.float32)
    length = float(np.linalg.norm(array))
    return array / np.float32(length) if length else array
