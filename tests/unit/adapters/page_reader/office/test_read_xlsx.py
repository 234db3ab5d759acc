import pytest
from tests.factories_office import c, looks, row, rows, xlsx

from fuente.adapters.page_reader.office.read_xlsx import read_pages
from fuente.adapters.page_reader.program import Unreadable
from fuente.documents.passage import PassageKind
from fuente.documents.source import Language, ReadDocument, SourceDocument
from fuente.documents.split import split_pages

HEADER = ("Fármaco", "Dosis", "Vía")


def pages_of(content, **how):
    """The pages of a workbook with one sheet called Dosis, or of several sheets."""
    sheets = {"Dosis": content} if isinstance(content, str) else content
    return read_pages(xlsx(sheets, **how))


def table_rows(pages):
    """The table rows of some pages: header to words."""
    source = SourceDocument("a" * 64, "f", "f", "x", "t", Language.SPANISH, len(pages))
    passages = split_pages(ReadDocument(source, tuple(pages)))
    found = [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]
    return [{cell.header: cell.text for cell in row.cells} for row in found]


class TestSheets:
    """Which sheets are pages."""

    def test_a_sheet_is_a_page_named_like_it(self):
        """Its name heads its words."""
        pages = pages_of({"Niños": rows(["x"]), "Adultos": rows(["y"])})
        assert [(page.number, page.label) for page in pages] == [(1, "Niños"), (2, "Adultos")]
        assert pages[0].text == "Niños\nx\n"

    def test_hidden_sheets_are_left_out_and_named(self):
        """What nobody sees is no source, but it is said."""
        sheets = {"Dosis": rows(["x"]), "Cálculo": rows(["y"]), "Lista": rows(["z"])}
        (page,) = pages_of(sheets, states={"Cálculo": "hidden", "Lista": "veryHidden"})
        assert page.warnings == ("hidden sheets that were left out: Cálculo, Lista",)

    def test_empty_sheets_are_no_pages(self):
        """A new workbook often has two of them."""
        assert [page.label for page in pages_of({"A": rows(["x"]), "B": ""})] == ["A"]

    def test_an_empty_workbook_is_one_page_without_text(self):
        """It counts as read in part."""
        assert [page.text_source for page in pages_of("")] == ["none"]

    def test_a_long_sheet_is_read_in_parts(self):
        """Its header holds for all of them and is not repeated."""
        lines = [[f"Fármaco {n}", f"{n} mg", "IV"] for n in range(700)]
        pages = pages_of(rows(list(HEADER), *lines))
        assert [page.label for page in pages] == ["Dosis"] * 3
        assert sum(page.text.count("Vía") for page in pages) == 1
        assert table_rows(pages)[-1] == {"Fármaco": "Fármaco 699", "Dosis": "699 mg", "Vía": "IV"}

    def test_a_table_on_the_next_sheet_is_another(self):
        """Its header is its own, even with as many columns."""
        pages = pages_of(
            {
                "A": rows(["Drug", "Dose"], ["x", "1 mg"]),
                "B": rows(["Peso", "Volumen"], ["3 kg", "5 mL"]),
            }
        )
        assert table_rows(pages)[-1] == {"Peso": "3 kg", "Volumen": "5 mL"}


