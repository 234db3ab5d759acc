"""What the workflows ask of the outside world, as protocols. No engine is named here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol

from fuente.audit.chain import Checkpoint
from fuente.audit.event import AuditEvent, ChainedEvent
from fuente.documents.passage import Passage
from fuente.documents.source import Page, ReadDocument, SourceDocument
from fuente.documents.span import Box
from fuente.documents.standing import Standing
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen

Vector = Sequence[float]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


class ReadingStopped(Exception):
    """Nobody wants the file that is being read."""


class Stop(Protocol):
    """What may end a reading from another thread, at once and for good."""

    def check(self) -> None:
        """Raise ReadingStopped once it was asked for."""
        ...

    def calling(self, end: Callable[[], None]) -> AbstractContextManager[None]:
        """While this lasts, asking calls `end` in the thread that asks; raises as `check` does."""
        ...


class PageReader(Protocol):
    """Turns one untrusted file into pages, in a child process with limits."""

    def read(
        self, path: Path, progress: Progress | None = None, stop: Stop | None = None
    ) -> ReadDocument:
        """Read the whole file.

        Raises:
            DocumentRejected: the file cannot be a document; the message names it and the reason.
            ReaderFailed: the child died or exceeded time or memory.
            ReadingStopped: `stop` was asked for.
        """
        ...


class PageRenderer(Protocol):
    """Draws one page of a stored file as a PNG, in a child process with limits."""

    def render(
        self, content: bytes, page: int, marks: Sequence[Box] = (), turned: int = 0
    ) -> bytes:
        """The page image at about 110 dpi, turned clockwise, with the places marked.

        Marks are in points on the page turned, as the stored boxes of its characters are.
        """
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors; `fingerprint` names model and settings."""

    fingerprint: str
    dimensions: int

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> list[Vector]:
        """One unit vector per text, in order."""
        ...


class PassageIndex(Protocol):
    """Nearest passages by vector. It holds nothing the store does not hold."""

    def add(self, ids: Sequence[str], vectors: Sequence[Vector]) -> None: ...

    def remove(self, ids: Sequence[str]) -> None: ...

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first.

        Raises:
            IndexDamaged: the index cannot be read; rebuild it.
        """
        ...

    def count(self) -> int: ...

    def ids(self) -> frozenset[str]: ...

    def rebuild(self, items: Iterable[tuple[str, Vector]]) -> None: ...


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `role` is system, user, assistant or tool."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the output must be: one of `options`, a match of `regex`, or JSON of `schema`."""

    options: tuple[str, ...] = ()
    regex: str = ""
    schema: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if sum((bool(self.options), bool(self.regex), self.schema is not None)) != 1:
            raise ValueError("a constraint has exactly one of options, regex and schema")


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote, and what it cost."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    finished: bool = True


AS_STORED: Final = "as stored"
"""Weights that are computed in the format of their file."""


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Everything needed to say which model wrote something.

    `sha256` is that of the registered file, `weights` the format it is computed in.
    """

    name: str
    sha256: str
    weights: str
    template_sha256: str
    engine: str


class LanguageModel(Protocol):
    """A local model under a grammar. The same arguments give the same text."""

    @property
    def identity(self) -> ModelIdentity: ...

    def generate(
        self,
        messages: Sequence[Message],
        constraint: Constraint | None = None,
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> Completion:
        """Write one reply.

        Raises:
            ModelCrashed: the engine process died; the next call starts a new one.
            ModelTimedOut: no reply within the deadline.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Tool:
    """A read-only tool the agent may call.

    `arguments` maps each argument to the values allowed in this request: the grammar offers
    nothing else. `run` takes them and returns text for the model and the ids it stands for.
    """

    name: str
    description: str
    arguments: Mapping[str, tuple[str, ...]]
    run: Callable[[Mapping[str, str]], "ToolResult"]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool returned: words for the model, and the passages and references found."""

    text: str
    passage_ids: tuple[str, ...] = ()
    reference_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentStep:
    """One stored step: the tool, its arguments, and what came back."""

    tool: str
    arguments: Mapping[str, str]
    passage_ids: tuple[str, ...]
    reference_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentTrace:
    """All steps of one run and how it ended: `done`, `step_limit`, `time_limit` or `failed`."""

    steps: tuple[AgentStep, ...]
    outcome: str
    detail: str = ""


class ReferenceAgent(Protocol):
    """Gathers evidence by calling tools until it is done or a cap is reached; never raises."""

    def gather(
        self,
        goal: str,
        tools: Callable[[Sequence[AgentStep]], Sequence[Tool]],
        *,
        max_steps: int,
        max_seconds: float,
        seed: int,
    ) -> AgentTrace:
        """Run the loop. `tools(steps)` gives the calls still open after those steps.

        An empty answer of `tools` ends the run as `done`.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReferenceFilter:
    """Which references to list; every empty part means any.

    `current` leaves out what superseded and withdrawn documents state.
    """

    file: str = ""
    drug: str = ""
    document_sha256s: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    passage_ids: frozenset[str] = frozenset()
    current: bool = False


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document ready to be stored, all in one transaction."""

    read: ReadDocument
    content: bytes
    passages: tuple[Passage, ...]
    vectors: tuple[Vector, ...]
    references: tuple[DoseReference, ...]
    regimens: tuple[Regimen, ...]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A generated patient as first written: the canonical JSON line and the agent's steps."""

    record_id: str
    line: bytes
    steps: tuple[AgentStep, ...] = field(default=())


