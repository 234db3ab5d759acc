"""The words around a signal, and what they say of its state.

Shared by the readers of details; knows no detail itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fuente.patients.request_phrases import Cue, cue
from fuente.patients.request_signals import Hit, sentence_end

NEAR: Final = 45


@dataclass(frozen=True, slots=True)
class Around:
    """The text with its signals, asked about the words near one of them."""

    folded: str
    hits: Sequence[Hit]

    def named(self, *names: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.name in names]

    def after(self, hit: Hit) -> str:
        following = [h.start for h in self.hits if h.start >= hit.end]
        limit = min([*following, hit.end + NEAR, sentence_end(self.folded, hit.end)])
        return self.folded[hit.end : limit]

    def before(self, hit: Hit) -> str:
        preceding = [h.end for h in self.hits if h.end <= hit.start]
        return self.folded[max([*preceding, hit.start - NEAR]) : hit.start]

    def sentence(self, hit: Hit) -> str:
        start = max(self.folded.rfind(". ", 0, hit.start), self.folded.rfind(";", 0, hit.start), 0)
        return self.folded[start : sentence_end(self.folded, hit.end)]


def status_of(around: Around, hit: Hit) -> str | None:
    """Whether the thing named is said to be present or removed; None when nothing is said."""
    after = around.after(hit)
    removed, present = _place(after, "removed"), _place(after, "present")
    if removed is None and present is None:
        before = around.before(hit)[-22:]
        removed, present = _place(before, "removed"), _place(before, "present")
    if removed is None and present is None:
        return None
    if removed is not None and (present is None or removed < present):
        return "removed"
    return "present"


def settled(hits: Sequence[Hit]) -> bool:
    """Whether any of the signals is wanted."""
    return any(hit.wanted for hit in hits)


def first_of(values: Iterable[str | None]) -> str | None:
    """The first value that is stated."""
    return next((value for value in values if value is not None), None)


def given(**values: Any) -> dict[str, Any]:  # noqa: ANN401  flag values differ in type
    """The flags that are stated."""
    return {key: value for key, value in values.items() if value is not None}


def denied(words: str) -> bool:
    """Whether the words end by denying what follows."""
    return bool(
        re.search(r"(?<![a-z])(?:no|sin|without|not|ninguna|free of)(?:\s+[a-z]+)?\s*$", words)
    )


def _place(words: str, name: Cue) -> int | None:
    match = cue(name).search(words)
    return match.start() if match else None
