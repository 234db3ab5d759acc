"""The narrative: the model writes each sentence around its slots; a failed one is rendered."""

from collections.abc import Sequence
from typing import Final

from fuente.errors import ModelError
from fuente.generation.drafts import Draft
from fuente.generation.narrative import Sentence, accept, render, slot_regex
from fuente.generation.wording import Tongue
from fuente.ports import Constraint, LanguageModel, Message

_MAX_TOKENS: Final = 120
_PROMPTS: Final = {
    "en": "You write one sentence of a clinical summary. Keep every [slot] exactly as it is and in "
    "the same order. Add no facts and no numbers.",
    "es": "Escribes una frase de un informe clínico en español. Conserva cada [slot] tal cual y en "
    "el mismo orden. No añadas datos ni números.",
}
_EXAMPLES: Final = {
    "en": ("The operation, [operation], was done on [date].",) * 2,
    "es": ("La intervención, [operation], se hizo el [date].",) * 2,
}


def narrate(
    model: LanguageModel, drafts: Sequence[Draft], tongue: Tongue, seed: int
) -> tuple[Sentence, ...]:
    """One sentence per draft, the model's own where it passes every check."""
    return tuple(_sentence(model, draft, tongue, seed) for draft in drafts)


def _sentence(model: LanguageModel, draft: Draft, tongue: Tongue, seed: int) -> Sentence:
    request, example = _EXAMPLES[tongue]
    messages = (
        Message("system", _PROMPTS[tongue]),
        Message("user", request),
        Message("assistant", example),
        Message("user", draft.template),
    )
    try:
        reply = model.generate(
            messages,
            Constraint(regex=slot_regex(draft)),
            max_tokens=_MAX_TOKENS,
            temperature=0.0,
            seed=seed,
        )
    except ModelError:
        return render(draft)
    kept = accept(draft, reply.text, tongue) if reply.finished else None
    return kept or render(draft)
