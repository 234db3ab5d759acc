"""The answers do not depend on the index: Chroma, Chroma rebuilt, and exact search agree."""

import json
import random
import shutil

import pytest
from tests.factories_store import make_event, make_prepared
from tests.fakes_store import HashEmbedder, MemoryStore

from fuente.adapters.chroma_index import FOLDER_NAME, ChromaIndex
from fuente.adapters.exact_index import ExactIndex
from fuente.workflows.ask import AskServices, answer_json, ask
from fuente.workflows.ingest import heal_index

DRUGS = ("Vincristine", "Cisplatin", "Carboplatin", "Etoposide", "Ifosfamide")
DISEASES = ("Wilms tumour", "medulloblastoma", "ependymoma", "neuroblastoma", "Ewing sarcoma")
QUESTIONS = [f"{drug} dose in {disease}?" for drug in DRUGS for disease in DISEASES]


@pytest.fixture(scope="module")
def store():
    """A store with 600 passages, many of them alike."""
    draw, embedder, store = random.Random(5), HashEmbedder(), MemoryStore()
    for number in range(20):
        texts = [
            f"{draw.choice(DRUGS)} {draw.randint(1, 90)} mg/m2 in {draw.choice(DISEASES)}, "
            f"day {draw.randint(1, 28)}"
            for _ in range(30)
        ]
        vectors = tuple(embedder.embed(texts))
        prepared = make_prepared(*texts, file=f"{number}.pdf", vectors=vectors)
        store.add_document(prepared, make_event())
    return store


def answers(store, index):
    """The bytes of all answers."""
    services = AskServices(store, index, HashEmbedder())
    return [json.dumps(answer_json(ask(text, services))) for text in QUESTIONS]


def test_a_rebuilt_index_and_exact_search_answer_alike(store, tmp_path):
    """Deleting the Chroma folder, healing, and doing without it change no byte of any answer."""
    index = ChromaIndex(tmp_path)
    assert heal_index(store, index) is True
    first = answers(store, index)
    index.close()

    shutil.rmtree(tmp_path / FOLDER_NAME)
    index = ChromaIndex(tmp_path)
    assert heal_index(store, index) is True
    again = answers(store, index)
    index.close()

    assert again == first
    assert answers(store, ExactIndex(store.vectors())) == first
