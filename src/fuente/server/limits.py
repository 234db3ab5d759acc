"""A limit on request bodies, counted as they arrive, whatever Content-Length says."""

from collections.abc import Callable
from contextlib import suppress

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_OF_A_FORM = 256 * 1024
"""Bytes of a JSON body or a form: far more than the longest request says."""


class BodyLimit:
    """Answers 413 when a body grows beyond what its path allows.

    Args:
        most: the limit in bytes for a method and a path.
    """

    def __init__(self, app: ASGIApp, most: Callable[[str, str], int]) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays within the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most(scope["method"], scope["path"])
        if _declared(scope) > most:
            await _refusal(most)(scope, receive, send)
            return
        await _Counted(receive, send, most).run(self._app, scope)


class _Counted:
    """One request whose body is counted; too long, it is answered here, whatever the app says."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive = receive
        self._send = send
        self._most = most
        self._count = 0

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        with suppress(_TooLong):
            await app(scope, self._counting, self._sending)
        if self._count > self._most:
            await _refusal(self._most)(scope, self._receive, self._send)

    async def _counting(self) -> Message:
        message = await self._receive()
        self._count += len(message.get("body", b""))
        if self._count > self._most:
            raise _TooLong
        return message

    async def _sending(self, message: Message) -> None:
        # The framework answers 400 to any failure while it reads a body; ours comes instead.
        if self._count <= self._most:
            await self._send(message)


class _TooLong(Exception):
    pass


def _refusal(most: int) -> JSONResponse:
    size = f"{most // 1024**2} MiB" if most >= 1024**2 else f"{most // 1024} KiB"
    detail = f"The body is larger than {size}."
    return JSONResponse({"error": "TooLarge", "detail": detail}, 413)


def _declared(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() and len(lengths[0]) < 20 else 0
