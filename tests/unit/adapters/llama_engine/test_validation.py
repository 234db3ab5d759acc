"""The second look at what was written, independent of the grammar."""

import pytest

from fuente.adapters.llama_engine.validation import satisfies
from fuente.ports import Constraint

BOUNDED = Constraint(schema={"type": "integer", "minimum": 3, "maximum": 5})


@pytest.mark.parametrize(
    ("text", "constraint", "expected"),
    [
        ("a", Constraint(options=("a", "b")), True),
        ("a ", Constraint(options=("a", "b")), False),
        ("", Constraint(options=("a", "b")), False),
        ("ab", Constraint(regex="ab?"), True),
        ("abb", Constraint(regex="ab?"), False),
        ("ab\n", Constraint(regex="ab"), False),
        ("4", BOUNDED, True),
        ("6", BOUNDED, False),
        ("4.5", BOUNDED, False),
        ("four", BOUNDED, False),
        ('{"a":1', Constraint(schema={"type": "object"}), False),
    ],
)
def test_a_text_either_meets_its_constraint_or_not(text, constraint, expected):
    """Membership, the whole match, and valid JSON of the schema are what counts."""
    assert satisfies(text, constraint) is expected
