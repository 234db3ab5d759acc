"""Spellings of dose units, read into UCUM.

Decides the unit, the factor that multiplies millions and thousands out, and the period a unit is
per (day, dose, week, cycle, course). A spelling that is a unit gone wrong (`mg/mg2`) is reported
as malformed, never guessed. Knows nothing of drugs.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

# A concentration, a level or a strength is not a dose.
_VOLUMES: Final = frozenset({"mL", "L", "dL", "mm3"})

_MILLION: Final = (
    r"(?:million|millones(?: de)?|milhoes(?: de)?|millon(?: de)?|mill?\.?(?: de)?|mega)"
)
_NUMERATORS: Final[tuple[tuple[str, str, str], ...]] = (
    ("mg", "1", r"mgs?|milli?gram(?:me)?s?|miligram[oa]s?|rng"),
    ("ug", "1", r"mcgs?|ugs?|micro-?gram(?:me)?s?|microgram[oa]s?"),
    ("ng", "1", r"ngs?|nano-?gram(?:me)?s?|nanogram[oa]s?"),
    ("[iU]", "1000000", r"m\.? ?(?:iu|ui)|mu|x ?10(?:\^|e)?6 ?(?:iu|ui|u|units|unidades)"),
    ("[iU]", "1000000", rf"{_MILLION} ?(?:iu|ui|units?|unidades|international units|u)"),
    ("[iU]", "1000", r"x ?10(?:\^|e)?3 ?(?:iu|ui|u)|mil (?:ui|unidades|u)|k(?:iu|ui|u)"),
    ("[iU]", "1", r"\[iu\]|ius?|uis?|i\. ?u\.?|u\. ?i\.?|international units?"),
    ("[iU]", "1", r"unidades internaciona(?:les|is)"),
    ("U", "1", r"usp units?|units?|unidad(?:es)?|unidade|unid\.?|uds?\.?|u"),
    ("MBq", "1", r"mbq|mega-?becquerels?"),
    ("GBq", "1", r"gbq|giga-?becquerels?"),
    ("kBq", "1", r"kbq"),
    ("mCi", "1", r"mcis?|milli?-?curies?|milicurios?"),
    ("mmol", "1", r"mmol(?:es)?"),
    ("meq", "1", r"meq"),
    ("cGy", "1", r"c ?gys?|centi-?grays?"),
    ("Gy", "1", r"gys?(?: ?\(?(?:rbe|e)\)?)?|grays?|cge"),
    ("mL", "1", r"mls?|c\.?c\.?"),
    ("g", "1", r"g|grs?|grams?|grammes?|gram[oa]s?"),
)
_SURFACE: Final = (
    r"(?: ?(?:of |de )?(?:bsa|body surface(?: area)?|superficie corpor(?:al|ea)"
    r"|asc(?= ?[/x])|s\.?c\.?(?= ?[/x])))?"
)
_SQUARE: Final = (
    r"m ?\^? ?-? ?2|m\*\*2|rn ?\^? ?2|sq\.? ?m|sqm|mz"
    r"|metros?(?:[ -](?:cuadrados?|quadrados?)|2)|square[ -]met(?:er|re)s?"
)
_DENOMINATORS: Final[tuple[tuple[str, str], ...]] = (
    ("m2", rf"(?:{_SQUARE}){_SURFACE}"),
    (
        "kg",
        r"(?:kgs?(?:\^?-1)?|kilos?|kilogram[aeos]*)\.?(?: (?:of body ?weight|body ?weight"
        r"|de peso|bw))?",
    ),
    ("interval", r"(?:cada )?(?P<hours>\d{1,2}) ?(?:hours?|hrs?|horas?|hs|h)\.?"),
    (
        "dose",
        r"doses?|dosis|tomas?|administra(?:tion|cion|cao)|infusi?on|infusao|inyeccion"
        r"|injection",
    ),
    ("day", r"days?(?:\^?-1)?|dias?(?:\^?-1)?|d(?:\^?-1)?"),
    ("week", r"weeks?|wks?|semanas?|sem|w"),
    ("cycle", r"cycles?|ciclos?"),
    ("course", r"courses?|cursos?|bloques?|blocks?"),
    ("h", r"hours?|hrs?|horas?|h(?:\^?-1)?"),
    ("min", r"min(?:utes?|utos?)?(?:\^?-1)?"),
    ("mL", r"mls?"),
    ("dL", r"dl"),
    ("L", r"l|litros?|lit(?:er|re)s?"),
    ("mm3", r"mm ?\^?3|ul|mmc"),
)
_PERIODS: Final = frozenset({"dose", "day", "week", "cycle", "course"})
# A unit ends where its letters end; `d` of `dx2` ends before the times sign, `mg` of `25mgbd`
# before the frequency.
_GLUED_FREQUENCY: Final = r"(?:bd|bid|tds|tid|qds|qid|od|qd|daily)(?![a-z])"
_ALONE: Final = rf"(?!(?!x ?\d|{_GLUED_FREQUENCY})[a-z0-9]|-[a-z])"
_NUMERATOR: Final = re.compile(
    "|".join(f"(?P<u{i}>{words})" for i, (_, _, words) in enumerate(_NUMERATORS))
)
_PATTERNS: Final = tuple(re.compile(rf"(?:{words}){_ALONE}") for _, _, words in _NUMERATORS)
_FUSED: Final = re.compile(r"(?:mg|g|mcg|ug|ui|iu|u)(?=[li|]?m ?\^?-?2(?!\d))")
_AUC: Final = re.compile(
    r"mg ?[.x*] ?min ?/ ?ml|mg ?/ ?ml ?[.x*/] ?(?:min(?:ut[eo]s?)?)|mg ?/ ?ml (?:per )?min"
    r"(?:ute)?s?|mg ?/ ?\(ml ?[.x*] ?min\)"
)
_EXPOSURE: Final = re.compile(r"mg ?[.x*] ?h(?:r|oras?)? ?/ ?l(?![a-z])")
_JOIN: Final = re.compile(
    r" ?[/|\\] ?(?:per )?\(?| (?:per|por|cada) |(?<=[a-z0-9)]) ?[x*] ?\(?(?=[a-z])"
    r"|(?<=[a-z0-9)])\.\(?(?=[a-z])| ?(?=m ?\^?-? ?2| ?kg\^?-1| ?(?:d|day|dia|h)\^?-1)|[li]"
    r"(?=m ?\^?2)"
    r"|(?<=2)(?=dia|day)"
)
_DENOMINATOR: Final = tuple(
    (ucum, re.compile(rf"(?:{words})(?:{_ALONE}|(?=(?:day|dia|d|kg|h)\^?-1|dia|day))"))
    for ucum, words in _DENOMINATORS
)
# A footnote letter or digit printed right after the square: `mg/m2a`, `mg/m21`.
_SQUARE_WITH_MARK: Final = re.compile(r"m ?\^?2(?:[a-e]|[1-9])(?![a-z0-9])")
_GONE_WRONG: Final = re.compile(
    r"(?:[mnr]{0,2}[a-z]?g?\^?[0-9]|m|k[a-z]?|[a-z]{0,2}m[0-9]|m[a-z]2)(?![a-z0-9])"
)
_SLIPS: Final = re.compile(r"rn|rng|mz|[li|]m ?\^?2")
_MASSES: Final = frozenset({"mg", "ug", "g", "ng", "[iU]", "U"})


@dataclass(frozen=True, slots=True)
class UnitReading:
    """A UCUM unit, what a printed value must be multiplied by, and the period it is per."""

    unit: str
    factor: Decimal = Decimal(1)
    per: str | None = None
    interval_h: int | None = None
    malformed: bool = False
    repaired: bool = False

    @property
    def is_concentration(self) -> bool:
        """Whether the unit is an amount per volume."""
        exposure = self.unit in ("mg.min/mL", "mg.h/L")
        return not exposure and any(part in _VOLUMES for part in self.unit.split("/")[1:])


def parse_unit(text: str) -> UnitReading:
    """Read a whole printed unit such as `mg/m²/día` or `UI/m2`.

    Raises:
        ValueError: the text is not one unit.
    """
    found = read_unit(_plain_lower(text), 0)
    if found is None or found[1] != len(_plain_lower(text)):
        raise ValueError(f"'{text}' is not a dose unit; write it as in mg/m2, mg/kg or UI/m2")
    return found[0]


def read_unit(text: str, start: int) -> tuple[UnitReading, int] | None:
    """The longest unit that begins at `start` of plain lower-case text, and where it ends."""
    if auc := _AUC.match(text, start):
        return UnitReading("mg.min/mL"), auc.end()
    if exposure := _EXPOSURE.match(text, start):
        return UnitReading("mg.h/L"), exposure.end()
    numerator = _read_numerator(text, start)
    if numerator is None:
        return None
    reading, end = numerator
    return _read_denominators(text, reading, end)


def _read_numerator(text: str, start: int) -> tuple[UnitReading, int] | None:
    if not _NUMERATOR.match(text, start):
        return None
    best: tuple[UnitReading, int] | None = None
    for (ucum, factor, _), pattern in zip(_NUMERATORS, _PATTERNS, strict=True):
        match = pattern.match(text, start)
        if match and (best is None or match.end() > best[1]):
            slipped = match.group() == "rng"
            best = UnitReading(ucum, Decimal(factor), repaired=slipped), match.end()
    if best is None and (fused := _FUSED.match(text, start)):
        ucum = {"mcg": "ug", "ui": "[iU]", "iu": "[iU]", "u": "U"}.get(fused.group(), fused.group())
        return UnitReading(ucum, repaired=True), fused.end()
    return best


def _read_denominators(text: str, reading: UnitReading, end: int) -> tuple[UnitReading, int]:
    while joined := _JOIN.match(text, end):
        found = _read_denominator(text, joined.end())
        if found is None:
            return _marked_or_malformed(text, reading, (end, joined.end()))
        ucum, match = found
        reading = _with_part(reading, ucum, match)
        if _SLIPS.search(text[end : match.end()]):
            reading = replace(reading, repaired=True)
        end = match.end()
        if text[joined.start() : joined.end()].endswith("(") and text[end : end + 1] == ")":
            end += 1
    return reading, end


def _read_denominator(text: str, start: int) -> tuple[str, re.Match[str]] | None:
    for ucum, pattern in _DENOMINATOR:
        if match := pattern.match(text, start):
            return ucum, match
    return None


def _with_part(reading: UnitReading, ucum: str, match: re.Match[str]) -> UnitReading:
    if ucum == "interval":
        hours = int(match["hours"])
        if hours == 24:
            return replace(reading, per="day")
        return replace(reading, per="dose", interval_h=hours)
    if ucum in _PERIODS:
        return replace(reading, per=reading.per or ucum)
    return replace(reading, unit=f"{reading.unit}/{ucum}")


def _marked_or_malformed(
    text: str, reading: UnitReading, joint: tuple[int, int]
) -> tuple[UnitReading, int]:
    """A square with a footnote mark, a unit gone wrong, or no denominator at all."""
    end, after = joint
    if marked := _SQUARE_WITH_MARK.match(text, after):
        return replace(reading, unit=f"{reading.unit}/m2", repaired=True), marked.end()
    wrong = _GONE_WRONG.match(text, after) if "/" in text[end:after] else None
    if wrong and "/" not in reading.unit and reading.unit in _MASSES:
        return replace(reading, malformed=True), wrong.end()
    return reading, end


def _plain_lower(text: str) -> str:
    folded = text.strip().lower()
    for printed, meant in (("µ", "u"), ("μ", "u"), ("²", "2"), ("í", "i"), ("ó", "o"), ("·", ".")):
        folded = folded.replace(printed, meant)
    return folded
