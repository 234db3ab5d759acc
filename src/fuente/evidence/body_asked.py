"""The body of the one patient a question names: `20 kg and 115 cm`, `0,8 m2`, `4 años` (pure).

Only exact sizes are read: a bound (`under 10 kg`) or a range names a population, and is read in
`patients_asked`. A size named twice with different values is not read at all.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from fuente.documents.source import Language
from fuente.dosing.bounds import find_bounds
from fuente.dosing.calculation import Body
from fuente.dosing.plain_text import plain
from fuente.evidence.patients_asked import exact_age
from fuente.quantities.body_size import body_surface_area

_NUMBER: Final = r"(?<![\w.,/-])(?P<n>\d{1,3}(?:[.,]\d{1,2})?)"
_WEIGHT: Final = re.compile(rf"{_NUMBER} ?-?(?:kg|kilos?)(?![a-z/])")
_HEIGHT_CM: Final = re.compile(rf"{_NUMBER} ?-?cm(?![a-z0-9])")
_HEIGHT_M: Final = re.compile(r"(?<![\w.,/-])(?P<n>[01][.,]\d{1,2}) ?m(?![a-z0-9/^])")
_SURFACE: Final = re.compile(r"(?<![\w.,/-])(?P<n>[0-3](?:[.,]\d{1,2})?) ?m ?\^?2(?![0-9])")
_CM_PER_M: Final = 100
# What leads up to a size and is no word of a page either: `and a height of`, `superficie de`.
_LEADING: Final = re.compile(
    r"(?:\b(?:and|y|e|of|de|with|con|com|a|an|un|una|the|is|es|body|surface|area|bsa|superficie"
    r"|corporal|sc|weight|weighing|weighs|peso|pesa|pesan|height|tall|talla|altura|estatura|mide"
    r"|measuring)\b[ :,]*)+$"
)


@dataclass(frozen=True, slots=True)
class BodyAsked:
    """The sizes a question names, and the step that made the surface where it was computed."""

    body: Body = field(default_factory=Body)
    steps: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether a size is named that a dose can be calculated from."""
        return self.body.weight_kg is not None or self.body.bsa_m2 is not None


def body_asked(text: str, language: Language | None = None) -> BodyAsked:
    """The body a question names; the surface is computed (Mosteller) where it names only sizes."""
    words = _without_bounds(plain(text).text.lower(), language)
    weight, height = _one(_WEIGHT, words), _one(_HEIGHT_CM, words)
    metres = _one(_HEIGHT_M, words)
    if height is None and metres is not None:
        height = metres * _CM_PER_M
    surface, age = _one(_SURFACE, words), exact_age(text)
    if surface is not None or weight is None or height is None:
        return BodyAsked(Body(weight, surface, age))
    surface = body_surface_area(height, weight)
    step = f"surface from {_shown(height)} cm and {weight} kg (Mosteller): {surface} m2"
    return BodyAsked(Body(weight, surface, age), (step,))


def size_places(text: str) -> list[tuple[int, int]]:
    """Where the text names a size: whom it is about, and nothing a page must print."""
    source = plain(text)
    words = _without_bounds(source.text.lower(), None)
    found = [
        match.span()
        for pattern in (_WEIGHT, _HEIGHT_CM, _HEIGHT_M, _SURFACE)
        for match in pattern.finditer(words)
    ]
    spans = (source.printed_span(_led_up_to(words, start), end) for start, end in found)
    return [(span.start, span.end) for span in spans]


def _led_up_to(words: str, start: int) -> int:
    leading = _LEADING.search(words[:start])
    return leading.start() if leading else start


def _without_bounds(words: str, language: Language | None) -> str:
    characters = list(words)
    for bound in find_bounds(words, language):
        characters[bound.start : bound.end] = " " * (bound.end - bound.start)
    return "".join(characters)


def _one(pattern: re.Pattern[str], words: str) -> Decimal | None:
    found = {Decimal(match["n"].replace(",", ".")) for match in pattern.finditer(words)} - {
        Decimal(0)
    }
    return found.pop() if len(found) == 1 else None


def _shown(number: Decimal) -> str:
    return format(number.normalize(), "f")
