"""The service over its real store and index, many callers at once, while long work is under way."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.factories_server import CORPUS, REQUEST, fresh_token, make_application, make_client
from tests.fakes_engine import ScriptedModel
from tests.fakes_store import HashEmbedder

from fuente.adapters.chroma_index import ChromaIndex
from fuente.adapters.sqlite_store import SqliteStore
from fuente.audit.event import Action
from fuente.workflows.audit import verify_audit
from fuente.workflows.ingest import ingest_file


@pytest.fixture
def application(tmp_path):
    """A service over SQLite and Chroma that holds one protocol."""
    made = make_application(SqliteStore(tmp_path, HashEmbedder.fingerprint), max_upload_mb=5)
    made.index = ChromaIndex(tmp_path)
    ingest_file(CORPUS / "medulloblastoma.pdf", made.ingesting())
    yield made
    made.close()


@pytest.fixture
def client(application):
    """Known callers of one running service, with one event loop as in true life."""
    with make_client(application, token=fresh_token(application)) as client:
        yield client


def test_callers_of_all_kinds_do_not_disturb_each_other(application, client):
    """Uploads, questions, patients and reading at once: all succeed and the chain is whole."""
    jobs = [
        *[lambda seed=seed: client.post("/v1/patients", json={"request": REQUEST, "seed": seed})
          for seed in range(4)],
        *[lambda word=word: client.post("/v1/ask", json={"question": f"{word} in medulloblastoma"})
          for word in ("vincristine", "cisplatin", "lomustine", "carboplatin", "radiotherapy")],
        *[lambda name=name: client.post(
            "/v1/documents", files={"file": (name, (CORPUS / name).read_bytes())})
          for name in ("hodgkin.pdf", "wilms.pdf", "hodgkin.pdf")],
        *[lambda: client.get("/v1/patients") for _ in range(5)],
        *[lambda: client.get("/readyz") for _ in range(5)],
        *[lambda: client.get("/v1/documents", headers={"Authorization": "x"}) for _ in range(5)],
    ]  # fmt: skip

    with ThreadPoolExecutor(len(jobs)) as pool:
        answers = list(pool.map(lambda job: job(), jobs))

    assert [one.status_code for one in answers] == [200] * 22 + [401] * 5
    assert client.get("/readyz").json()["documents"] == 3
    assert application.index.count() == sum(1 for _ in application.store.vectors())
    assert verify_audit(application.store).findings == ()
    done = [one.event.action for one in application.store.events()]
    assert done.count(Action.PATIENT_GENERATED) == 4
    assert done.count(Action.QUESTION_ASKED) == 5
    assert done.count(Action.ACCESS_DENIED) == 5


class SlowModel(ScriptedModel):
    """A model that waits for a sign before its first word."""

    def __init__(self):
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def generate(self, *arguments, **options):
        """Say that it has begun, then wait."""
        self.begun.set()
        assert self.go.wait(30)
        return super().generate(*arguments, **options)


def test_health_and_pages_answer_while_a_patient_is_generated(application):
    """Long work is beside the event loop, whatever it waits for."""
    application.model = SlowModel()
    token = fresh_token(application)

    with make_client(application, token=token) as client, ThreadPoolExecutor(1) as pool:
        coming = pool.submit(client.post, "/v1/patients", json={"request": REQUEST, "seed": 1})
        assert application.model.begun.wait(30)
        started = time.monotonic()
        answers = [client.get(path) for path in ("/healthz", "/readyz", "/patients", "/docs")]
        waited = time.monotonic() - started
        assert not coming.done()
        application.model.go.set()
        assert coming.result(60).status_code == 200

    assert [one.status_code for one in answers] == [200] * 4
    assert waited < 5


def test_a_second_service_on_the_same_folder_is_told_so(application, tmp_path):
    """The index has one owner; the other one falls back or is refused, and nothing breaks."""
    from fuente.errors import StoreLocked

    with pytest.raises(StoreLocked, match="owns"):
        ChromaIndex(tmp_path)
