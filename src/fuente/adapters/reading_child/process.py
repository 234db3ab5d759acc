"""Starts a reading program, hands it bytes and takes its answer line by line.

The child gets an almost empty environment and the file through an anonymous memory file, so that it
needs no path. Whatever it does, the parent goes on: it is killed with its process group at the
deadline or when it writes too much.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import fuente
from fuente.adapters.reading_child.limits import MAX_OUTPUT_BYTES, WALL_SECONDS

_SOURCE_ROOT = str(Path(fuente.__file__).resolve().parent.parent)


class ChildFailed(Exception):
    """The child died, ran out of time or wrote too much; the message says which."""


def run_child(
    program: str,
    content: bytes,
    arguments: tuple[str, ...] = (),
    wall_seconds: float = WALL_SECONDS,
    max_output: int = MAX_OUTPUT_BYTES,
) -> Iterator[bytes]:
    """Run `program` (a module of this package) on `content` and yield the lines it writes.

    Raises:
        ChildFailed: it did not end well; lines already yielded are whole.
    """
    child = _start(program, content, arguments)
    expired = threading.Event()
    watchdog = threading.Timer(wall_seconds, lambda: (expired.set(), _kill(child)))
    watchdog.daemon = True
    watchdog.start()
    try:
        yield from _lines(child, max_output)
        child.wait()
    finally:
        watchdog.cancel()
        _kill(child)
        child.wait()
    if expired.is_set():
        raise ChildFailed(f"it took longer than {wall_seconds:.0f} s")
    if child.returncode != 0:
        raise ChildFailed(_reason(child.returncode))


def _start(program: str, content: bytes, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    handle = os.memfd_create("fuente-document")
    with os.fdopen(handle, "w+b") as memory:
        memory.write(content)
        memory.seek(0)
        return subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", f"{__package__}.{program}", *arguments],
            stdin=memory,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": _SOURCE_ROOT, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )


def _lines(child: "subprocess.Popen[bytes]", max_output: int) -> Iterator[bytes]:
    if child.stdout is None:
        raise ChildFailed("it has no output")
    taken = 0
    with child.stdout as output:
        while line := output.readline(max_output - taken + 1):
            taken += len(line)
            if taken > max_output:
                raise ChildFailed(f"it wrote more than {max_output} bytes")
            yield line


def _kill(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)


def _reason(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "it used up its processor time"
    if code < 0:
        return f"it crashed or ran out of memory ({signal.Signals(-code).name})"
    return f"it ended with code {code}"
