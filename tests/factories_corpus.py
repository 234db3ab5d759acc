"""The illustrative protocols in memory, and patients made over them without an engine.

Each PDF is read once per run, by the real reader; the store, the agent and the model are fakes.
"""

import re
from functools import cache
from pathlib import Path

from tests.factories_store import make_event
from tests.fakes_engine import ScriptedAgent, ScriptedModel, seeded
from tests.fakes_store import HashEmbedder, MemoryIndex, MemoryStore

from fuente.adapters.page_reader import FileReader
from fuente.dosing.drugs import load_vocabulary
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request, RequestedDiagnosis
from fuente.patients.request_parser import parse_request
from fuente.workflows.ask import AskServices, search
from fuente.workflows.generate import GenerateServices, generate_patients
from fuente.workflows.ingest import IngestServices, ingest_file
from fuente.workflows.verify import Verifier

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


class _Catcher(MemoryStore):
    """Keeps the one document that was ingested into it."""

    prepared = None

    def add_document(self, document, event, standings=None):
        super().add_document(document, event)
        self.prepared = document


@cache
def read_protocol(path):
    """One protocol, read and understood as ingest does it."""
    store = _Catcher()
    names = load_catalogue().names()
    services = IngestServices(store, MemoryIndex(), FileReader(), HashEmbedder(), names, "tester")
    result = ingest_file(Path(path), services)
    assert result.status == "ready", result
    return store.prepared


def corpus_store(*files):
    """A store that ingested these files of the corpus (or paths), in this order."""
    return store_of(*(read_protocol(CORPUS / file) for file in files))


def store_of(*documents):
    """A store that holds these prepared documents, in this order."""
    store = MemoryStore()
    for one in documents:
        store.add_document(one, make_event(subject=one.read.source.sha256))
    return store


class WritingModel(ScriptedModel):
    """Picks by the seed; writes each sentence of the narrative exactly as drafted."""

    def __init__(self, rule=seeded):
        super().__init__(rule=rule)

    def _next_reply(self, call):
        if call.constraint is not None and call.constraint.regex:
            return call.messages[-1].content
        return super()._next_reply(call)


def services_over(store, *, model=None, agent=None):
    """The services of `generate` over a store, with fakes for the engines."""
    index = MemoryIndex()
    index.rebuild(store.vectors())
    asking = AskServices(store, index, HashEmbedder(), "tester")
    return GenerateServices(
        store,
        lambda text: search(text, asking).hits,
        agent or ScriptedAgent(),
        model or WritingModel(),
        load_catalogue(),
        load_vocabulary(),
        "tester",
    )


def request_for(asked):
    """A request from words, or for a catalogue id in capitals."""
    if isinstance(asked, Request):
        return asked
    if re.fullmatch(r"[A-Z0-9_]+", asked):
        return Request(diagnosis=RequestedDiagnosis(catalogue_id=asked))
    return parse_request(asked)


def outcome(asked, store, *, seed=1, as_of=None, **fakes):
    """One outcome of `generate`: a patient or a refusal."""
    services = services_over(store, **fakes)
    return next(generate_patients(request_for(asked), services, seed=seed, count=1, as_of=as_of))


def patient_line(asked, store, *, seed=1, as_of=None, **fakes):
    """The line of one patient, who must not be refused."""
    made = outcome(asked, store, seed=seed, as_of=as_of, **fakes)
    assert made.refusal is None, made.refusal
    return made.line.decode()


def errors_of(line, store):
    """The errors `verify` finds, as pairs of rule and pointer."""
    verifier = Verifier(store, load_catalogue(), load_vocabulary())
    return [(one.rule, one.pointer) for one in verifier.verify(line) if one.severity == "error"]
