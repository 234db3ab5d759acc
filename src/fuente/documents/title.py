"""Title, edition, edition date and language of a document, from the words of its first pages.

The title is the largest print of the first page with text. Nothing is guessed: what is not printed
stays empty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fuente.documents.furniture import find_furniture
from fuente.documents.language import detect_language
from fuente.documents.source import Language, Line, Page

_FRONT_PAGES = 4
_LANGUAGE_PAGES = 40
_TITLE_SIZE_SHARE = 0.85
"""Lines this near to the largest size belong to the title."""

_TITLE_LINES = 5
_MAX_TITLE = 200

_EDITION = re.compile(
    r"\b(?:edition|edici[oó]n|edi[cç][aã]o|version|versi[oó]n|vers[aã]o|v\.)\s*:?\s*"
    r"(?:n[.oº°]*\s*)?(\d{1,2}(?:\.\d{1,3})*)(?![\d.]*\d)",
    re.IGNORECASE,
)
_ORDINAL_EDITION = re.compile(
    r"\b(\d{4}|\d{1,2}(?=\s*(?:st|nd|rd|th|[ªaº.])))\s*(?:st|nd|rd|th|[ªaº.]+)?\s+(?:edition|edici[oó]n|edi[cç][aã]o)\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january enero janeiro", "february febrero fevereiro", "march marzo março marco",
            "april abril", "may mayo maio", "june junio junho", "july julio julho",
            "august agosto", "september septiembre setiembre setembro", "october octubre outubro",
            "november noviembre novembro", "december diciembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH_YEAR = re.compile(
    rf"\b(?:(\d{{1,2}})\s*(?:de\s+)?)?({_MONTH})(?:\s+(?:de|del)\s+|,?\s+)(\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}}),\s*(\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_VALID_FROM = re.compile(
    r"\b(?:valid|vigente|v[aá]lid[oa]|vigencia|effective|edition|edici[oó]n|edi[cç][aã]o|version"
    r"|versi[oó]n|vers[aã]o|date|fecha|data|revis)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What a document says about itself."""

    title: str
    edition: str
    edition_date: date | None
    language: Language


def read_title(pages: Sequence[Page], file: str) -> TitlePage:
    """Read the front pages; `file` gives the title of a document that prints none."""
    front = [page for page in pages if page.lines][:_FRONT_PAGES]
    return TitlePage(
        title=_title(pages, front) or file.rsplit(".", 1)[0].replace("_", " "),
        edition=_edition(front),
        edition_date=_edition_date(front),
        language=detect_language(" ".join(page.text for page in pages[:_LANGUAGE_PAGES])),
    )


def read_date(text: str) -> date | None:
    """The first full date in a text, in English, Spanish or Portuguese; day before month."""
    for pattern, parts in (
        (_ISO, (1, 2, 3)),
        (_MONTH_DAY_YEAR, (3, 1, 2)),
        (_DAY_MONTH_YEAR, (3, 2, 1)),
        (_SLASHED, (3, 2, 1)),
    ):
        match = pattern.search(text)
        if match:
            year, month, day = (match[part] for part in parts)
            found = _date(year, month, day or "1")
            if found:
                return found
    return None


def _date(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower()) or int(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _title(pages: Sequence[Page], front: Sequence[Page]) -> str:
    if not front:
        return ""
    page = front[0]
    furniture = find_furniture(pages)[page.number]
    lines = [line for line in page.lines if line not in furniture and _has_words(page, line)]
    if not lines:
        return ""
    largest = max(line.size for line in lines)
    chosen = _first_run([line.size >= _TITLE_SIZE_SHARE * largest for line in lines])
    words = " ".join(lines[index].span.cut(page.text) for index in chosen)
    return " ".join(words.split())[:_MAX_TITLE].strip()


def _first_run(flags: list[bool]) -> list[int]:
    start = flags.index(True)
    end = start
    while end < min(len(flags), start + _TITLE_LINES) and flags[end]:
        end += 1
    return list(range(start, end))


def _has_words(page: Page, line: Line) -> bool:
    return sum(character.isalpha() for character in line.span.cut(page.text)) >= 3


def _edition(front: Sequence[Page]) -> str:
    for page in front:
        match = _EDITION.search(page.text) or _ORDINAL_EDITION.search(page.text)
        if match:
            return match[1]
    return ""


def _edition_date(front: Sequence[Page]) -> date | None:
    lines = [line.span.cut(page.text) for page in front for line in page.lines]
    stated = [line for line in lines if _VALID_FROM.search(line)]
    for line in (*stated, *lines[:30]):
        found = read_date(line)
        if found:
            return found
    return None
