"""The typed messages between engine and worker, one JSON object a line.

Both sides build and read them here and nowhere else. The module knows neither processes nor
llama.cpp.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MAX_LINE_BYTES = 64 * 1024 * 1024
"""A longer line is not one of ours: the worker is taken for broken."""


@dataclass(frozen=True, slots=True)
class Load:
    """Load the weights and make a context: the first message, sent once."""

    path: str
    weights: str
    context_length: int
    threads: int
    gpu_layers: int
    chunk: int
    template: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can answer: how long the loading took and what it found."""

    startup_seconds: float
    context_length: int
    vocabulary: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One reply is wanted."""

    messages: tuple[tuple[str, str], ...]
    constraint: Mapping[str, Any] | None
    max_tokens: int
    temperature: float
    seed: int
    stop: tuple[str, ...]
    seconds: float
    reuse: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What was written. `ended` is grammar, end, stop or length."""

    text: str
    ended: str
    prompt_tokens: int
    completion_tokens: int
    reused_tokens: int
    prompt_seconds: float
    decode_seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """No reply. `kind` is request, deadline or load."""

    kind: str
    message: str


FromParent = Load | Ask
FromWorker = Ready | Reply | Failed

_KINDS: Mapping[str, type[FromParent | FromWorker]] = {
    kind.__name__: kind for kind in (Load, Ready, Ask, Reply, Failed)
}


def line_from_message(message: FromParent | FromWorker) -> bytes:
    """The message as one line of ASCII JSON."""
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode() + b"\n"


def message_from_line(line: bytes) -> FromParent | FromWorker:
    """Read one line.

    Raises:
        ValueError: it is not one of our messages.
    """
    fields = json.loads(line)
    if not isinstance(fields, dict) or fields.get("type") not in _KINDS:
        raise ValueError("not a message of the engine")
    kind = _KINDS[fields.pop("type")]
    if kind is Ask:
        fields["messages"] = tuple((role, text) for role, text in fields["messages"])
        fields["stop"] = tuple(fields["stop"])
    try:
        return kind(**fields)
    except TypeError as error:
        raise ValueError(f"a {kind.__name__} message with wrong fields") from error
