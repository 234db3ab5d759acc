"""What a constraint lets a model write, seen with a tokenizer of single bytes."""

import json
import random

import numpy as np
import pytest
from llguidance import LLTokenizer

from fuente.adapters.llama_engine.constrained import BadConstraint, Grammar
from fuente.adapters.llama_engine.validation import satisfies
from fuente.ports import Constraint

TOKENIZER = LLTokenizer("byte")
END = TOKENIZER.eos_token


def fields(constraint: Constraint) -> dict:
    """Give the constraint as the worker receives it."""
    return {
        "options": list(constraint.options),
        "regex": constraint.regex,
        "schema": constraint.schema,
    }


def write_at_random(constraint: Constraint, seed: int, limit: int = 400) -> str:
    """Write under the constraint with random logits in the model's place."""
    grammar = Grammar(TOKENIZER, fields(constraint))
    draws = np.random.Generator(np.random.PCG64(seed))
    written: list[int] = []
    while len(written) < limit:
        written += grammar.forced()
        if grammar.complete:
            break
        logits = draws.standard_normal(TOKENIZER.vocab_size).astype(np.float32)
        token = int(np.argmax(grammar.allow(logits)))
        if token == END:
            break
        grammar.write(token)
        written.append(token)
    return TOKENIZER.decode_bytes([token for token in written if token != END]).decode()


def random_schema(draws: random.Random) -> dict:
    """Make an object schema of the kinds fuente declares."""
    makers = [
        lambda: {"enum": draws.sample(["alta", "media", "niño", "a b", 'q"t', "x"], 3)},
        lambda: {"type": "integer", "minimum": draws.randint(-5, 3), "maximum": 40},
        lambda: {"type": "string", "maxLength": draws.randint(1, 9), "pattern": "^[a-zé ]*$"},
        lambda: {"type": "boolean"},
        lambda: {"const": f"p_{draws.randint(0, 99)}"},
        lambda: {"type": "array", "items": {"enum": ["u", "v"]}, "minItems": 1, "maxItems": 3},
        lambda: {"anyOf": [{"const": "none"}, {"type": "integer", "minimum": 1, "maximum": 3}]},
    ]
    names = [f"f{number}" for number in range(draws.randint(1, 5))]
    return {
        "type": "object",
        "properties": {name: draws.choice(makers)() for name in names},
        "required": names,
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    "option", ["vincristine", "5-FU (IV)", "a|b", "niño", "[x]{2}.*\\d", "#1 & 2", "l1\nl2", '"q"']
)
def test_an_option_is_written_letter_by_letter(option):
    """Signs that mean something in a regex stand for themselves."""
    assert write_at_random(Constraint(options=(option,)), seed=1) == option


def test_every_option_can_be_reached_and_nothing_else():
    """Random logits reach each option, also one that another begins with."""
    options = ("PEG", "PEG-asparaginase", "prednisone")
    written = {write_at_random(Constraint(options=options), seed) for seed in range(200)}
    assert written == set(options)


def test_a_regex_without_digits_yields_none():
    """A sentence pattern that leaves out digits keeps numbers out of what is written."""
    constraint = Constraint(regex=r"[A-ZÁÉ][^\d\n.]{5,40}\.")
    for seed in range(40):
        text = write_at_random(constraint, seed)
        assert satisfies(text, constraint)
        assert not any(sign.isdecimal() for sign in text)


@pytest.mark.parametrize("seed", range(200))
def test_random_schemas_give_valid_compact_json(seed):
    """Enums, bounds, lengths, patterns and alternatives hold, whatever the logits say."""
    schema = random_schema(random.Random(seed))
    text = write_at_random(Constraint(schema=schema), seed)
    assert satisfies(text, Constraint(schema=schema))
    text = text.replace(":-0", ":0")  # JSON knows a negative zero; it reads as 0
    assert text == json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    "wrong",
    [
        Constraint(regex="("),
        Constraint(regex="(?=x)y"),
        Constraint(schema={"type": "frog"}),
        Constraint(schema={"type": "string", "format": "no-such-format"}),
        Constraint(schema={"not": {"type": "string"}}),
    ],
)
def test_a_grammar_that_cannot_be_built_is_refused(wrong):
    """It is an error with a reason, never an output without its constraint."""
    with pytest.raises(BadConstraint, match=r"\w"):
        Grammar(TOKENIZER, fields(wrong))


def test_no_constraint_at_all_is_refused():
    """An empty set of options is not the same as no constraint."""
    with pytest.raises(BadConstraint, match="none"):
        Grammar(TOKENIZER, {"options": [], "regex": "", "schema": None})


def test_a_token_out_of_the_grammar_is_refused():
    """The state cannot be led astray by a token that was never allowed."""
    grammar = Grammar(TOKENIZER, fields(Constraint(options=("ab", "cd"))))
    with pytest.raises(BadConstraint):
        grammar.write(ord("z"))


def test_what_is_forced_needs_no_model():
    """With one option everything is forced and the output is whole at once."""
    grammar = Grammar(TOKENIZER, fields(Constraint(options=("abc",))))
    assert not grammar.accepting
    assert bytes(grammar.forced()[:3]) == b"abc"
    assert grammar.accepting
