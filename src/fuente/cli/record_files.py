"""Files of records: written line by line, read however they are laid out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fuente.errors import InvalidRequest
from fuente.records.parsing import split_objects

_REFUSAL_KEYS: Final = frozenset({"refused", "reason", "detail", "questions"})


def records_in(file: Path) -> Iterator[tuple[int, str]]:
    """Each record with the line it begins on; refusals have nothing to check.

    Raises:
        InvalidRequest: the file cannot be read, is not UTF-8, or holds no record.
    """
    count = 0
    for number, text in split_objects(text_of(file)):
        if not _is_refusal(text):
            count += 1
            yield number, text
    if count == 0:
        raise InvalidRequest(f"{file} holds no record.", "Give a file written by fuente generate.")


def check_place(file: Path) -> None:
    """Tell a wrong place at once; what the file holds stays until there is something to write.

    Raises:
        InvalidRequest: it cannot be written.
    """
    held = file.exists()
    try:
        with file.open("ab"):
            pass
        if not held:
            file.unlink()
    except OSError as problem:
        raise InvalidRequest(f"{file} cannot be written: {problem.strerror}.") from problem


def text_of(file: Path) -> str:
    """The text of a file.

    Raises:
        InvalidRequest: it cannot be read or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as problem:
        raise InvalidRequest(f"{file} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise InvalidRequest(f"{file} is not UTF-8 from byte {problem.start} on.") from problem


def _is_refusal(text: str) -> bool:
    """Whether it is a line of a refusal; a record that also says `refused` is none."""
    if '"refused"' not in text[:200]:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("refused") is True and set(value) <= _REFUSAL_KEYS
