"""Documents over HTTP: uploaded, listed, read page by page, their cited words marked."""

import hashlib

import pytest
from tests.factories_server import (
    CORPUS,
    PNG,
    actions,
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)
from tests.fakes_reading import PlainTextReader

from fuente.adapters.page_reader import FileRenderer
from fuente.audit.event import Action
from fuente.documents.marks import marks_of
from fuente.documents.span import Span

TEXT = b"Wilms tumour protocol\nVincristine 1.5 mg/m2 IV weekly, maximum 2 mg.\n\fSecond page"


@pytest.fixture
def application():
    """A service that reads plain text and holds nothing."""
    return make_application(reader=PlainTextReader())


@pytest.fixture
def client(application):
    """A known caller."""
    return make_client(application, token=fresh_token(application))


def upload(client, content=TEXT, name="wilms.txt"):
    """Send one file."""
    return client.post("/v1/documents", files={"file": (name, content)})


def test_an_upload_becomes_a_document(client, application):
    """Its hash, its counts and its status; held, listed, and logged by actor."""
    answer = upload(client)

    assert answer.status_code == 200
    body = answer.json()
    sha256 = hashlib.sha256(TEXT).hexdigest()
    assert (body["file"], body["sha256"], body["status"]) == ("wilms.txt", sha256, "ready")
    assert (body["pages"], body["pages_without_text"]) == (2, [])
    assert body["passages"] > 0
    assert "path" not in body
    action, actor, subject, _ = actions(application.store)[-1]
    assert (action, subject) == (Action.DOCUMENT_INGESTED, sha256)
    assert actor.startswith("token:")
    (row,) = client.get("/v1/documents").json()
    assert (row["sha256"], row["file"], row["pages"]) == (sha256, "wilms.txt", 2)
    assert "path" not in row


def test_the_same_bytes_again_are_a_duplicate(client):
    """Whatever they are called now; nothing is held twice."""
    upload(client)

    answer = upload(client, name="another.txt")

    assert answer.status_code == 200
    assert answer.json()["status"] == "duplicate"
    assert answer.json()["reason"] == "already held as wilms.txt"
    assert answer.json()["pages"] == 2
    assert len(client.get("/v1/documents").json()) == 1


@pytest.mark.parametrize(("name", "content"), [("a.txt", b""), ("a.txt", b"\0"), ("a.exe", b"MZ")])
def test_a_file_that_is_no_document_is_rejected_with_its_reason(client, application, name, content):
    """422 with the reason in both forms; logged, and nothing is held."""
    answer = upload(client, content, name)

    assert answer.status_code == 422
    body = answer.json()
    assert (body["error"], body["status"], body["file"]) == ("DocumentRejected", "rejected", name)
    assert body["detail"] == body["reason"] != ""
    assert "/tmp" not in answer.text
    action, actor, _, details = actions(application.store)[-1]
    assert action is Action.DOCUMENT_REJECTED
    assert actor.startswith("token:")
    assert details["file"] == name
    assert client.get("/v1/documents").json() == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 broken", b"not a pdf", b"%PDF-1.7\n" + b"\0" * 5000]
)
def test_a_broken_pdf_is_rejected_by_the_real_reader(content):
    """In its child process; the service goes on."""
    application = make_application()
    client = make_client(application, token=fresh_token(application))

    assert upload(client, content, "a.pdf").status_code == 422
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("sent", "held"),
    [("../../wilms.txt", "wilms.txt"), ("/etc/wilms.txt", "wilms.txt"), ("C:\\a\\b.txt", "b.txt")],
)
def test_a_file_is_shown_by_the_last_part_of_its_name(client, sent, held):
    """Folders and hidden characters of the name go nowhere."""
    assert upload(client, name=sent).json()["file"] == held


@pytest.mark.parametrize(
    "body", [{"data": {"file": "text"}}, {"files": {"other": ("a.txt", b"x")}}, {"content": b"raw"}]
)
def test_an_upload_without_a_file_is_invalid(client, body):
    """It says that the field `file` is missing or is none."""
    answer = client.post("/v1/documents", **body)

    assert answer.status_code == 422
    assert "file" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff" * 100],
)
def test_a_broken_form_is_the_callers_problem(client, body):
    """Never the service's."""
    kind = {"Content-Type": "multipart/form-data; boundary=x"}

    assert client.post("/v1/documents", content=body, headers=kind).status_code in (400, 422)


