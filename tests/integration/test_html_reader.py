"""Saved web pages through the child that reads them."""

import pytest
from tests.factories_reading import stated_doses

from fuente.adapters.page_reader import FileReader
from fuente.documents.source import ReadDocument
from fuente.documents.split import split_pages
from fuente.errors import DocumentRejected

PAGE = """<!DOCTYPE html>
<html lang="es"><head><title>Protocolo</title><script>var x = "99 mg";</script></head>
<body>
<h1>Tumor de Wilms</h1>
<p>Edici&oacute;n 2.1 de <b>enero</b> de 2024.<br>P&aacute;gina interna.</p>
<h2>Inducci&oacute;n</h2>
<ul><li>Vincristina 1,5 mg/m<sup>2</sup> d&iacute;a 1<li>Dactinomicina 45 microgramos/kg</ul>
<table>
<caption>Tabla 1. Dosis</caption>
<tr><th rowspan=2>F&aacute;rmaco<th colspan=2>Dosis</tr>
<tr><th>&lt; 12 kg<th>&ge; 12 kg</tr>
<tr><td>Doxorrubicina<td>1 mg/kg<td>30 mg/m<sup>2</sup></tr>
</table>
<p style="display:none">oculto 7 mg</p><div hidden>oculto 8 mg</div><!-- 9 mg -->
</body></html>
"""


@pytest.fixture
def read(tmp_path):
    """Read bytes as a file of a given name."""

    def reading(content: bytes | str, name: str = "page.html") -> ReadDocument:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return FileReader().read(path)

    return reading


def test_a_page_reads_as_the_browser_shows_it(read):
    """Headings, paragraphs, list marks, superscripts joined; nothing that is hidden."""
    document = read(PAGE)
    (page,) = document.pages
    assert page.text.split("\n")[:6] == [
        "Tumor de Wilms",
        "Edición 2.1 de enero de 2024.",
        "Página interna.",
        "Inducción",
        "• Vincristina 1,5 mg/m2 día 1",
        "• Dactinomicina 45 microgramos/kg",
    ]
    assert not {"99 mg", "7 mg", "8 mg", "9 mg"} & set(page.text.split("\n"))
    assert "oculto" not in page.text


def test_a_row_knows_its_headers_its_caption_and_its_section(read):
    """Merged headers become the path of each cell."""
    rows = [one for one in split_pages(read(PAGE)) if one.kind == "table_row"]
    (row,) = rows
    assert [cell.header for cell in row.cells] == ["Fármaco", "Dosis / < 12 kg", "Dosis / ≥ 12 kg"]
    assert row.caption == "Tabla 1. Dosis"
    assert row.section == ("Tumor de Wilms", "Inducción")


def test_a_citation_names_its_place(read):
    """Paragraph, or table and row, since a web page has no pages."""
    (page,) = read(PAGE).pages
    spans = {passage.text[:13]: passage.span for passage in split_pages(read(PAGE))}
    assert page.place_of(spans["Doxorrubicina"]) == "table 1, row 3"
    assert "paragraph 4" in page.place_of(spans["• Vincristina"])


def test_its_doses_are_references(read):
    """As those of a printed protocol."""
    assert ("vincristine", "1.5", "mg/m2") in stated_doses(read(PAGE))
    assert ("doxorubicin", "30", "mg/m2") in stated_doses(read(PAGE))


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("", "utf-8", id="UTF-8"),
        pytest.param('<meta charset="iso-8859-15">', "iso-8859-15", id="declared"),
        pytest.param("", "cp1252", id="Windows Latin, undeclared"),
        pytest.param('<meta charset="no-such-set">', "cp1252", id="declared nonsense"),
        pytest.param('<meta charset="idna">', "cp1252", id="declared as no text is written"),
        pytest.param("", "utf-16", id="UTF-16 with its mark"),
    ],
)
def test_accents_are_kept_in_every_encoding(read, head, encoding):
    """By its mark, UTF-8, the declaration, else Windows Latin."""
    words = f"<html><head>{head}</head><body><p>máximo 2 mg</p></body></html>"
    assert read(words.encode(encoding)).pages[0].text.strip() == "máximo 2 mg"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<p>one<p>two<td>three", id="unclosed"),
        pytest.param("<table><tr><td rowspan=99999999 colspan=-3>x</table>", id="absurd spans"),
        pytest.param("<b><i>crossed</b></i>&nosuch; &#x0; < & >", id="broken"),
        pytest.param(
            "<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><p>&b;</p>", id="entities"
        ),
        pytest.param('<img src="http://example.org/x.png" alt="1 mg"><p>y', id="an address"),
        pytest.param("just words", id="no markup at all"),
        pytest.param(" <p> </p>", id="blank"),
    ],
)
def test_broken_pages_are_read_as_far_as_they_go(read, content):
    """No error, no connection, at worst a page without text."""
    assert read(content).pages


