"""The command line over fakes, and one file with one patient."""

import io
import json
import sys

import pytest
from tests.factories_corpus import (
    WritingModel,
    corpus_store,
    services_over,
)
from tests.fakes_engine import ScriptedAgent
from tests.fakes_store import HashEmbedder, MemoryIndex

from fuente.cli import main, options
from fuente.dosing.drugs import load_vocabulary
from fuente.patients.catalogue import load_catalogue
from fuente.workflows.ask import AskServices
from fuente.workflows.doctor import Examined
from fuente.workflows.verify import Verifier

WILMS = "4-year-old girl with Wilms tumour"


class FakeApplication:
    """The composition root with fakes where the engines are."""

    def __init__(self, store):
        self.store = store
        self._index = MemoryIndex()
        self._index.rebuild(store.vectors())

    def generating(self):
        return services_over(self.store, model=WritingModel(), agent=ScriptedAgent())

    def asking(self):
        return AskServices(self.store, self._index, HashEmbedder(), "cli")

    @property
    def verifier(self):
        return Verifier(self.store, load_catalogue(), load_vocabulary())

    @property
    def examining(self):
        model = WritingModel()
        return Examined(
            lambda: self.store,
            lambda: self._index,
            lambda: HashEmbedder(),
            lambda: model,
            lambda: "not available",
        )

    def close(self):
        pass


@pytest.fixture(name="run")
def _run(monkeypatch, capsysbinary):
    """Give a caller of the command line; it answers with exit code, stdout lines and stderr."""
    held = {"store": corpus_store("wilms.pdf")}
    monkeypatch.setattr(options, "open_application", lambda data: FakeApplication(held["store"]))

    def run(*arguments, store=None, stdin=""):
        held["store"] = store or held["store"]
        monkeypatch.setattr(sys, "argv", ["fuente", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_bytes(stdin))))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return int(ended.value.code or 0), out.decode(), err.decode()

    return run


def as_bytes(text):
    """Bytes as they are, text as UTF-8."""
    return text if isinstance(text, bytes) else text.encode()


def rows(out):
    """Every line of an output, each of which must be JSON."""
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture(name="file")
def _file(run, tmp_path):
    """A file with one patient."""
    path = tmp_path / "p.json"
    run("generate", WILMS, "--seed", 1, "--out", path)
    return path
