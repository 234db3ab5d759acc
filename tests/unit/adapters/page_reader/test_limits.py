"""The limits hold in a process of their own: they cannot be taken back."""

import signal
import subprocess
import sys

import pytest

from fuente.adapters.page_reader import limits

PREPARE = (
    "from fuente.adapters.page_reader.limits import *; import socket; confine(); close_doors()\n"
)


def _run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PREPARE + code],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "code",
    ["socket.socket()", "open('/etc/hostname')", "open('made-by-a-reader', 'w')"],
)
def test_nothing_can_be_opened_any_more(code):
    """Neither a file nor a socket: no network by construction."""
    assert "Too many open files" in _run(code).stderr


def test_memory_is_limited():
    """More than the limit is refused by the kernel."""
    assert "MemoryError" in _run(f"bytearray({limits.MEMORY_BYTES})").stderr


def test_what_was_opened_can_still_be_written():
    """The answer goes out through the pipe the child was born with."""
    assert _run("print('done')").stdout == "done\n"


def test_processor_time_grows_with_the_pages():
    """A short file gets less than a long one, none more than the most."""
    code = "import resource\nfor n in (1, 100, 2000):\n allow_pages(n)\n print({})\n"
    got = _run(code.format("resource.getrlimit(resource.RLIMIT_CPU)[0]")).stdout.split()
    assert [int(seconds) for seconds in got] == [20, 30, 60]


def test_processor_time_grows_with_the_bytes_where_pages_are_unknown():
    """A small file that never ends costs little."""
    code = "import resource\nfor n in (1_000, 100_000, 50_000_000):\n allow_bytes(n)\n print({})\n"
    got = _run(code.format("resource.getrlimit(resource.RLIMIT_CPU)[0]")).stdout.split()
    assert [int(seconds) for seconds in got] == [20, 30, 60]


def test_the_end_of_the_processor_time_is_told_from_other_ends():
    """By its own signal, not by the one for whatever was killed."""
    assert _run("confine(1)\nwhile True: pass").returncode == -signal.SIGXCPU
