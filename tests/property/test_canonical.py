"""The canonical line: one form per value, and back again without loss."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuente.records.canonical import json_line, json_number
from fuente.records.difference import differences
from fuente.records.parsing import NotARecord, parse_line, split_objects

NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6
    ),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, TREES, max_size=5)


@given(OBJECTS)
def test_a_line_reads_back_as_it_was(tree):
    """Nothing is lost or rounded, and the line written again is the same bytes."""
    line = json_line(tree)
    back = parse_line(line.decode())

    assert list(differences(back, tree)) == []
    assert json_line(back) == line


@given(OBJECTS)
def test_a_line_is_one_line_of_plain_json(tree):
    """Any JSON reader reads it, and it has one line feed, at its end."""
    line = json_line(tree)

    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert isinstance(json.loads(line), dict)


@given(NUMBERS)
def test_a_number_has_one_form(value):
    """No exponent, no idle zero, and the same value."""
    text = json_number(Decimal(value))

    assert "e" not in text.lower()
    assert not ("." in text and text.endswith(("0", ".")))
    assert Decimal(text) == value


@given(st.lists(OBJECTS, max_size=4), st.sampled_from([None, 1, 4]))
def test_objects_are_found_however_they_are_laid_out(trees, indent):
    """Indented or not, each object of a file is given once, in order."""
    plain = [json.loads(json_line(tree)) for tree in trees]
    text = "\n\n".join(json.dumps(one, indent=indent) for one in plain)

    assert [json.loads(found) for _, found in split_objects(text)] == plain


@given(st.text(max_size=60))
def test_any_text_is_a_record_or_is_said_not_to_be(text):
    """Reading never fails in another way, and splitting always ends and loses nothing."""
    with suppress(NotARecord):
        assert isinstance(parse_line(text), dict)
    spared = " \t\r\n\ufeff"
    kept = "".join(found for _, found in split_objects(text))
    assert [s for s in kept if s not in spared] == [s for s in text if s not in spared]


@pytest.mark.parametrize("value", [1.5, object(), b"x", {1, 2}])
def test_what_has_no_exact_form_is_refused(value):
    """A float is not exact: Decimals only."""
    with pytest.raises(TypeError):
        json_line({"a": value})


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(text):
    """JSON has no such numbers."""
    with pytest.raises(ValueError, match="no JSON form"):
        json_number(Decimal(text))


@given(OBJECTS, OBJECTS)
def test_differences_are_symmetric_and_empty_only_for_the_same(one, other):
    """What differs one way differs the other way, at the same places."""
    there = {place for place, _, _ in differences(one, other)}
    back = {place for place, _, _ in differences(other, one)}

    assert there == back
    assert bool(there) == (json_line(sorted_tree(one)) != json_line(sorted_tree(other)))


def sorted_tree(tree):
    """The tree with its keys in order."""
    if isinstance(tree, dict):
        return {key: sorted_tree(tree[key]) for key in sorted(tree)}
    return [sorted_tree(one) for one in tree] if isinstance(tree, list) else tree
