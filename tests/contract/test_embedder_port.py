"""What every embedder does, the hashed one and the real model."""

import math

import pytest
from tests.fakes_engine import HashedEmbedder

from fuente.adapters.model_registry import ModelRegistry
from fuente.adapters.sentence_embedder import (
    Precision,
    SentenceEmbedder,
    has_fast_bfloat16,
    precision_for,
)
from fuente.adapters.vector_memory import FOLDER, VectorMemory
from fuente.errors import ModelMissing, SettingsError

TEXTS = [
    "Vincristine 1.5 mg/m2 on day 1",
    "",
    "Dose of vincristine for children",
    "The cafeteria opens at noon",
    "niño " * 400,
]


def cosine(one, two):
    """Of unit vectors."""
    return sum(a * b for a, b in zip(one, two, strict=True))


@pytest.fixture(scope="module")
def registered(root):
    """Give the registered embedder."""
    return ModelRegistry(root / "models").resolve_embedder()


@pytest.fixture(scope="module")
def real(registered):
    """Load the real model once."""
    return SentenceEmbedder(registered.folder, registered.name, registered.sha256)


@pytest.fixture(params=["hashed", "remembered", pytest.param("real", marks=pytest.mark.engine)])
def embedder(request, tmp_path):
    """Give an embedder of each kind."""
    if request.param == "real":
        return request.getfixturevalue("real")
    hashed = HashedEmbedder()
    return VectorMemory(hashed, tmp_path) if request.param == "remembered" else hashed


class TestEmbedder:
    """The Embedder port."""

    def test_each_text_has_one_unit_vector_in_order(self, embedder):
        """Length one, the stated dimensions, and the order of the texts."""
        vectors = embedder.embed(TEXTS)
        assert [len(vector) for vector in vectors] == [embedder.dimensions] * len(TEXTS)
        for vector in vectors:
            assert math.hypot(*vector) == pytest.approx(1.0, abs=1e-5)
        alone = embedder.embed([TEXTS[3]])[0]
        assert vectors[3] == pytest.approx(alone, abs=1e-4)

    def test_no_text_has_no_vector(self, embedder):
        """An empty list is not an error."""
        assert embedder.embed([]) == []

    def test_progress_ends_at_the_whole(self, embedder):
        """The last report says that all texts are done."""
        seen = []
        embedder.embed(TEXTS * 10, lambda what, done, total: seen.append((what, done, total)))
        assert seen[-1][1:] == (50, 50)

    def test_the_fingerprint_names_model_and_size(self, embedder):
        """Vectors of different models can be told apart."""
        assert embedder.fingerprint
        assert str(embedder.dimensions) in embedder.fingerprint


