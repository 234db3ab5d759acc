"""The service over its real store and index, many callers at once, while long work is under way."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


class PatientOfEight(ScriptedModel):
    """A model that stops at patients of eight years until it is told to go on."""

    def __init__(self):
        super().__init__()
        self.asked, self.go = threading.Event(), threading.Event()

    def generate(self, messages, *arguments, **options):
        """Wait where the prompt speaks of eight years."""
        if any("8-year-old" in one.content for one in messages):
            self.asked.set()
            assert self.go.wait(30)
        return super().generate(messages, *arguments, **options)


def test_whoever_is_done_does_not_wait_for_the_next_one(application):
    """A caller gets its patient as soon as it is ready, though another's is under way."""
    application.model = model = PatientOfEight()
    slow = {"request": REQUEST.replace("9-year", "8-year"), "seed": 1}
    token = fresh_token(application)

    with make_client(application, token=token) as client, ThreadPoolExecutor(2) as pool:
        held = pool.submit(client.post, "/v1/patients", json=slow | {"count": 2})
        assert model.asked.wait(30)
        quick = pool.submit(client.post, "/v1/patients", json={"request": REQUEST, "seed": 2})
        model.asked.clear()
        model.go.set()
        assert quick.result(30).status_code == 200
        assert len(held.result(60).json()["patients"]) == 2

    order = [
        one.event.details["seed"]
        for one in application.store.events()
        if one.event.action is Action.PATIENT_GENERATED
    ]
    assert order[:2] == [1, 2]  # the quick one had its turn between the two of the cohort


def test_threads_that_end_leave_no_files_open(application):
    """Bursts of callers come and go; what their threads opened is closed with them.

    SQLite itself puts off closing a few files while another thread holds a lock, so the count may
    waver; one file left open by each thread would add as many with every burst.
    """
    callers, bursts = 20, 5

    def burst():
        threads = [threading.Thread(target=application.store.count_records) for _ in range(callers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(list(Path("/proc/self/fd").iterdir()))

    first = burst()
    last = [burst() for _ in range(bursts)][-1]
    assert last < first + callers * bursts / 2


def test_a_second_service_on_the_same_folder_is_told_so(application, tmp_path):
    """The index has one owner; the other one falls back or is refused, and nothing breaks."""
    from fuente.errors import StoreLocked

    with pytest.raises(StoreLocked, match="owns"):
        ChromaIndex(tmp_path)
