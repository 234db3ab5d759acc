"""The parent's side: keeps one worker alive, serialises its callers, turns failures into errors.

It decides when a worker is started, given up or replaced, and that nothing leaves it unchecked.
It never imports llama.cpp: whatever happens in there costs one request.
"""

import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from fuente.adapters.llama_engine.messages import Ask, Failed, FromWorker, Load, Ready, Reply
from fuente.adapters.llama_engine.process import WorkerDied, WorkerProcess, WorkerSilent
from fuente.adapters.llama_engine.validation import satisfies
from fuente.errors import InvalidRequest, ModelCrashed, ModelError, ModelMissing, ModelTimedOut
from fuente.ports import Completion, Constraint, Message, ModelIdentity

LONGEST_CONTEXT = 4096
GRACE_SECONDS = 5.0
"""The worker keeps its own deadline; the parent kills it only this much later."""


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """How much of the machine the engine may use.

    Args:
        context_length: tokens the model may see, at most the model's own limit and 4096.
        threads: 0 means all physical cores but one, at least one.
        seconds: for one reply, from the moment it is its turn.
        start_seconds: for loading the model.
        gpu_layers: 0 keeps everything on the CPU.
        chunk: prompts are read in chunks of this many tokens; it is part of the result's identity.
        reuse: keep the beginning of each prompt for the next call; it changes no result.
    """

    context_length: int = LONGEST_CONTEXT
    threads: int = 0
    seconds: float = 120.0
    start_seconds: float = 60.0
    gpu_layers: int = 0
    chunk: int = 32
    reuse: bool = True


@dataclass(frozen=True, slots=True)
class EngineStats:
    """What the engine has done since it was made; seconds are the worker's."""

    starts: int = 0
    startup_seconds: float = 0.0
    calls: int = 0
    prompt_tokens: int = 0
    reused_tokens: int = 0
    completion_tokens: int = 0
    prompt_seconds: float = 0.0
    decode_seconds: float = 0.0

    @property
    def prompt_tokens_per_second(self) -> float:
        """Prompt tokens really computed, per second."""
        return _rate(self.prompt_tokens - self.reused_tokens, self.prompt_seconds)

    @property
    def completion_tokens_per_second(self) -> float:
        """Tokens written per second, forced ones included."""
        return _rate(self.completion_tokens, self.decode_seconds)


