"""A self-check of an installation: every part is really used once, and says how it fared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from fuente.errors import FuenteError
from fuente.ports import Constraint, Embedder, LanguageModel, Message, PassageIndex, Store
from fuente.workflows.audit import verify_audit


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it works, and what was seen."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Examined:
    """How to reach each part; reaching it may fail, and that is a result."""

    store: Callable[[], Store]
    index: Callable[[], PassageIndex]
    embedder: Callable[[], Embedder]
    model: Callable[[], LanguageModel]
    ocr: Callable[[], str]


def examine(parts: Examined) -> Iterator[Check]:
    """Check every part; a broken one does not stop the others."""
    for name, probe in _PROBES.items():
        try:
            yield Check(name, True, probe(parts))
        except FuenteError as problem:
            yield Check(name, False, str(problem))


def _store(parts: Examined) -> str:
    store = parts.store()
    return f"{len(store.documents())} documents, {store.count_records()} patients"


def _audit(parts: Examined) -> str:
    report = verify_audit(parts.store())
    if report.findings:
        raise FuenteError(f"the chain is broken: {report.findings[0]}")
    return f"{report.events} events, chain intact"


def _index(parts: Examined) -> str:
    return f"{parts.index().count()} passages"


def _embedder(parts: Examined) -> str:
    embedder = parts.embedder()
    vector = embedder.embed(["vincristine 1 mg"])[0]
    return f"{embedder.fingerprint}, {len(vector)} dimensions"


def _model(parts: Examined) -> str:
    model = parts.model()
    reply = model.generate((Message("user", "Say yes."),), Constraint(options=("yes", "no")))
    return f"{model.identity.name} ({model.identity.engine}), answered {reply.text!r}"


def _ocr(parts: Examined) -> str:
    """Whether pages without text can be read; an installation without OCR is whole."""
    return parts.ocr()


_PROBES: Final[dict[str, Callable[[Examined], str]]] = {
    "store": _store,
    "audit": _audit,
    "index": _index,
    "embedder": _embedder,
    "model": _model,
    "ocr": _ocr,
}
