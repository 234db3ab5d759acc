"""The messages between engine and worker survive the pipe, and nothing else passes for one."""

import pytest

from fuente.adapters.llama_engine.messages import (
    Ask,
    Failed,
    Load,
    Ready,
    Reply,
    line_from_message,
    message_from_line,
)

MESSAGES = [
    Load("/m/a.gguf", "Q8_0", 4096, 1, 0, 32, {"before": "<|im_start|>{role}\n"}),
    Ready(0.5, 4096, 49152),
    Ask((("user", "¿Dosis?\n"),), {"options": ["a"]}, 5, 0.0, 1, ("\n",), 3.0, True),
    Reply("niño\u2028\U0001f600", "grammar", 10, 3, 0, 0.1, 0.2),
    Failed("request", "too long"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_out_as_it_went_in(message):
    """One line, with one line feed at its end, read back equal."""
    line = line_from_message(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert message_from_line(line) == message


@pytest.mark.parametrize(
    "line",
    [b"\n", b"llama: hello\n", b"[]\n", b"{}\n", b'{"type":"Sing"}\n', b'{"type":"Ready"}\n'],
)
def test_what_is_not_a_message_is_refused(line):
    """A library's print, another type or missing fields are no message."""
    with pytest.raises(ValueError, match=r"\w"):
        message_from_line(line)
