"""Each rule of the list of invariants, broken alone in a valid record, is reported alone."""

from copy import deepcopy

import pytest
from tests import breaks_around, breaks_person, breaks_treatment
from tests.factories_valid import RECORDS, valid_record

from fuente.records.finding import Severity
from fuente.records.invariants import (
    check_invariants,
    check_run,
    registered,
    registered_for_runs,
)
from fuente.records.parsing import shape_findings
from fuente.records.record import Record

BREAKS = (*breaks_person.BREAKS, *breaks_treatment.BREAKS, *breaks_around.BREAKS)
# Broken by a test of its own: the one looks at a run, the other at what no record can hold.
APART = {"ID-02", "DX-01"}
RULES = {one.rule_id: one for one in (*registered(), *registered_for_runs())}


def findings(data):
    """What the rules say of a record, which must have the declared shape."""
    record, wrong = shape_findings(data)
    assert wrong == ()
    return check_invariants(record)


def test_the_list_has_108_rules_and_each_is_broken_by_a_test():
    """No rule goes without a break, and no break without its rule."""
    assert len(RULES) == 108
    assert {rule for rule, *_ in BREAKS} | APART == set(RULES)
    assert len(BREAKS) + len(APART) == len(RULES)


@pytest.mark.parametrize("name", RECORDS)
def test_a_valid_record_breaks_no_rule(name):
    """The records that are broken below have nothing but warnings to begin with."""
    errors = [one for one in findings(valid_record(name)) if one.severity is Severity.ERROR]

    assert errors == []


@pytest.mark.parametrize(
    ("rule", "name", "change", "pointer"), BREAKS, ids=[rule for rule, *_ in BREAKS]
)
def test_a_break_is_reported_by_its_rule_alone(rule, name, change, pointer):
    """One fault, one rule: the finding names the rule, its severity and the place."""
    before = {(one.rule, one.pointer) for one in findings(valid_record(name))}
    data = deepcopy(valid_record(name))

    change(data)

    new = [one for one in findings(data) if (one.rule, one.pointer) not in before]
    assert {one.rule for one in new} == {rule}
    assert any(one.pointer.endswith(pointer) for one in new)
    assert {one.severity for one in new} == {RULES[rule].severity}
    assert all(one.message for one in new)


@pytest.mark.parametrize("number", ["sip_number", "nhc"])
def test_a_number_given_twice_in_a_run_is_reported(number):
    """ID-02 names the second record that has the number of another."""
    one, other = deepcopy(valid_record("brain")), deepcopy(valid_record("kidney"))
    other["demographics"][number] = one["demographics"][number]
    found = check_run([Record.model_validate(one), Record.model_validate(other)])

    assert [(f.rule, f.pointer) for f in found] == [("ID-02", f"/1/demographics/{number}")]


def test_records_of_their_own_share_no_number():
    """ID-02 says nothing of records with numbers of their own."""
    run = [Record.model_validate(valid_record(name)) for name in ("brain", "kidney", "eye")]

    assert check_run(run) == ()


def test_a_record_given_twice_is_reported_by_its_id():
    """ID-02 finds the same record twice in a run by all three numbers."""
    record = Record.model_validate(valid_record("brain"))

    assert [f.pointer for f in check_run([record, record])] == [
        "/1/record_id",
        "/1/demographics/sip_number",
        "/1/demographics/nhc",
    ]


def test_a_morphology_that_is_no_code_is_reported():
    """DX-01 speaks where the code has the wrong form, and no other rule does."""
    record = Record.model_validate(valid_record("brain"))
    row = record.diagnoses[0].model_copy(update={"morphology": "9470-3"})
    found = check_invariants(record.model_copy(update={"diagnoses": (row,)}))

    assert [(f.rule, f.pointer) for f in found] == [("DX-01", "/diagnoses/0/morphology")]


@pytest.mark.parametrize(
    ("pointer", "value", "rule"),
    [
        (("is_synthetic",), False, "ID-01"),
        (("diagnoses", 1, "morphology"), "9470-3", "DX-01"),
        (("diagnoses", 1, "topography"), "C716", "DX-03"),
        (("diagnoses", 1, "metastatic"), "perhaps", "SHAPE"),
    ],
)
def test_what_the_shape_refuses_has_the_name_of_its_rule(pointer, value, rule):
    """Reading a record reports the rules that its declared shape holds already."""
    data = deepcopy(valid_record("second"))
    node = data
    for part in pointer[:-1]:
        node = node[part]
    node[pointer[-1]] = value

    record, found = shape_findings(data)

    assert record is None
    assert [(f.rule, f.pointer) for f in found] == [(rule, "/" + "/".join(map(str, pointer)))]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_demands(rule):
    """The text of a rule is one line in plain words, ready for the documentation."""
    first, *more = rule.text.splitlines()

    assert more == []
    assert first.endswith(".")
    assert rule.module


def test_a_rule_that_cannot_be_applied_says_so():
    """A size of nothing stops no check: the rule reports that it cannot be applied."""
    data = deepcopy(valid_record("thyroid"))
    data["anthropometry"][0] |= {"height_cm": 0, "weight_kg": -3}

    assert {"ANT-01", "ANT-02"} <= {one.rule for one in findings(data)}
