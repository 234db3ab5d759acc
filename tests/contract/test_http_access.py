"""Who may do what over HTTP: every route against every kind of caller.

A route without a row in the table fails, so none can be added without deciding who may use it.
"""

import re
from itertools import product

import pytest
from starlette.routing import Mount
from tests.factories_server import (
    REQUEST,
    actions,
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)

from fuente.audit.event import Action
from fuente.server.authentication import COOKIE, OPEN

NOT_HELD = "0" * 64
OPEN_ROUTE, CLOSED = "open", "closed"

# method, path as declared, path as asked for, who may, what an admitted caller is answered
TABLE = [
    ("GET", "/healthz", "/healthz", OPEN_ROUTE, 200),
    ("GET", "/login", "/login", OPEN_ROUTE, 200),
    ("POST", "/login", "/login", OPEN_ROUTE, 401),  # no token in the form
    ("GET", "/", "/", CLOSED, 303),
    ("POST", "/logout", "/logout", CLOSED, 303),
    ("GET", "/readyz", "/readyz", CLOSED, 200),
    ("GET", "/docs", "/docs", CLOSED, 200),
    ("GET", "/openapi.json", "/openapi.json", CLOSED, 200),
    ("POST", "/v1/patients", "/v1/patients", CLOSED, 415),
    ("GET", "/v1/patients", "/v1/patients", CLOSED, 200),
    ("GET", "/v1/patients/{record_id}", "/v1/patients/{record_id}", CLOSED, 200),
    ("POST", "/v1/ask", "/v1/ask", CLOSED, 415),
    ("POST", "/v1/documents", "/v1/documents", CLOSED, 422),
    ("GET", "/v1/documents", "/v1/documents", CLOSED, 200),
    ("GET", "/v1/documents/{sha256}/pages/{number}", "/v1/documents/{sha256}/pages/1", CLOSED, 200),
    ("GET", "/v1/documents/{sha256}/pages/{number}.png", "/v1/documents/{sha256}/pages/1.png",
     CLOSED, 200),
    ("POST", "/v1/documents/{sha256}/withdraw", f"/v1/documents/{NOT_HELD}/withdraw", CLOSED, 404),
    ("POST", "/v1/documents/{sha256}/restore", f"/v1/documents/{NOT_HELD}/restore", CLOSED, 404),
    ("GET", "/patients", "/patients", CLOSED, 200),
    ("GET", "/patients/{record_id}", "/patients/{record_id}", CLOSED, 200),
    ("GET", "/patients/{record_id}/origin", "/patients/{record_id}/origin?at=/seed", CLOSED, 200),
    ("GET", "/patients/{record_id}/citations/{citation_id}",
     "/patients/{record_id}/citations/{citation_id}", CLOSED, 200),
    ("GET", "/patients/{record_id}/verification", "/patients/{record_id}/verification",
     CLOSED, 200),
    ("GET", "/documents", "/documents", CLOSED, 200),
    ("GET", "/documents/{sha256}/pages/{number}", "/documents/{sha256}/pages/1", CLOSED, 200),
    ("GET", "/static/swagger", "/static/swagger/swagger-ui.css", CLOSED, 200),
    ("GET", "/static", "/static/sources.js", CLOSED, 200),
    ("GET", "/static", "/static/fuente.css", OPEN_ROUTE, 200),
    ("GET", "/static", "/static/favicon.svg", OPEN_ROUTE, 200),
]  # fmt: skip
CALLERS = ("nobody", "wrong token", "wrong cookie", "empty bearer", "bearer", "session")
ADMITTED = ("bearer", "session")


@pytest.fixture(scope="module")
def application():
    """One service with a patient, for all callers."""
    return make_application(copy_of(read_protocol()))


@pytest.fixture(scope="module")
def token(application):
    """A token it knows."""
    return fresh_token(application)


@pytest.fixture(scope="module")
def client(application):
    """A client that sends nothing of its own accord."""
    return make_client(application)


@pytest.fixture(scope="module")
def ids(client, token):
    """What the paths of the table are filled with."""
    body = {"request": REQUEST, "seed": 1}
    made = client.post("/v1/patients", json=body, headers={"Authorization": f"Bearer {token}"})
    (record,) = made.json()["patients"]
    citation = record["citations"][0]
    return {
        "record_id": record["record_id"],
        "citation_id": citation["citation_id"],
        "sha256": citation["document_sha256"],
    }


@pytest.fixture
def headers_of(client, token):
    """What each kind of caller sends."""

    def headers(caller):
        client.cookies.clear()
        if caller == "session":
            client.post("/login", data={"token": token})
            session = client.cookies[COOKIE]
            client.cookies.clear()
            return {"Cookie": f"{COOKIE}={session}"}
        return {
            "nobody": {},
            "wrong token": {"Authorization": "Bearer " + "x" * 43},
            "wrong cookie": {"Cookie": f"{COOKIE}={token}"},
            "empty bearer": {"Authorization": "Bearer "},
            "bearer": {"Authorization": f"Bearer {token}"},
        }[caller]

    return headers


@pytest.mark.parametrize(
    ("row", "caller"),
    [*product(TABLE, CALLERS)],
    ids=lambda one: one if isinstance(one, str) else " ".join(one[::2][:2]),
)
def test_the_table_holds(row, caller, client, ids, headers_of, application):
    """A closed route answers 401 to strangers and logs it; an open one is open to all."""
    method, _, path, who, status = row
    sent = headers_of(caller)
    before = len(actions(application.store))

    answer = client.request(method, path.format(**ids), headers=sent)

    denied = [one for one in actions(application.store, before) if one[0] is Action.ACCESS_DENIED]
    if who == OPEN_ROUTE or caller in ADMITTED:
        assert answer.status_code == status
        assert denied == [] or path == "/login"
    else:
        assert answer.status_code == 401
        assert answer.json()["error"] == "NotAuthenticated"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert [(actor, subject) for _, actor, subject, _ in denied] == [
            ("anonymous", path.format(**ids).partition("?")[0])
        ]


