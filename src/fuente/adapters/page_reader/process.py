"""Starts a reading program, hands it bytes and takes its answer line by line.

The child gets an almost empty environment and the file through an anonymous memory file, so that it
needs no path. Whatever it does, the parent goes on: the child's process group is killed at the
deadline, when it writes too much, and when nobody wants its answer any more: when its reader leaves
it, and at once when the reading in whose course it runs is stopped from another thread.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import fuente
from fuente.adapters.page_reader.limits import MAX_OUTPUT_BYTES, WALL_SECONDS
from fuente.ports import Stop

_ENVIRONMENT = {
    "PYTHONPATH": str(Path(fuente.__file__).resolve().parent.parent),
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
    # numpy's library reserves memory for every core it may use, more than a child is allowed.
    "OPENBLAS_NUM_THREADS": "1",
}


# Of the thread that reads: handed on through every step, it would be in a dozen signatures.
_STOP: Final[ContextVar[Stop | None]] = ContextVar("stop", default=None)


@contextmanager
def ended_by(stop: Stop | None) -> Iterator[None]:
    """Whatever children are started meanwhile in this thread end when the stop is asked for."""
    token = _STOP.set(stop)
    try:
        yield
    finally:
        _STOP.reset(token)


class ChildFailed(Exception):
    """The child died, ran out of time or wrote too much; the message says which."""


class ReadingChild:
    """One run of a program of this package on some bytes.

    Args:
        program: the module to run.
        content: what it finds on its standard input.
        arguments: its command line.
        wall_seconds: when it is killed.

    Raises:
        ReadingStopped: the reading was stopped before it began.
    """

    def __init__(
        self,
        program: str,
        content: bytes,
        arguments: tuple[str, ...] = (),
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self._wall_seconds = wall_seconds
        self._expired = threading.Event()
        self._stop = _STOP.get()
        self._check_wanted()
        self._child = _start(program, content, arguments)
        self._watchdog = threading.Timer(wall_seconds, self._expire)
        self._watchdog.daemon = True
        self._watchdog.start()

    def lines(self, max_output: int = MAX_OUTPUT_BYTES) -> Iterator[bytes]:
        """The lines it writes, as they come.

        Raises:
            ChildFailed: it did not end well; lines already yielded are whole.
            ReadingStopped: the reading was stopped meanwhile.
        """
        with self._stop.calling(self._kill) if self._stop else nullcontext():
            yield from self._lines(max_output)

    def _lines(self, max_output: int) -> Iterator[bytes]:
        output = self._child.stdout
        taken = 0
        while output and (line := output.readline(max_output - taken + 1)):
            taken += len(line)
            if taken > max_output:
                raise ChildFailed(f"it wrote more than {max_output} bytes")
            if line.endswith(b"\n"):
                yield line
        self._child.wait()
        self._check_wanted()
        if self._expired.is_set():
            raise ChildFailed(f"it took longer than {self._wall_seconds:.0f} s")
        if self._child.returncode != 0:
            raise ChildFailed(_reason(self._child.returncode))

    def close(self) -> None:
        """Kill it if it still runs."""
        self._watchdog.cancel()
        self._kill()
        self._child.wait()
        if self._child.stdout:
            self._child.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_wanted(self) -> None:
        if self._stop:
            self._stop.check()

    def _expire(self) -> None:
        self._expired.set()
        self._kill()

    def _kill(self) -> None:
        if self._child.poll() is None:
            os.killpg(self._child.pid, signal.SIGKILL)


def _start(program: str, content: bytes, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    with os.fdopen(os.memfd_create("fuente-document"), "w+b") as memory:
        memory.write(content)
        memory.seek(0)
        return subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", f"{__package__}.{program}", *arguments],
            stdin=memory,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            start_new_session=True,
        )


def _reason(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "it used up its processor time"
    if code < 0:
        return f"it crashed or ran out of memory ({signal.Signals(-code).name})"
    return f"it ended with code {code}"
