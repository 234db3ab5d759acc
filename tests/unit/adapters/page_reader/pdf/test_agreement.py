import pytest

from fuente.adapters.page_reader.pdf.agreement import (
    common_share,
    count_characters,
    counts_from_fields,
    is_worth_checking,
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


def test_raised_figures_are_the_figures_they_print():
    """The second reader knows no raised print."""
    assert count_characters("10⁹/L in mg/m²") == count_characters("109/L in mg/m2")


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


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "The dose of vincristine is given in mg/m2 and the number was lost.",
        "Se administran 3 MUI de filgrastim por la vena en los días que siguen.",
        "La radioterapia es de 23,4 Gy en el eje y se da por la mañana.",
        "Uif eptf pg wjodsjtujof jt hjwfo po uif gjstu ebz pg fbdi dzdmf",
        "Neutrófilos Plaquetas Creatinina Bilirrubina Fracción",
    ],
)
def test_a_second_reader_is_asked_where_a_dose_may_stand_or_no_language_does(text):
    """A lost number leaves its unit, and a font with a wrong map leaves no word whole."""
    assert is_worth_checking(text)


@pytest.mark.parametrize(
    "text",
    [
        "The parents are told of the diagnosis in a quiet room, with the nurse of the ward.",
        "Los padres y el equipo hablan en la sala, con la enfermera del servicio, al final.",
        "Os pais e a equipe conversam na sala, com a enfermeira do serviço, em 12 de maio.",
    ],
)
def test_plain_sentences_without_amounts_are_read_once(text):
    """The second reading costs more than the first."""
    assert not is_worth_checking(text)
