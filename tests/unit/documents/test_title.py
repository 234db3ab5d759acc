from datetime import date

import pytest
from tests.factories_pages import PageDraft

from fuente.documents.title import read_date, read_title


def _front(*lines: str):
    draft = PageDraft().line("Treatment of Wilms tumour", 100, size=24)
    draft.line("in children", 130, size=24)
    for number, words in enumerate(lines):
        draft.line(words, 200 + 15 * number)
    return draft.page()


def test_the_title_is_the_largest_print_of_the_first_page():
    """Lines of the largest size that follow each other form the title."""
    assert (
        read_title([_front("Edition 3.1")], "x.pdf").title
        == "Treatment of Wilms tumour in children"
    )


def test_a_document_without_text_is_titled_by_its_file():
    """An image-only document still has a name a person knows."""
    assert read_title([PageDraft().page()], "wilms_2024.pdf").title == "wilms 2024"


@pytest.mark.parametrize(
    ("words", "edition"),
    [
        ("Edition 3.1", "3.1"),
        ("Edición 5.0. Vigente desde 15 de enero de 2025", "5.0"),
        ("Edicion 2", "2"),
        ("Versão 1.2", "1.2"),
        ("Version 12, May 2020", "12"),
        ("2nd edition", "2"),
        ("2012 EDITION", "2012"),
        ("Nothing of the kind", ""),
        ("Version 2006", ""),
    ],
)
def test_the_edition_is_read_as_printed(words, edition):
    """Editions are numbers after the word, or a year or ordinal before it."""
    assert read_title([_front(words)], "x.pdf").edition == edition


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Valid from 12 March 2025", date(2025, 3, 12)),
        ("Vigente desde 12 de marzo de 2025", date(2025, 3, 12)),
        ("Válido desde 1 de março de 2024", date(2024, 3, 1)),
        ("July 2, 2012", date(2012, 7, 2)),
        ("junio de 2019", date(2019, 6, 1)),
        ("2024-11-30", date(2024, 11, 30)),
        ("30/11/2024", date(2024, 11, 30)),
        ("31/31/2024", None),
        ("in the year 2024", None),
    ],
)
def test_dates_are_read_in_three_languages(words, expected):
    """A date is day before month, and a month alone means its first day."""
    assert read_date(words) == expected


def test_the_date_of_validity_wins_over_other_dates():
    """A printing date above does not date the edition."""
    page = _front("Printed 3 January 2020", "Valid from 12 March 2025")
    assert read_title([page], "x.pdf").edition_date == date(2025, 3, 12)
