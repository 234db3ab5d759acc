"""Rows of treatment sheets: a day, then drugs with their doses in the same cell.

Decides which printed day each dose stands beside, by the order of the row's own text: sheets often
print several days in one row of the grid.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from fuente.documents.passage import Cell, Passage
from fuente.documents.source import Language
from fuente.dosing.columns import ColumnRole, column_role
from fuente.dosing.irradiation_extraction import gray_amounts
from fuente.dosing.prose_extraction import Found, find_statements
from fuente.dosing.reference import ReferenceKind
from fuente.dosing.row_words import days_in, days_of_row, mentions_in, route_of_row
from fuente.dosing.statement import Statement

_MARK: Final = re.compile(
    r"^\s*(?:(?:d|s|dia|day|semana|week|sem\.?)\s?)?-?\d{1,3}(?:\s?[-\u2013]\s?\d{1,3})?\s*$",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"(?:[ds]\s?)?-?\d{1,3}(?:\s+(?:[ds]\s?)?-?\d{1,3})+", re.IGNORECASE)
_TOKEN: Final = re.compile(r"(?:^|(?<=\n)|(?<=\s))(?P<mark>(?:[DSds] ?)?-?\d{1,3})(?=\s)")
_LABELLED: Final = re.compile(r"(?:[ds]|dia|day|semana|week)\s?\d", re.IGNORECASE)
_DOSE: Final = re.compile(r"\d\s?(?:m?c?g|µg|ug|ui|iu|u|mbq)\s?(?:/|\b)", re.IGNORECASE)
_WORKDAYS: Final = re.compile(
    r"\b(?:mon(?:day)?|lun(?:es)?|seg(?:unda)?)\s?(?:-|to|a|\u2013)\s?(?:fri(?:day)?|vie(?:rnes)?|sex(?:ta)?)\b",
    re.IGNORECASE,
)
_DAYS_PER_WEEK: Final = 7
_WORKDAYS_PER_WEEK: Final = 5


def is_sheet_row(passage: Passage, language: Language) -> bool:
    """Whether some cell names a drug together with its amount and no column is for doses alone."""
    cells = [cell for cell in passage.cells if cell.text.strip()]
    if any(_is_plain_dose(cell, language) for cell in cells):
        return False
    return any(_is_drug_with_dose(cell, language) for cell in cells)


def sheet_statements(passage: Passage, language: Language) -> tuple[Statement, ...]:
    """The doses of a sheet row; the same dose on several days is one statement with its days."""
    found = [
        each
        for each in find_statements(passage.text, language)
        if each.statement.drug is not None or each.statement.unit.endswith(("m2", "kg"))
    ]
    drugs = {each.statement.drug for each in found}
    route = route_of_row(passage, language) if len(drugs) == 1 else None
    placed = [
        replace(statement, route=statement.route or route)
        for statement in _with_days(passage, found, language)
    ]
    return (*_united(placed), *_daily_fractions(passage, language))


def marked_cell(passage: Passage) -> Cell | None:
    """The cell with the row's day or week marks, such as `D1 D2` or `S3`."""
    for cell in passage.cells:
        role = column_role(cell.header)
        marked = _MARK.match(cell.text) or _MARKS.fullmatch(cell.text.strip())
        if marked and (role in (ColumnRole.DAYS, ColumnRole.WEEKS) or _LABELLED.match(cell.text)):
            return cell
    return None


def _is_plain_dose(cell: Cell, language: Language) -> bool:
    if column_role(cell.header) is not ColumnRole.DOSE or not _DOSE.search(cell.text):
        return False
    return not mentions_in(cell.text, language)


def _is_drug_with_dose(cell: Cell, language: Language) -> bool:
    if column_role(cell.header) in (ColumnRole.NOTES, ColumnRole.CAP, ColumnRole.INDICATION):
        return False
    return bool(_DOSE.search(cell.text)) and bool(mentions_in(cell.text, language))


def _with_days(passage: Passage, found: Sequence[Found], language: Language) -> Iterator[Statement]:
    cell = marked_cell(passage)
    marks = _marks(passage, cell) if cell is not None else ()
    shared = days_in(cell, language) if cell is not None and not marks else ()
    shared = shared or days_of_row(passage, language)
    on_workdays = bool(_WORKDAYS.search(passage.text)) and _is_in_weeks(cell)
    for each in found:
        days = _day_before(marks, each.start) or shared or each.statement.days
        if on_workdays:
            days = tuple(day + more for day in days for more in range(_WORKDAYS_PER_WEEK))
        yield replace(each.statement, days=days)


def _marks(passage: Passage, cell: Cell) -> tuple[tuple[int, int], ...]:
    """Where each of several marks stands in the row's text, with its day."""
    tokens = cell.text.split()
    if len(tokens) < 2:
        return ()
    in_weeks = _is_in_weeks(cell)
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(passage.text):
        mark = match["mark"].replace(" ", "")
        if len(places) < len(tokens) and mark == tokens[len(places)]:
            number = int(re.sub(r"[^\d-]", "", mark))
            day = _DAYS_PER_WEEK * (number - 1) + 1 if in_weeks else number
            places.append((match.start(), day))
    return tuple(places)


def _is_in_weeks(cell: Cell | None) -> bool:
    """Whether a cell marks weeks: by its header, or as `S1` and `week 2` do."""
    if cell is None:
        return False
    in_words = bool(re.match(r"\s*(?:s|w)", cell.text, re.IGNORECASE))
    return column_role(cell.header) is ColumnRole.WEEKS or in_words


def _day_before(marks: Sequence[tuple[int, int]], place: int) -> tuple[int, ...]:
    before = [day for start, day in marks if start <= place]
    return tuple(before[-1:])


def _united(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    days: dict[Statement, list[int]] = {}
    for statement in statements:
        days.setdefault(replace(statement, days=()), []).extend(statement.days)
    return tuple(
        replace(statement, days=tuple(dict.fromkeys(listed))) for statement, listed in days.items()
    )


def _daily_fractions(passage: Passage, language: Language) -> Iterator[Statement]:
    """The dose per fraction a sheet prints day by day, once for each column."""
    for cell in passage.cells:
        for value in dict.fromkeys(each.single for each in gray_amounts(cell.text, language)):
            if value is not None:
                yield Statement(
                    kind=ReferenceKind.RADIOTHERAPY,
                    unit="Gy",
                    value=value,
                    per="dose",
                    is_aside=True,
                )
