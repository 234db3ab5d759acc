"""What every passage index does: in memory, exact, and Chroma."""

import math
import random

import pytest
from tests.fakes_store import MemoryIndex

from fuente.adapters.chroma_index import ChromaIndex
from fuente.adapters.exact_index import ExactIndex

KINDS = {"memory": lambda _: MemoryIndex(), "exact": lambda _: ExactIndex(), "chroma": ChromaIndex}


@pytest.fixture(params=sorted(KINDS))
def index(request, tmp_path):
    """A new, empty index of each kind."""
    made = KINDS[request.param](tmp_path)
    yield made
    if isinstance(made, ChromaIndex):
        made.close()


def unit_vectors(count, dimensions=8, seed=7):
    """Unit vectors in random directions, the same for the same seed."""
    draw = random.Random(seed)
    rows = [[draw.gauss(0, 1) for _ in range(dimensions)] for _ in range(count)]
    return [[one / math.hypot(*row) for one in row] for row in rows]


def test_an_empty_index_finds_nothing(index):
    """No passage, no hit and no error."""
    assert index.count() == 0
    assert index.nearest([1.0, 0.0], 5) == []


def test_the_nearest_come_first_with_their_cosine(index):
    """Hits are ordered by cosine similarity, which is given with each."""
    index.add(["p_a", "p_b", "p_c"], [[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    found = index.nearest([1.0, 0.0], 3)
    assert [key for key, _ in found] == ["p_a", "p_b", "p_c"]
    assert [score for _, score in found] == pytest.approx([1.0, 0.6, 0.0], abs=1e-6)


def test_the_limit_cuts_the_list(index):
    """At most `limit` passages are given; asking for more than are held is no error."""
    index.add(["p_a", "p_b"], [[1.0, 0.0], [0.0, 1.0]])
    assert len(index.nearest([1.0, 0.0], 1)) == 1
    assert len(index.nearest([1.0, 0.0], 100)) == 2


def test_equal_passages_come_in_the_order_of_their_ids(index):
    """Ties are broken by id, so the answer does not depend on insertion order."""
    index.add(["p_c", "p_a", "p_b"], [[1.0, 0.0]] * 3)
    assert [key for key, _ in index.nearest([1.0, 0.0], 3)] == ["p_a", "p_b", "p_c"]


def test_adding_an_id_again_replaces_its_vector(index):
    """The last vector of an id counts and the count stays."""
    index.add(["p_a"], [[1.0, 0.0]])
    index.add(["p_a"], [[0.0, 1.0]])
    assert index.count() == 1
    assert index.nearest([0.0, 1.0], 1)[0][1] == pytest.approx(1.0, abs=1e-6)


def test_removed_passages_are_not_found(index):
    """A removed id is gone; an unknown id is passed over."""
    index.add(["p_a", "p_b"], [[1.0, 0.0], [0.0, 1.0]])
    index.remove(["p_a", "p_unknown"])
    assert index.count() == 1
    assert index.ids() == {"p_b"}
    assert [key for key, _ in index.nearest([1.0, 0.0], 5)] == ["p_b"]


def test_rebuilding_leaves_only_what_is_given(index):
    """After a rebuild the former content is gone and the new content answers."""
    index.add(["p_old"], [[1.0, 0.0]])
    index.rebuild(iter([("p_new", [0.0, 1.0]), ("p_other", [1.0, 0.0])]))
    assert index.count() == 2
    assert [key for key, _ in index.nearest([0.0, 1.0], 1)] == ["p_new"]


def test_more_than_one_batch_is_taken(index):
    """Several thousand vectors go in by batches and each finds itself."""
    vectors = unit_vectors(2_500)
    ids = [f"p_{number:05d}" for number in range(len(vectors))]
    index.add(ids, vectors)
    assert index.count() == len(ids)
    for place in (0, 999, 1_000, 2_499):
        assert index.nearest(vectors[place], 1)[0][0] == ids[place]
