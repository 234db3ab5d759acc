"""Which sentences of a model are kept: all facts in place, and nothing else."""

import json
from pathlib import Path

import pytest

from fuente.generation.drafts import Draft
from fuente.generation.narrative import accept, problems, render, slot_regex
from fuente.generation.templates import TEMPLATES

SLOTS = {
    "radiotherapy": {
        "target": "posterior fossa",
        "dose": "23.4 Gy",
        "fractions": "13",
        "start": "2 June 2024",
        "end": "20 June 2024",
    },
    "first_dose": {
        "drug": "vincristine",
        "prescribed": "1.5 mg/m²",
        "given": "1.23 mg",
    },
    "presentation": {
        "name": "Ana Uno",
        "age": "7 years",
        "sex": "girl",
        "tumour": "nephroblastoma",
        "site": "kidney",
        "date": "3 May 2024",
    },
    "surgery": {"operation": "nefrectomía", "date": "3 de mayo de 2024"},
    "relapse": {"extent": "local", "kind": "recaída", "date": "3 de mayo de 2024"},
    "chemotherapy": {
        "start": "3 de mayo de 2024",
        "end": "9 de julio de 2024",
        "drugs": "vincristina y dactinomicina",
    },
}

_SENTENCES = Path(__file__).resolve().parents[1] / "data" / "narrative_sentences.jsonl"


def rows(kept):
    """The sentences that must be kept, or must not, each with what is right or wrong with it."""
    lines = _SENTENCES.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["kept"] is kept]


def make_draft(section, tongue):
    """A draft of a section with words for its slots."""
    return Draft(section, TEMPLATES[section][tongue], SLOTS.get(section, {}))


@pytest.mark.parametrize("row", rows(True), ids=lambda row: row["text"])
def test_a_sentence_that_says_the_same_is_kept(row):
    """Plain words are the model's own affair; the facts stand where the draft has them."""
    draft = make_draft(row["section"], row["lang"])

    kept = accept(draft, row["text"], row["lang"])

    assert kept is not None
    assert kept.by == "model"
    assert all(words in kept.text for words in draft.slots.values())


@pytest.mark.parametrize("row", rows(False), ids=lambda row: row["what"])
def test_a_sentence_that_says_anything_else_is_not_kept(row):
    """Whatever could be a fact and is not of the record costs the model its sentence."""
    assert accept(make_draft(row["section"], row["lang"]), row["text"], row["lang"]) is None


FORGED = [
    ("the dose", "The first dose was vincristine at 1.5 mg/m², given as 1.24 mg."),
    ("the prescribed dose", "The first dose was vincristine at 2.5 mg/m², given as 1.23 mg."),
    ("the dose made longer", "The first dose was vincristine at 11.5 mg/m², given as 1.23 mg."),
    ("the unit", "The first dose was vincristine at 1.5 mg/kg, given as 1.23 mg."),
    ("the unit made longer", "The first dose was vincristine at 1.5 mg/m², given as 1.23 mg/kg."),
    ("the drug", "The first dose was vinblastine at 1.5 mg/m², given as 1.23 mg."),
    ("a drug besides", "The first dose was vincristine/cisplatin at 1.5 mg/m², given as 1.23 mg."),
    ("the order", "The first dose was vincristine at 1.23 mg, given as 1.5 mg/m²."),
    ("a zero-width sign", "The first dose was vin\u200bcristine at 1.5 mg/m², given as 1.23 mg."),
]


@pytest.mark.parametrize(("what", "text"), FORGED, ids=[row[0] for row in FORGED])
def test_a_filled_sentence_that_was_changed_is_a_problem(what, text):
    """Verification holds a stored sentence to the words of the record."""
    assert problems(make_draft("first_dose", "en"), text, "en")


@pytest.mark.parametrize("tongue", ["en", "es"])
@pytest.mark.parametrize("section", sorted(TEMPLATES))
def test_every_draft_would_itself_be_kept(section, tongue):
    """A model that repeats the draft is never refused, in either language."""
    template = TEMPLATES[section][tongue]
    slots = {name: f"X{name}".replace("_", "") for name in slot_names(template)}
    draft = Draft(section, template, slots)

    assert accept(draft, template, tongue).text == render(draft).text
    assert problems(draft, draft.render(), tongue) == ()


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_no_template_states_a_number(tongue):
    """Numbers, dates and amounts live in slots only."""
    assert not [one for one in TEMPLATES.values() if any(sign.isdigit() for sign in one[tongue])]


def test_the_grammar_lets_no_digit_through():
    """The model cannot even write a digit outside the slots that code fills."""
    grammar = slot_regex(make_draft("first_dose", "en"))

    assert grammar.count(r"[^0-9\[\]\n]{0,70}") == 4
    assert grammar.index("[drug") < grammar.index("[prescribed") < grammar.index("[given")


def slot_names(template):
    """The slots a template names."""
    return [part.split("]")[0] for part in template.split("[")[1:]]
