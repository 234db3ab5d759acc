"""JSON bodies: what is refused, and that everything else means what it always meant."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuente.server.strict_json import parse_strictly

REFUSED = [
    (b"", "Expecting value"),
    (b"{", "Expecting property name"),
    (b'{"a": 1} {', "Extra data"),
    (b'{"a": NaN}', "NaN is not"),
    (b'{"a": -Infinity}', "-Infinity is not"),
    (b'{"a": 1e999}', "too large"),
    (b'{"a": 1, "a": 2}', "twice"),
    (b'[{"b": {"a": 1, "a": 1}}]', "twice"),
    (b'{"a": "\\u0000"}', "control character"),
    (b'{"\\u0000": 1}', "control character"),
    (b'{"a": "\\u001b[31m"}', "control character"),
    (b'["\\ud800"]', "surrogate"),
    (b'["\\udc00\\ud800"]', "surrogate"),
    (b'{"a": "\xff"}', "not UTF-8"),
    (b"\xff\xfe[\x001\x00]\x00", "not UTF-8"),
    (b"\xef\xbb\xbf[]", "BOM"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deeply"),
    (b"[" + b"9" * 5000 + b"]", "digits"),
]


@pytest.mark.parametrize(("body", "said"), REFUSED, ids=[str(one[0][:24]) for one in REFUSED])
def test_what_no_request_needs_is_refused(body, said):
    """Each is a ValueError that says what is wrong."""
    with pytest.raises(ValueError, match=said):
        parse_strictly(body)


def test_a_refusal_never_quotes_the_body():
    """What was sent may be a secret; the message says only what kind of thing it is."""
    with pytest.raises(ValueError, match="twice") as caught:
        parse_strictly(b'{"hunter2": "hunter2", "hunter2": 1}')

    assert "hunter2" not in str(caught.value)


def test_tabs_line_ends_and_pairs_are_text():
    """Only what is no text is refused: an emoji sent as a surrogate pair is one character."""
    assert parse_strictly(b'["a\\tb\\r\\n", "\\ud83d\\ude00"]') == ["a\tb\r\n", "\U0001f600"]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")))
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False,
    allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)  # fmt: skip


@given(TREES)
def test_every_other_tree_is_read_as_it_is(tree):
    """The strict parser agrees with the usual one wherever it accepts."""
    assert parse_strictly(json.dumps(tree).encode()) == tree


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tree_or_a_value_error(body):
    """Nothing else ever comes out, and an accepted tree can be written again as UTF-8."""
    try:
        tree = parse_strictly(body)
    except ValueError:
        return
    json.dumps(tree, ensure_ascii=False, allow_nan=False).encode()
