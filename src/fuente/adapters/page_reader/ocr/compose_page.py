"""The program that makes a page of recognised words: text, lines, tables, and what is in doubt.

Runs as `python -m fuente.adapters.page_reader.ocr.compose_page` with one JSON object on standard
input, confined like the readers; it writes the page as they do. Tables are found by the rules of
the picture. The words of a table are stored row by row, in whatever order they were read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fuente.adapters.page_reader.limits import MAX_PAGE_CHARACTERS
from fuente.adapters.page_reader.ocr.frames import by_frames, find_frames
from fuente.adapters.page_reader.ocr.straightening import (
    Straightener,
    clear_of_words,
    straightener_of,
)
from fuente.adapters.page_reader.ocr.typesetting import SetText, set_words
from fuente.adapters.page_reader.ocr.words import ReadWord, with_bullets, words_from_tables
from fuente.adapters.page_reader.pdf.grids import find_grids
from fuente.adapters.page_reader.pdf.lattice import find_lattices
from fuente.adapters.page_reader.pdf.open_tables import find_open_grids
from fuente.adapters.page_reader.pdf.rulings import Rulings
from fuente.adapters.page_reader.program import Failed, answer
from fuente.adapters.page_reader.wire import line_from_page
from fuente.documents.source import Grid, Page
from fuente.documents.span import Box, Span

_FEW_SURE_WORDS = 2
"""A picture with fewer sure words of three letters holds no text: what was read is texture."""


def main() -> None:
    """Read standard input, write one line with the page."""
    answer(_lines)


def _lines(content: bytes) -> Iterator[bytes]:
    try:
        yield line_from_page(compose(json.loads(content)))
    except (ValueError, KeyError, TypeError) as error:
        raise Failed(f"the recognised words are malformed ({error})") from error


def compose(fields: Mapping[str, Any]) -> Page:
    """The page of one message; a page without text when the picture holds none."""
    number, turned = fields["number"], fields["turned"]
    width, height = fields["page"]
    words = _twice(
        words_from_tables(fields["tables"], fields["dots_per_point"]), fields["read_twice"]
    )
    if sum(1 for word in words if word.is_sure and len(word.text) > 2) < _FEW_SURE_WORDS:
        return Page(number, "", "", width, height, text_source="none")
    rulings = clear_of_words(rulings_from_fields(fields["rulings"]), words)
    straight = straightener_of(rulings, width, height)
    rulings = straight.rulings(rulings)
    words, text, grids = _with_tables(words, straight, rulings)
    if len(text.characters.text) > MAX_PAGE_CHARACTERS:
        raise ValueError("there are more than a page can hold")
    return Page(
        number, "", text.characters.text, width, height, text.lines,
        grids, set_words(words).characters.packed(), "ocr",
        tuple(_warnings(words, rulings, text, grids)),
        ocr=(Span(0, len(text.characters.text)),),
        doubts=_doubts(words, text),
        turned=turned,
    )  # fmt: skip


def _twice(words: Sequence[ReadWord], places: Sequence[int]) -> list[ReadWord]:
    """The words, those at the places marked as read twice alike."""
    alike = set(places)
    return [replace(word, read_twice=at in alike) for at, word in enumerate(words)]


def rulings_from_fields(fields: Sequence[Sequence[Sequence[float]]]) -> Rulings:
    """The rules of a message."""
    across, down = fields
    return Rulings(
        tuple(Box(*map(float, edges)) for edges in across),
        tuple(Box(*map(float, edges)) for edges in down),
    )


def _with_tables(
    words: list[ReadWord], straight: Straightener, rulings: Rulings
) -> tuple[list[ReadWord], SetText, tuple[Grid, ...]]:
    """The words in the order they are stored, and text and tables as on a page laid straight."""
    words = _framed(words, straight, rulings)
    text = set_words(straight.words(words))
    grids = _grids(rulings, text)
    if not grids:
        return words, text, grids
    words = by_rows(words, text, grids)
    text = set_words(straight.words(words))
    return words, text, _grids(rulings, text)


def _framed(words: list[ReadWord], straight: Straightener, rulings: Rulings) -> list[ReadWord]:
    """The words with those of each frame together, and bullets before the items of lists."""
    laid = straight.words(words)
    lines = [line.box for line in set_words(laid).lines]
    return with_bullets(by_frames(words, laid, find_frames(rulings, lines, laid)))


def _grids(rulings: Rulings, text: SetText) -> tuple[Grid, ...]:
    ruled = find_grids(rulings, text.characters, text.lines).grids
    return (*ruled, *find_open_grids(rulings, text.characters, text.lines, ruled).grids)


def by_rows(words: Sequence[ReadWord], text: SetText, grids: Sequence[Grid]) -> list[ReadWord]:
    """The words with those of each table together, cell by cell, where its first word was read."""
    cells = _cells_by_start(grids)
    firsts: dict[int, int] = {}
    keys: list[tuple[int, int, int, int]] = []
    for at, span in enumerate(text.spans):
        table, row, column = cells.get(span.start, (-1, 0, 0))
        first = at if table < 0 else firsts.setdefault(table, at)
        keys.append((first, row, column, at))
    order = sorted(range(len(words)), key=keys.__getitem__)
    return [words[at] for at in order]


def _cells_by_start(grids: Sequence[Grid]) -> dict[int, tuple[int, int, int]]:
    """The table, row and column of each place in the text that lies in a cell."""
    return {
        at: (number, cell.row, cell.column)
        for number, grid in enumerate(grids)
        for cell in grid.cells
        for span in cell.spans
        for at in range(span.start, span.end)
    }


def _doubts(words: Sequence[ReadWord], text: SetText) -> tuple[Span, ...]:
    pairs = zip(words, text.spans, strict=True)
    return tuple(span for word, span in pairs if word.is_doubtful)


def _warnings(
    words: Sequence[ReadWord], rulings: Rulings, text: SetText, grids: Sequence[Grid]
) -> list[str]:
    unsure = sum(1 for word in words if not word.is_sure)
    doubtful = sum(1 for word in words if word.is_doubtful)
    found = len(find_lattices(rulings, [line.box for line in text.lines]))
    twice = sum(1 for word in words if word.read_twice)
    warnings = []
    if twice:
        warnings.append(f"OCR read {twice} doubtful numbers or units a second time, and alike")
    if unsure:
        warnings.append(
            f"OCR read {unsure} of {len(words)} words with low confidence, "
            f"{doubtful} of them numbers or units; these give no dose"
        )
    if found > sum(1 for grid in grids if grid.rows):
        warnings.append("OCR could not read a ruled area as a table; its words are kept as prose")
    return warnings


if __name__ == "__main__":
    main()
