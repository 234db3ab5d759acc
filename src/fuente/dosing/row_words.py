"""What the cells of a dose table's row say beside the amount: drugs, route, days, frequency.

Decides nothing about the amount itself. A cell that says nothing of a kind gives None or nothing,
never a guess.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.documents.passage import Cell, Passage
from fuente.documents.source import Language
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role
from fuente.dosing.drugs import DrugMention, load_vocabulary
from fuente.dosing.plain_text import plain
from fuente.dosing.reference import Route
from fuente.dosing.remainder import Remainder
from fuente.dosing.routes import find_route
from fuente.dosing.schedule_words import find_days, parse_days, parse_weeks
from fuente.dosing.timing_words import Stated, take_timing

Cells = dict[ColumnRole, list[Cell]]

_DAYS_PER_WEEK: Final = 7
_HOURS_PER_DAY: Final = 24
_ROUTES: Final = frozenset(route.value for route in Route)
# Hours are the length of an infusion only where the words say so.
_INFUSES: Final = re.compile(
    r"\b(?:over|in|en|em|durante|during|infus\w+|perfus\w+|given)\b[^.;]{0,24}?\d\s?-?"
    r"(?:h|hrs?|hours?|horas?|min\w*)\b|"
    r"\d\s?-?(?:h|hrs?|hours?|horas?|min\w*)[\s-](?:\w+ )?(?:infus\w+|perfus\w+)"
)
# In Spanish and Portuguese `SC` is also the body surface: `si SC < 0,6 m2`.
_SURFACE: Final = re.compile(
    r"\b(?:SC|S\.C\.)(?=\s?(?:[<>=\u2264\u2265]|de \d|\d))|\b(?:la|da|a) SC\b"
)
_TICK: Final = re.compile(r"[x+\u2713\u2714\u2022\u25cf\u25a0*]|si|yes|sim")
_DAY_COLUMN: Final = re.compile(
    r"(?<![a-z])(?P<word>d(?:ays?|ias?)?|w(?:eeks?|ks?)?|sem(?:anas?)?|s)\.? ?(?:/|of cycle)? ?"
    r"(?P<n>[+-]?\d{1,3})$"
)
_PER_DOSE: Final = re.compile(r"\b(?:per|por|each|cada|/) ?(?:dose|dosis|toma|administra\w+)\b")
_WEEK_LIST: Final = "weeks "


@dataclass(frozen=True, slots=True)
class Timing:
    """How often and how long one dose is given.

    `times_per_day` counts doses of the amount itself; a daily amount divided over the day has
    `per` day and no times, so that nobody gives it several times.
    """

    per: str | None = None
    times_per_day: int | None = None
    infusion_h: Decimal | None = None


def mentions_in(text: str, language: Language) -> tuple[DrugMention, ...]:
    """The drugs a cell names, in printed order, without abbreviations nothing settles."""
    found = load_vocabulary().find(text, language)
    return tuple(mention for mention in found if mention.drug is not None)


def drug_names(text: str, language: Language) -> tuple[str, ...]:
    """The international names of the drugs a text names, each once."""
    named = (mention.drug.inn for mention in mentions_in(text, language) if mention.drug)
    return tuple(dict.fromkeys(named))


def drugs_in_cells(cells: Cells, language: Language) -> tuple[str, ...]:
    """The drugs of the drug column, else of a column whose header says nothing."""
    for role in (ColumnRole.DRUG, ColumnRole.OTHER):
        named = drug_names(cell_text(cells, role), language)
        if named:
            return named
    return ()


def route_of_row(row: Passage, language: Language) -> Route | None:
    """The route of the route column, else of the other cells, else of caption and headings."""
    cells = cells_by_role(row.cells)
    own = cell_text(cells, ColumnRole.ROUTE)
    for words in (own, _other_words(cells), *_titles(row)):
        route = route_in(words)
        if route is not None:
            return route
    return None


def route_in(text: str) -> Route | None:
    """The route the words print first, where it is one the record knows."""
    found = find_route(_SURFACE.sub(" ", plain(text).text))
    return Route(found) if found in _ROUTES else None


def days_of_row(row: Passage, language: Language) -> tuple[int, ...]:
    """The days of the cycle; weeks are read as their first days."""
    cells = cells_by_role(row.cells)
    for cell in (*cells.get(ColumnRole.DAYS, ()), *cells.get(ColumnRole.WEEKS, ())):
        days = days_in(cell, language)
        if days:
            return days
    return _ticked_days(row.cells)


def _ticked_days(cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """The days whose columns a row ticks: an `X` under `D1`, under `Day 8`, under `Days / 15`."""
    ticked = [cell for cell in cells if _TICK.fullmatch(plain(cell.text).text.strip().lower())]
    headers = [_DAY_COLUMN.search(plain(cell.header).text.lower().strip()) for cell in ticked]
    if not headers or not all(headers):
        return ()
    numbers = [(match["word"], int(match["n"].replace(" ", ""))) for match in headers if match]
    weeks = tuple(number for word, number in numbers if word[0] in "ws")
    return first_days(weeks) if weeks else tuple(number for _, number in numbers)


def days_in(cell: Cell, language: Language) -> tuple[int, ...]:
    """The days one cell lists, read with the word in its header where it lists bare numbers."""
    weeks = parse_weeks(cell.text, language)
    days = parse_days(cell.text, language)
    if not weeks and _is_in_weeks(cell.header) and not find_days(plain(cell.text).text.lower()):
        weeks, days = parse_weeks(_WEEK_LIST + cell.text, language), ()
    return first_days(weeks) if weeks and not days else days


def first_days(weeks: tuple[int, ...]) -> tuple[int, ...]:
    """The first day of each week; a list that begins with week 0 counts from there."""
    first = 0 if 0 in weeks else 1
    return tuple(_DAYS_PER_WEEK * (week - first) + 1 for week in weeks)


def timing_of_row(row: Passage, language: Language) -> Timing:
    """Frequency and infusion from their columns and, for what these leave open, from the notes."""
    cells = cells_by_role(row.cells)
    frequency = timing_in(cell_text(cells, ColumnRole.FREQUENCY, ColumnRole.DAYS), language)
    infusion = timing_in(_with_time_unit(cells.get(ColumnRole.INFUSION, [])), language)
    route = timing_in(cell_text(cells, ColumnRole.ROUTE), language)
    notes = timing_in(cell_text(cells, ColumnRole.NOTES), language)
    return Timing(
        per=frequency.per or (notes.per if notes.per == "day" else None),
        times_per_day=frequency.times_per_day or infusion.times_per_day or route.times_per_day,
        infusion_h=infusion.infusion_h or route.infusion_h or notes.infusion_h,
    )


def times_of_row(row: Passage, language: Language) -> int | None:
    """How many times a day the row says, in any of its columns but the notes."""
    cells = cells_by_role(row.cells)
    dose = timing_in(cell_text(cells, ColumnRole.DOSE), language)
    return dose.times_per_day or timing_of_row(row, language).times_per_day


def timing_in(text: str, language: Language) -> Timing:
    """What words say about time."""
    words = plain(text).text.lower()
    stated = take_timing(Remainder(words), language)
    per, hours = stated.get("per"), stated.get("infusion_h")
    infuses = isinstance(hours, Decimal) and bool(_INFUSES.search(words))
    infusion_h = hours if isinstance(hours, Decimal) and infuses else None
    if stated.get("divided") and not _PER_DOSE.search(words):
        return Timing("day", None, infusion_h)
    if per is None and stated.get("interval_days") == _DAYS_PER_WEEK:
        per = "week"
    if per is None and stated.get("interval_h") == _HOURS_PER_DAY:
        per = "day"
    if per is None and _is_on_some_days(stated):
        per = "dose"
    return Timing(per if isinstance(per, str) else None, _times(stated), infusion_h)


def _is_on_some_days(stated: Stated) -> bool:
    """Given on some days only, as `M/W/F` or every other day, an amount is that of one giving."""
    weekly, apart = stated.get("doses_per_week"), stated.get("interval_days")
    return (isinstance(weekly, int) and weekly > 1) or (isinstance(apart, int) and apart > 1)


def _times(stated: Stated) -> int | None:
    """Doses a day, from their count or from the hours between them; once a day needs no count."""
    times, interval = stated.get("times_per_day"), stated.get("interval_h")
    if not isinstance(times, int) and isinstance(interval, Decimal) and interval > 0:
        whole = _HOURS_PER_DAY % interval == 0
        times = int(_HOURS_PER_DAY / interval) if whole else None
    return times if isinstance(times, int) and times > 1 else None


def _with_time_unit(cells: list[Cell]) -> str:
    """The infusion cells; a bare number takes the unit of its header, hours where it has none."""
    words = []
    for cell in cells:
        unit = "min" if re.search(r"\bmin", cell.header.lower()) else "h"
        is_bare = cell.text.strip().replace(",", ".").replace(".", "", 1).isdecimal()
        words.append(f"in {cell.text} {unit}" if is_bare else f"in {cell.text}")
    return " ".join(words)


def _is_in_weeks(header: str) -> bool:
    words = plain(header).text.lower()
    return "week" in words or "semana" in words


def _other_words(cells: Cells) -> str:
    return cell_text(
        cells,
        ColumnRole.DOSE,
        ColumnRole.INFUSION,
        ColumnRole.DRUG,
        ColumnRole.NOTES,
        ColumnRole.OTHER,
    )


def _titles(row: Passage) -> tuple[str, ...]:
    return (row.caption, *row.section[-1:])
