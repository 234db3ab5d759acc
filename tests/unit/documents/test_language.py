import pytest

from fuente.documents.language import detect_language, is_running_text
from fuente.documents.source import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dose of the drug is given on day one and should not be repeated", Language.ENGLISH),
        ("La dosis del fármaco se da el primer día y no se repite en los niños", Language.SPANISH),
        ("A dose da droga é dada no primeiro dia e não deve ser repetida", Language.PORTUGUESE),
        ("", Language.ENGLISH),
    ],
)
def test_the_small_words_tell_the_language(text, language):
    """Articles and prepositions tell the three languages apart; English when none does."""
    assert detect_language(text) is language


def test_a_garbled_font_is_no_running_text():
    """Every letter moved on by one: the words look like words and are none."""
    sentence = "the dose is given on the first day of each cycle and not later"
    moved = "".join(chr(ord(letter) + 1) if letter != " " else " " for letter in sentence)
    assert is_running_text(sentence)
    assert not is_running_text(moved)
