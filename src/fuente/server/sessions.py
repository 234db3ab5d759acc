"""Browser sessions: what a token is exchanged for at `/login`.

A session is a random id kept in this process only, so a restart or a log-out ends it, and the token
itself never lies in a browser. It does not decide who gets one.
"""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

from fuente.workflows.tokens import token_hash

SECONDS: Final = 8 * 3600
"""One working day; then the token is asked for again."""

_MOST: Final = 1000


class Sessions:
    """The open sessions, by the hash of their id.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, float]] = {}

    def begin(self, actor: str) -> str:
        """A new session of this actor; the oldest one ends when there are too many."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._open) >= _MOST:
                del self._open[next(iter(self._open))]
            self._open[token_hash(session)] = (actor, self._clock() + SECONDS)
        return session

    def actor(self, session: str) -> str | None:
        """Whose session it is; None when there is no such session or its time is over."""
        with self._lock:
            actor, until = self._open.get(token_hash(session), ("", 0.0))
        return actor if actor and self._clock() < until else None

    def end(self, session: str) -> None:
        """Forget the session."""
        with self._lock:
            self._open.pop(token_hash(session), None)
