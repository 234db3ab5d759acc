"""One worker process: started, spoken to with a time limit, and surely ended.

It decides how long to wait and how to kill. It does not know what the messages mean.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from fuente.adapters.llama_engine.messages import (
    MAX_LINE_BYTES,
    FromParent,
    FromWorker,
    line_from_message,
    message_from_line,
)

WORKER = "fuente.adapters.llama_engine.worker"
_READ_BYTES = 1 << 16


class WorkerDied(RuntimeError):
    """The process ended or broke the protocol."""


class WorkerSilent(RuntimeError):
    """No answer in time."""


class WorkerProcess:
    """A running worker. `command` is replaced in tests by a process that misbehaves."""

    def __init__(self, command: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            list(command) or [sys.executable, "-s", "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(os.environ),
            # Control-C reaches the parent alone, which may still want its last reply.
            start_new_session=True,
        )
        self._unread = b""

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """It has not ended."""
        return self._process.poll() is None

    def ask(self, message: FromParent, seconds: float) -> FromWorker:
        """Send a message and wait for the answer.

        Raises:
            WorkerDied: the process ended, or answered nonsense.
            WorkerSilent: the time is up; the process still runs.
        """
        try:
            _pipe(self._process.stdin).write(line_from_message(message))
            _pipe(self._process.stdin).flush()
        except OSError as error:
            raise WorkerDied(self._how_it_ended()) from error
        try:
            answer = message_from_line(self._read_line(time.monotonic() + seconds))
        except ValueError as error:
            raise WorkerDied("the worker's answer is not one of its messages") from error
        return answer  # type: ignore[return-value]

    def end(self) -> None:
        """Kill it, wait until it is gone, close the pipes. It holds nothing worth saving."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(_pipe(pipe))

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._unread:
            self._unread += self._read_some(deadline)
            if len(self._unread) > MAX_LINE_BYTES:
                raise WorkerDied("the worker's answer has no end")
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _read_some(self, deadline: float) -> bytes:
        out = _pipe(self._process.stdout)
        ready, _, _ = select.select([out], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise WorkerSilent("no answer in time")
        data = os.read(out.fileno(), _READ_BYTES)
        if not data:
            raise WorkerDied(self._how_it_ended())
        return data

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        return f"it was killed by signal {-code}" if code < 0 else f"it exited with {code}"


def _environment(parent: Mapping[str, str]) -> dict[str, str]:
    """The parent's variables, with this very package first on the import path.

    Threads that spin while they wait starve a busy machine, so they wait asleep.
    """
    package_root = str(Path(__file__).resolve().parents[3])
    paths = [package_root, *filter(None, [parent.get("PYTHONPATH", "")])]
    return {"OMP_WAIT_POLICY": "passive", **parent, "PYTHONPATH": os.pathsep.join(paths)}


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise WorkerDied("the worker was started without pipes")
    return pipe


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # Closing flushes what the dead worker no longer reads; the descriptor is closed anyway.
        return
