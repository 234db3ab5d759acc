"""The child process: the one caller of llama.cpp, answering one message at a time.

It is started by the engine and ends with it: when the parent's pipe closes, it exits at once,
even in the middle of a reply. Messages leave on a private copy of stdout, so that whatever a
library prints cannot be taken for one.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from pathlib import Path

from fuente.adapters.llama_engine.chat_template import ChatTemplate
from fuente.adapters.llama_engine.constrained import BadConstraint
from fuente.adapters.llama_engine.decoding import (
    DeadlinePassed,
    Draft,
    Job,
    PromptTooLong,
    write_reply,
)
from fuente.adapters.llama_engine.messages import (
    Ask,
    Failed,
    FromWorker,
    Load,
    Ready,
    Reply,
    line_from_message,
    message_from_line,
)
from fuente.adapters.llama_engine.runtime import LoadFailed, Runtime

PARENT_CHECK_SECONDS = 1.0


def main() -> int:
    """Answer messages from stdin until it closes."""
    out = _private_stdout()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(lines,), daemon=True).start()
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    load = message_from_line(lines.get())
    if not isinstance(load, Load):
        return 2
    try:
        speaker = Worker(load)
    except LoadFailed as error:
        _send(out, Failed("load", str(error)))
        return 1
    _send(out, speaker.ready)
    while True:
        ask = message_from_line(lines.get())
        if not isinstance(ask, Ask):
            return 2
        _send(out, speaker.answer(ask))


class Worker:
    """The loaded model with its template."""

    def __init__(self, load: Load) -> None:
        started = time.monotonic()
        self._template = ChatTemplate.from_fields(load.template)
        self._runtime = Runtime(
            Path(load.path),
            weights=load.weights,
            context_length=load.context_length,
            threads=load.threads,
            gpu_layers=load.gpu_layers,
            chunk=load.chunk,
        )
        self.ready = Ready(
            startup_seconds=time.monotonic() - started,
            context_length=self._runtime.context_length,
            vocabulary=self._runtime.vocabulary,
        )

    def answer(self, ask: Ask) -> FromWorker:
        """One reply, or why there is none."""
        deadline = time.monotonic() + ask.seconds
        prompt = self.prompt_tokens(ask.messages)
        job = Job(
            prompt=prompt,
            constraint=ask.constraint,
            max_tokens=ask.max_tokens,
            temperature=ask.temperature,
            seed=ask.seed,
            stop=tuple(stop.encode() for stop in ask.stop),
            deadline=deadline,
            reuse=ask.reuse,
            source=self._runtime.tokens_of(ask.messages[-1][1], markup=False),
        )
        try:
            return _reply(write_reply(self._runtime, job), len(prompt))
        except (BadConstraint, PromptTooLong) as error:
            return Failed("request", str(error))
        except DeadlinePassed:
            return Failed("deadline", f"no reply within {ask.seconds:g} s")

    def prompt_tokens(self, messages: tuple[tuple[str, str], ...]) -> list[int]:
        """The conversation in the model's tokens."""
        tokens = self._runtime.opening_tokens()
        for piece in self._template.render(messages):
            tokens += self._runtime.tokens_of(piece.text, markup=piece.markup)
        return tokens


def _reply(draft: Draft, prompt_tokens: int) -> Reply:
    return Reply(
        # A reply cut in the middle of a character loses that character.
        text=draft.written.decode("utf-8", errors="ignore"),
        ended=draft.ended,
        prompt_tokens=prompt_tokens,
        completion_tokens=draft.tokens,
        reused_tokens=draft.reused_tokens,
        prompt_seconds=draft.prompt_seconds,
        decode_seconds=draft.decode_seconds,
    )


def _private_stdout() -> int:
    private = os.dup(1)
    os.dup2(2, 1)
    return private


def _send(out: int, message: FromWorker) -> None:
    data = line_from_message(message)
    while data:
        data = data[os.write(out, data) :]


def _read_lines(lines: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(OSError):
        for line in sys.stdin.buffer:
            lines.put(line)
    os._exit(0)


def _watch_parent(parent: int) -> None:
    # The pipe stays open if a forked sibling inherited it; the parent's id does not lie.
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
