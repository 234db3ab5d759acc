"""What every embedder does, the hashed one and the real model."""

import math

import pytest
from tests.fakes_engine import HashedEmbedder

from fuente.adapters.model_registry import ModelRegistry
from fuente.adapters.sentence_embedder import (
    Precision,
    SentenceEmbedder,
    has_fast_bfloat16,
    measure_precisions,
)
from fuente.errors import ModelMissing, SettingsError

TEXTS = [
    "Vincristine 1.5 mg/m2 on day 1",
    "",
    "Dose of vincristine for children",
    "The cafeteria opens at noon",
    "niño " * 400,
]


@pytest.fixture(scope="module")
def registered(root):
    """Give the registered embedder."""
    return ModelRegistry(root / "models").resolve_embedder()


@pytest.fixture(scope="module")
def real(registered):
    """Load the real model once."""
    return SentenceEmbedder(registered.folder, registered.name, registered.sha256)


@pytest.fixture(params=["hashed", pytest.param("real", marks=pytest.mark.engine)])
def embedder(request):
    """Give an embedder of each kind."""
    return HashedEmbedder() if request.param == "hashed" else request.getfixturevalue("real")


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


@pytest.mark.engine
def test_related_texts_lie_closer_than_unrelated(real):
    """A question about a drug is nearer to its dose than to the cafeteria."""
    dose, _, question, cafeteria, _ = real.embed(TEXTS)

    def cosine(one, two):
        return sum(a * b for a, b in zip(one, two, strict=True))

    assert cosine(dose, question) > cosine(cafeteria, question) + 0.3


@pytest.mark.engine
def test_what_is_too_long_is_known(real):
    """A text whose end is not in its vector can be found out."""
    assert real.longest_text == 256
    assert real.is_truncated(TEXTS[4])
    assert not real.is_truncated(TEXTS[0])


@pytest.mark.engine
@pytest.mark.skipif(not has_fast_bfloat16(), reason="this CPU has no bfloat16 instructions")
def test_the_faster_precision_keeps_the_vectors_where_they_were(registered):
    """Measured side by side the cosine stays above the limit."""
    figures = measure_precisions(registered.folder, rounds=2)
    assert figures.lowest_cosine > 0.999
    assert figures.supported


def test_a_precision_the_cpu_lacks_is_refused(registered, monkeypatch):
    """The error names the setting to change."""
    monkeypatch.setattr("fuente.adapters.sentence_embedder.FAST_FLAGS", frozenset({"none"}))
    with pytest.raises(SettingsError, match=r"no bfloat16.*fp32"):
        SentenceEmbedder(registered.folder, "a", "b", Precision.BF16)


def test_a_folder_without_a_model_is_named(tmp_path):
    """The error says what the folder should be."""
    with pytest.raises(ModelMissing, match="is not a sentence-transformers model"):
        SentenceEmbedder(tmp_path, "a", "b")
