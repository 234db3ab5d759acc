"""Choices put to the local model under a grammar that allows the options and nothing else."""

import hashlib
from string import ascii_uppercase
from typing import Final

from fuente.errors import ModelError
from fuente.generation.choices import BY_MODEL, DRAWN, ONLY_OPTION, Choice, Pick
from fuente.patients.sampling import Draws
from fuente.ports import Constraint, LanguageModel, Message

# Sampling rather than always the likeliest option: otherwise a small model gives every patient of
# one request the same course.
_TEMPERATURE: Final = 1.0
_SYSTEM: Final = (
    "You choose one option for a fictional test patient. Answer with the letter of the option."
)


class ModelChoices:
    """Asks the model; a choice with one option is not asked, a failed call takes a drawn option."""

    def __init__(self, model: LanguageModel, about: str, seed: int) -> None:
        self._model = model
        self._about = about
        self._seed = seed
        self._draws = Draws(seed, "choices")
        self._picks: list[Pick] = []

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What was picked so far."""
        return tuple(self._picks)

    def choose(self, choice: Choice) -> str:
        """The model's pick, remembered with everything that was on offer."""
        ids = tuple(option.option_id for option in choice.options)
        if len(ids) == 1:
            picked, by = ids[0], ONLY_OPTION
        else:
            picked, by = self._ask(choice)
        self._picks.append(Pick(choice.name, ids, picked, by))
        return picked

    def _ask(self, choice: Choice) -> tuple[str, str]:
        # The order is drawn so that a preference for the first letter is no preference for an arm.
        shuffled = self._draws.shuffled(choice.name, choice.options)[: len(ascii_uppercase)]
        letters = ascii_uppercase[: len(shuffled)]
        lines = [f"{key}: {one.label}" for key, one in zip(letters, shuffled, strict=True)]
        about = choice.about or self._about
        prompt = "\n".join((about, choice.question, *lines))
        try:
            reply = self._model.generate(
                (Message("system", _SYSTEM), Message("user", prompt)),
                Constraint(options=tuple(letters)),
                max_tokens=4,
                temperature=_TEMPERATURE,
                seed=_seed_for(self._seed, choice.name),
            )
        except ModelError:
            return shuffled[0].option_id, DRAWN
        return shuffled[letters.index(reply.text)].option_id, BY_MODEL


def _seed_for(seed: int, name: str) -> int:
    digest = hashlib.sha256(f"{seed}\x1f{name}".encode()).digest()
    return int.from_bytes(digest[:4], "big")
