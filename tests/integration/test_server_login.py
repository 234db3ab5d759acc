"""Logging in and out: a token becomes a session that only this service and this browser know."""

import pytest
from tests.factories_server import actions, fresh_token, make_application, make_client

from fuente.audit.event import Action
from fuente.server.authentication import COOKIE


@pytest.fixture
def application():
    """A service over an empty store."""
    return make_application()


@pytest.fixture
def client(application):
    """A browser."""
    return make_client(application)


@pytest.fixture
def token(application):
    """A token the service knows."""
    return fresh_token(application)


def test_a_known_token_begins_a_session(client, application, token):
    """The cookie is for this host's own pages only, no script reads it, and it is not the token."""
    answer = client.post("/login", data={"token": f"  {token} "})

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/patients"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert "Max-Age=28800" in cookie
    assert "Secure" not in cookie
    assert token not in cookie
    assert client.get("/patients").status_code == 200
    assert actions(application.store)[-2][0] is Action.LOGIN


def test_the_cookie_is_secure_where_the_connection_is(application, token):
    """Behind TLS it never travels without it."""
    client = make_client(application, base_url="https://testserver")

    assert "Secure" in client.post("/login", data={"token": token}).headers["Set-Cookie"]


def test_the_same_person_is_one_actor_by_token_and_by_session(client, application, token):
    """What is done in a browser is laid at the same door as what is done with the token."""
    client.get("/patients", headers={"Authorization": f"Bearer {token}"})
    client.post("/login", data={"token": token})
    client.get("/patients")

    readers = {one[1] for one in actions(application.store) if one[0] is Action.PATIENT_READ}
    assert len(readers) == 1


@pytest.mark.parametrize(
    "form", [{}, {"token": ""}, {"token": "wrong"}, {"token": "x" * 5000}, {"token": "\x00"}]
)
def test_an_unknown_token_is_turned_away_and_logged(client, application, form):
    """The page says so without repeating what was typed, and no cookie is set."""
    answer = client.post("/login", data=form)

    assert answer.status_code == 401
    assert "not known here" in answer.text
    assert "wrong" not in answer.text
    assert "Set-Cookie" not in answer.headers
    action, actor, subject, details = actions(application.store)[-1]
    assert (action, actor, subject) == (Action.ACCESS_DENIED, "anonymous", "/login")
    assert details["reason"] == "unknown token at log-in"


def test_logging_out_ends_the_session_everywhere(client, token):
    """A copy of the cookie is worth nothing afterwards."""
    client.post("/login", data={"token": token})
    session = client.cookies[COOKIE]

    answer = client.post("/logout")

    assert answer.status_code == 303
    assert COOKIE not in client.cookies
    copied = client.get("/readyz", headers={"Cookie": f"{COOKIE}={session}"})
    assert copied.status_code == 401


def test_a_restart_ends_every_session(application, client, token):
    """Sessions live in the process only."""
    client.post("/login", data={"token": token})
    session = client.cookies[COOKIE]

    again = make_client(application)

    assert again.get("/readyz", headers={"Cookie": f"{COOKIE}={session}"}).status_code == 401


@pytest.mark.parametrize(
    ("asked", "went"),
    [
        ("/patients?offset=50", "/patients?offset=50"),
        ("/documents", "/documents"),
        ("https://evil.example/", "/patients"),
        ("//evil.example", "/patients"),
        ("/\\evil.example", "/patients"),
        ("/\t/evil.example", "/patients"),
        ("javascript:alert(1)", "/patients"),
        ("/a\r\nSet-Cookie: x=y", "/patients"),
        ("/login", "/patients"),
        ("", "/patients"),
        ("/" + "x" * 600, "/patients"),
    ],
)
def test_after_logging_in_one_stays_on_this_host(client, token, asked, went):
    """Wherever a link asked to go next, it is a path here or the list of patients."""
    answer = client.post("/login", data={"token": token, "next": asked})

    assert answer.headers["Location"] == went


def test_the_login_page_escapes_what_it_is_given(client):
    """A link cannot write into the page."""
    page = client.get('/login?next=/x"><script>alert(1)</script>').text

    assert "<script>alert" not in page