def test_a_page_nested_without_end_is_refused(read):
    """With its name and the reason; a page written by people nests thirty deep."""
    with pytest.raises(DocumentRejected, match=r"page\.html: .*nested"):
        read("<div>" * 100_000 + "5 mg")


def test_a_layout_table_of_one_cell_is_a_frame(read):
    """Its words are paragraphs, not a row."""
    page = read("<table><tr><td><h2>Dosis</h2><p>Vincristina 1 mg</td></tr></table>").pages[0]
    assert page.text == "Dosis\nVincristina 1 mg\n"
    assert page.grids == ()


def test_a_long_page_is_cited_by_parts(read):
    """Each part ends between paragraphs."""
    pages = read("".join(f"<p>{n} " + "word " * 100 for n in range(50))).pages
    assert len(pages) > 4
    assert [page.label for page in pages[:3]] == ["1", "2", "3"]


@pytest.mark.slow
def test_a_long_table_keeps_all_its_rows(read):
    """More cells than one page may have go on in the next part, under the same headers."""
    rows = "".join(f"<tr><td>Drug {n}<td>{n} mg" for n in range(10_500))
    document = read(f"<table><tr><th>Drug<th>Dose{rows}</table>")
    found = [one for one in split_pages(document) if one.kind == "table_row"]
    assert len(found) == 10_500
    assert found[-1].cells[1].header == "Dose"


def test_a_table_wider_than_any_is_refused(read):
    """Three hundred cells that say they are a hundred columns wide."""
    with pytest.raises(DocumentRejected, match="more than 20000 columns"):
        read(f"<table><tr>{'<td colspan=100>x' * 300}<tr><td>y</table>")


def test_frames_within_frames_are_read_once(read):
    """Each frame read twice would make a page of 400 bytes take a week."""
    assert read("<table><tr><td>" * 40 + "5 mg").pages[0].text == "5 mg\n"


def test_a_frame_may_begin_with_an_empty_row(read):
    """Its one cell is in the second."""
    page = read("<table><tr></tr><tr><td>5 mg</td></tr></table>").pages[0]
    assert page.text == "5 mg\n"


def test_items_of_ordered_lists_are_numbered_as_shown(read):
    """From the start the list names, each list for itself, hidden items not counted."""
    items = "<li>one<ol start=7><li>inner</ol><li style='display:none'>no<li>two"
    page = read(f"<ol>{items}</ol><ol><li>other</ol>").pages[0]
    assert page.text.split("\n")[:4] == ["1. one", "7. inner", "2. two", "1. other"]


def test_an_encoding_named_with_a_nul_is_refused(read):
    """No such name can even be looked up, and NUL is no text."""
    with pytest.raises(DocumentRejected, match="NUL"):
        read('<meta charset="a\0b"><p>día'.encode("cp1252"))


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        pytest.param("1.5<sup>2</sup> mg/m<sup>2</sup>", "1.5² mg/m2", id="a note's mark"),
        pytest.param("10<sup>6</sup> U", "10⁶ U", id="a power"),
        pytest.param("30<sup><a>1</a>, <a>2</a></sup> mg", "30¹, ² mg", id="two marks"),
        pytest.param("30<sub>1</sub> mg, CO<sub>2</sub>", "30₁ mg, CO2", id="lowered"),
        pytest.param(
            '30<span style="vertical-align: super">1</span> mg', "30¹ mg", id="raised by its style"
        ),
    ],
)
def test_raised_figures_do_not_join_the_number_before_them(read, printed, words):
    """The number printed is not the dose: nothing is read, rather than 301 for 30."""
    document = read(f"<p>Doxorubicin {printed}<table><caption>{printed}</caption><tr><td>a<td>b")
    assert document.pages[0].text.split("\n")[:2] == [f"Doxorubicin {words}", words]
    assert stated_doses(document) == set()


@pytest.mark.parametrize(
    "printed",
    [
        "<p>30 <del>25 mg/m2 </del>20 mg/m2<p><s>day 1</s>",
        "<p><span style='text-decoration: underline line-through'>25 mg/m2</span> 20 mg/m2",
        "<strike><p>25 mg/m2</p></strike><p>20 mg/m2",
        "<ul><li><s>25 mg/m2</s></ul>20 mg/m2",
        "<table><caption>A <s>25</s></caption><tr><td>20 mg/m2<td><s>25 mg/m2</s><tr><td>a<td>b",
        "<table style='text-decoration-line:line-through'><tr><td>25 mg/m2<td>x</table>20 mg/m2",
    ],
)
def test_struck_out_words_are_left_out_and_named(read, printed):
    """By their element, their style, or what stands around them; they no longer hold."""
    (page,) = read(printed).pages
    assert "20 mg/m2" in page.text
    assert not {"25", "day", "•"} & set(page.text.split())
    assert page.warnings == ("struck-out text was left out",)


def test_struck_out_words_join_no_two_numbers(read):
    """The space they held stays."""
    assert read("<p>30<s> 25 </s>20 mg").pages[0].text == "30 20 mg\n"
