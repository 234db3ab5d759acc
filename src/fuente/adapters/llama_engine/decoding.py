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
_LONGEST_MATCH = 3
_GUESSED = 7  # read with the token before them they cost less than three tokens read alone

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
        self, tokens: Sequence[int], check: Callable[[], None], *, reuse: bool
    ) -> tuple[Logits, int]: ...

    def logits_after(self, tokens: Sequence[int], rows: int) -> list[Logits]: ...

    def take_back(self, count: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written.

    Args:
        source: what the reply may be a copy of, as tokens; it makes a reply at temperature 0 faster
            where it is, and changes nothing else.
    """

    prompt: Sequence[int]
    constraint: Mapping[str, Any] | None
    max_tokens: int
    temperature: float
    seed: int
    stop: tuple[bytes, ...]
    deadline: float
    reuse: bool
    source: Sequence[int] = ()

    def check(self) -> None:
        """Give up when the time is over."""
        if time.monotonic() > self.deadline:
            raise DeadlinePassed


@dataclass(slots=True)
class Draft:
    """What has been written so far, and what the writing cost.

    `reused_tokens` counts the prompt tokens that did not have to be computed for this reply.
    """

    written: bytearray = field(default_factory=bytearray)
    tokens: int = 0
    ended: str = ""
    reused_tokens: int = 0
    prompt_seconds: float = 0.0
    decode_seconds: float = 0.0


def write_reply(speaker: Speaker, job: Job) -> Draft:
    """Decode the prompt and write until the grammar, the model, a stop or the limit ends it.

    What the grammar forces at the beginning is read together with the prompt; where it forces
    everything, there is nothing to ask and nothing is read.

    Raises:
        BadConstraint: the grammar cannot be built.
        PromptTooLong: no room for a reply.
        DeadlinePassed: the time is up.
    """
    writing = _Writing(speaker, job, _room(speaker, job))
    draft = writing.draft
    forced = writing.take_forced()
    if draft.ended:
        draft.reused_tokens = len(job.prompt)
        return draft
    started = time.monotonic()
    tokens = [*job.prompt, *forced]
    logits, draft.reused_tokens = speaker.read_prompt(tokens, job.check, reuse=job.reuse)
    draft.prompt_seconds = time.monotonic() - started
    writing.write_after(logits)
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
    place = int(np.searchsorted(cumulative[:nucleus], drawn, side="right"))
    return int(order[min(place, nucleus - 1)])


def guess_next(written: Sequence[int], source: Sequence[int]) -> list[int]:
    """What comes next in the source after the last tokens written; empty where they are not in it.

    Of several places the one is taken where a copy would be by now.
    """
    for length in range(min(_LONGEST_MATCH, len(written)), 0, -1):
        last = list(written[-length:])
        places = [
            end for end in range(length, len(source)) if list(source[end - length : end]) == last
        ]
        if places:
            place = min(places, key=lambda end: abs(end - len(written)))
            return list(source[place : place + _GUESSED])
    return []


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _room(speaker: Speaker, job: Job) -> int:
    room = speaker.context_length - len(job.prompt)
    if room < 1:
        raise PromptTooLong(
            f"the prompt has {len(job.prompt)} tokens and the model reads {speaker.context_length}"
        )
    return min(room, job.max_tokens)


class _Writing:
    """One reply in the making."""

    def __init__(self, speaker: Speaker, job: Job, limit: int) -> None:
        self._speaker = speaker
        self._job = job
        self._limit = limit
        self._grammar = Grammar(speaker.tokenizer, job.constraint) if job.constraint else None
        self._written: list[int] = []
        self._generator = np.random.Generator(np.random.PCG64(job.seed))
        self.draft = Draft()

    def write_after(self, logits: Logits) -> None:
        """Write until something ends it.

        Forced tokens are read together with the next pick, and so is what the reply would go on
        with if it went on copying its source: a guess that was wrong is taken back.
        """
        rows: Sequence[Logits] = [logits]
        guess: list[int] = []
        while unread := self._write_guessed(rows, guess):
            self._job.check()
            guess = self._guess()
            rows = self._speaker.logits_after([*unread, *guess], len(guess) + 1)

    def _write_guessed(self, rows: Sequence[Logits], guess: Sequence[int]) -> list[int]:
        """Write while it goes as guessed; the tokens that did not, still to be read.

        `rows` are the logits before each guessed token and after the last. Empty at the end.
        """
        read = 0
        while True:
            written = [self._pick(rows[read])]
            if not self.draft.ended:
                written += self.take_forced()
            if self.draft.ended:
                return []
            same = _common(written, guess[read:])
            read += same
            if same < len(written):
                self._speaker.take_back(len(guess) - read)
                return written[same:]

    def _guess(self) -> list[int]:
        if self._job.temperature > 0:
            return []
        room = self._limit - self.draft.tokens
        return guess_next(self._written, self._job.source)[:room]

    def take_forced(self) -> list[int]:
        """Write what the grammar forces now; the tokens are still to be read by the model."""
        if self._grammar is None:
            return []
        tokens = [token for token in self._grammar.forced() if not self._speaker.ends(token)]
        self._append(tokens)
        self._note_completion()
        return tokens

    def _pick(self, logits: Logits) -> int:
        grammar = self._grammar
        token = self._allowed(logits)
        if self._speaker.ends(token):
            self.draft.ended = "end" if grammar is None else "grammar"
            return token
        if grammar is not None:
            grammar.write(token)
        self._append([token])
        self._note_completion()
        return token

    def _allowed(self, logits: Logits) -> int:
        temperature, grammar = self._job.temperature, self._grammar
        if grammar is not None and temperature <= 0:
            # The likeliest of all, where it is allowed, is the likeliest allowed: no mask needed.
            likeliest = pick(logits, temperature, self._generator)
            if grammar.allows(likeliest):
                return likeliest
        allowed = logits if grammar is None else grammar.allow(logits)
        return pick(allowed, temperature, self._generator)

    def _note_completion(self) -> None:
        # What is whole is finished, even if its last token was also the last one allowed.
        if self._grammar is not None and self._grammar.complete and self.draft.ended != "stop":
            self.draft.ended = "grammar"

    def _append(self, tokens: Sequence[int]) -> None:
        draft = self.draft
        self._written += tokens
        for token in tokens:
            draft.written += self._speaker.bytes_of(token)
        draft.tokens += len(tokens)
        found = [at for at in (draft.written.find(stop) for stop in self._job.stop) if at >= 0]
        if found:
            del draft.written[min(found) :]
            draft.ended = "stop"
        elif draft.tokens >= self._limit:
            draft.ended = "length"
