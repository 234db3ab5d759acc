"""Doses in running text, each with the words that state it."""

import pytest

from fuente.documents.source import Language
from fuente.dosing.located_expressions import find_dose_expressions

INDUCTION = (
    "Induction consists of vincristine 1.5 mg/m2 (max. 2 mg) weekly x 4, daunorubicin 30 mg/m2 "
    "days 8 and 15 and prednisone 60 mg/m2/day days 1-28. Creatinine must be normal."
)


def read(text: str, language: Language = Language.ENGLISH) -> list[tuple[str, dict[str, object]]]:
    """Give the printed words and the statement of every dose."""
    return [
        (located.span.cut(text), located.expression.as_json())
        for located in find_dose_expressions(text, language)
    ]


def test_each_drug_of_a_sentence_has_its_own_words():
    """Where the next drug's dose begins, the one before ends."""
    found = read(INDUCTION)

    assert [(one["drug"], one["value"]) for _, one in found] == [
        ("vincristine", 1.5),
        ("daunorubicin", 30),
        ("prednisone", 60),
    ]
    assert found[0][0] == "Induction consists of vincristine 1.5 mg/m2 (max. 2 mg) weekly x 4,"
    assert found[1][1]["days"] == [8, 15]


def test_a_triple_injection_is_one_expression():
    """Three drugs given together stay together."""
    text = "Triple intrathecal: methotrexate 12 mg, cytarabine 30 mg, hydrocortisone 15 mg, day 1."

    ((words, expression),) = read(text)

    assert words == text
    assert expression["triple_it"] is True
    assert len(expression["components"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Creatinine above 1.5 mg/dL delays treatment.",
        "Vials hold 10 mg/mL.",
        "Platelets below 50 x 10^9/L.",
        "Blood is drawn on days 1 and 8.",
        "",
        "\n\n",
    ],
)
def test_what_is_no_dose(text):
    """Levels, concentrations, counts and visits are left out."""
    assert read(text) == []


def test_sentences_and_lists():
    """Items and sentences are read one by one, whatever language they are in."""
    text = (
        "La radioterapia consiste en 54 Gy en 30 fracciones. Además:\n"
        "• vincristina 1,5 mg/m2 (máx. 2 mg)\n"
        "• prednisona 60 mg/m2/día v.o.\n"
    )

    found = read(text, Language.SPANISH)

    assert [one.get("total_gy") or one["value"] for _, one in found] == [54, 1.5, 60]


def test_an_amount_before_its_drug():
    """`5 mg/m2 of dexamethasone` belongs to the drug after it."""
    ((_, expression),) = read("Give 5 mg/m2 of dexamethasone daily; mesna is added.")

    assert expression["drug"] == "dexamethasone"
