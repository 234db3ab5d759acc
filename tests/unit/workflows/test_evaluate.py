"""A question file, asked and counted."""

from datetime import datetime

import pytest
from tests.factories_store import make_event, make_prepared
from tests.fakes_store import HashEmbedder, MemoryIndex, MemoryStore

from fuente.cli.evaluation_page import evaluation_lines, evaluation_page
from fuente.errors import InvalidRequest
from fuente.workflows.ask import AskServices
from fuente.workflows.evaluate import evaluate, evaluation_json, read_cases

VINCRISTINE = {
    "id": "V",
    "question": "Vincristine dose in Wilms tumour?",
    "lang": "en",
    "kind": "table",
    "file": "protocol.pdf",
    "page": 1,
    "expected": {"value": 1.5, "unit": "mg/m2"},
}
BUSULFAN = {"id": "B", "question": "Busulfan in Wilms tumour?", "expected": None}


@pytest.fixture
def services():
    """Two passages, the first of which states vincristine."""
    texts = ("Vincristine 1.5 mg/m2 weekly in Wilms tumour", "Surgery of Wilms tumour")
    embedder, store, index = HashEmbedder(), MemoryStore(), MemoryIndex()
    store.add_document(make_prepared(*texts, vectors=tuple(embedder.embed(texts))), make_event())
    index.rebuild(store.vectors())
    return AskServices(store, index, embedder)


def measured(rows, services):
    """The figures of question rows."""
    return evaluation_json(evaluate(read_cases(rows), services))


def test_right_wrong_and_refused_are_counted_by_group(services):
    """All questions, and each language and kind that the file names."""
    wrong = VINCRISTINE | {"id": "W", "lang": "es", "expected": {"value": 2, "unit": "mg/m2"}}
    figures = measured([VINCRISTINE, wrong, BUSULFAN], services)
    assert set(figures["groups"]) == {"all", "language en", "language es", "kind table"}
    whole = figures["groups"]["all"]["measures"]
    assert (whole["value right"]["count"], whole["value right"]["of"]) == (1, 2)
    assert whole["rightly refused"]["value"] == 1
    assert figures["groups"]["language en"]["measures"]["hit@1"]["value"] == 1


def test_a_page_may_be_any_page_or_one_of_several(services):
    """Formats without pages give null; a table may go over several."""
    anywhere = VINCRISTINE | {"page": None}
    elsewhere = VINCRISTINE | {"page": 7, "alt_locations": [{"file": "protocol.pdf", "page": 1}]}
    figures = measured([anywhere, elsewhere], services)
    assert figures["groups"]["all"]["measures"]["hit@1"]["value"] == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"question": "x"}, "Question 1 (without id): lacks 'expected'"),
        (VINCRISTINE | {"question": " "}, "Question 1 (V): the question is no text"),
        (VINCRISTINE | {"page": "3"}, "Question 1 (V): a page is a number or null"),
        (VINCRISTINE | {"expected": {"unit": "mg"}}, "Question 1 (V): lacks 'min'"),
        (VINCRISTINE | {"expected": {"value": 1, "unit": "spoons"}}, "'spoons' is not a dose unit"),
        (VINCRISTINE | {"expected": {"value": "x", "unit": "mg"}}, "Question 1 (V)"),
    ],
)
def test_a_bad_row_is_named(row, said):
    """The person who wrote the file knows where to look."""
    with pytest.raises(InvalidRequest, match="Question 1") as problem:
        read_cases([row])
    assert said in str(problem.value)


def test_an_empty_file_is_no_evaluation():
    """Figures of nothing are not made."""
    with pytest.raises(InvalidRequest, match="no question"):
        read_cases([])


def test_progress_is_told(services):
    """A long file shows how far it is."""
    told = []
    evaluate(read_cases([VINCRISTINE, BUSULFAN]), services, lambda *step: told.append(step))
    assert told == [("questions", 1, 2), ("questions", 2, 2)]


def test_the_page_draws_the_figures_and_loads_nothing(services):
    """It can be mailed: plots with a text for readers who do not see them, and no address."""
    missed = VINCRISTINE | {"id": "<W>", "expected": {"value": 2, "unit": "mg/m2"}}
    figures = measured([VINCRISTINE, missed, BUSULFAN], services)
    page = evaluation_page(figures, "questions.jsonl", datetime(2026, 1, 2))
    assert "<title>hit@1 by group: all 1.00" in page
    assert "&lt;W&gt;" in page
    assert "<W>" not in page
    assert "http" not in page
    assert "<script" not in page


def test_the_table_has_a_line_for_each_group(services):
    """Shares in per cent, with the interval."""
    lines = list(evaluation_lines(measured([VINCRISTINE, BUSULFAN], services)))
    assert lines[1].split() == [
        "all", "2", *["100", "(100-100)"] * 5, "0", "(0-0)", "100", "(100-100)",
    ]  # fmt: skip
    assert lines[-1].startswith("time per question: median")
