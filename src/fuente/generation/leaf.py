"""A value that remembers where it came from.

The composer builds the record as a tree of plain containers whose leaves are `Leaf` values.
`unwrap` turns the tree into plain data, an origin for every leaf by JSON pointer, and the
citations used: a number cannot enter a record without its origin, because there is no other way in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fuente.documents.citation import Citation

Scalar = str | int | bool | Decimal | date


class OriginKind(StrEnum):
    """The four ways a value may come to be; a model stating a number is not among them."""

    CITED = "cited"
    DERIVED = "derived"
    SAMPLED = "sampled"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One value with its origin. Two leaves are the same only if they are the same object."""

    value: Any
    kind: OriginKind
    formula: str = ""
    inputs: tuple["Leaf", ...] = ()
    citation: Citation | None = None

    def __post_init__(self) -> None:
        if self.kind is OriginKind.CITED and self.citation is None:
            raise ValueError("a cited value needs its citation")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value at one JSON pointer came from, ready to be written."""

    kind: OriginKind
    formula: str = ""
    inputs: tuple[str, ...] = ()
    citation: str = ""

    def as_json(self) -> dict[str, Any]:
        """The keys that say something."""
        out: dict[str, Any] = {"kind": self.kind.value}
        if self.citation:
            out["citation"] = self.citation
        if self.formula:
            out["formula"] = self.formula
        if self.inputs:
            out["inputs"] = list(self.inputs)
        return out


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Plain data, the origin of every leaf by JSON pointer, and the citations in order of use."""

    data: dict[str, Any]
    origins: Mapping[str, Origin]
    citations: tuple[Citation, ...] = field(default=())


def cited(value: Scalar, citation: Citation) -> Leaf:
    """A value read from a page."""
    return Leaf(value, OriginKind.CITED, citation=citation)


def derived(value: Scalar, formula: str, *inputs: Leaf) -> Leaf:
    """A value computed by code."""
    return Leaf(value, OriginKind.DERIVED, formula, inputs)


def sampled(value: Scalar, distribution: str, *inputs: Leaf) -> Leaf:
    """A seeded draw from a stated distribution."""
    return Leaf(value, OriginKind.SAMPLED, distribution, inputs)


def chosen(value: Scalar, choice: str) -> Leaf:
    """An option picked by the model from the list kept in the manifest under `choice`."""
    return Leaf(value, OriginKind.CHOSEN, f"choice {choice}")


def unwrap(tree: Mapping[str, Any]) -> Unwrapped:
    """Separate values from origins; None and empty containers are left out of the origins.

    Raises:
        TypeError: a bare number or date stands in the tree without an origin.
    """
    leaves = list(_walk(tree, ""))
    places = {id(leaf): pointer for pointer, leaf in reversed(leaves)}
    origins = {pointer: _origin(leaf, places) for pointer, leaf in leaves}
    citations: dict[str, Citation] = {}
    seen: set[int] = set()
    for _, leaf in leaves:
        _collect(leaf, citations, seen)
    return Unwrapped(_plain(tree), origins, tuple(citations.values()))


def _walk(node: Any, pointer: str) -> Iterator[tuple[str, Leaf]]:  # noqa: ANN401  a JSON tree
    if isinstance(node, Leaf):
        yield pointer, node
    elif isinstance(node, Mapping):
        for key, child in node.items():
            yield from _walk(child, f"{pointer}/{key}")
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for index, child in enumerate(node):
            yield from _walk(child, f"{pointer}/{index}")
    elif node is not None:
        raise TypeError(f"{pointer} holds {node!r} without an origin")


def _plain(node: Any) -> Any:  # noqa: ANN401  a JSON tree
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Mapping):
        return {key: _plain(child) for key, child in node.items() if child is not None}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(child) for child in node]
    return node


def _origin(leaf: Leaf, places: Mapping[int, str]) -> Origin:
    inputs = tuple(_input(part, places) for part in leaf.inputs)
    citation = leaf.citation.citation_id if leaf.citation else ""
    return Origin(leaf.kind, leaf.formula, inputs, citation)


def _input(leaf: Leaf, places: Mapping[int, str]) -> str:
    pointer = places.get(id(leaf))
    if pointer is not None:
        return pointer
    where = f" [{leaf.citation.citation_id}]" if leaf.citation else ""
    return f"{leaf.value}{where}"


def _collect(leaf: Leaf, citations: dict[str, Citation], seen: set[int]) -> None:
    if id(leaf) in seen:
        return
    seen.add(id(leaf))
    if leaf.citation is not None:
        citations.setdefault(leaf.citation.citation_id, leaf.citation)
    for part in leaf.inputs:
        _collect(part, citations, seen)
