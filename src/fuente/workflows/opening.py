"""Files become read documents, each while the one before it is understood and embedded.

It decides which files are already held, and what a file must be to be read at all.
Reading is the work of other processes, so that the next file costs this one only a waiting thread.
"""

import hashlib
import os
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fuente.documents.source import ReadDocument
from fuente.errors import DocumentError, DocumentRejected
from fuente.ports import DocumentStore, PageReader, Progress, Stop
from fuente.workflows.stopping import AskedStop

# A manual of 424 pages has 2.4 MB; beyond this a file is a scan archive or an attack.
MAX_FILE_BYTES: Final = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What was found in one file: a document, or why it is none.

    `read` is None for a file that was refused and for one whose document is held already. `sha256`
    is empty when its bytes could not be read.
    """

    path: Path
    sha256: str = ""
    content: bytes = b""
    read: ReadDocument | None = None
    refused: DocumentError | None = None


def open_file(
    path: Path,
    store: DocumentStore,
    reader: PageReader,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    again: bool = False,
) -> OpenedFile:
    """Read one file unless its document is held; a refusal is a result, not an error.

    With `again` it is read although it is held.

    Raises:
        ReadingStopped: `stop` was asked for.
    """
    sha256 = ""
    try:
        content = _read_bytes(path)
        sha256 = hashlib.sha256(content).hexdigest()
        if not again and store.document(sha256) is not None:
            return OpenedFile(path, sha256)
        read = reader.read(path, progress, stop)
        _check_read(path, sha256, read)
    except DocumentError as error:
        return OpenedFile(path, sha256, refused=error)
    return OpenedFile(path, sha256, content, read)


def open_files(
    paths: Sequence[Path],
    store: DocumentStore,
    reader: PageReader,
    progress: Progress | None,
    *,
    again: bool = False,
) -> Generator[OpenedFile]:
    """Every file in turn, the next one being read while the caller works on this one.

    One ahead and no more, so that memory does not grow with the number of files. When the caller
    stops, so does the reading, at once.
    """
    stop = AskedStop()

    def told(what: str, done: int, total: int) -> None:
        stop.check()
        if progress:
            progress(what, done, total)

    with ThreadPoolExecutor(1, "reading") as thread:
        waiting = (
            thread.submit(open_file, path, store, reader, told, stop, again=again) for path in paths
        )
        following = next(waiting, None)
        try:
            while following is not None:
                opened = following.result()
                following = next(waiting, None)
                yield opened
        finally:
            stop.ask()


def _read_bytes(path: Path) -> bytes:
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise DocumentRejected(
            f"{path.name!a} has a name that is not UTF-8.", "Rename it."
        ) from error
    if not os.path.isfile(path):
        raise _no_file(path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DocumentRejected(
                f"{path.name} is larger than {MAX_FILE_BYTES // 1024**2} MiB.", "Split it."
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentRejected(f"{path.name} cannot be opened ({error.strerror}).") from error


def _no_file(path: Path) -> DocumentRejected:
    if path.is_symlink():
        return DocumentRejected(f"{path} is a link that leads nowhere.", "Mend or remove it.")
    if os.path.isdir(path):
        return DocumentRejected(
            f"{path} is a folder that cannot be opened.", "Check its permissions."
        )
    return DocumentRejected(f"{path} is not a file.", "Check the path.")


def _check_read(path: Path, sha256: str, read: ReadDocument) -> None:
    if read.source.sha256 != sha256:
        raise DocumentRejected(f"{path.name} changed while it was read.", "Ingest it again.")
    for page in read.pages:
        try:
            page.text.encode()
        except UnicodeEncodeError as error:
            raise DocumentRejected(
                f"{path.name} page {page.number} holds characters that are not text."
            ) from error
