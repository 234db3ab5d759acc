"""Names of fields and codes in words, in the record's language, and units as people write them.

What has no entry in the tables reads as its key with spaces.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import BaseModel

from fuente.dosing.drugs import Drug, load_vocabulary
from fuente.generation.wording import word
from fuente.patients import clinical
from fuente.patients.anatomy import sites

Tongue = Literal["en", "es"]

_TOPOGRAPHY: Final = re.compile(r"C\d{2}\.\d")
_UNITS: Final = (
    ("10*6/kg", "×10⁶/kg"),
    ("[iU]", "IU"),
    ("{cycle}", "cycle"),
    ("{course}", "course"),
    ("m2", "m²"),
    ("ug", "µg"),
)


def label(key: str, tongue: Tongue) -> str:
    """The name of a field or a heading."""
    return _table("labels.csv", tongue).get(key) or key.replace("_", " ").capitalize()


def words_of(code: str, tongue: Tongue) -> str:
    """A code in words; a site keeps its code beside them."""
    if _TOPOGRAPHY.fullmatch(code) and code in sites():
        return f"{sites()[code].label(tongue)} ({code})"
    return _table("words.csv", tongue).get(code) or word(code, tongue)


def drug_name(inn: str, tongue: Tongue) -> str:
    """The international name in the language; an unknown drug keeps the one it has."""
    drug = _drugs().get(inn)
    return drug.inn_es if drug and drug.inn_es and tongue == "es" else inn


def unit_text(unit: str) -> str:
    """A UCUM unit as people write it."""
    for code, written in _UNITS:
        unit = unit.replace(code, written)
    return unit


@cache
def stated_units() -> Mapping[str, str]:
    """The units that fields of the record declare for themselves, by field name."""
    models = [one for one in vars(clinical).values() if _is_model(one)]
    return {
        name: str(field.json_schema_extra["unit"])
        for model in models
        for name, field in model.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and "unit" in field.json_schema_extra
    }


@cache
def _table(name: str, tongue: Tongue) -> Mapping[str, str]:
    text = (files("fuente.server") / "data" / name).read_text(encoding="utf-8")
    return {row["key"]: row[tongue] for row in csv.DictReader(text.splitlines())}


@cache
def _drugs() -> Mapping[str, Drug]:
    return {drug.inn: drug for drug in load_vocabulary()}


def _is_model(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)
