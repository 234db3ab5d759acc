"""Bad requests over HTTP: each is told what is wrong, and none is the service's fault."""

import pytest
from tests.factories_server import (
    actions,
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)

from fuente.audit.event import Action
from fuente.server import create_app

SHA256 = "a" * 64
RECORD = "00000000-0000-0000-0000-000000000000"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def application():
    """A service that holds one protocol."""
    return make_application(copy_of(read_protocol()), max_upload_mb=1)


@pytest.fixture(scope="module")
def client(application):
    """A known caller."""
    return make_client(application, token=fresh_token(application))


def told(answer, *statuses):
    """The problem of an answer that has one of these statuses."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    body = answer.json()
    assert set(body) == {"error", "detail"}
    assert body["detail"]
    assert len(body["detail"]) <= 1000
    return body


BODIES = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b"{",
    b'{"question": NaN}',
    b'{"question": "a", "question": "b"}',
    b'{"question": "a\\u0000b"}',
    b'{"question": "\\ud800"}',
    b'{"question": "\xff"}',
    b'{"question": ""}',
    b'{"question": "   "}',
    b'{"question": 7}',
    b'{"question": ["a"]}',
    b'{"question": "a", "more": 1}',
    b'{"question": "' + b"a" * 2001 + b'"}',
    b"[" * 20_000,
]


@pytest.mark.parametrize("body", BODIES, ids=[str(one[:30]) for one in BODIES])
def test_a_bad_question_is_the_callers_problem(client, body):
    """Malformed JSON is 400, JSON that is no question is 422."""
    told(client.post("/v1/ask", content=body, headers=JSON), 400, 422)


PATIENTS = [
    {},
    {"request": ""},
    {"request": "x" * 4001},
    {"request": 5},
    {"request": None},
    {"request": []},
    {"request": "a child", "seed": -1},
    {"request": "a child", "seed": 2**53},
    {"request": "a child", "seed": 1.5},
    {"request": "a child", "seed": "one"},
    {"request": "a child", "seed": "1"},
    {"request": "a child", "seed": True},
    {"request": "a child", "count": "2"},
    {"request": "a child", "count": True},
    {"request": "a child", "count": 0},
    {"request": "a child", "count": 101},
    {"request": "a child", "language": "fr"},
    {"request": "a child", "as_of": "2025-02-30"},
    {"request": "a child", "as_of": "0001-01-01"},
    {"request": "a child", "as_of": "9999-12-31"},
    {"request": "a child", "model": "another"},
    {"request": {"diagnosis": "MBL"}},
    {"request": {"age_years": -1}},
    {"request": {"age_min": "NaN"}},
    {"request": {"n_patients": 10**9}},
    {"request": {"n_patients": 500}},
    {"request": "500 children with medulloblastoma"},
    {"request": {"secret": "hunter2"}},
]


@pytest.mark.parametrize("body", PATIENTS, ids=lambda one: str(one)[:50])
def test_a_bad_request_for_patients_is_the_callers_problem(client, body):
    """Out of range, of another type, or more than one call gives."""
    problem = told(client.post("/v1/patients", json=body), 422)

    assert "hunter2" not in problem["detail"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/xml", "multipart/form-data", "", "application/jsonx", "x"],
)
def test_a_body_that_is_not_declared_json_is_not_taken(client, kind):
    """A form of another site cannot pass for a request either."""
    answer = client.post("/v1/ask", content=b'{"question": "a"}', headers={"Content-Type": kind})

    assert told(answer, 415)["error"] == "UnsupportedMediaType"


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/vnd.api+json"])
def test_json_may_be_declared_in_its_usual_ways(client, kind):
    """Parameters and suffixes are fine."""
    body = b'{"question": "vincristine in medulloblastoma"}'

    assert client.post("/v1/ask", content=body, headers={"Content-Type": kind}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/patients", "/login", "/logout"])
def test_a_huge_body_is_refused(client, path):
    """256 KiB is far more than any request says."""
    body = b'{"question": "' + b"a" * 300_000 + b'"}'

    assert told(client.post(path, content=body, headers=JSON), 413)["error"] == "TooLarge"


def test_a_body_without_end_is_refused(client):
    """Sent in chunks without a length it is counted as it comes."""
    chunks = (b"x" * 65_536 for _ in range(1000))

    assert told(client.post("/v1/ask", content=chunks, headers=JSON), 413)["error"] == "TooLarge"


def test_a_huge_upload_is_refused_and_a_smaller_one_is_looked_at(client):
    """Uploads have the limit the operator sets, in a form or raw."""
    whole, half = b"x" * 1_200_000, b"x" * 600_000

    assert told(client.post("/v1/documents", files={"file": ("a.pdf", whole)}), 413)
    assert client.post("/v1/documents", files={"file": ("a.pdf", half)}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        f"/v1/patients/{RECORD}",
        f"/patients/{RECORD}",
        f"/patients/{RECORD}/verification",
        f"/v1/documents/{SHA256}/pages/1",
        f"/v1/documents/{SHA256}/pages/1.png",
        f"/documents/{SHA256}/pages/1",
        "/nowhere",
        "/static/nowhere.js",
        "/v1/patients/a/b",
    ],
)
def test_what_is_not_here_is_not_found(client, path):
    """One answer for all that does not exist."""
    assert told(client.get(path), 404)["error"] == "NotFound"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/patients/1",
        "/v1/patients/%00",
        "/v1/patients/..%2f..%2fetc",
        f"/v1/patients/{RECORD.upper().replace('0', 'A')}",
        "/v1/patients/%F0%9F%98%80",
        "/v1/documents/abc/pages/1",
        f"/v1/documents/{SHA256}/pages/0",
        f"/v1/documents/{SHA256}/pages/-1",
        f"/v1/documents/{SHA256}/pages/1e3",
        f"/v1/documents/{SHA256}/pages/{'9' * 5000}",
        f"/v1/documents/{SHA256}/pages/99999999999999999999",
        f"/v1/documents/{SHA256}/pages/..%2f1.png",
        "/v1/patients?offset=-1",
        "/v1/patients?limit=0",
        "/v1/patients?limit=101",
        "/v1/patients?offset=99999999999999999999",
        "/v1/patients?offset=%00",
        "/patients?offset=x",
    ],
)
def test_a_bad_id_or_number_is_refused(client, path):
    """Ids have one form and numbers a range; everything else is 4xx."""
    told(client.get(path), 404, 422)


def test_a_long_citation_id_is_refused(client):
    """Before anyone looks at it."""
    (document,) = client.get("/v1/documents").json()
    path = f"/v1/documents/{document['sha256']}/pages/1.png"

    assert told(client.get(path, params={"citation": "c-" + "9" * 5000}), 422)
    assert told(client.get(path, params={"citation": "c-1"}), 422)


def test_a_browser_gets_a_page_and_a_program_json(client):
    """The same problem, in the form asked for; the API always answers JSON."""
    html = {"Accept": "text/html,*/*"}

    page = client.get(f"/patients/{RECORD}", headers=html)
    assert page.status_code == 404
    assert "There is no patient" in page.text
    assert "<html" in page.text
    told(client.get(f"/v1/patients/{RECORD}", headers=html), 404)


def test_the_unforeseen_is_told_without_its_cause(application):
    """A bug answers 500 in the same form; what it was stays in the operator's log."""
    broken = make_application(copy_of(read_protocol()))
    client = make_client(broken, token=fresh_token(broken))
    broken.index = None

    body = told(client.get("/readyz"), 500)

    assert body["error"] == "InternalError"
    assert "NoneType" not in body["detail"]


def test_nothing_bad_leaves_a_trace_but_its_denial(application, client):
    """After all of it the store holds what it held, and no question or patient was logged."""
    kinds = {one[0] for one in actions(application.store)}

    assert application.store.count_records() == 0
    assert len(application.store.documents()) == 1
    assert Action.PATIENT_GENERATED not in kinds


def test_every_app_describes_its_routes(application):
    """Also the second one in a process: each operation has its sentence."""
    for _ in range(2):
        described = create_app(application).openapi()["paths"].values()
        assert all(one["summary"] for path in described for one in path.values())
