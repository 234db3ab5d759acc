"""A manifest tells how the patient came about; a forger cannot tell another story of it."""

import pytest
from tests.factories_corpus import CORPUS, errors_of, read_protocol
from tests.factories_forgery import auditor, dumped, fails_at, forged, own_id, patient

from fuente.records.parsing import parse_line


def test_a_choice_that_was_not_on_offer_fails():
    """The options of each choice follow from the pages."""
    line = patient("medulloblastoma")
    names = [one["name"] for one in parse_line(line)["manifest"]["choices"]]
    place = ("manifest", "choices", names.index("surgery/2/margins"), "option_id")

    assert errors_of(forged(line, (place, "cured_for_ever")), auditor())


def test_another_true_choice_makes_the_record_disagree():
    """A choice changed to another option on offer no longer fits the values."""
    record = parse_line(patient("medulloblastoma"))
    choice = next(c for c in record["manifest"]["choices"] if c["name"] == "surgery/2/margins")
    choice["option_id"] = next(o for o in choice["options"] if o != choice["option_id"])
    record["record_id"] = own_id(record)

    assert fails_at(dumped(record), "/surgery/1/margins")


def test_another_diagnosis_in_the_plan_fails():
    """The plan is for the tumour that was asked for."""
    place = ("manifest", "plan", "diagnosis")
    line = forged(patient("medulloblastoma"), (place, "NEUROBLASTOMA"))

    assert errors_of(line, auditor())


def test_an_unused_document_in_the_manifest_fails():
    """The evidence is exactly the protocols of the patient's tumours."""
    record = parse_line(patient("medulloblastoma"))
    wilms = read_protocol(CORPUS / "wilms.pdf").read.source.sha256
    record["manifest"]["evidence"]["documents"].append(wilms)
    record["record_id"] = own_id(record)

    assert errors_of(dumped(record), auditor())


def _search_without_a_reference(evidence):
    del evidence["steps"][0]["reference_ids"][0]


def _search_with_another_reference(evidence):
    first = evidence["steps"][0]["reference_ids"]
    first[0] = first[1]


def _reading_twice(evidence):
    evidence["steps"].append(evidence["steps"][-1])


def _reading_before_searching(evidence):
    evidence["steps"].reverse()


def _reading_left_out(evidence):
    del evidence["steps"][-1]


def _another_tool(evidence):
    evidence["steps"][0]["tool"] = "dose_references"


def _cut_short(evidence):
    evidence["agent_outcome"] = "step_limit"


def _failed(evidence):
    evidence["agent_outcome"] = "failed"


def _a_story_of_its_own(evidence):
    evidence["agent_detail"] = "doubled by phone"


STEPS = [
    (_search_without_a_reference, "/steps/0/reference_ids/0"),
    (_search_with_another_reference, "/steps/0/reference_ids/0"),
    (_reading_twice, "/steps/{last}/tool"),
    (_reading_before_searching, "/steps/0/tool"),
    (_reading_left_out, "/agent_outcome"),
    (_another_tool, "/steps/0/tool"),
    (_cut_short, "/agent_outcome"),
    (_failed, "/agent_outcome"),
    (_a_story_of_its_own, "/agent_detail"),
]


@pytest.mark.parametrize(("forge", "named"), STEPS)
def test_steps_that_cannot_have_been_fail(forge, named):
    """Which call was open, what it returned and how the run ended follow from the pages."""
    record = parse_line(patient("medulloblastoma"))
    evidence = record["manifest"]["evidence"]
    forge(evidence)
    record["record_id"] = own_id(record)
    named = named.format(last=len(evidence["steps"]) - 1)

    assert fails_at(dumped(record), f"/manifest/evidence{named}")
