"""Tells the characters a page shows from those it only holds, by drawing it with and without them.

Print in the colour of the paper, invisible, under 2 points, under a box or beyond the edge states
no dose: nobody has read it. Invisible words over a scan or a figure are those that some software
recognised there; they are kept and marked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from fuente.adapters.page_reader.pdf.characters import Characters, PdfPage, TextPage, Upright
from fuente.adapters.page_reader.pdf.drawing import Drawing, drawn
from fuente.adapters.page_reader.pdf.suspects import Suspects, address_of, find_suspects
from fuente.documents.span import Box, Span

_TINY: Final = 2.0
"""Points below which no print is read; the notes of real pages have 5 and more."""

_TINY_BOX: Final = 2 * _TINY
"""Points: a box around a character of 2 points is smaller, whichever way it is turned."""

_SCAN: Final = 0.5
"""Share of the page under pictures from which it is a scan."""

_INKED: Final = 0.5
"""Share of the invisible characters of an object that must stand on ink to be its words."""

Places = Mapping[int, int]
"""Characters, each with the address of its text object."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The characters without those the page does not show, and which software recognised."""

    characters: Characters
    left_out: int = 0
    recognised: tuple[Span, ...] = ()


def without_unseen(
    page: PdfPage, text_page: TextPage, upright: Upright, characters: Characters,
    size_at: Callable[[int], float],
) -> Seen:  # fmt: skip
    """Only what the page shows, each character in its place; what is left out becomes a blank."""
    sheet = page.get_size()
    unseen = set(_beyond_or_tiny(characters, sheet, size_at))
    suspects = find_suspects(page)
    doubted = _doubted(text_page, upright, characters, suspects)
    undrawn = {at: address for at, address in doubted.items() if address in suspects.undrawn}
    light = {at: address for at, address in doubted.items() if at not in undrawn}
    unseen |= _swallowed(page, characters, suspects, light)
    pictures = [upright.box(*edges) for edges in suspects.pictures]
    recognised = _recognised(page, characters, undrawn, pictures) - unseen
    unseen |= undrawn.keys() - recognised
    return _seen(characters, unseen, recognised) if unseen or recognised else Seen(characters)


def _seen(characters: Characters, unseen: set[int], recognised: set[int]) -> Seen:
    text, boxes = list(characters.text), list(characters.boxes)
    for at in unseen:
        text[at], boxes[at] = " ", None
    left = "".join(text)
    return Seen(Characters(left, boxes), len(unseen), _spans(recognised, left))


def _beyond_or_tiny(
    characters: Characters, sheet: tuple[float, float], size_at: Callable[[int], float]
) -> Iterator[int]:
    width, height = sheet
    for at, box in enumerate(characters.boxes):
        if box is None:
            continue
        right, bottom = box.right, box.bottom
        beyond = right <= 0 or bottom <= 0 or box.left >= width or box.top >= height
        small = bottom - box.top < _TINY_BOX and right - box.left < _TINY_BOX
        if not (beyond or small) or characters.text[at].isspace():
            continue
        if beyond or size_at(at) < _TINY:
            yield at


def _doubted(
    text_page: TextPage, upright: Upright, characters: Characters, suspects: Suspects
) -> dict[int, int]:
    """The characters of the objects in doubt."""
    if not suspects.edges:
        return {}
    places = [upright.box(*edges) for edges in suspects.edges]
    top, bottom = min(one.top for one in places), max(one.bottom for one in places)
    left, right = min(one.left for one in places), max(one.right for one in places)
    found: dict[int, int] = {}
    for at, (character, box) in enumerate(zip(characters.text, characters.boxes, strict=True)):
        if box is None or character.isspace():
            continue
        if box.right < left or box.left > right or box.bottom < top or box.top > bottom:
            continue
        address = address_of(pdfium.FPDFText_GetTextObject(text_page, at))
        if address in suspects.doubted:
            found[at] = address
    return found


def _swallowed(
    page: PdfPage, characters: Characters, suspects: Suspects, light: Places
) -> set[int]:
    """The characters without which the page looks the same where they stand."""
    if not light:
        return set()
    full = drawn(page)
    items = [suspects.doubted[address] for address in set(light.values())]
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    bare = drawn(page)
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, True)
    boxes = characters.boxes
    return {at for at in light if not ((box := boxes[at]) and full.differs(bare, box))}


def _recognised(
    page: PdfPage, characters: Characters, undrawn: Places, pictures: Sequence[Box]
) -> set[int]:
    """The invisible characters that stand on the picture of a scan, or on the ink of a figure."""
    if not undrawn:
        return set()
    width, height = page.get_size()
    boxes = characters.boxes
    if sum(map(_area, pictures)) >= _SCAN * width * height:
        return {at for at in undrawn if (box := boxes[at]) and _is_on(box, pictures)}
    return _inked(drawn(page), boxes, undrawn)


def _inked(page: Drawing, boxes: Sequence[Box | None], undrawn: Places) -> set[int]:
    objects: dict[int, list[int]] = defaultdict(list)
    for at, address in undrawn.items():
        objects[address].append(at)
    inked = {at for at in undrawn if (box := boxes[at]) and page.has_ink(box)}
    return {
        at
        for places in objects.values()
        if len(inked.intersection(places)) >= _INKED * len(places)
        for at in places
    }


def _is_on(box: Box, pictures: Sequence[Box]) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(one.left <= x <= one.right and one.top <= y <= one.bottom for one in pictures)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _spans(places: set[int], text: str) -> tuple[Span, ...]:
    """The stretches of characters in those places, blanks between them included."""
    shown = [at for at, character in enumerate(text) if not character.isspace()]
    kept = groupby(shown, key=places.__contains__)
    stretches = (list(group) for inside, group in kept if inside)
    return tuple(Span(one[0], one[-1] + 1) for one in stretches)
