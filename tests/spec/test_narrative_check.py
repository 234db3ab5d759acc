"""Which sentences of a model are kept: every fact in its place, and nothing else that states one."""

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

KEPT = [
    # The draft as it stands.
    ("en", "first_dose", "The first dose was [drug] at [prescribed], given as [given]."),
    # Plain words added or changed.
    (
        "en",
        "first_dose",
        "The first dose of treatment was [drug] at [prescribed], given as [given].",
    ),
    (
        "en",
        "radiotherapy",
        "The radiotherapy to the [target] delivered [dose] in [fractions] fractions "
        "from [start] to [end].",
    ),
    ("es", "surgery", "Se realizó [operation] el [date]."),
    ("es", "surgery", "Se le realizó [operation] el [date]."),
    ("es", "chemotherapy", "La quimioterapia entre el [start] y el [end], incluyó [drugs]."),
    ("en", "metastatic", "Metastases were present at diagnosis."),
    ("es", "localised", "No había metástasis en el momento del diagnóstico."),
]

REFUSED = [
    ("a number added", "en", "first_dose", "The first dose was [drug] at [prescribed] for 3 days, given as [given]."),
    ("a number word added", "en", "first_dose", "The first two dose was [drug] at [prescribed], given as [given]."),
    ("a number in words, Spanish", "es", "surgery", "Se realizó dos veces [operation] el [date]."),
    ("a fraction sign added", "en", "first_dose", "The first ½ dose was [drug] at [prescribed], given as [given]."),
    ("a superscript added", "en", "first_dose", "The first dose² was [drug] at [prescribed], given as [given]."),
    ("an Arabic digit added", "en", "first_dose", "The first dose was [drug] at ٣ [prescribed], given as [given]."),
    ("a drug added", "en", "first_dose", "The first dose was cisplatin and [drug] at [prescribed], given as [given]."),
    ("a drug added, Spanish", "es", "chemotherapy", "La quimioterapia, entre el [start] y el [end], incluyó cisplatino y [drugs]."),
    ("a site added", "en", "radiotherapy", "Radiotherapy to the spine and [target] delivered [dose] in [fractions] fractions from [start] to [end]."),
    ("a side added", "en", "presentation", "[name], a [sex] aged [age], was diagnosed on [date] with [tumour] of the left [site]."),
    ("a side added, Spanish", "es", "surgery", "Se realizó [operation] izquierda el [date]."),
    ("a negation added", "en", "first_dose", "The first dose was not [drug] at [prescribed], given as [given]."),
    ("a negation added, Spanish", "es", "surgery", "No se realizó [operation] el [date]."),
    ("a negation dropped", "en", "localised", "There were metastases at diagnosis."),
    ("a negation dropped, Spanish", "es", "localised", "Había metástasis en el momento del diagnóstico."),
    ("a negation put in", "es", "metastatic", "No había metástasis en el momento del diagnóstico."),
    ("the time of a fact moved", "en", "metastatic", "Metastases were present after treatment."),
    ("two facts in another order", "en", "radiotherapy", "Radiotherapy to the [target] delivered [dose] in [fractions] fractions from [end] to [start]."),
    ("a fact left out", "en", "first_dose", "The first dose was [drug] at [prescribed]."),
    ("a fact told twice", "en", "first_dose", "The first dose was [drug] at [prescribed], given as [given] of [drug]."),
    ("another word before a fact", "en", "first_dose", "The first dose was [drug] at [prescribed], given after [given]."),
    ("a word that states something left out", "en", "first_dose", "The dose was [drug] at [prescribed], given as [given]."),
    ("words that state something swapped", "en", "radiotherapy", "Fractions to the [target] delivered [dose] in [fractions] radiotherapy from [start] to [end]."),
    ("a judgement added", "en", "first_dose", "The first dose was [drug] at [prescribed], wrongly given as [given]."),
    ("a percent sign added", "en", "first_dose", "The first dose was % [drug] at [prescribed], given as [given]."),
    ("a minus sign before an amount", "en", "first_dose", "The first dose was [drug] at -[prescribed], given as [given]."),
    ("two sentences", "en", "first_dose", "The first dose was [drug] at [prescribed]. It was given as [given]."),
    ("no full stop", "en", "first_dose", "The first dose was [drug] at [prescribed], given as [given]"),
    ("no capital", "es", "surgery", "se realizó [operation] el [date]."),
    ("a word twice in a row", "en", "first_dose", "The first dose was was [drug] at [prescribed], given as [given]."),
    ("another language", "es", "surgery", "The operation [operation] was on [date]."),
    ("nothing", "es", "surgery", ""),
    ("a slot of its own", "es", "surgery", "Se realizó [operation] el [date] en [site]."),
]  # fmt: skip


def make_draft(section, tongue):
    """A draft of a section with words for its slots."""
    return Draft(section, TEMPLATES[section][tongue], SLOTS.get(section, {}))


@pytest.mark.parametrize(("tongue", "section", "written"), KEPT)
def test_a_sentence_that_says_the_same_is_kept(tongue, section, written):
    """Plain words are the model's own affair; the facts stand where the draft has them."""
    draft = make_draft(section, tongue)

    kept = accept(draft, written, tongue)

    assert kept is not None
    assert kept.by == "model"
    assert all(words in kept.text for words in draft.slots.values())


@pytest.mark.parametrize(
    ("what", "tongue", "section", "written"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_a_sentence_that_says_anything_else_is_not_kept(what, tongue, section, written):
    """Whatever could be a fact and is not of the record costs the model its sentence."""
    assert accept(make_draft(section, tongue), written, tongue) is None


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
