"""The limit on bodies: counted as they come, whatever is declared, whatever the app makes of it."""

import anyio
import pytest

from fuente.server.limits import BodyLimit


async def echo(scope, receive, send):
    """Read the whole body and answer its length."""
    count, more = 0, True
    while more:
        message = await receive()
        count += len(message["body"])
        more = message["more_body"]
    await answer(send, 200, str(count).encode())


async def deaf(scope, receive, send):
    """Take any failure to read for a malformed body, as the framework does."""
    try:
        await echo(scope, receive, send)
    except Exception:
        await answer(send, 400, b"malformed")


async def answer(send, status, body):
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


def sent(app, chunks, declared=None):
    """The status and body for a POST in these chunks."""
    headers = [] if declared is None else [(b"content-length", declared)]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    waiting = [
        {"type": "http.request", "body": one, "more_body": number < len(chunks)}
        for number, one in enumerate(chunks, start=1)
    ]
    said = []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        said.append(message)

    anyio.run(BodyLimit(app, lambda method, path: 2048), scope, receive, send)
    starts = [one["status"] for one in said if one["type"] == "http.response.start"]
    assert len(starts) == 1
    return starts[0], said[-1]["body"]


@pytest.mark.parametrize("app", [echo, deaf])
def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(app):
    """Exactly the limit is fine; beyond it the answer is 413 with the limit named."""
    assert sent(app, [b"x" * 1024, b"x" * 1024]) == (200, b"2048")

    status, body = sent(app, [b"x" * 1024, b"x" * 1024, b"x"])
    assert status == 413
    assert b'"TooLarge"' in body
    assert b"2 KiB" in body


@pytest.mark.parametrize("declared", [b"2049", b"99999999999"])
def test_a_body_declared_too_long_is_refused_unread(declared):
    """Nothing of it is received."""
    assert sent(echo, [b"x"], declared)[0] == 413


@pytest.mark.parametrize("declared", [b"5", b"-1", b"many", b"", b"9" * 40])
def test_a_false_declaration_changes_nothing(declared):
    """The bytes are counted, not the promise."""
    assert sent(echo, [b"x" * 3000], declared)[0] == 413
    assert sent(echo, [b"x" * 10], declared) == (200, b"10")