class DocumentStore(Protocol):
    """Documents, pages, passages, references: the truth everything else is checked against.

    Every method that changes something takes the audit event of the change and writes both in one
    transaction.
    """

    def undisturbed(self) -> AbstractContextManager[None]:
        """For a change that depends on what is held: nobody else writes, and it is one change."""
        ...

    def add_document(
        self,
        document: PreparedDocument,
        event: AuditEvent,
        standings: Mapping[str, Standing] = MappingProxyType({}),
    ) -> None:
        """Hold it, and give the documents in `standings` their new standing."""
        ...

    def replace_reading(
        self, document: PreparedDocument, put_aside: Sequence[Page], event: AuditEvent
    ) -> None:
        """Hold what was read anew of a held document; the pages put aside can still be cited."""
        ...

    def earlier_pages(self, sha256: str, number: int | None = None) -> tuple[Page, ...]:
        """Pages put aside when it was read again, the latest first: all, or those of a number."""
        ...

    def set_standing(self, sha256: str, standing: Standing, event: AuditEvent) -> None: ...

    def standings(self) -> Mapping[str, Standing]:
        """The documents that are not current, with their standing."""
        ...

    def document(self, sha256: str) -> SourceDocument | None: ...

    def documents(self) -> tuple[SourceDocument, ...]: ...

    def content(self, sha256: str) -> bytes: ...

    def page(self, sha256: str, number: int) -> Page | None: ...

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """The passages with these ids, in the order asked; unknown ids are left out."""
        ...

    def passages_of(self, sha256: str) -> tuple[Passage, ...]: ...

    def references(self, where: ReferenceFilter = ReferenceFilter()) -> tuple[DoseReference, ...]:
        """In document order: file, page, span."""
        ...

    def regimens(self, of: frozenset[str] | None = None) -> tuple[Regimen, ...]:
        """Those of all current documents, or of these whatever their standing; by regimen id."""
        ...

    def lexical_search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Passage ids of current documents by BM25, best first.

        `query` is an FTS5 expression over the columns `search_text` and `cognates`, the words as
        `fuente.evidence.cognates` spells them.
        """
        ...

    def vectors(self, ids: Sequence[str] | None = None) -> Iterable[tuple[str, Vector]]:
        """Passage ids with their vectors.

        Those of all current documents in the order stored, or those of these ids.
        """
        ...


class RecordStore(Protocol):
    """Generated patients, with the audit event of each."""

    def add_record(self, record: StoredRecord, event: AuditEvent) -> bool:
        """Store it; False when it is already held (the event is written all the same)."""
        ...

    def record(self, record_id: str) -> StoredRecord | None: ...

    def records(self, offset: int, limit: int) -> tuple[StoredRecord, ...]: ...

    def count_records(self) -> int: ...


class AuditLog(Protocol):
    """The append-only chain of events."""

    def log(self, event: AuditEvent) -> None:
        """Append an event that has no other effect."""
        ...

    def events(self, after: int = 0) -> Iterable[ChainedEvent]: ...

    def audit_head(self) -> Checkpoint | None:
        """Where the chain has got to, kept apart from the events."""
        ...


class TokenStore(Protocol):
    """SHA-256 hashes of the bearer tokens; the tokens themselves are never stored."""

    def add_token(self, token_sha256: str, event: AuditEvent) -> None: ...

    def knows_token(self, token_sha256: str) -> bool: ...

    def has_tokens(self) -> bool: ...

    def token_hashes(self) -> tuple[str, ...]: ...


class Store(DocumentStore, RecordStore, AuditLog, TokenStore, Protocol):
    """The one SQLite file behind all four."""

    def close(self) -> None: ...
