"""Words nobody prints cost time in proportion to their length; this process has no deadline."""

import time

import pytest
from tests.factories_pages import make_document

from fuente.adapters.page_reader.plain.read_csv import read_pages as read_csv
from fuente.adapters.page_reader.plain.read_text import read_pages as read_text
from fuente.documents.split import split_pages


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("1" * 60 + "x", id="a number that heads nothing"),
        pytest.param("# " + "1" * 60 + "x", id="the same in a heading"),
        pytest.param("Doses " + "." * 20_000 + "x", id="leaders that lead nowhere"),
        pytest.param("Doses " + ". " * 10_000 + "x", id="leaders with spaces"),
        pytest.param("Doses ...." + " " * 20_000 + "x", id="leaders and a gap"),
    ],
)
def test_a_line_is_split_at_once(words):
    """Whether it is a heading or an entry of the contents is found without trying all ways."""
    begun = time.process_time()
    split_pages(make_document(*read_text(words.encode(), True)))
    assert time.process_time() - begun < 2


def test_a_cell_of_digits_is_split_at_once():
    """Whether it holds an amount is found from its last digit."""
    begun = time.process_time()
    table = f"Drug;Dose\nVincristine;{'1' * 20_000} x\nCisplatin;2 mg\n"
    split_pages(make_document(*read_csv(table.encode())))
    assert time.process_time() - begun < 2