class TestValues:
    """What a cell shows."""

    @pytest.mark.parametrize(
        ("cell", "shown"),
        [
            ('<c t="s"><v>0</v></c>', "mg/m2"),
            ('<c t="s"><v>9</v></c>', ""),
            ('<c t="b"><v>1</v></c>', "TRUE"),
            ('<c t="e"><v>#N/A</v></c>', "#N/A"),
            ('<c t="str"><f>A1</f><v>al día</v></c>', "al día"),
            ("<c><f>1+1</f><v>2</v></c>", "2"),
            ('<c t="str"><v>al_x000D_ día_x0000_</v></c>', "al día"),
            ('<c t="inlineStr"><is><r><t>1,5</t></r><r><t> mg</t></r></is></c>', "1,5 mg"),
        ],
    )
    def test_kinds_of_values(self, cell, shown):
        """Shared and own texts, truth values, errors, formulas by their stored value."""
        raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
        texts = [f"<si><r><t>mg/m</t></r>{raised}<rPh><t>x</t></rPh></si>"]
        (page,) = pages_of(rows([cell, "end"]), texts=texts)
        assert page.text == f"Dosis\n{shown}\tend\n".replace("\n\t", "\n")

    def test_struck_out_cells_and_words_are_left_out_and_named(self):
        """By the font of the cell, or of some words of it."""
        struck = "<r><rPr><strike/></rPr><t>20 </t></r>"
        partly = f'<c t="inlineStr"><is>{struck}<r><t>15 mg</t></r></is></c>'
        cells = f"{c('A1', '30 mg', 1)}{c('B1', partly)}{c('C1', '9 mg')}"
        (page,) = pages_of(
            f'<sheetData><row r="1">{cells}</row></sheetData>',
            styles=looks(fonts=("", "<strike/>")),
        )
        assert page.text == "Dosis\n15 mg\t9 mg\n"
        assert page.warnings == ("struck-out text was left out",)

    def test_numbers_are_shown_by_their_format(self):
        """Decimals, percentages, units in the format, dates."""
        codes = looks("0.00", "0%", '0.0" mg/kg"', "dd/mm/yyyy")
        values = (1.5, 0.15, 2, 45717)
        cells = "".join(c(f"{'ABCD'[n]}1", value, n) for n, value in enumerate(values))
        (page,) = pages_of(f'<sheetData><row r="1">{cells}</row></sheetData>', styles=codes)
        assert page.text.splitlines()[1] == "1.50\t15%\t2.0 mg/kg\t01/03/2025"

    def test_a_formula_that_was_never_calculated_is_said(self):
        """It shows nothing here; its dose is unknown."""
        (page,) = pages_of(rows(["Dosis", "<c><f>A1*2</f></c>"]))
        assert page.warnings == ("formulas without a stored value: 1",)

    def test_pictures_on_a_sheet_are_said_not_to_be_read(self):
        """A chart or a scanned table may be one."""
        (page,) = pages_of(rows(["x"], inside='<drawing r:id="rId1"/>'))
        assert page.warnings == ("pictures, charts or shapes on the sheet were not read",)


