"""Writes one reply: prompt, then token after token under the grammar, until it ends.

It decides how a token is picked and when to stop. It knows no process and no message format.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fuente.adapters.llama_engine.constrained import Grammar

NUCLEUS = 0.95
"""With a temperature, only the likeliest tokens that together hold this share are drawn from."""

Logits = NDArray[np.float32]


class DeadlinePassed(Exception):
    """The request's time is up."""


class PromptTooLong(ValueError):
    """The prompt leaves no room for a reply."""


class Speaker(Protocol):
    """What decoding asks of the runtime."""

    context_length: int
    tokenizer: Any

    def bytes_of(self, token: int) -> bytes: ...

    def ends(self, token: int) -> bool: ...

    def read_prompt(
        self, tokens: Sequence[int], check: Callable[[], None], *, reuse: bool = True
    ) -> tuple[Logits, int]: ...

    def logits_after(self, tokens: Sequence[int]) -> Logits: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written."""

    prompt: Sequence[int]
    constraint: Mapping[str, Any] | None
    max_tokens: int
    temperature: float
    seed: int
    stop: tuple[bytes, ...]
    deadline: float
    reuse: bool = True


@dataclass(slots=True)
class Draft:
    """What has been written so far, and what the writing cost."""

    written: bytearray = field(default_factory=bytearray)
    tokens: int = 0
    ended: str = ""
    reused_tokens: int = 0
    prompt_seconds: float = 0.0
    decode_seconds: float = 0.0


def write_reply(speaker: Speaker, job: Job) -> Draft:
    """Decode the prompt and write until the grammar, the model, a stop or the limit ends it.

    Raises:
        BadConstraint: the grammar cannot be built.
        PromptTooLong: no room for a reply.
        DeadlinePassed: the time is up.
    """
    limit = _room(speaker, job)
    grammar = Grammar(speaker.tokenizer, job.constraint) if job.constraint else None
    draft = Draft()
    started = time.monotonic()
    logits, draft.reused_tokens = speaker.read_prompt(
        job.prompt, lambda: _check(job.deadline), reuse=job.reuse
    )
    draft.prompt_seconds = time.monotonic() - started
    _write(speaker, job, grammar, draft, logits, limit)
    draft.decode_seconds = time.monotonic() - started - draft.prompt_seconds
    return draft


def pick(logits: Logits, temperature: float, generator: np.random.Generator) -> int:
    """The likeliest token, or at a temperature above 0 a seeded draw from the nucleus."""
    if temperature <= 0:
        return int(np.argmax(logits))
    scaled = logits.astype(np.float64) / temperature
    order = np.argsort(-scaled, kind="stable")
    weights = np.exp(scaled[order] - scaled[order[0]])
    cumulative = np.cumsum(weights)
    nucleus = int(np.searchsorted(cumulative, NUCLEUS * cumulative[-1])) + 1
    drawn = generator.random() * cumulative[nucleus - 1]
    return int(order[int(np.searchsorted(cumulative[:nucleus], drawn, side="right"))])


def _room(speaker: Speaker, job: Job) -> int:
    room = speaker.context_length - len(job.prompt)
    if room < 1:
        raise PromptTooLong(
            f"the prompt has {len(job.prompt)} tokens and the model reads {speaker.context_length}"
        )
    return min(room, job.max_tokens)


def _check(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise DeadlinePassed


def _write(
    speaker: Speaker, job: Job, grammar: Grammar | None, draft: Draft, logits: Logits, limit: int
) -> None:
    generator = np.random.Generator(np.random.PCG64(job.seed))
    pending: list[int] = []
    while not draft.ended:
        _check(job.deadline)
        pending += _take_forced(speaker, grammar, draft, limit)
        if draft.ended:
            return
        if pending:
            logits = speaker.logits_after(pending)
        allowed = logits if grammar is None else grammar.allow(logits)
        token = pick(allowed, job.temperature, generator)
        pending = [token]
        if speaker.ends(token):
            draft.ended = "end" if grammar is None else "grammar"
            return
        if grammar is not None:
            grammar.write(token)
        _append(speaker, draft, [token])
        _cut_at_stop(draft, job.stop)
        if not draft.ended and draft.tokens >= limit:
            draft.ended = "length"


def _take_forced(speaker: Speaker, grammar: Grammar | None, draft: Draft, limit: int) -> list[int]:
    if grammar is None:
        return []
    tokens = [token for token in grammar.forced() if not speaker.ends(token)]
    _append(speaker, draft, tokens)
    if grammar.complete:
        draft.ended = "grammar"
    elif draft.tokens >= limit:
        draft.ended = "length"
    return tokens


def _append(speaker: Speaker, draft: Draft, tokens: Sequence[int]) -> None:
    for token in tokens:
        draft.written += speaker.bytes_of(token)
    draft.tokens += len(tokens)


def _cut_at_stop(draft: Draft, stops: tuple[bytes, ...]) -> None:
    found = [at for at in (draft.written.find(stop) for stop in stops) if at >= 0]
    if found:
        del draft.written[min(found) :]
        draft.ended = "stop"
