"""The wish of one thread that what another one reads should end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from fuente.ports import ReadingStopped


class AskedStop:
    """The `Stop` port: ends a reading once it is asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked = False
        self._calls: list[Callable[[], None]] = []

    def ask(self) -> None:
        """End what is going on; whatever begins later ends at once too."""
        with self._lock:
            self._asked, calls = True, tuple(self._calls)
        for call in calls:
            call()

    def check(self) -> None:
        """Raise ReadingStopped once it was asked for."""
        if self._asked:
            raise ReadingStopped

    @contextmanager
    def calling(self, end: Callable[[], None]) -> Iterator[None]:
        """While this lasts, asking calls `end` in the thread that asks.

        Raises:
            ReadingStopped: it was asked for before.
        """
        with self._lock:
            self.check()
            self._calls.append(end)
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(end)