def test_a_page_is_given_as_stored(client):
    """The text spans count in, with its number and label; no page beyond the last."""
    sha256 = upload(client).json()["sha256"]

    page = client.get(f"/v1/documents/{sha256}/pages/2").json()

    assert page["text"] == "Second page"
    assert (page["document_sha256"], page["page"], page["text_source"]) == (sha256, 2, "text")
    assert client.get(f"/v1/documents/{sha256}/pages/3").status_code == 404


@pytest.fixture(scope="module")
def protocol():
    """A service that holds a protocol of the corpus and draws its pages for true."""
    application = make_application(copy_of(read_protocol()))
    application.renderer = FileRenderer()
    return application


@pytest.fixture(scope="module")
def reader(protocol):
    """A caller known to it."""
    return make_client(protocol, token=fresh_token(protocol))


def test_a_page_image_marks_the_cited_words(protocol, reader):
    """The picture with a citation differs from the one without, in its place only."""
    reference = protocol.store.references()[0]
    span, number = reference.span, reference.page
    path = f"/v1/documents/{reference.document_sha256}/pages/{number}.png"
    citation = f"c-{reference.document_sha256[:16]}-{number}-{span.start}-{span.end}"

    plain, marked = reader.get(path), reader.get(path, params={"citation": citation})

    for answer in (plain, marked):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Cache-Control"] == "private, max-age=3600"
        assert answer.content.startswith(PNG[:8])
    assert plain.content != marked.content


def test_only_words_of_the_page_can_be_marked():
    """The span that is drawn is the citation's, and a citation of elsewhere is refused."""
    application = make_application(copy_of(read_protocol()))
    client = make_client(application, token=fresh_token(application))
    sha256 = application.store.documents()[0].sha256
    path = f"/v1/documents/{sha256}/pages/3.png"

    assert client.get(path, params={"citation": f"c-{sha256[:16]}-3-5-17"}).content == PNG
    marks = marks_of(application.store.page(sha256, 3), Span(5, 17))
    assert marks
    assert application.renderer.asked[-1][1:] == (3, marks)
    for citation in (
        f"c-{sha256[:16]}-4-5-17",
        f"c-{'0' * 16}-3-5-17",
        f"c-{sha256[:16]}-3-5-99999",
    ):
        assert client.get(path, params={"citation": citation}).status_code == 422
    assert len(application.renderer.asked) == 1


def test_a_real_upload_is_ready_within_the_same_call():
    """A protocol of the corpus, through the whole of ingest."""
    application = make_application()
    client = make_client(application, token=fresh_token(application))
    content = (CORPUS / "hodgkin.pdf").read_bytes()

    body = upload(client, content, "hodgkin.pdf").json()

    assert body["status"] == "ready"
    assert body["references"] > 5


def test_a_document_is_withdrawn_and_restored(client, application):
    """Out of use at once, listed as such, its page still there; back again, and both logged."""
    sha256 = upload(client).json()["sha256"]
    question = {"question": "vincristine dose in Wilms tumour"}
    assert client.post("/v1/ask", json=question).json()["answer"]

    row = client.post(f"/v1/documents/{sha256}/withdraw").json()
    assert (row["sha256"], row["standing"]) == (sha256, "withdrawn")
    assert client.post("/v1/ask", json=question).json()["abstained"]
    assert client.get(f"/v1/documents/{sha256}/pages/1").status_code == 200
    assert actions(application.store)[-2][0] is Action.DOCUMENT_WITHDRAWN

    assert client.post(f"/v1/documents/{sha256}/restore").json()["standing"] == "current"
    assert client.post("/v1/ask", json=question).json()["answer"]


def test_an_upload_under_the_same_name_is_the_new_edition(client):
    """Both stay listed; the answer comes from the new one."""
    old = upload(client).json()["sha256"]
    new = upload(client, TEXT.replace(b"1.5", b"2.5")).json()
    assert "supersedes" in new["reason"]
    rows = {one["sha256"]: one for one in client.get("/v1/documents").json()}
    assert rows[old]["standing"] == "superseded"
    assert rows[old]["superseded_by"] == new["sha256"]
    assert rows[new["sha256"]]["standing"] == "current"
    question = {"question": "vincristine dose in Wilms tumour"}
    assert client.post("/v1/ask", json=question).json()["answer"]["value"] == 2.5


@pytest.mark.parametrize("what", ["withdraw", "restore"])
def test_a_document_that_is_not_held_has_no_standing_to_change(client, what):
    """404, as for its pages."""
    assert client.post(f"/v1/documents/{'0' * 64}/{what}").status_code == 404
