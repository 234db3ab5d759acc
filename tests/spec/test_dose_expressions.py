"""What printed dose language states: the given cases and the project's own, in three languages.

Only the keys a case expects are compared: a phrase may state more.
"""

import json
from pathlib import Path

import pytest

from fuente.documents.source import Language
from fuente.dosing.expressions import parse_dose

DATA = Path(__file__).resolve().parents[1] / "data"


def cases() -> list[dict[str, object]]:
    """Read all cases, the given before our own."""
    files = ("dose_expressions.jsonl", "dose_expressions_own.jsonl")
    lines = [line for name in files for line in (DATA / name).read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['id']} {case['text']}")
def test_phrase(case):
    """Every expected key has the expected value, with true and 1 told apart."""
    result = parse_dose(case["text"], Language(case["lang"])).as_json()

    missing = {key: result.get(key) for key in case["expect"] if key not in result}
    stated = {key: result[key] for key in case["expect"] if key in result}
    assert (stated, missing) == (case["expect"], {})
    assert [
        k for k in stated if isinstance(stated[k], bool) != isinstance(case["expect"][k], bool)
    ] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_phrase_in_json(case):
    """The result is plain JSON with numbers as numbers, and integral numbers without a point."""
    printed = json.dumps(parse_dose(case["text"], Language(case["lang"])).as_json())

    assert ".0," not in printed
    assert ".0}" not in printed
    assert json.loads(printed)
