"""What holds for every patient, whoever is asked for and whatever the model picks."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories_corpus import (
    CORPUS,
    WritingModel,
    corpus_store,
    errors_of,
    outcome,
    patient_line,
    store_of,
)
from tests.factories_corpus import read_protocol as read
from tests.factories_forgery import leaves, pointer_to
from tests.fakes_engine import ScriptedAgent, ScriptedModel, first, last

from fuente.errors import ModelCrashed
from fuente.records.parsing import parse_line
from fuente.records.record import CLINICAL_BLOCKS

FILES = (
    "wilms.pdf", "lla_bfm.pdf", "hodgkin.pdf", "medulloblastoma.pdf", "ewing.pdf",
    "neuroblastoma.pdf", "transplant.pdf", "relapse.pdf",
)  # fmt: skip
TUMOURS = (
    "4-year-old with Wilms tumour",
    "niño de 6 años con leucemia linfoblástica aguda",
    "14-year-old girl with Hodgkin lymphoma",
    "8-year-old with medulloblastoma, radiotherapy",
    "adolescente de 15 años con sarcoma de Ewing metastásico",
    "3-year-old with neuroblastoma and autologous transplant",
    "infant of 8 months with Wilms tumour",
    "10-year-old with a relapse of acute lymphoblastic leukaemia",
    "a child with any cancer",
)

# Each example composes whole patients, which takes seconds.
pytestmark = pytest.mark.slow
SEEDS = st.integers(0, 2**53 - 1)
slowly = settings(max_examples=8, deadline=None)


@cache
def store():
    """The protocols all patients here rest on."""
    return corpus_store(*FILES)


class StubbornModel(WritingModel):
    """Picks by the rule given, and writes as drafted."""


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_every_patient_verifies(asked, seed):
    """Whatever the seed, a composed record passes its own verification."""
    assert errors_of(patient_line(asked, store(), seed=seed), store()) == []


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_the_same_seed_gives_the_same_bytes(asked, seed):
    """The order in which documents were ingested does not matter either."""
    turned = store_of(*(read(CORPUS / one) for one in reversed(FILES)))

    assert patient_line(asked, store(), seed=seed) == patient_line(asked, turned, seed=seed)


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_every_leaf_of_the_clinical_part_has_an_origin(asked, seed):
    """Each number, date, code and word says how it came to be; each citation named is there."""
    record = parse_line(patient_line(asked, store(), seed=seed))
    clinical = {key: record[key] for key in CLINICAL_BLOCKS if key in record}
    origins = record["origins"]
    cited = {one["citation_id"] for one in record["citations"]}

    places = ["".join(f"/{key}" for key in place) for place, _ in leaves(clinical)]
    assert [one for one in places if one not in origins] == []
    for one in origins.values():
        assert one["kind"] in ("cited", "derived", "sampled", "chosen")
        assert ("citation" in one) == (one["kind"] == "cited") or "citation_id" in str(one)
        assert one.get("citation") in {None, *cited}


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_prescribed_doses_are_cited_and_given_ones_derived(asked, seed):
    """No dose was sampled or chosen, and each names what it follows from."""
    record = parse_line(patient_line(asked, store(), seed=seed))
    for index, course in enumerate(record["chemotherapy"]):
        for number in range(len(course["administrations"])):
            row = f"/chemotherapy/{index}/administrations/{number}"
            assert record["origins"][f"{row}/prescribed_value"]["kind"] == "cited"
            given_dose = record["origins"][f"{row}/dose_administered"]
            assert given_dose["kind"] == "derived"
            assert f"{row}/prescribed_value" in given_dose["inputs"]
            assert record["origins"][f"{row}/date"]["kind"] == "derived"


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_another_pick_gives_another_patient_who_verifies(asked, seed):
    """At least three choices offer two options or more, and they matter."""
    one = patient_line(asked, store(), seed=seed, model=StubbornModel(first))
    other = patient_line(asked, store(), seed=seed, model=StubbornModel(last))
    choices = parse_line(one)["manifest"]["choices"]

    assert sum(len(choice["options"]) > 1 for choice in choices) >= 3
    assert blocks(one) != blocks(other)
    assert errors_of(other, store()) == []


def blocks(line):
    """The clinical part of a line."""
    record = parse_line(line)
    return {key: record[key] for key in CLINICAL_BLOCKS if key in record}


@slowly
@given(asked=st.sampled_from(TUMOURS), seed=SEEDS)
def test_no_date_lies_after_the_reference_date(asked, seed):
    """Nothing is told of the future."""
    record = parse_line(patient_line(asked, store(), seed=seed))
    clinical = {key: record[key] for key in CLINICAL_BLOCKS if key in record}
    dates = [
        (pointer_to(place), value)
        for place, value in leaves(clinical)
        if isinstance(value, str) and len(value) == 10 and value[4:8:3] == "--"
    ]

    assert dates
    assert [one for one in dates if one[1] > record["generated_at"]] == []


BROKEN = {
    "the model crashes at every call": ScriptedModel(repeat=ModelCrashed("the engine died")),
    "the model writes nonsense": ScriptedModel(free_text="vincristine 600 mg/m2 600 mg/m2 600"),
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("agent", ["failed", "step_limit", "time_limit"])
def test_a_patient_is_made_without_model_or_agent(how, agent):
    """The plan gathers, draws choose, code writes; the record says so and verifies."""
    broken = {
        "model": BROKEN[how],
        "agent": ScriptedAgent(agent, "as told" if agent == "failed" else ""),
    }
    line = patient_line(TUMOURS[0], store(), seed=5, **broken)
    record = parse_line(line)

    assert errors_of(line, store()) == []
    assert record["manifest"]["evidence"]["agent_outcome"] == agent
    assert record["manifest"]["evidence"]["gathered_by_agent"] == 0
    assert {one["by"] for one in record["narrative"]["sentences"]} == {"rendered"}


@pytest.mark.sweep
@pytest.mark.parametrize("diagnosis", sorted(d.stem for d in CORPUS.glob("*.pdf")))
def test_every_document_makes_patients(diagnosis):
    """Each tumour any document speaks of generates, twenty times over, and verifies."""
    prepared = read(CORPUS / f"{diagnosis}.pdf")
    everything = store_of(*(read(one) for one in sorted(CORPUS.glob("*.pdf"))))
    for tumour in sorted({one for regimen in prepared.regimens for one in regimen.diagnoses}):
        for seed in range(20):
            made = outcome(tumour, everything, seed=seed)
            assert made.refusal is None, (tumour, seed, made.refusal)
