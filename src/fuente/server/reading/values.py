"""One shown value: its words, where it stands in the record, and on what it rests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.server.reading.record_view import RecordView
from fuente.server.reading.words import drug_name, label, stated_units, unit_text, words_of

Part = Mapping[str, Any]

# Words that people wrote or that are names: shown as they stand.
_VERBATIM: Final = frozenset(
    {
        "given_name",
        "family_name_1",
        "family_name_2",
        "phone",
        "email",
        "sip_number",
        "nhc",
        "national_id",
        "street",
        "postal_code",
        "city",
        "tumour_name_en",
        "tumour_name_es",
        "morphology",
        "iccc3_group",
        "site_text",
        "stage_system",
        "stage_value",
        "genetic_disease_name",
        "genetic_markers",
        "immunophenotype",
        "protocol_name",
        "institution",
        "phase",
        "description",
        "toxicity_description",
        "fertility_hospital",
        "atc",
        "drug_inn",
    }
)
_DRUGS: Final = frozenset({"drug_inn", "drugs", "immunosuppressants"})
# Shown as part of another value, or only a link to what the others are linked to.
_HIDDEN: Final = frozenset({"citation_id", "administrations", "cumulative_doses", "conditioning"})


@dataclass(frozen=True, slots=True)
class Value:
    """What is read and where it leads.

    `kind` is that of its origin: cited, derived, sampled, chosen, or empty when it has none;
    `at` is the JSON pointer of the origin, `citation` the id of a citation it rests on directly.
    """

    label: str
    text: str
    at: str = ""
    kind: str = ""
    citation: str = ""


def values_of(view: RecordView, part: Part, pointer: str) -> tuple[Value, ...]:
    """Every stated value of a part, each number with its unit; parts inside it follow in place."""
    return tuple(_each(view, part, pointer))


def value_at(view: RecordView, part: Part, key: str, pointer: str) -> Value:
    """The value of one key of a part."""
    text = shown(view, key, part[key], unit_of(part, key))
    return linked(view, label(key, view.tongue), text, f"{pointer}/{key}")


def linked(view: RecordView, name: str, text: str, pointer: str) -> Value:
    """A value with its origin; that of a list is the origin of its first entry."""
    at = pointer if pointer in view.origins else f"{pointer}/0"
    origin = view.origins.get(at)
    if origin is None:
        return Value(name, text)
    return Value(name, text, at, str(origin["kind"]), origin.get("citation") or "")


def shown(view: RecordView, key: str, value: Any, unit: str = "") -> str:  # noqa: ANN401
    """A JSON value as people read it."""
    if isinstance(value, list):
        return ", ".join(shown(view, key, one, unit) for one in value)
    if isinstance(value, bool):
        return words_of(str(value).lower(), view.tongue)
    if isinstance(value, int | Decimal):
        return (
            f"{value:f} {unit}".strip() if isinstance(value, Decimal) else f"{value} {unit}".strip()
        )
    if key in _DRUGS:
        return drug_name(value, view.tongue)
    return str(value) if key in _VERBATIM else words_of(str(value), view.tongue)


def unit_of(part: Part, key: str) -> str:
    """The unit of a value: the one stated beside it, or the one its field always has."""
    stem = key.removesuffix("_value")
    beside = part.get(f"{key}_unit") or part.get(f"{stem}_unit")
    return unit_text(str(beside or stated_units().get(key, "")))


def _each(view: RecordView, part: Part, pointer: str) -> Iterator[Value]:
    other = "en" if view.tongue == "es" else "es"
    hidden = {*_HIDDEN, f"tumour_name_{other}"}
    for key, value in part.items():
        if isinstance(value, Mapping):
            yield from _each(view, value, f"{pointer}/{key}")
        elif key not in hidden and not _is_unit(part, key) and value not in (None, [], ""):
            yield value_at(view, part, key, pointer)


def _is_unit(part: Part, key: str) -> bool:
    stem = key.removesuffix("_unit")
    return stem != key and (stem in part or f"{stem}_value" in part)
