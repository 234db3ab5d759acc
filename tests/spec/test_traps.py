"""Numbers with a unit of a dose that are none: no line of the made-up set becomes a reference."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references

FILE = Path(__file__).parents[1] / "data" / "traps.jsonl"
TRAPS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
# What still passes for a dose, with the reason.
OPEN: dict[str, str] = {}


def _case(trap: dict[str, Any]) -> Any:
    reason = OPEN.get(trap["id"])
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(trap, id=trap["id"], marks=marks)


@pytest.mark.parametrize("trap", [_case(trap) for trap in TRAPS])
def test_trap(trap: dict[str, Any]) -> None:
    """Concentrations, levels, strengths, counts, weights, volumes and steps are no doses."""
    cells, language = trap.get("cells"), Language(trap["lang"])
    passage = make_row(cells) if cells else make_passage(trap["text"])

    found = extract_references(make_document(language=language), (passage,))

    assert [(each.drug, each.value, each.minimum, each.unit) for each in found] == []


def test_the_set_is_large_enough_and_in_three_languages() -> None:
    """At least 150 different lines, at least 40 in each language."""
    languages = [trap["lang"] for trap in TRAPS]
    said = {(trap["lang"], trap.get("text") or str(trap["cells"])) for trap in TRAPS}

    assert len(said) == len(TRAPS) >= 150
    assert min(languages.count(language) for language in ("en", "es", "pt")) >= 40
