"""A protocol that says something else gives other patients: record, quote and arithmetic follow it.

One dose and one day of one illustrative protocol are changed and its PDF is made anew; that PDF is
the only document held.
"""

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import pytest
from scripts.corpus.build import build_document, protocol_files
from scripts.corpus.build import read_protocol as read_source
from scripts.corpus.facts import load_facts
from tests.factories_corpus import corpus_store, errors_of, patient_line, read_protocol, store_of

# No calculated dose of these patients is rounded to less than three figures.
CLOSE = Decimal("0.01")


@dataclass(frozen=True)
class Change:
    """One dose and its last day, as they were and as they are printed now."""

    protocol: str
    request: str
    fact: str
    dose: str
    printed: str
    days: tuple[int, ...]


CHANGES = [
    Change("osteosarcoma", "13-year-old with osteosarcoma", "R08.1.cisplatin", "66", "66", (1, 3)),
    Change("lch", "LCH", "R16.1.vinblastine", "6.6", "6,6", (1, 8, 15, 22, 29, 37)),
    Change(
        "hepatoblastoma",
        "niña de 3 años con hepatoblastoma, con quimioterapia y cirugía",
        "R13.3.doxorubicin",
        "32.5",
        "32,5",
        (2, 4),
    ),
]
NAMES = [one.protocol for one in CHANGES]


@cache
def changed_path(change, folder):
    """The PDF with the changed dose and day."""
    facts = load_facts()
    fact = replace(facts.doses[change.fact], dose=change.dose, days=change.days)
    phases = {
        name: replace(
            phase,
            doses=tuple(fact if one.fact_id == change.fact else one for one in phase.doses),
        )
        for name, phase in facts.phases.items()
    }
    facts = replace(facts, phases=phases, doses={**facts.doses, change.fact: fact})
    source = next(path for path in protocol_files() if path.stem == change.protocol)
    path = folder / f"{change.protocol}.pdf"
    path.write_bytes(build_document(read_source(source), facts).content)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the changed PDFs are made."""
    return tmp_path_factory.mktemp("changed")


def made_by(change, store):
    """A patient who is given the changed drug in the changed phase, and these givings."""
    drug = change.fact.rpartition(".")[2]
    for seed in range(1, 9):
        line = patient_line(change.request, store, seed=seed)
        record = json.loads(line, parse_float=Decimal)
        courses = (course["administrations"] for course in record["chemotherapy"])
        given = [one for course in courses for one in course if one["drug_inn"] == drug]
        found = [one for one in given if Decimal(one["prescribed_value"]) == Decimal(change.dose)]
        if found:
            return line, record, found
    raise AssertionError(f"no patient of eight was given {drug} at {change.dose}")


@pytest.mark.parametrize("change", CHANGES, ids=NAMES)
def test_record_quote_and_arithmetic_follow_the_page(change, folder):
    """The changed dose is prescribed, cited, multiplied and given on the changed days."""
    store = store_of(read_protocol(changed_path(change, folder)))
    line, record, given = made_by(change, store)
    quotes = {one["citation_id"]: one["quote"] for one in record["citations"]}

    assert {one["day"] for one in given} == set(change.days)
    for one in given:
        assert change.printed in quotes[one["citation_id"]]
        assert str(change.days[-1]) in quotes[one["citation_id"]]
        exact = Decimal(change.dose) * one["bsa_used"]
        assert abs(one["dose_administered"] - exact) <= exact * CLOSE
    assert errors_of(line, store) == []


@pytest.mark.parametrize("change", CHANGES[:1], ids=NAMES[:1])
def test_the_patient_does_not_verify_against_the_unchanged_page(change, folder):
    """Where only the original is held, nothing of the changed protocol is taken as true."""
    line, _, _ = made_by(change, store_of(read_protocol(changed_path(change, folder))))

    assert "CIT-01" in {rule for rule, _ in errors_of(line, corpus_store(f"{change.protocol}.pdf"))}
