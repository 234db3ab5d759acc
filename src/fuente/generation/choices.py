"""Choices: what the model may decide, and only among what is allowed.

A choice has a name, options with ids, and words for the model. Whoever chooses returns one of the
ids; everything that follows is computed. `RecordedChoices` repeats the picks kept in a manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from fuente.generation.leaf import Leaf, chosen, derived

# Who chose, as a manifest says it.
ONLY_OPTION: Final = "only option"
BY_MODEL: Final = "model"
DRAWN: Final = "drawn: the model failed"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be chosen: its id, and what it means in a few words."""

    option_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with at least one option; `about` is what the model is told of the patient."""

    name: str
    question: str
    options: tuple[Option, ...]
    about: str = ""

    def __post_init__(self) -> None:
        ids = [option.option_id for option in self.options]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError(f"choice {self.name!r} needs options with different ids, not {ids}")


@dataclass(frozen=True, slots=True)
class Pick:
    """What was chosen, from what, and by whom."""

    name: str
    options: tuple[str, ...]
    option_id: str
    by: str


class Chooser(Protocol):
    """Picks one option of each choice put to it, and remembers the picks in order."""

    @property
    def picks(self) -> tuple[Pick, ...]: ...

    def choose(self, choice: Choice) -> str: ...


class UnknownPick(ValueError):
    """A recorded pick is missing, or is not among the options the evidence allows."""


class RecordedChoices:
    """Repeats recorded picks; what was not recorded or is not allowed is an error."""

    def __init__(self, recorded: Mapping[str, str]) -> None:
        self._recorded = dict(recorded)
        self._picks: list[Pick] = []

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The picks repeated so far."""
        return tuple(self._picks)

    def choose(self, choice: Choice) -> str:
        """The recorded option.

        Raises:
            UnknownPick: it is not recorded, or not one of the options.
        """
        ids = tuple(option.option_id for option in choice.options)
        picked = ids[0] if len(ids) == 1 else self._recorded.get(choice.name, "")
        if picked not in ids:
            raise UnknownPick(f"choice {choice.name!r}: {picked!r} is not among {', '.join(ids)}")
        self._picks.append(Pick(choice.name, ids, picked, "record"))
        return picked


def choose_leaf(chooser: Chooser, choice: Choice) -> Leaf:
    """Put a choice; the leaf says it was chosen, or that nothing else was possible."""
    picked = chooser.choose(choice)
    if len(choice.options) == 1:
        return derived(picked, f"the only option of choice {choice.name}")
    return chosen(picked, choice.name)