def test_every_route_has_its_row(client):
    """What the service routes is exactly what the table decides about."""
    declared = set(_routes(client.app.routes))

    assert declared == {(method, path) for method, path, *_ in TABLE}


def _routes(routes):
    for route in routes:
        if isinstance(route, Mount):
            yield "GET", route.path
        elif hasattr(route, "path"):
            for method in set(route.methods) - {"HEAD"}:
                yield method, re.sub(r":\w+}", "}", route.path)
        else:
            yield from _routes(route.original_router.routes)


def test_nothing_but_the_stated_paths_is_open():
    """Opening another one is a decision that changes this list."""
    assert {"/healthz", "/login", "/static/fuente.css", "/static/favicon.svg"} == OPEN


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/healthz/",
        "/HEALTHZ",
        "//healthz",
        "/healthz/../readyz",
        "/static/../v1/patients",
        "/static/fuente.css/../../readyz",
        "/%68ealthz/x",
        "/login/",
        "/v1/patients/",
        "/static/",
        "/static/../server/app.py",
    ],
)
def test_unknown_paths_are_closed_too(path, client):
    """A stranger learns nothing about which paths there are, nor past the open ones."""
    client.cookies.clear()
    answer = client.send(client.build_request("GET", f"http://testserver{path}"))

    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
def test_other_methods_are_closed_too(method, client, token):
    """A stranger gets 401, whoever is known gets 405 and no more."""
    client.cookies.clear()

    assert client.request(method, "/v1/patients").status_code == 401
    known = client.request(method, "/v1/patients", headers={"Authorization": f"Bearer {token}"})
    assert known.status_code == 405


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Basic {token}", "bearer{token}", "{token}", "Token {token}", "Bearer x {token}"],
)
def test_only_a_bearer_token_is_a_token(header, client, token):
    """Other schemes do not count, and a bad header is not excused by a good cookie."""
    client.cookies.clear()
    sent = {"Authorization": header.format(token=token)}

    assert client.get("/readyz", headers=sent).status_code == 401


def test_a_bad_header_is_not_excused_by_a_good_session(client, headers_of):
    """Whoever sends a header is judged by it."""
    sent = headers_of("session") | {"Authorization": "Bearer wrong"}

    assert client.get("/readyz", headers=sent).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 415),
        ({"Sec-Fetch-Site": "same-origin"}, 415),
        ({"Sec-Fetch-Site": "none"}, 415),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver"}, 415),
        ({"Origin": "http://testserver:81"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_session_does_not_count_on_another_site(headers, status, client, headers_of, application):
    """A page of another site or port can change nothing with the cookie, and the try is logged."""
    sent = headers_of("session") | headers

    answer = client.post("/v1/ask", headers=sent)

    assert answer.status_code == status
    if status == 403:
        assert answer.json()["error"] == "Forbidden"
        assert actions(application.store)[-1][3]["reason"] == "sent by another site"


def test_a_token_counts_on_any_site(client, token):
    """No browser sends it unasked, so there is nothing to protect."""
    client.cookies.clear()
    sent = {"Authorization": f"Bearer {token}", "Origin": "https://tool.example"}

    assert client.post("/v1/ask", headers=sent).status_code == 415


def test_a_denial_says_what_was_tried_and_from_where(client, application):
    """Method, path, address and reason; never what was presented."""
    client.cookies.clear()
    client.get("/v1/patients", headers={"Authorization": "Bearer hunter2-hunter2"})

    action, actor, subject, details = actions(application.store)[-1]
    assert (action, actor, subject) == (Action.ACCESS_DENIED, "anonymous", "/v1/patients")
    assert details == {"method": "GET", "client": "testclient", "reason": "no valid token"}


def test_a_browser_is_sent_to_log_in(client):
    """Back to where it was going, and to nothing but a path."""
    client.cookies.clear()
    answer = client.get("/patients/x%0d%0aSet-Cookie:a=b", headers={"Accept": "text/html"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=/patients/xSet-Cookie%3Aa%3Db"
    assert "Set-Cookie" not in answer.headers


def test_every_answer_carries_the_same_protection(client, token):
    """Also the answers of the gate itself, of errors and of files."""
    client.cookies.clear()
    known = {"Authorization": f"Bearer {token}"}
    answers = [
        client.get("/healthz"),
        client.get("/patients"),
        client.get("/nowhere", headers=known),
        client.get("/docs", headers=known),
        client.get("/static/sources.js", headers=known),
        client.post("/v1/ask", headers=known, content=b"x" * 300_000),
    ]

    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "server" not in answer.headers


def test_no_page_holds_what_the_policy_forbids(client, ids, token):
    """No inline script, style or handler, and no address of another host, in any page."""
    client.cookies.clear()
    known = {"Authorization": f"Bearer {token}", "Accept": "text/html"}
    pages = [path for method, _, path, *_ in TABLE if method == "GET" and "static" not in path]

    for path in pages:
        text = client.get(path.format(**ids), headers=known).text
        if "<html" not in text:
            continue
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", text), path
        assert not re.search(r"(src|href|action)=\"(https?:)?//", text), path
