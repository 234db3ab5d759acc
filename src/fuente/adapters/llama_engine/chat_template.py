"""Renders a conversation with an approved template, as pieces that say whether to trust them.

The markers come from the registry, never from the model file; what people wrote is always plain
text, so a document that contains a marker cannot open a turn of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the prompt; only in `markup` are special tokens recognised."""

    text: str
    markup: bool


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """Turn = `before` with the role, the content, `after`; then `reply` opens the answer.

    Args:
        before: written before each turn, `{role}` standing for the role's name.
        after: written after each turn.
        reply: written last; the model goes on from here.
        default_system: what the model expects when the caller sends no system turn.
        roles: names for our roles where the model was trained with others.
        opening: written once at the very beginning.
    """

    before: str
    after: str
    reply: str
    default_system: str
    roles: Mapping[str, str]
    opening: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "ChatTemplate":
        """Build it from the registry's fields."""
        return cls(**fields)

    def render(self, messages: Sequence[tuple[str, str]]) -> list[Piece]:
        """The whole prompt, in order."""
        turns = list(messages)
        if self.default_system and (not turns or turns[0][0] != "system"):
            turns.insert(0, ("system", self.default_system))
        pieces = [Piece(self.opening, markup=True)]
        for role, content in turns:
            named = self.before.replace("{role}", self.roles.get(role, role))
            pieces += [Piece(named, True), Piece(content, False), Piece(self.after, True)]
        pieces.append(Piece(self.reply, markup=True))
        return [piece for piece in pieces if piece.text]