class CountingEmbedder(HashedEmbedder):
    """Counts the texts it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def embed(self, texts, progress=None):
        """Remember the texts, then embed them."""
        self.asked += texts
        return super().embed(texts, progress)


class TestVectorMemory:
    """What was computed once is read back."""

    def test_a_text_asked_again_needs_no_model(self, tmp_path):
        """Another process with the same folder reads the very vectors that were kept."""
        first = VectorMemory(CountingEmbedder(), tmp_path).embed(TEXTS[:2])
        model = CountingEmbedder()
        again = VectorMemory(model, tmp_path).embed([TEXTS[1], TEXTS[0], TEXTS[1]])
        assert model.asked == []
        assert again == [first[1], first[0], first[1]]

    def test_vectors_of_two_models_do_not_mix(self, tmp_path):
        """The fingerprint is part of the key."""
        VectorMemory(CountingEmbedder(), tmp_path).embed(TEXTS[:1])
        other = CountingEmbedder()
        other.fingerprint = "another"
        VectorMemory(other, tmp_path).embed(TEXTS[:1])
        assert other.asked == TEXTS[:1]

    def test_a_damaged_file_is_computed_again(self, tmp_path):
        """A file cut short is replaced."""
        model = CountingEmbedder()
        memory = VectorMemory(model, tmp_path)
        whole = memory.embed(TEXTS[:1])
        kept = next((tmp_path / FOLDER).iterdir())
        kept.write_bytes(b"short")
        assert memory.embed(TEXTS[:1]) == whole
        assert model.asked == [TEXTS[0], TEXTS[0]]
        assert len(kept.read_bytes()) == model.dimensions * 4

    def test_the_folder_names_no_text(self, tmp_path):
        """Only hashes and numbers lie on the disk."""
        VectorMemory(HashedEmbedder(), tmp_path).embed(TEXTS[:1])
        kept = list((tmp_path / FOLDER).iterdir())
        assert len(kept) == 1
        assert b"incristine" not in kept[0].read_bytes()
        assert set(kept[0].name) <= set("0123456789abcdef")

    def test_a_folder_that_takes_no_file_only_costs_time(self, tmp_path):
        """Without a place to keep them, vectors are computed each time."""
        (tmp_path / FOLDER).write_text("in the way")
        model = CountingEmbedder()
        memory = VectorMemory(model, tmp_path)
        assert memory.embed(TEXTS[:1]) == memory.embed(TEXTS[:1])
        assert len(model.asked) == 2


@pytest.mark.engine
def test_related_texts_lie_closer_than_unrelated(real):
    """A question about a drug is nearer to its dose than to the cafeteria."""
    dose, _, question, cafeteria, _ = real.embed(TEXTS)
    assert cosine(dose, question) > cosine(cafeteria, question) + 0.3


@pytest.mark.engine
def test_how_much_of_a_text_is_seen_is_that_of_the_model(real):
    """In tokens; what stands beyond is not in the vector."""
    assert real.longest_text == 256


@pytest.mark.engine
@pytest.mark.skipif(not has_fast_bfloat16(), reason="this CPU has no bfloat16 instructions")
def test_the_faster_precision_keeps_the_vectors_where_they_were(registered, real):
    """Side by side, no vector moves by more than a cosine of 0.999."""
    folder, name, sha256 = registered.folder, registered.name, registered.sha256
    fast = SentenceEmbedder(folder, name, sha256, Precision.BF16)
    pairs = zip(real.embed(TEXTS), fast.embed(TEXTS), strict=True)
    assert min(cosine(one, two) for one, two in pairs) > 0.999


PRECISIONS = [
    # wanted, held fingerprint, the CPU has bfloat16, what is taken
    ("auto", "", True, "bf16"),
    ("auto", "", False, "fp32"),
    ("auto", "m:0123:fp32:384", True, "fp32"),
    ("auto", "m:0123:bf16:384", False, "bf16"),
    ("fp32", "m:0123:bf16:384", True, "fp32"),
    ("bf16", "", True, "bf16"),
]


@pytest.mark.parametrize(("wanted", "held", "has_it", "taken"), PRECISIONS)
def test_the_precision_is_that_of_the_folder_or_the_fastest(
    monkeypatch, wanted, held, has_it, taken
):
    """Vectors are compared with their like; a new folder gets what the CPU does best."""
    monkeypatch.setattr("fuente.adapters.sentence_embedder.has_fast_bfloat16", lambda: has_it)
    assert precision_for(wanted, held) == taken


def test_a_precision_the_cpu_lacks_is_refused(monkeypatch):
    """Emulated bfloat16 would be slower than full precision."""
    monkeypatch.setattr("fuente.adapters.sentence_embedder.has_fast_bfloat16", lambda: False)
    with pytest.raises(SettingsError, match="bfloat16"):
        precision_for("bf16", "")


def test_a_folder_without_a_model_is_named(tmp_path):
    """The error says what the folder should be."""
    with pytest.raises(ModelMissing, match="is not a sentence-transformers model"):
        SentenceEmbedder(tmp_path, "a", "b")
