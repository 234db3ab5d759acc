"""Which document a new one replaces, and taking a document out of use or back in.

It decides standings. What follows from them is decided where documents are searched: only current
ones are retrieved, while the citations of every document held open for ever.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from fuente.audit.event import Action, AuditEvent
from fuente.documents.source import SourceDocument
from fuente.documents.standing import CURRENT, WITHDRAWN, Standing, superseded_by
from fuente.errors import IndexDamaged, InvalidRequest, NotFound
from fuente.ports import PassageIndex, Store

_SHORTEST_PREFIX: Final = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """What the coming of a document changes, and how its event and its report say so."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


def edition_of(source: SourceDocument, store: Store, run: Set[str]) -> Edition:
    """The edition a new document is of one already held under the same file name.

    The edition with the later printed date is the current one; without dates the newcomer is.
    Files of one name in several folders, whose paths are in one `run`, stand beside each other.
    """
    beside = run - {source.path}
    namesakes = [
        one
        for one in current_documents(store)
        if one.file == source.file and one.sha256 != source.sha256 and one.path not in beside
    ]
    same_path = [one for one in namesakes if one.path == source.path]
    candidates = same_path or namesakes
    if not candidates:
        return Edition()
    if len(candidates) > 1:
        return Edition(notice=f"{len(candidates)} other documents are held under this name")
    return _between(source, candidates[0])


def withdraw(name: str, store: Store, index: PassageIndex, actor: str) -> SourceDocument:
    """Take a document out of use; its citations still open.

    Args:
        name: the file name, or at least eight digits of the SHA-256.
        store: holds the documents.
        index: forgets its passages.
        actor: who asks.

    Raises:
        NotFound: no current document is so called.
        InvalidRequest: several are.
    """
    with store.undisturbed():
        document = _the_one(name, current_documents(store))
        told = {"file": document.file}
        event = AuditEvent(Action.DOCUMENT_WITHDRAWN, actor, document.sha256, told)
        store.set_standing(document.sha256, WITHDRAWN, event)
    forget(document.sha256, store, index)
    return document


def restore(name: str, store: Store, index: PassageIndex, actor: str) -> SourceDocument:
    """Take a withdrawn or superseded document back into use.

    Raises:
        NotFound: no such document is so called.
        InvalidRequest: several are, or the edition that superseded it is in use.
    """
    with store.undisturbed():
        document = _restorable(name, store)
        told = {"file": document.file}
        event = AuditEvent(Action.DOCUMENT_RESTORED, actor, document.sha256, told)
        store.set_standing(document.sha256, CURRENT, event)
    _remember(document.sha256, store, index)
    return document


def current_documents(store: Store) -> tuple[SourceDocument, ...]:
    """The documents that are searched and followed."""
    standings = store.standings()
    return tuple(one for one in store.documents() if one.sha256 not in standings)


def forget(sha256: str, store: Store, index: PassageIndex) -> None:
    """Take the passages of a document out of the index."""
    try:
        index.remove([one.passage_id for one in store.passages_of(sha256)])
    except IndexDamaged:
        index.rebuild(store.vectors())


def _restorable(name: str, store: Store) -> SourceDocument:
    standings = store.standings()
    document = _the_one(name, [one for one in store.documents() if one.sha256 in standings])
    successor = standings[document.sha256].successor
    if successor and successor not in standings:
        raise InvalidRequest(
            f"{document.file} was superseded by an edition that is in use ({successor[:16]}).",
            f"Withdraw that one first: fuente withdraw {successor[:16]}",
        )
    return document


def _remember(sha256: str, store: Store, index: PassageIndex) -> None:
    ids = [one.passage_id for one in store.passages_of(sha256)]
    pairs = list(store.vectors(ids))
    try:
        index.add([one for one, _ in pairs], [vector for _, vector in pairs])
    except IndexDamaged:
        index.rebuild(store.vectors())


def _between(new: SourceDocument, held: SourceDocument) -> Edition:
    dates = new.edition_date, held.edition_date
    if None not in dates and new.edition_date < held.edition_date:  # type: ignore[operator]
        return Edition(
            {new.sha256: superseded_by(held.sha256)},
            {"superseded_by": held.sha256},
            f"older than the edition in use ({_called(held)}); kept for citations only",
        )
    return Edition(
        {held.sha256: superseded_by(new.sha256)},
        {"supersedes": held.sha256},
        f"new edition; supersedes {_called(held)}, whose citations still open",
    )


def _called(document: SourceDocument) -> str:
    edition = document.edition or (document.edition_date or "")
    return f"{edition} {document.sha256[:16]}".strip()


def _the_one(name: str, among: list[SourceDocument] | tuple[SourceDocument, ...]) -> SourceDocument:
    is_prefix = len(name) >= _SHORTEST_PREFIX and set(name.lower()) <= set("0123456789abcdef")
    found = [
        one
        for one in among
        if one.file == name or (is_prefix and one.sha256.startswith(name.lower()))
    ]
    if not found:
        raise NotFound(f"No such document is called {name[:80]!r}.", "See `fuente documents`.")
    if len(found) > 1:
        hashes = ", ".join(one.sha256[:16] for one in found)
        raise InvalidRequest(
            f"{len(found)} documents are called {name!r}.", f"Name one by its SHA-256: {hashes}"
        )
    return found[0]
