"""Whether a held document is still followed.

An old edition is never deleted: the citations that point at it must open for ever. It only stops
being searched, answered from and generated from.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class StandingState(StrEnum):
    """The states of a held document."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a document; `successor` is the SHA-256 of the edition that superseded it."""

    state: StandingState
    successor: str = ""

    def __post_init__(self) -> None:
        if bool(self.successor) != (self.state is StandingState.SUPERSEDED):
            raise ValueError("a superseded document, and no other, has a successor")


CURRENT: Final = Standing(StandingState.CURRENT)
WITHDRAWN: Final = Standing(StandingState.WITHDRAWN)


def superseded_by(sha256: str) -> Standing:
    """The standing of an edition that this document replaced."""
    return Standing(StandingState.SUPERSEDED, sha256)
