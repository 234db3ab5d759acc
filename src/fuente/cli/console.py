"""How results read on a terminal: JSON for programs, plain lines for people, progress on stderr."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fuente.errors import InvalidRequest
from fuente.ports import Progress as Report

Json = Mapping[str, Any]


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's locale says: JSON is UTF-8."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def readable(text: str) -> str:
    """An argument as it was given.

    Raises:
        InvalidRequest: it is not UTF-8.
    """
    if not _has_utf8(text):
        raise InvalidRequest("The argument is not UTF-8.")
    return text


def say(text: str) -> None:
    """A message for a person, on stderr."""
    print(text, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:  # noqa: ANN401  a JSON value
    """One JSON document on stdout."""
    text = json.dumps(value, ensure_ascii=False)
    # Half a surrogate pair has no UTF-8 form; escaped it passes through as it came.
    print(text if _has_utf8(text) else json.dumps(value), flush=True)


def print_bytes(line: bytes, out: Path | None, *, anew: bool = False) -> None:
    """One canonical line to stdout, or to a file: appended, or in place of what it held."""
    if out is None:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        with out.open("wb" if anew else "ab") as file:
            file.write(line)


def json_lines(text: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON objects of an input, one per line.

    Raises:
        InvalidRequest: a line is not a JSON object; the message says which.
    """
    for number, line in enumerate(_decoded(text), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise InvalidRequest(f"line {number} is not JSON: {problem}.") from problem
        if not isinstance(value, dict):
            raise InvalidRequest(f"line {number} is not a JSON object.")
        yield value


def _decoded(text: Iterable[str]) -> Iterator[str]:
    try:
        yield from text
    except UnicodeDecodeError as problem:
        raise InvalidRequest(f"the input is not UTF-8: {problem}.") from problem


def _has_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # What is printed goes to stdout, not through the bar to stderr.
        redirect_stdout=False,
    ) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            # What is done makes room: a folder of files would fill the screen.
            bar.update(tasks[what], completed=done, total=total, visible=done < total)

        yield report
