"""The composition root: the only place where adapters meet workflows.

Everything heavy is made on first use, so that a command pays only for what it touches.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from fuente.adapters.address import check_free
from fuente.adapters.model_registry import ModelRegistry
from fuente.adapters.offline import seal_environment
from fuente.dosing.drugs import load_vocabulary
from fuente.errors import IndexDamaged, StoreLocked
from fuente.evidence.hit import Hit
from fuente.patients.catalogue import load_catalogue
from fuente.ports import (
    Embedder,
    LanguageModel,
    PageReader,
    PageRenderer,
    PassageIndex,
    ReferenceAgent,
    Store,
)
from fuente.settings import Settings, load_settings
from fuente.workflows.ask import AskServices, search
from fuente.workflows.doctor import Examined
from fuente.workflows.generate import GenerateServices
from fuente.workflows.ingest import IngestServices, heal_index
from fuente.workflows.verify import Verifier


class Application:
    """Settings and the services made from them; close it when done."""

    def __init__(self, settings: Settings) -> None:
        seal_environment()
        self.settings = settings

    @cached_property
    def _registry(self) -> ModelRegistry:
        return ModelRegistry(self.settings.models)

    @cached_property
    def store(self) -> Store:
        """The SQLite file of the data folder."""
        from fuente.adapters.sqlite_store import SqliteStore

        return SqliteStore(self.settings.data, self.embedder.fingerprint)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model carried by the installation."""
        from fuente.adapters.sentence_embedder import SentenceEmbedder, precision_for
        from fuente.adapters.sqlite_store import held_embedder

        chosen = self._registry.resolve_embedder(self.settings.embedder)
        precision = precision_for(self.settings.precision, held_embedder(self.settings.data))
        return SentenceEmbedder(chosen.folder, chosen.name, chosen.sha256, precision)

    @cached_property
    def _remembering_embedder(self) -> Embedder:
        """For the agent's searches: those asked before need no embedding model."""
        from fuente.adapters.vector_memory import VectorMemory

        return VectorMemory(self.embedder, self.settings.data)

    @cached_property
    def index(self) -> PassageIndex:
        """Chroma, healed from the store.

        While another process owns it, or when it cannot be opened, vectors of the store are
        searched exactly: the answers are the same.
        """
        from fuente.adapters.chroma_index import ChromaIndex
        from fuente.adapters.exact_index import ExactIndex

        try:
            index = ChromaIndex(self.settings.data)
        except (IndexDamaged, StoreLocked):
            return ExactIndex(self.store.vectors())
        heal_index(self.store, index)
        return index

    @cached_property
    def reader(self) -> PageReader:
        """The reader of untrusted files."""
        from fuente.adapters.page_reader import FileReader, OcrReader

        ocr = OcrReader(60.0 * self.settings.ocr_minutes) if self._reads_pictures else None
        return FileReader(ocr=ocr)

    @cached_property
    def renderer(self) -> PageRenderer:
        """Draws pages of stored files."""
        from fuente.adapters.page_reader import FileRenderer

        return FileRenderer()

    @cached_property
    def model(self) -> LanguageModel:
        """The registered language model in its own process."""
        from fuente.adapters.llama_engine import EngineLimits, LlamaEngine

        chosen = self._registry.resolve(self.settings.model)
        limits = EngineLimits(threads=self.settings.threads, gpu_layers=self.settings.gpu_layers)
        return LlamaEngine(chosen.path, chosen.identity, chosen.template, limits)

    @cached_property
    def agent(self) -> ReferenceAgent:
        """The agent that gathers evidence with the language model."""
        from fuente.adapters.langchain_agent import LangchainAgent

        return LangchainAgent(self.model)

    def ingesting(self, actor: str = "cli") -> IngestServices:
        """The services of the ingest workflow, for whoever asks."""
        names = load_catalogue().names()
        return IngestServices(self.store, self.index, self.reader, self.embedder, names, actor)

    def asking(self, actor: str = "cli") -> AskServices:
        """The services of the ask workflow."""
        names = load_catalogue().names()
        return AskServices(self.store, self.index, self.embedder, actor, names)

    def generating(self, actor: str = "cli") -> GenerateServices:
        """The services of the generate and replay workflows."""
        return GenerateServices(
            self.store,
            self.search,
            self.agent,
            self.model,
            load_catalogue(),
            load_vocabulary(),
            actor,
        )

    @property
    def examining(self) -> Examined:
        """What the self-check looks at."""
        return Examined(
            lambda: self.store,
            lambda: self.index,
            lambda: self.embedder,
            lambda: self.model,
            self._describe_ocr,
        )

    @property
    def _reads_pictures(self) -> bool:
        return self.settings.ocr == "auto"

    def _describe_ocr(self) -> str:
        from fuente.adapters.page_reader import describe_ocr

        return describe_ocr() if self._reads_pictures else "off (FUENTE_OCR)"

    @property
    def verifier(self) -> Verifier:
        """Verifies records against the store; needs neither model nor index."""
        return Verifier(self.store, load_catalogue(), load_vocabulary())

    def check_address(self) -> None:
        """Raise SettingsError where nothing can listen on the address of the settings."""
        check_free(self.settings.host, self.settings.port)

    def search(self, text: str) -> Sequence[Hit]:
        """The best passages for one of the agent's searches."""
        names = load_catalogue().names()
        services = AskServices(self.store, self.index, self._remembering_embedder, diagnoses=names)
        return search(text, services).hits

    def close(self) -> None:
        """End the processes and close the files that were opened."""
        opened = vars(self)
        for name in ("model", "index", "store"):
            close = getattr(opened.get(name), "close", None)
            if close is not None:
                close()


def open_application(
    data: Path | None = None, host: str | None = None, port: int | None = None
) -> Application:
    """The application for a data folder; what is not given comes from the environment."""
    return Application(load_settings(data=data, host=host, port=port))
