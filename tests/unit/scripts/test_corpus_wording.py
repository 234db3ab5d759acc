"""How the illustrative documents write numbers, days and doses."""

import pytest
from scripts.corpus.facts import load_facts
from scripts.corpus.markup import Directive, Heading, Prose, read_protocol
from scripts.corpus.wording import House

_FACTS = load_facts()


@pytest.mark.parametrize(
    ("language", "value", "printed"),
    [
        ("en", "5000", "5,000"),
        ("es", "5000", "5.000"),
        ("en", "1.5", "1.5"),
        ("es", "1.5", "1,5"),
        ("es", "12000", "12.000"),
        ("en", "0.05", "0.05"),
    ],
)
def test_number_has_the_separators_of_the_language(language, value, printed):
    """Thousands and decimals are those of the document's language."""
    assert House(language).number(value) == printed


@pytest.mark.parametrize(
    ("language", "style", "days", "printed"),
    [
        ("en", "comma", (1, 8, 15), "1, 8, 15"),
        ("en", "comma", (1, 2), "1, 2"),
        ("en", "comma", (1, 2, 3, 8), "1-3, 8"),
        ("en", "to", tuple(range(1, 29)), "1 to 28"),
        ("es", "al", (36, 38, 39, 40, 41), "36, 38 al 41"),
        ("en", "comma", (-6, -5, -4, -3), "-6 to -3"),
        ("es", "comma", (-6, -5, -4), "-6 al -4"),
        ("en", "comma", (-2, 0), "-2, 0"),
    ],
)
def test_days_run_together_from_three_on(language, style, days, printed):
    """A run of three days or more is a range, and a negative range is spelled in words."""
    assert House(language, days=style).day_list(days) == printed


@pytest.mark.parametrize(
    ("house", "fact_id", "printed"),
    [
        (House("en"), "R01.1.daunorubicin", "30 mg/m2"),
        (House("es", square="m²"), "R01.1.asparaginase", "5.000 UI/m²"),
        (House("en"), "R03.1.cytarabine", "100 mg/m2 every 12 h"),
        (House("en", times="words"), "R02.1.dexamethasone", "3 mg/m2 per dose, twice daily"),
        (House("es", times="words"), "R03.6.tretinoin", "12,5 mg/m2 por dosis, 2 dosis al día"),
        (House("en"), "R07.1.dactinomycin", "45 micrograms/kg"),
    ],
)
def test_dose_is_the_fact_in_the_style_of_the_house(house, fact_id, printed):
    """A dose cell holds the fact's value and unit, per administration."""
    assert house.dose(_FACTS.doses[fact_id]) == printed


def test_every_fact_has_a_source_and_a_confidence():
    """No number can enter a document without both."""
    facts = [*_FACTS.doses.values(), *_FACTS.radiotherapy.values()]
    bands = [cell for cells in _FACTS.bands.values() for cell in cells]

    assert [one for one in (*facts, *bands) if not one.source] == []
    assert {one.confidence for one in (*facts, *bands)} == {"low", "medium", "high"}


def test_total_of_a_course_counts_cycles_days_and_doses_a_day():
    """Osteosarcoma: two courses of two days before surgery, two after and two alone."""
    assert _FACTS.total("doxorubicin", ("R08.1", "R08.3", "R08.4")) == 450


def test_markup_is_headings_prose_and_directives(tmp_path):
    """A file opens with its head, and its blocks keep their order and numbers."""
    path = tmp_path / "example.txt"
    path.write_text(
        "title: Example\n---\n# One\n\ntext\ngoes on\n\n- item\n\n## Two\n\n"
        "[[dose R01.1\ncaption: Phase. 1 cycle of 5 days.\n]]\n",
        encoding="utf-8",
    )

    protocol = read_protocol(path)

    assert protocol.head == {"title": "Example"}
    assert protocol.blocks == (
        Heading(1, "1", "One"),
        Prose("text", "text goes on"),
        Prose("item", "item"),
        Heading(2, "1.1", "Two"),
        Directive("dose", ("R01.1",), (("caption", "Phase. 1 cycle of 5 days."),)),
    )


def test_a_line_that_is_no_pair_is_refused(tmp_path):
    """A slip in a directive stops the build and shows the line."""
    path = tmp_path / "broken.txt"
    path.write_text("title: Example\n---\n[[dose R01.1\nno pair here\n]]\n", encoding="utf-8")

    with pytest.raises(ValueError, match="no pair here"):
        read_protocol(path)
