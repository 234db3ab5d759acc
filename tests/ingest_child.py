"""An ingest in a process of its own, to be killed or starved: the real store, index and reader.

Vectors are made by hash, since the model is not at issue.
"""

import os
import resource
import sys

from tests.fakes_store import HashEmbedder

from fuente.adapters.chroma_index import ChromaIndex
from fuente.adapters.page_reader import FileReader
from fuente.adapters.sqlite_store import SqliteStore
from fuente.errors import FuenteError
from fuente.workflows.ingest import IngestServices, ingest_paths

TOLD = 7
"""The exit code of an ingest that ended with an error of ours."""


def ingest(path, data, say=lambda name: None, *, again=False):
    """Ingest files and say each name once its document is held."""
    services = IngestServices(SqliteStore(data), ChromaIndex(data), FileReader(), HashEmbedder())
    for result in ingest_paths([path], services, again=again):
        if result.status != "rejected":
            say(result.file)
    services.index.close()
    services.store.close()


def run(path, data, pipe, largest_file, again):
    """Ingest in this process, its words going into the pipe; no file may grow beyond a size."""
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    def say(name):
        os.write(pipe.fileno(), f"{name}\n".encode())

    try:
        ingest(path, data, say, again=again)
    except FuenteError:
        sys.exit(TOLD)
