"""Fakes for the language model, the agent and the embedder: scripted, instant, deterministic."""

import hashlib
import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fuente.ports import (
    AgentStep,
    AgentTrace,
    Completion,
    Constraint,
    Message,
    ModelIdentity,
    Progress,
    Tool,
    Vector,
)

Choose = Callable[[Sequence[Any], int], Any]
"""Picks one of the values; the second argument is the call's seed."""


def first(values: Sequence[Any], _seed: int) -> Any:
    """Pick the first value."""
    return values[0]


def last(values: Sequence[Any], _seed: int) -> Any:
    """Pick the last value."""
    return values[-1]


def seeded(values: Sequence[Any], seed: int) -> Any:
    """Pick by the seed and by what is offered."""
    key = json.dumps([seed, *values], default=str)
    return random.Random(key).choice(list(values))


@dataclass(frozen=True)
class Call:
    """One recorded request to the scripted model."""

    messages: tuple[Message, ...]
    constraint: Constraint | None
    max_tokens: int
    temperature: float
    seed: int
    stop: tuple[str, ...]


class ScriptedModel:
    """LanguageModel that says what it was told to say, then picks by a rule.

    Args:
        replies: used up first, in order, whatever the constraint: a string is the reply (which may
            be malformed), an exception is raised.
        rule: `first`, `last` or `seeded`: picks among options, enum values and alternatives of a
            schema once the replies are used up.
        free_text: the reply where nothing constrains it, and the last resort for a regex.
        repeat: when given, every reply, for ever: a model that is stuck.
    """

    def __init__(
        self,
        replies: Sequence[str | Exception] = (),
        *,
        rule: Choose = first,
        free_text: str = "Scripted text.",
        repeat: str | Exception | None = None,
    ) -> None:
        self._replies = list(replies)
        self._rule = rule
        self._free_text = free_text
        self._repeat = repeat
        self.calls: list[Call] = []
        self.closed = False

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity("scripted", "0" * 64, "", "1" * 64, "script")

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
        call = Call(tuple(messages), constraint, max_tokens, temperature, seed, tuple(stop))
        self.calls.append(call)
        reply = self._next_reply(call)
        if isinstance(reply, Exception):
            raise reply
        prompt_tokens = sum(len(message.content.split()) for message in messages)
        words = reply.split(" ")
        finished = constraint is not None or len(words) <= max_tokens
        return Completion(" ".join(words[:max_tokens]), prompt_tokens, len(words), finished)

    def close(self) -> None:
        self.closed = True

    def _next_reply(self, call: Call) -> str | Exception:
        if self._repeat is not None:
            return self._repeat
        if self._replies:
            return self._replies.pop(0)
        constraint = call.constraint
        if constraint is None or constraint.regex:
            return self._free_text
        if constraint.options:
            return str(self._rule(constraint.options, call.seed))
        value = example_of(constraint.schema or {}, lambda values: self._rule(values, call.seed))
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def example_of(schema: Mapping[str, Any], choose: Callable[[Sequence[Any]], Any]) -> Any:
    """A value of the schema, for the keywords fuente uses; `choose` picks where there is choice."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return choose(schema["enum"])
    if "anyOf" in schema:
        return example_of(choose(schema["anyOf"]), choose)
    kind = schema.get("type", "object")
    if kind == "object":
        wanted = schema.get("required", list(schema.get("properties", {})))
        return {name: example_of(schema["properties"][name], choose) for name in wanted}
    if kind == "array":
        return [example_of(schema["items"], choose)] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 0)
    if kind == "boolean":
        return choose([False, True])
    return "x" * schema.get("minLength", 1)


class ScriptedAgent:
    """ReferenceAgent that calls every open tool with every first argument, or does as told.

    Args:
        outcome: `done` runs the open calls; anything else ends at once with that outcome.
    """

    def __init__(self, outcome: str = "done", detail: str = "") -> None:
        self._outcome = outcome
        self._detail = detail
        self.goals: list[str] = []

    def gather(
        self,
        goal: str,
        tools: Callable[[Sequence[AgentStep]], Sequence[Tool]],
        *,
        max_steps: int,
        max_seconds: float,
        seed: int,
    ) -> AgentTrace:
        self.goals.append(goal)
        if self._outcome != "done":
            return AgentTrace((), self._outcome, self._detail)
        steps: list[AgentStep] = []
        while (open_tools := tools(tuple(steps))) and len(steps) < max_steps:
            tool = open_tools[0]
            arguments = {name: values[0] for name, values in tool.arguments.items()}
            found = tool.run(arguments)
            steps.append(AgentStep(tool.name, arguments, found.passage_ids, found.reference_ids))
        return AgentTrace(tuple(steps), "step_limit" if open_tools else "done")


class HashedEmbedder:
    """Embedder that hashes words into a unit vector: same words, same direction."""

    def __init__(self, dimensions: int = 64) -> None:
        self.dimensions = dimensions
        self.fingerprint = f"hashed-words-{dimensions}"

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> list[Vector]:
        vectors = [self._vector(text) for text in texts]
        if progress is not None:
            progress("embedding", len(texts), len(texts))
        return vectors

    def _vector(self, text: str) -> Vector:
        parts = [0.0] * self.dimensions
        for word in text.lower().split() or [""]:
            digest = hashlib.sha256(word.encode()).digest()
            parts[digest[0] % self.dimensions] += 1.0 if digest[1] % 2 else -1.0
            parts[digest[2] % self.dimensions] += 0.5
        length = math.sqrt(sum(part * part for part in parts)) or 1.0
        return tuple(part / length for part in parts)
