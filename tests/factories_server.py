"""The service over fakes: a real protocol read once, a scripted model, and a client in process."""

from functools import cache
from pathlib import Path

from fastapi.testclient import TestClient
from tests.fakes_engine import ScriptedAgent, ScriptedModel
from tests.fakes_store import HashEmbedder, MemoryIndex, MemoryStore

from fuente.adapters.page_reader import FileReader
from fuente.assembly import Application
from fuente.server import create_app
from fuente.settings import load_settings
from fuente.workflows.ingest import ingest_file
from fuente.workflows.tokens import create_token

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
REQUEST = "9-year-old girl with medulloblastoma: surgery with a shunt, radiotherapy, chemotherapy"
PNG = b"\x89PNG\r\n\x1a\n drawn"


class PaintedPages:
    """The `PageRenderer` port: says what it was asked to mark, draws nothing."""

    def __init__(self):
        self.asked = []

    def render(self, content, page, marks=(), turned=0):
        """Remember the call and give the beginning of a PNG."""
        self.asked.append((len(content), page, tuple(marks)))
        return PNG


def make_application(store=None, *, reader=None, model=None, **settings):
    """An application whose engines are fakes; only the reader of files is real."""
    application = Application(load_settings({}, **settings))
    application.store = store if store is not None else MemoryStore()
    application.embedder = HashEmbedder()
    application.index = MemoryIndex()
    application.index.rebuild(application.store.vectors())
    application.reader = reader or FileReader()
    application.renderer = PaintedPages()
    application.model = model or ScriptedModel()
    application.agent = ScriptedAgent()
    return application


def make_client(application, *, token=None, **options):
    """A client of the service; with a token it sends it, without one it is a stranger."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return TestClient(
        create_app(application),
        headers=headers,
        follow_redirects=False,
        raise_server_exceptions=False,
        **options,
    )


def fresh_token(application):
    """A token the service knows."""
    return create_token(application.store, "test")


def copy_of(store, kind=MemoryStore):
    """A store that holds the same documents and nothing else, at no cost."""
    other = kind()
    other._documents.update(store._documents)
    return other


@cache
def read_protocol(name="medulloblastoma.pdf"):
    """A store holding one protocol of the corpus; read once, never changed: copy it."""
    application = make_application()
    result = ingest_file(CORPUS / name, application.ingesting())
    assert result.status == "ready", result.reason
    return application.store


def actions(store, after=0):
    """What the audit log says happened: action, actor, subject, details."""
    events = (chained.event for chained in store.events(after))
    return [(one.action, one.actor, one.subject, dict(one.details)) for one in events]
