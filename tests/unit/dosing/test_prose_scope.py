"""The words of a sentence are shared out among its amounts, however many there are."""

import sys

from tests.factories_extraction import make_passage

from fuente.documents.source import Language
from fuente.dosing.prose_extraction import prose_statements


def calls_for(amounts):
    """How many functions are called to read a sentence of so many amounts."""
    passage = make_passage("Vincristine " + "1 mg/m2 " * amounts)
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    prose_statements(passage, Language.ENGLISH)
    sys.setprofile(count)
    try:
        prose_statements(passage, Language.ENGLISH)
    finally:
        sys.setprofile(None)
    return calls


def test_twice_the_amounts_are_about_twice_the_work():
    """A line of thousands of them, printed to do harm, does not hold the service."""
    assert calls_for(400) < 2.5 * calls_for(200)
