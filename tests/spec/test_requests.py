"""Requests in English and Spanish with the structured request they mean, as tables."""

import json
from pathlib import Path

import pytest

from fuente.patients.request_parser import parse_request

DATA = Path(__file__).parents[1] / "data"


def cases(name):
    """The lines of a table of requests."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def agrees(expected, got):
    """Whether everything expected is there; the order of lists says nothing."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(agrees(v, got.get(k)) for k, v in expected.items())
    if isinstance(expected, list):
        return isinstance(got, list) and sorted(expected) == sorted(got)
    return expected == got


def differences(case):
    """What was expected and what was read, key by key, where they differ."""
    got = parse_request(case["text"], case.get("lang")).as_json()
    expected = {k: v for k, v in case["expect"].items() if k not in ("note", "notes", "flags")}
    found = {k: (v, got.get(k)) for k, v in expected.items() if not agrees(v, got.get(k))}
    flags = case["expect"].get("flags")
    if flags is not None and flags != got.get("flags", {}):
        found["flags"] = (flags, got.get("flags", {}))
    return found


@pytest.mark.parametrize("case", cases("requests.jsonl"), ids=lambda c: c["id"])
def test_the_development_requests_are_understood(case):
    """Each request of the project's development set is read as its authors meant it."""
    assert differences(case) == {}


@pytest.mark.parametrize("case", cases("requests_report.jsonl"), ids=lambda c: c["id"])
def test_the_requests_of_the_hospital_report_are_understood(case):
    """Each request of the hospital's own report is read as the hospital meant it."""
    assert differences(case) == {}


@pytest.mark.parametrize("case", cases("requests_own.jsonl"), ids=lambda c: c["id"])
def test_further_requests_are_understood(case):
    """Other diagnoses, wordings, misspellings, refusals and vague requests are read as meant."""
    assert differences(case) == {}
