"""What several commands take, and the application they work on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from fuente.assembly import Application, open_application

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Data folder; FUENTE_DATA or vectorstore/ when not given."),
]
Document = Annotated[
    str, typer.Argument(help="File name, or at least eight digits of the SHA-256.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="JSON lines on stdin or stdout.")]


@contextmanager
def opened(data: Path | None) -> Iterator[Application]:
    """The application of a data folder, closed in the end."""
    application = open_application(data)
    try:
        yield application
    finally:
        application.close()
