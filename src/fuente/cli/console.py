"""How results read on a terminal: JSON for programs, plain lines for people, progress on stderr."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fuente.errors import InvalidRequest
from fuente.ports import Progress as Report

Json = Mapping[str, Any]


def say(text: str) -> None:
    """A message for a person, on stderr."""
    print(text, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:  # noqa: ANN401  a JSON value
    """One JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def print_bytes(line: bytes, out: Path | None) -> None:
    """One canonical line to stdout, or appended to a file."""
    if out is None:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        with out.open("ab") as file:
            file.write(line)


def json_lines(text: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON objects of an input, one per line.

    Raises:
        InvalidRequest: a line is not a JSON object; the message says which.
    """
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as problem:
            raise InvalidRequest(f"line {number} is not JSON: {problem}.") from problem
        if not isinstance(value, dict):
            raise InvalidRequest(f"line {number} is not a JSON object.")
        yield value


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A progress bar on stderr; silent where stderr is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report
