"""Starting the service: where it listens, and the token that is shown once."""

import errno
import socket
from importlib import import_module

import pytest
import uvicorn
from tests.factories_server import make_application

from fuente.errors import SettingsError
from fuente.workflows.tokens import is_known_token

# The package exports the function of the same name, so the module is asked for by its full name.
starting = import_module("fuente.server.run")


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Start the service without listening; give what it would have listened with."""
    seen = {}
    application = make_application()

    def opened(data, host, port):
        seen["asked"] = (data, host, port)
        return application

    monkeypatch.setattr(starting, "open_application", opened)
    application.check_address = lambda: None
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: seen.update(options, app=app))

    def start(**options):
        starting.run(**options)
        return seen

    start.application = application
    return start


def test_the_first_token_is_shown_once(started, capsys):
    """On the first start, and never again; it is good for logging in."""
    started()
    first = capsys.readouterr().out

    started()
    second = capsys.readouterr().out

    token = first.split(": ")[1].strip()
    assert "shown once" in first
    assert len(token) >= 43
    assert is_known_token(started.application.store, token)
    assert second == ""


def test_an_address_in_use_is_said_before_any_token_is_shown(monkeypatch, capsys):
    """A service that cannot listen ends with its own error, not with a token for nobody."""

    def taken(*_, **__):
        raise OSError(errno.EADDRINUSE, "Address already in use")

    application = make_application()
    monkeypatch.setattr(starting, "open_application", lambda *_: application)
    monkeypatch.setattr(socket, "getaddrinfo", taken)
    with pytest.raises(SettingsError, match=r"cannot listen on 127\.0\.0\.1:8765: Address already"):
        starting.run()

    assert capsys.readouterr().out == ""
    assert not application.store.has_tokens()


def test_it_listens_on_this_host_only_unless_told_otherwise(started, capsys):
    """The address is said; the server does not name its software or log requests."""
    seen = started()

    assert (seen["host"], seen["port"]) == ("127.0.0.1", 8765)
    assert seen["server_header"] is False
    assert seen["access_log"] is False
    assert "http://127.0.0.1:8765" in capsys.readouterr().err


def test_host_and_port_reach_the_settings(started, tmp_path):
    """`--host` serves an internal network."""
    assert started(data=tmp_path, host="10.0.0.5", port=9000)["asked"] == (
        tmp_path,
        "10.0.0.5",
        9000,
    )


def test_settings_given_win_over_the_environment(monkeypatch, tmp_path):
    """And what is not given comes from there."""
    from fuente.assembly import open_application

    monkeypatch.setenv("FUENTE_HOST", "192.168.1.9")
    monkeypatch.setenv("FUENTE_PORT", "9999")

    settings = open_application(tmp_path, port=9000).settings

    assert (settings.data, settings.host, settings.port) == (tmp_path, "192.168.1.9", 9000)
