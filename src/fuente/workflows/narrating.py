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
    "en": "Repeat the sentence as a clinician would write it. Keep every [slot].",
    "es": "Repite la frase como la escribiría un médico. Conserva cada [slot].",
}
# Sentences of other kinds than any in the record, so that none of their words is carried over.
_EXAMPLES: Final = {
    "en": (
        "The patient was admitted on [date] because of [reason].",
        "Blood was taken on [date]; the result was [result].",
        "[name], a [sex] from [town], came with [symptom].",
    ),
    "es": (
        "El paciente ingresó el [date] por [reason].",
        "Se extrajo sangre el [date]; el resultado fue [result].",
        "[name], [sex] de [town], acudió con [symptom].",
    ),
}


def narrate(
    model: LanguageModel, drafts: Sequence[Draft], tongue: Tongue, seed: int
) -> tuple[Sentence, ...]:
    """One sentence per draft, the model's own where it passes every check."""
    return tuple(_sentence(model, draft, tongue, seed) for draft in drafts)


def _sentence(model: LanguageModel, draft: Draft, tongue: Tongue, seed: int) -> Sentence:
    messages = [Message("system", _PROMPTS[tongue])]
    for example in _EXAMPLES[tongue]:
        messages += [Message("user", example), Message("assistant", example)]
    messages.append(Message("user", draft.template))
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
