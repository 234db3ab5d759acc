"""What a record rests on at a glance: its files and pages, with how many values cite each page."""

from collections import Counter
from dataclasses import dataclass

from fuente.server.reading.record_view import RecordView


@dataclass(frozen=True, slots=True)
class BasisPage:
    """One page, the citation on it that most values rest on, and how many rest on the page."""

    number: int
    citation_id: str
    values: int


@dataclass(frozen=True, slots=True)
class BasisFile:
    """One document with the pages cited."""

    file: str
    edition: str
    pages: tuple[BasisPage, ...]


def basis_of(view: RecordView) -> tuple[BasisFile, ...]:
    """The files, those that most values rest on first."""
    uses = Counter(one.get("citation") for one in view.origins.values())
    held: dict[tuple[str, str], dict[int, list[str]]] = {}
    for one in view.data["citations"]:
        pages = held.setdefault((one["file"], one["edition"]), {})
        pages.setdefault(one["page"], []).append(one["citation_id"])
    files = [
        BasisFile(
            file, edition, tuple(_page(number, ids, uses) for number, ids in sorted(pages.items()))
        )
        for (file, edition), pages in held.items()
    ]
    return tuple(sorted(files, key=lambda one: -sum(page.values for page in one.pages)))


def _page(number: int, ids: list[str], uses: Counter[str | None]) -> BasisPage:
    return BasisPage(number, max(ids, key=lambda one: uses[one]), sum(uses[one] for one in ids))
