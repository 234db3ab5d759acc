"""The labels of real pages: positions and numbers only, enough of them, and none on another."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fuente.dosing.reference import ReferenceKind

LABELS = Path(__file__).parents[1] / "data" / "labels"
FIELDS = {"file", "sha256", "page", "start", "end", "label", "unit", "layout", "language"}
CATEGORIES = {"concentration", "lab_level", "strength", "count", "trial_arm", "age_weight", "other"}


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELS / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["pages.jsonl", "held_out.jsonl"])
def test_labels_hold_places_and_numbers_and_no_words(name: str) -> None:
    """A label names its place, its numbers and unit, and a kind with a drug or a category."""
    for row in _read(name):
        numbers = {"value"} if "value" in row else {"min", "max"}
        own = {"category"} if row["label"] == "trap" else {"kind", "drug"}

        assert set(row) == FIELDS | numbers | own
        assert row.get("category", "other") in CATEGORIES
        assert row.get("kind", "dose") in set(ReferenceKind)


@pytest.mark.parametrize("name", ["pages.jsonl", "held_out.jsonl"])
def test_no_label_lies_on_another(name: str) -> None:
    """Labels stand in the order of their pages, and each number has one."""
    for before, after in pairwise(_read(name)):
        same_page = (before["file"], before["page"]) == (after["file"], after["page"])
        assert before["start"] < before["end"]
        assert not same_page or before["end"] <= after["start"]


def test_there_are_enough_labels() -> None:
    """At least 200 references and 150 traps, in three languages."""
    rows = _read("pages.jsonl")
    counted = Counter(row["label"] for row in rows)

    assert counted["reference"] >= 200
    assert counted["trap"] >= 150
    assert {row["language"] for row in rows} == {"en", "es", "pt"}