class TestTables:
    """What is a table, and what stands around one."""

    def test_the_words_above_and_below_a_table_are_no_rows(self):
        """Neither the title nor a remark."""
        (page,) = pages_of(
            rows(
                ["Dosis de inducción"], HEADER, ["Vincristina", "1,5 mg/m2", "IV"], ["* máx. 2 mg"]
            )
        )
        assert page.text.splitlines() == [
            *("Dosis", "Dosis de inducción", "Fármaco\tDosis\tVía"),
            *("Vincristina\t1,5 mg/m2\tIV", "* máx. 2 mg"),
        ]
        assert page.grids[0].rows == 2

    def test_blocks_parted_by_empty_rows_are_several_tables(self):
        """Each has its own header."""
        one, two = (["Drug", "Dose"], ["x", "1 mg"]), (["Peso", "Volumen"], ["3 kg", "5 mL"])
        pages = pages_of(rows(*one, [], *two))
        assert table_rows(pages) == [
            {"Drug": "x", "Dose": "1 mg"},
            {"Peso": "3 kg", "Volumen": "5 mL"},
        ]

    def test_tables_side_by_side_are_several_tables(self):
        """An empty column parts them."""
        pages = pages_of(rows(["Drug", "Dose", None, "Peso", "Vol"], ["x", "1", None, "3", "5"]))
        assert [grid.columns for grid in pages[0].grids] == [2, 2]

    def test_one_row_or_one_column_is_text(self):
        """A list of remarks is no table."""
        (page,) = pages_of(rows(["Nota 1"], ["Nota 2"], [], ["Fecha", "marzo"]))
        assert page.grids == ()
        assert page.text == "Dosis\nNota 1\nNota 2\nFecha\tmarzo\n"

    def test_merged_cells_hold_for_all_they_cover(self):
        """Down and across."""
        refs = ("A1:A2", "B1:C1", "D1:D2", "A3:A4")
        merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
        pages = pages_of(
            rows(
                ["Fármaco", "Dosis", None, "Vía"],
                [None, "Niño", "Adulto"],
                ["Vincristina", "1 mg", "2 mg", "IV"],
                [None, "3 mg", "4 mg", "VO"],
                inside=f"<mergeCells>{merges}</mergeCells>",
            )
        )
        header = ("Fármaco", "Dosis / Niño", "Dosis / Adulto", "Vía")
        assert table_rows(pages) == [
            dict(zip(header, ("Vincristina", "1 mg", "2 mg", "IV"), strict=True)),
            dict(zip(header, ("Vincristina", "3 mg", "4 mg", "VO"), strict=True)),
        ]

    def test_bold_words_alone_in_a_row_head_the_rows_below(self):
        """As a sub-heading across the table does in print."""
        bold = looks(fonts=("", "<b/>"))
        sheet = (
            "<sheetData>"
            + row(1, *HEADER)
            + f'<row r="2">{c("A2", "Lactantes", 1)}</row>'
            + row(3, "Vincristina", "1 mg", "IV")
            + "</sheetData>"
        )
        (page,) = pages_of(sheet, styles=bold)
        assert [cell.column_span for cell in page.grids[0].cells if cell.row == 1] == [3]

    def test_large_print_is_a_title(self):
        """It is larger than the name of the sheet's own level allows a body to be."""
        styles = looks(fonts=('<sz val="11"/>', '<sz val="16"/><b/>'))
        (page,) = pages_of(
            f'<sheetData><row r="1">{c("A1", "Protocolo", 1)}</row></sheetData>', styles=styles
        )
        assert [line.size for line in page.lines] == [16.0, 15.0]

    def test_hidden_rows_and_columns_are_left_out_and_counted(self):
        """They part no table."""
        sheet = (
            '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
            + row(1, "Fármaco", "oculto", "Dosis")
            + row(2, "viejo", "x", "9 mg", attributes='hidden="1"')
            + row(3, "nuevo", "x", "1 mg")
            + "</sheetData>"
        )
        (page,) = pages_of(sheet)
        assert page.text == "Dosis\nFármaco\tDosis\nnuevo\t1 mg\n"
        assert page.warnings == (
            "hidden rows that were left out: 1",
            "hidden columns that were left out: 1",
        )

    def test_a_table_need_not_begin_in_the_first_cell(self):
        """Places name the cells as the sheet does."""
        cells = (c("C7", "Fármaco"), c("D7", "Dosis"), c("C8", "Vincristina"), c("D8", "2 mg"))
        sheet = (
            f'<sheetData><row r="7">{"".join(cells[:2])}</row>'
            f'<row r="8">{"".join(cells[2:])}</row></sheetData>'
        )
        (page,) = pages_of(sheet)
        assert [place.name for place in page.places] == [
            "sheet Dosis",
            *(f"sheet Dosis, cell {name}" for name in ("C7", "D7", "C8", "D8")),
        ]

    def test_a_cell_without_a_reference_follows_the_one_before(self):
        """Some programs write none."""
        sheet = (
            "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
            "</sheetData>"
        )
        (page,) = pages_of(sheet)
        assert page.text == "Dosis\n1\t2\n3\n"

    def test_a_table_scattered_over_the_whole_sheet_is_refused(self):
        """Its places would outnumber its cells a millionfold."""
        cells = [(n, f"{name}{n}") for n, name in enumerate(_columns(1_500), start=1)]
        data = "".join(f'<row r="{n}"><c r="{at}"><v>1</v></c></row>' for n, at in cells)
        with pytest.raises(Unreadable, match="too large"):
            pages_of(f"<sheetData>{data}</sheetData>")

    def test_merged_cells_that_cover_the_whole_sheet_many_times_are_refused(self):
        """Three thousand of them down a million rows would take minutes."""
        data = "".join(f'<row r="{n}">{c(f"A{n}", 1)}{c(f"B{n}", 1)}</row>' for n in range(1, 3000))
        last = f'<row r="1048576">{c("A1048576", 1)}</row>'
        merged = "".join(f'<mergeCell ref="A{n}:A1048576"/>' for n in range(1, 3000))
        with pytest.raises(Unreadable, match=r"merged cells .* too large"):
            pages_of(f"<sheetData>{data}{last}</sheetData><mergeCells>{merged}</mergeCells>")


def _columns(count):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = [*letters, *(a + b for a in letters for b in letters)]
    return [*names, *(a + b + c for a in letters for b in letters for c in letters)][:count]
