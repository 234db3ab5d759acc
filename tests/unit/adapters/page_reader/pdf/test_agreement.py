import pytest

from fuente.adapters.page_reader.pdf.agreement import (
    common_share,
    count_characters,
    counts_from_fields,
    with_doubts,
)
from fuente.documents.source import Page

TEXT = "Vincristine 1.5 mg/m2 IV on days 1, 8, 15 and 22 of each cycle."


def _warnings(own: str, other: str) -> tuple[str, ...]:
    page = Page(1, "1", own, 595.0, 842.0)
    return with_doubts(page, count_characters(own), count_characters(other)).warnings


def test_spacing_and_order_do_not_count():
    """No two extractors agree on them."""
    assert not _warnings(TEXT, "".join(reversed(TEXT.split())))


def test_lost_words_are_a_doubt():
    """Half the letters missing is worth a warning."""
    assert "letters" in _warnings(TEXT, TEXT[:30])[0]


def test_changed_digits_are_a_doubt_of_their_own():
    """Letters may agree while a dose does not."""
    assert "digits" in _warnings(TEXT, TEXT.replace("1.5", "7.9"))[0]


def test_a_nearly_empty_page_is_not_compared():
    """A page number more or less says nothing."""
    assert not _warnings("12", "")


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ({}, {}, 1.0),
        ({"a": 2}, {"a": 2}, 1.0),
        ({"a": 1}, {"b": 1}, 0.0),
        ({"a": 4}, {"a": 2}, 0.5),
    ],
)
def test_the_share_is_what_both_have_of_the_larger(one, other, share):
    """Symmetric, between nothing and all."""
    assert common_share(one, other) == common_share(other, one) == share


def test_a_message_without_counts_gives_none():
    """A page the second reader could not read is not compared."""
    assert counts_from_fields({"page": 1, "counts": None}) is None
    assert counts_from_fields({"page": 2, "counts": {"a": 1}}) == (2, {"a": 1})


def test_counts_that_are_no_numbers_are_refused():
    """A hostile child cannot plant them."""
    with pytest.raises(ValueError, match="numbers"):
        counts_from_fields({"page": 1, "counts": {"a": "many"}})
    with pytest.raises(ValueError, match="by page"):
        counts_from_fields({"counts": {"a": 1}})
