"""The program that reads Excel workbooks: one page for each shown sheet, long sheets in parts.

Runs as `python -m fuente.adapters.page_reader.office.read_xlsx`, confined like the PDF program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from fuente.adapters.page_reader.office.package import Package
from fuente.adapters.page_reader.office.sheet_blocks import (
    SheetBlock,
    SheetTable,
    blocks_of,
)
from fuente.adapters.page_reader.office.sheet_cells import SheetCells, SheetReader
from fuente.adapters.page_reader.office.workbook import Workbook
from fuente.adapters.page_reader.plain.typewriter import Typewriter, cut_table, rows_that_fit
from fuente.adapters.page_reader.program import run
from fuente.documents.source import Page

_FAMILIES: Final = ("spreadsheetml", "ms-excel.sheet.macro", "ms-excel.template.macro")
_PART_ROWS: Final = 300
_NAME_LEVEL: Final = 1
_TITLE_LEVEL: Final = 2


def main() -> None:
    """Read standard input, write one line per page."""
    run(read_pages)


def read_pages(content: bytes) -> list[Page]:
    """All pages of a workbook."""
    package = Package(content)
    workbook = Workbook(package, package.main_part(_FAMILIES))
    reader = SheetReader(package, workbook)
    pages: list[Page] = []
    for entry in workbook.sheets:
        if not entry.is_hidden:
            pages.extend(_SheetPages(reader.read(entry), len(pages) + 1).pages())
    pages = pages or [Typewriter(1).page()]
    warnings = (*package.warnings(), *_hidden_sheets(workbook))
    return [replace(pages[0], warnings=(*warnings, *pages[0].warnings)), *pages[1:]]


class _SheetPages:
    """The pages of one sheet in the making.

    Args:
        sheet: what the sheet shows.
        number: the number of its first page.
    """

    def __init__(self, sheet: SheetCells, number: int) -> None:
        self._sheet = sheet
        self._number = number
        self._done: list[Page] = []
        self._page = Typewriter(number, sheet.name)
        self._rows = 0

    def pages(self) -> list[Page]:
        """All its pages; a sheet that shows nothing has none unless something is to be said."""
        warnings = tuple(self._sheet.warnings())
        blocks = list(blocks_of(self._sheet))
        if not blocks and not warnings:
            return []
        self._page.warnings.extend(warnings)
        if blocks:
            self._page.write(self._sheet.name, level=_NAME_LEVEL, place=f"sheet {self._sheet.name}")
        for block in blocks:
            self._add(block)
        return [*self._done, self._page.page()]

    def _add(self, block: SheetBlock) -> None:
        if isinstance(block, SheetTable):
            self._write_table(block)
            return
        if self._rows >= _PART_ROWS:
            self._turn()
        self._rows += 1
        level = _TITLE_LEVEL if block.large else 0
        self._page.write(block.text, level=level, bold=block.bold, place=block.place)

    def _write_table(self, table: SheetTable) -> None:
        most = min(_PART_ROWS, rows_that_fit(table.cells))
        begun_on = self._number + len(self._done)
        first = max(1, min(most, _PART_ROWS - self._rows))
        for place, cells in enumerate(cut_table(table.cells, most, first)):
            if place:
                self._turn()
            self._page.write_table(cells, begun_on)
            self._rows += max(cell.row for cell in cells) + 1

    def _turn(self) -> None:
        self._done.append(self._page.page())
        self._page = Typewriter(self._number + len(self._done), self._sheet.name)
        self._rows = 0


def _hidden_sheets(workbook: Workbook) -> Iterator[str]:
    hidden: Sequence[str] = [entry.name for entry in workbook.sheets if entry.is_hidden]
    if hidden:
        yield f"hidden sheets that were left out: {', '.join(hidden)}"


if __name__ == "__main__":
    main()
