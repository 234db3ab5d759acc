"""Body sites: labels, which are paired or belong to one sex, and the operations that fit them.

Knows sites and operations as codes and words; which tumour sits where is the catalogue's matter.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, cast

from fuente.quantities.growth import Sex

Language = Literal["en", "es"]

_SITE_UNKNOWN: Final = "the project's topography table does not hold the site {code!r}"


@dataclass(frozen=True, slots=True)
class Site:
    """One ICD-O-3 topography: its labels, whether it is paired, and the sex it belongs to."""

    code: str
    label_en: str
    label_es: str
    paired: bool
    sex: Sex | None

    def label(self, language: Language) -> str:
        """The label without its `NOS` or `SAI`."""
        text = self.label_en if language == "en" else self.label_es
        return text.removesuffix(", NOS").removesuffix(", SAI")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that fits a site: procedure code, words, organs concerned, organs removed.

    `weight` is its relative frequency at that site (general knowledge, confidence low).
    """

    procedure: str
    description_en: str
    description_es: str
    organs: tuple[str, ...]
    sacrificed: tuple[str, ...]
    weight: int

    def description(self, language: Language) -> str:
        """What is done, in the language asked for."""
        return self.description_en if language == "en" else self.description_es


def site(code: str) -> Site:
    """The site with this ICD-O-3 topography code.

    Raises:
        KeyError: the code is not in the topography table.
    """
    try:
        return sites()[code]
    except KeyError:
        raise KeyError(_SITE_UNKNOWN.format(code=code)) from None


@cache
def sites() -> MappingProxyType[str, Site]:
    """All sites by code."""
    return MappingProxyType(
        {
            row["code"]: Site(
                code=row["code"],
                label_en=row["label_en"],
                label_es=row["label_es"],
                paired=row["paired"] == "yes",
                sex=cast("Sex | None", row["sex"] or None),
            )
            for row in _rows("topographies.csv")
        }
    )


def is_paired(code: str) -> bool:
    """Whether a tumour at this site must state its side (rule DX-05)."""
    return code in sites() and sites()[code].paired


def site_fits_sex(code: str, sex: str) -> bool:
    """Whether a patient of this sex can have the site (rule DEM-06)."""
    known = sites().get(code)
    return known is None or known.sex is None or known.sex == sex


def operations_at(code: str) -> tuple[Operation, ...]:
    """The operations that fit a tumour at this site; empty when none is listed."""
    return tuple(operation for codes, operation in _operations() if code in codes)


def procedures_at(code: str) -> tuple[str, ...]:
    """The procedure codes compatible with a tumour at this site, biopsy included."""
    return tuple(dict.fromkeys([*(o.procedure for o in operations_at(code)), "biopsy"]))


def organs_at(code: str) -> tuple[str, ...]:
    """The organs an operation on a tumour at this site may name (rule SUR-01)."""
    return tuple(dict.fromkeys(organ for o in operations_at(code) for organ in o.organs))


@cache
def _operations() -> tuple[tuple[frozenset[str], Operation], ...]:
    return tuple(
        (
            frozenset(_parts(row["topographies"])),
            Operation(
                procedure=row["procedure"],
                description_en=row["description_en"],
                description_es=row["description_es"],
                organs=_parts(row["organs"]),
                sacrificed=_parts(row["sacrificed"]),
                weight=int(row["weight"]),
            ),
        )
        for row in _rows("operations.csv")
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files("fuente.patients") / "data" / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
