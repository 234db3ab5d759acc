import threading
import time

import pytest

from fuente.adapters.page_reader.process import ChildFailed, ReadingChild, ended_by
from fuente.ports import ReadingStopped
from fuente.workflows.stopping import AskedStop


def test_the_lines_of_a_child_come_whole():
    """One message per line, in order."""
    with ReadingChild("plain.read_text", b"words", ("text/plain",)) as child:
        lines = list(child.lines())
    assert len(lines) == 2
    assert all(line.endswith(b"}\n") for line in lines)


def test_a_child_that_ends_badly_is_said_to():
    """A program that does not exist ends with a code."""
    with ReadingChild("no_such_program", b"") as child, pytest.raises(ChildFailed, match="code 1"):
        list(child.lines())


def test_a_child_that_writes_too_much_is_stopped():
    """The parent's memory is its own."""
    with (
        ReadingChild("plain.read_text", b"word " * 10_000, ("text/plain",)) as child,
        pytest.raises(ChildFailed, match="more than 1000 bytes"),
    ):
        list(child.lines(max_output=1000))


def test_leaving_kills_the_child_at_once():
    """Nobody waits for an answer nobody wants."""
    started = time.monotonic()
    with ReadingChild("plain.read_text", b"word " * 1_000_000, ("text/plain",)):
        pass
    assert time.monotonic() - started < 5


def test_the_deadline_kills_the_child():
    """The message says how long it had."""
    with (
        ReadingChild("plain.read_text", b"words", ("text/plain",), wall_seconds=0.001) as child,
        pytest.raises(ChildFailed, match="longer than"),
    ):
        list(child.lines())


# Does nothing for as long as a hard page takes.
SLEEPING = ("ocr.run_tesseract", b"", ("/bin/sleep", "20"))


def test_a_stop_from_another_thread_ends_the_child_at_once():
    """Ctrl-C does not wait for the page that is being read."""
    stop = AskedStop()
    started = time.monotonic()
    with ended_by(stop), ReadingChild(*SLEEPING) as child:
        threading.Timer(0.3, stop.ask).start()
        with pytest.raises(ReadingStopped):
            list(child.lines())
    assert time.monotonic() - started < 5


def test_after_a_stop_no_child_begins():
    """A file takes several children, one after the other."""
    stop = AskedStop()
    stop.ask()
    with ended_by(stop), pytest.raises(ReadingStopped):
        ReadingChild(*SLEEPING)


def test_a_stop_ends_no_child_of_another_reading():
    """The service reads for several people."""
    stop = AskedStop()
    with ReadingChild("plain.read_text", b"words", ("text/plain",)) as child:
        stop.ask()
        assert len(list(child.lines())) == 2
