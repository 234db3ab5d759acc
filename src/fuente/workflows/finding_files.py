"""Which files are meant by the files and folders that were named.

It decides what in a folder nobody means to ingest, and where links lead. What a file is, is found
out when it is opened: a file of a type that cannot be read is found, so that its name is told.
"""

import os
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LEFT_BY_PROGRAMS: Final = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"),
        *("__macosx", "@eadir", "#recycle", "$recycle.bin", "system volume information"),
    }
)
"""Files and folders that systems put on shares, in lower case; the others begin with a dot."""


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and all that are meant in the folders named, each real file once.

    Paths are absolute, however they were typed: by them an edition is known again. The files of a
    folder are sorted. A folder that cannot be opened, and a link that leads nowhere, are given as
    they are.
    """
    found: dict[str, Path] = {}
    for path in paths:
        whole = Path(os.path.abspath(path))
        for file in _walk(whole) if whole.is_dir() else (whole,):
            found.setdefault(os.path.realpath(file), file)
    return tuple(found.values())


def _walk(folder: Path) -> list[Path]:
    """What is meant in a folder and where its links lead, sorted.

    A link to what holds the folder is not followed: the rest of that was not asked for.
    """
    found: dict[str, Path] = {}
    seen = set(map(str, Path(os.path.realpath(folder)).parents))
    waiting = deque([folder])
    while waiting:
        path = waiting.popleft()
        real = os.path.realpath(path)
        entries = _entries(path) if os.path.isdir(path) else None
        if entries is None and not _is_special(path):
            found.setdefault(real, path)
        if entries is None or real in seen:
            continue
        seen.add(real)
        # Links come last: a file is known by its own name where it has one here.
        waiting.extendleft(one for one in entries if not one.is_symlink())
        waiting.extend(one for one in entries if one.is_symlink())
    return sorted(found.values())


def _entries(folder: Path) -> list[Path] | None:
    """What lies in a folder and is meant; None where it cannot be opened."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return None
    return sorted(folder / name for name in names if _is_meant(name))


def _is_meant(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in _LEFT_BY_PROGRAMS


def _is_special(path: Path) -> bool:
    """Whether it is a device, a pipe or a socket: reading one may never end."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
