import time

import pytest

from fuente.adapters.page_reader.process import ChildFailed, ReadingChild


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
