"""Every value of the core survives being written as JSON and read again."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuente.adapters.sqlite_store import codec
from fuente.documents.passage import Passage
from fuente.documents.source import Grid, Line, Page, SourceDocument
from fuente.documents.span import Span
from fuente.dosing.reference import DoseReference, Population
from fuente.dosing.regimen import Phase, Regimen
from fuente.ports import AgentStep

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SPANS = st.tuples(st.integers(0, 5_000), st.integers(1, 500)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
REGISTERED = {
    str: TEXTS,
    Span: SPANS,
    Decimal: DECIMALS,
    float: FLOATS,
    date: st.dates(),
}
for kind, strategy in REGISTERED.items():
    st.register_type_strategy(kind, strategy)


# A regimen of many phases, each with everything, takes Hypothesis seconds to draw.
SOME_PHASES = st.lists(st.builds(Phase), max_size=2).map(tuple)


def references():
    """References with everything optional present or absent."""
    return st.builds(
        DoseReference,
        value=DECIMALS,
        minimum=st.none(),
        maximum=st.none(),
    )


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (SourceDocument, st.builds(SourceDocument)),
        (Passage, st.builds(Passage)),
        (DoseReference, references()),
        (Population, st.builds(Population)),
        (Regimen, st.builds(Regimen, phases=SOME_PHASES)),
        (Line, st.builds(Line)),
        (Grid, st.builds(Grid)),
        (AgentStep, st.builds(AgentStep, arguments=st.dictionaries(TEXTS, TEXTS))),
    ],
)
def test_a_value_survives_the_round_trip(kind, values):
    """Decoding what was encoded gives an equal value, to the last digit of each Decimal."""

    @settings(max_examples=50, deadline=None)
    @given(values)
    def check(value):
        again = codec.decode(kind, codec.encode(value))
        assert again == value
        assert codec.encode(again) == codec.encode(value)
        assert codec.decode_many(kind, codec.encode((value, value))) == (value, value)

    check()


@given(st.builds(Page, character_boxes=st.binary(max_size=64)))
def test_a_page_without_its_bytes_survives_the_round_trip(page):
    """Everything of a page but the character boxes is JSON; those are stored as bytes."""
    lines = codec.decode_many(Line, codec.unpack(codec.pack(codec.encode(page.lines))))
    grids = codec.decode_many(Grid, codec.unpack(codec.pack(codec.encode(page.grids))))
    assert (lines, grids) == (page.lines, page.grids)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=20))
def test_a_vector_of_single_precision_survives_exactly(vector):
    """Vectors keep every bit of a 32-bit float."""
    assert list(codec.unpack_vector(codec.pack_vector(vector))) == vector


def test_decimals_keep_their_printed_places():
    """`1.50` stays `1.50`: what was printed is not rounded away."""
    population = Population(text="x", weight_kg_min=Decimal("1.50"))
    assert str(codec.decode(Population, codec.encode(population)).weight_kg_min) == "1.50"


def test_what_has_its_default_is_not_written():
    """The JSON is compact: only what differs from the default is there."""
    assert codec.encode(Population(text="adults")) == '{"text":"adults"}'