class LlamaEngine:
    """LanguageModel over a supervised llama.cpp worker.

    The worker starts with the first call and again after a crash. Callers wait for each other.

    Args:
        path: the weights, already checked against the registry.
        identity: what is stored with everything this model writes.
        template: the fields of the approved chat template.
        limits: what the engine may use.
    """

    def __init__(
        self,
        path: Path,
        identity: ModelIdentity,
        template: Mapping[str, Any],
        limits: EngineLimits = EngineLimits(),
        start: Callable[[], WorkerProcess] = WorkerProcess,
    ) -> None:
        self._path = path
        self._identity = replace(identity, engine=identity.engine or engine_version())
        self._template = template
        self._limits = limits
        self._start = start
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._stats = EngineStats()

    @property
    def identity(self) -> ModelIdentity:
        """Which model writes."""
        return self._identity

    @property
    def stats(self) -> EngineStats:
        """What it has cost so far."""
        return self._stats

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id, if one is running."""
        return self._worker.pid if self._worker is not None and self._worker.alive else None

    def generate(
        self,
        messages: Sequence[Message],
        constraint: Constraint | None = None,
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> Completion:
        """Write one reply.

        Raises:
            InvalidRequest: the prompt is too long for the model, or the grammar cannot be built.
            ModelCrashed: the worker died; the next call starts a new one.
            ModelTimedOut: no reply within the deadline.
        """
        ask = Ask(
            messages=tuple((message.role, message.content) for message in messages),
            constraint=_fields_of(constraint),
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            stop=tuple(stop),
            seconds=self._limits.seconds,
            reuse=self._limits.reuse,
        )
        with self._lock:
            reply = self._ask(ask)
        return _completion(reply, constraint)

    def start(self) -> EngineStats:
        """Start the worker now rather than with the first call; say what it took."""
        with self._lock:
            self._running_worker()
        return self._stats

    def close(self) -> None:
        """End the worker. A later call would start it again."""
        with self._lock:
            self._give_up()

    def _ask(self, ask: Ask) -> Reply:
        worker = self._running_worker()
        answer = self._exchange(worker, ask, ask.seconds + GRACE_SECONDS)
        if isinstance(answer, Reply):
            self._stats = _with_reply(self._stats, answer)
            return answer
        if isinstance(answer, Failed) and answer.kind == "deadline":
            raise ModelTimedOut(f"The model gave {answer.message}.", "Ask for less, or wait.")
        if isinstance(answer, Failed):
            raise InvalidRequest(f"The model cannot be asked this: {answer.message}.")
        self._give_up()
        raise ModelCrashed("The engine answered out of turn.", "The next call starts a new one.")

    def _running_worker(self) -> WorkerProcess:
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._give_up()
        self._worker = self._start()
        answer = self._exchange(self._worker, self._load_message(), self._limits.start_seconds)
        if not isinstance(answer, Ready):
            self._give_up()
            said = answer.message if isinstance(answer, Failed) else "it answered out of turn"
            raise ModelMissing(
                f"The engine cannot load {self._path.name}: {said}.",
                "Check the file with `fuente doctor`.",
            )
        self._stats = replace(
            self._stats, starts=self._stats.starts + 1, startup_seconds=answer.startup_seconds
        )
        return self._worker

    def _exchange(self, worker: WorkerProcess, message: Load | Ask, seconds: float) -> FromWorker:
        try:
            return worker.ask(message, seconds)
        except WorkerDied as error:
            self._give_up()
            raise ModelCrashed(
                f"The engine process died: {error}.", "The next call starts a new one."
            ) from error
        except WorkerSilent as error:
            self._give_up()
            raise ModelTimedOut(
                f"The engine gave no answer within {seconds:g} s and was ended.",
                "The next call starts a new one.",
            ) from error
        except BaseException:
            # Interrupted in the middle: an answer may still be under way, so the pipe is useless.
            self._give_up()
            raise

    def _give_up(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _load_message(self) -> Load:
        limits = self._limits
        return Load(
            path=str(self._path),
            weights=self._identity.weights,
            context_length=min(limits.context_length, LONGEST_CONTEXT),
            threads=limits.threads or max(1, physical_cores() - 1),
            gpu_layers=limits.gpu_layers,
            chunk=limits.chunk,
            template=dict(self._template),
        )


def engine_version() -> str:
    """The engine's name and version, as stored with what it writes."""
    return f"llama-cpp-python {metadata.version('llama-cpp-python')}"


def physical_cores() -> int:
    """Cores this process may use, hyper-threads counted once."""
    allowed = os.sched_getaffinity(0)
    siblings = {_core_of(cpu) for cpu in allowed}
    return max(1, len(siblings))


def _core_of(cpu: int) -> str:
    path = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return str(cpu)  # not told: every logical processor counts as a core


def _fields_of(constraint: Constraint | None) -> dict[str, Any] | None:
    if constraint is None:
        return None
    # Through JSON and back: a schema may be made of read-only mappings.
    schema = json.loads(json.dumps(constraint.schema, default=dict))
    return {"options": list(constraint.options), "regex": constraint.regex, "schema": schema}


def _completion(reply: Reply, constraint: Constraint | None) -> Completion:
    finished = reply.ended != "length"
    if constraint is not None and finished and not satisfies(reply.text, constraint):
        if reply.ended != "stop":
            raise ModelError(
                f"The engine broke its grammar: {reply.text[:80]!r}.",
                "Run `fuente doctor`; the output was not used.",
            )
        finished = False
    return Completion(reply.text, reply.prompt_tokens, reply.completion_tokens, finished)


def _with_reply(stats: EngineStats, reply: Reply) -> EngineStats:
    return replace(
        stats,
        calls=stats.calls + 1,
        prompt_tokens=stats.prompt_tokens + reply.prompt_tokens,
        reused_tokens=stats.reused_tokens + reply.reused_tokens,
        completion_tokens=stats.completion_tokens + reply.completion_tokens,
        prompt_seconds=stats.prompt_seconds + reply.prompt_seconds,
        decode_seconds=stats.decode_seconds + reply.decode_seconds,
    )


def _rate(count: float, seconds: float) -> float:
    return count / seconds if seconds > 0 else 0.0
