"""What the model may write next: a constraint as an llguidance grammar and its state.

A grammar comes only from a `Constraint` of our own making. The module knows tokens and masks; it
knows neither logits' origin nor what the text means.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import llguidance.numpy
import numpy as np
from llguidance import LLMatcher, LLTokenizer
from numpy.typing import NDArray

COMPACT: Mapping[str, Any] = {
    "whitespace_flexible": False,
    "item_separator": ",",
    "key_separator": ":",
}
"""One way to write each JSON value: no white space to wander in."""


class BadConstraint(ValueError):
    """The grammar cannot be built; the message says why."""


def grammar_of(constraint: Mapping[str, Any]) -> str:
    """The llguidance grammar for {"options": [...]}, {"regex": ...} or {"schema": {...}}."""
    if constraint.get("options"):
        return LLMatcher.grammar_from_regex(_alternatives(constraint["options"]))
    if constraint.get("regex"):
        return LLMatcher.grammar_from_regex(constraint["regex"])
    if constraint.get("schema") is not None:
        schema = json.dumps(constraint["schema"], ensure_ascii=False)
        return LLMatcher.grammar_from_json_schema(schema, overrides=COMPACT)  # type: ignore[arg-type]
    raise BadConstraint("a constraint has options, a regex or a schema; this one has none")


class Grammar:
    """The state of one constrained output."""

    def __init__(self, tokenizer: LLTokenizer, constraint: Mapping[str, Any]) -> None:
        self._matcher = LLMatcher(tokenizer, grammar_of(constraint), log_level=0)
        self._mask = llguidance.numpy.allocate_token_bitmask(1, tokenizer.vocab_size)
        self._check()

    @property
    def complete(self) -> bool:
        """Nothing more can be written."""
        return self._matcher.is_stopped()

    @property
    def accepting(self) -> bool:
        """What was written so far is already a whole output."""
        return self._matcher.is_accepting()

    def forced(self) -> list[int]:
        """Tokens that must come next, whatever the model thinks; they are taken as written."""
        tokens = list(self._matcher.compute_ff_tokens())
        if tokens:
            self._matcher.consume_tokens(tokens)
            self._check()
        return tokens

    def allow(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logits with every token that is not allowed now at minus infinity."""
        llguidance.numpy.fill_next_token_bitmask(self._matcher, self._mask)
        self._check()
        bits = np.unpackbits(self._mask[0].view(np.uint8), bitorder="little")
        return np.where(bits[: logits.size] == 1, logits, np.float32(-np.inf))

    def allows(self, token: int) -> bool:
        """Whether the token may be written now."""
        return self._matcher.validate_tokens([token]) == 1

    def write(self, token: int) -> None:
        """Note that the model wrote this token."""
        self._matcher.consume_token(token)
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise BadConstraint(self._matcher.get_error().strip().splitlines()[0])


def _alternatives(options: Sequence[str]) -> str:
    return "|".join(_literal(option) for option in options)


def _literal(text: str) -> str:
    # Python's re.escape also escapes spaces and "#", "&", "~", "-", which Rust's syntax accepts.
    return re.escape(text)
