"""The rules speak of any record that has the declared shape, however broken, and never fail."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories_valid import valid_record

from fuente.records.invariants import check_invariants
from fuente.records.parsing import shape_findings

NAMES = ("allogeneic", "brain", "eye", "leukaemia", "second", "thyroid")
TEXTS = ("", "C71.6", "9470/3", "1900-01-01", "2999-12-31", "mg/m2")
VALUES = st.sampled_from([None, 0, -1, 1, 10**9, True, False, [], *TEXTS])


def leaves(node, path=()):
    """The path to every value of a JSON tree, origins and manifest apart."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in ("origins", "manifest", "narrative"):
                yield from leaves(child, (*path, key))
    elif isinstance(node, list) and node:
        for index, child in enumerate(node[:4]):
            yield from leaves(child, (*path, index))
    else:
        yield path


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(NAMES), data=st.data(), values=st.lists(VALUES, min_size=1, max_size=3))
def test_no_rule_fails_on_a_broken_record(name, data, values):
    """Whatever values a record holds, every rule answers with findings and no exception."""
    broken = deepcopy(valid_record(name))
    places = list(leaves(broken))
    for value in values:
        *path, last = data.draw(st.sampled_from(places))
        node = broken
        for part in path:
            node = node[part]
        node[last] = value

    record, found = shape_findings(broken)

    assert (record is None) == bool(found)
    if record is not None:
        pointers = [one.pointer for one in check_invariants(record)]
        assert all(one.startswith("/") for one in pointers if one)
