from tests.factories_pages import PageDraft

from fuente.documents.furniture import find_furniture, find_running_grids
from fuente.documents.source import Page


def _pages(count: int, body: str = "Body text of page {n} goes here") -> list[Page]:
    return [
        PageDraft(number=n)
        .line("Hospital protocol, edition 3", 30)
        .line(body.format(n="abcdefgh"[n]), 300)
        .line(f"Page {n}", 770)
        .page()
        for n in range(1, count + 1)
    ]


def _words(page: Page, furniture: dict) -> set[str]:
    return {line.span.cut(page.text) for line in furniture[page.number]}


def test_a_header_repeated_on_three_pages_is_furniture():
    """A line at one place in the margin of three pages is a running header."""
    pages = _pages(3)
    assert "Hospital protocol, edition 3" in _words(pages[0], find_furniture(pages))


def test_a_header_on_two_pages_is_not_yet_furniture():
    """Two like lines may be chance."""
    pages = _pages(2)
    assert "Hospital protocol, edition 3" not in _words(pages[0], find_furniture(pages))


def test_a_page_number_alone_in_the_margin_is_furniture_at_once():
    """One page is enough to know a page number."""
    page = PageDraft().line("Some words of the body here", 300).line("- 12 -", 770).page()
    assert _words(page, find_furniture([page])) == {"- 12 -"}


def test_body_text_is_never_furniture_by_place_alone():
    """A line in the middle of the page stays, also when it is a number."""
    page = PageDraft().line("12", 400).page()
    assert not find_furniture([page])[1]


def test_the_illustrative_marking_is_furniture_anywhere():
    """The marking is known by its words, in both languages and at any height."""
    for words in ("ILLUSTRATIVE, NOT FOR TREATMENT", "ILUSTRATIVO, NO APTO PARA TRATAMIENTO"):
        page = PageDraft().line(words, 400).page()
        assert _words(page, find_furniture([page])) == {words}


def test_a_line_at_one_place_on_every_page_is_furniture_also_in_the_middle():
    """A watermark repeats everywhere at one height."""
    pages = [
        PageDraft(number=n).line("CONFIDENTIAL COPY", 400).line("word " * n, 500).page()
        for n in range(1, 6)
    ]
    assert all("CONFIDENTIAL COPY" in _words(page, find_furniture(pages)) for page in pages)


def test_a_line_with_a_dose_is_never_furniture():
    """Treatment sheets repeat the same dose at the same place on every page."""
    pages = [
        PageDraft(number=n).line("Vincristine 1.5 mg/m2 IV", 30).line("Given:", 400).page()
        for n in range(1, 6)
    ]
    words = set().union(*(_words(page, find_furniture(pages)) for page in pages))
    assert words == {"Given:"}


def test_lines_that_differ_in_a_number_are_furniture_in_the_margin_only():
    """`Week 1`, `Week 2` in the middle of the pages are content."""
    pages = [
        PageDraft(number=n).line(f"Sheet {n} of it", 30).line(f"Week {n}", 400).page()
        for n in range(1, 5)
    ]
    assert all(
        _words(page, find_furniture(pages)) == {f"Sheet {page.number} of it"} for page in pages
    )


def test_a_line_inside_a_table_is_not_furniture():
    """A table header repeated at the top of pages belongs to its table."""
    pages = [
        PageDraft(number=n).table([["Drug", "Dose"], [f"Drug {n}", "1 mg"]], 40).page()
        for n in range(1, 5)
    ]
    assert not any(find_furniture(pages).values())


def test_a_sideways_line_in_the_side_margin_can_be_furniture():
    """A title printed along the edge of the page is found by its shape."""
    pages = []
    for n in range(1, 4):
        draft = PageDraft(number=n).line("Sideways title", 300)
        line = draft.lines[0]
        box = type(line.box)(10.0, 300.0, 20.0, 400.0)
        draft.lines[0] = type(line)(line.span, box, line.size, line.bold)
        pages.append(draft.page())
    assert all(_words(page, find_furniture(pages)) for page in pages)


def test_a_stamp_table_on_every_page_is_a_running_grid():
    """A header table with code and page number is no content."""
    pages = [
        PageDraft(number=n)
        .table([["Code P-01", f"Page {n} of 4"]], 20)
        .table([["Drug", "Dose"], ["abcdefg"[n], "1 mg"]], 300)
        .page()
        for n in range(1, 5)
    ]
    running = find_running_grids(pages)
    assert all(running[page.number] == {page.grids[0]} for page in pages)
