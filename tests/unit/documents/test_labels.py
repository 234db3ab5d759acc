from tests.factories_pages import PageDraft

from fuente.documents.labels import label_pages
from fuente.documents.source import Page


def _page(number: int, footer: str = "", label: str = "") -> Page:
    draft = PageDraft(number=number, label=label).line("Words of the body", 300)
    return (draft.line(footer, 770) if footer else draft).page()


def _labels(pages: list[Page]) -> list[str]:
    return [page.label for page in label_pages(pages)]


def test_labels_of_the_file_are_kept():
    """What the file itself says comes before anything printed."""
    assert _labels([_page(1, "9", label="iv"), _page(2, "10", label="v")]) == ["iv", "v"]


def test_a_page_without_label_in_a_labelled_file_gets_its_physical_number():
    """An empty label is no label."""
    assert _labels([_page(1, label="i"), _page(2)]) == ["i", "2"]


def test_consistent_numbers_in_the_margin_become_labels():
    """Numbers that run on with one offset are page numbers."""
    assert _labels([_page(n, str(n + 56)) for n in range(1, 5)]) == ["57", "58", "59", "60"]


def test_a_jump_in_the_printed_numbers_is_followed():
    """A document cut from two parts has two offsets."""
    pages = [_page(n, str(n + 56)) for n in range(1, 5)]
    pages += [_page(n, str(n + 60)) for n in range(5, 9)]
    assert _labels(pages) == ["57", "58", "59", "60", "65", "66", "67", "68"]


def test_pages_before_the_first_number_keep_their_roman_numerals():
    """Front matter is labelled as printed."""
    pages = [_page(1), _page(2, "ii"), *(_page(n, f"Page {n - 2}") for n in range(3, 7))]
    assert _labels(pages) == ["1", "ii", "1", "2", "3", "4"]


def test_an_unnumbered_page_between_numbered_ones_counts_on():
    """A full-page picture without a number still has its place."""
    pages = [_page(1, "11"), _page(2, "12"), _page(3), _page(4, "14")]
    assert _labels(pages) == ["11", "12", "13", "14"]


def test_scattered_numbers_are_not_labels():
    """Numbers that do not run on say nothing; the physical number stands in."""
    assert _labels([_page(1, "2019"), _page(2, "7"), _page(3, "100")]) == ["1", "2", "3"]


def test_a_number_of_a_total_is_read_as_the_number():
    """`Página 3 de 20` is page 3."""
    pages = [_page(n, f"Protocolo - Página {n + 2} de 20") for n in range(1, 4)]
    assert _labels(pages) == ["3", "4", "5"]


def test_a_number_beside_running_words_is_found():
    """A footer of words with the number at its end is a page number."""
    pages = [_page(n, f"Consensus document {n + 30}") for n in range(1, 4)]
    assert _labels(pages) == ["31", "32", "33"]
