"""Opens the SQLite file with the settings that keep acknowledged work, and names its failures.

One connection writes, under a lock; every thread reads through a connection of its own.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakSet

import apsw

from fuente.adapters.sqlite_store.schema import prepare_schema
from fuente.errors import StoreDamaged, StoreError, StoreLocked

# A writer waits this long for another process before it says that the folder is in use.
_BUSY_TIMEOUT_MS: Final = 5_000


class Connections:
    """The write connection and one read connection per thread of one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        # Weak: a thread that ends takes its connection, and with it three open files, along.
        self._readers: WeakSet[apsw.Connection] = WeakSet()
        with self._failures_named():
            self._writer = self._open()
            prepare_schema(self._writer, str(path))

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The read connection of the calling thread.

        Raises:
            StoreDamaged: the file cannot be read as a database.
        """
        with self._failures_named():
            yield self._reader()

    @contextmanager
    def changing(self) -> Iterator[apsw.Connection]:
        """One transaction on the write connection: all of it or nothing.

        Within another one of the same thread it is a part of that one.

        Raises:
            StoreLocked: another process is writing.
            StoreError: the disk is full or fails; nothing was written.
        """
        with self._lock, self._failures_named():
            if self._writer.in_transaction:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every connection; later calls fail."""
        with self._lock:
            for connection in (*self._readers, self._writer):
                connection.close()
            self._readers.clear()

    def _reader(self) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            connection.pragma("query_only", True)
            self._local.connection = connection
            with self._lock:
                self._readers.add(connection)
        return connection

    def _open(self) -> apsw.Connection:
        connection = apsw.Connection(str(self._path))
        connection.set_busy_timeout(_BUSY_TIMEOUT_MS)
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "full")
        connection.pragma("foreign_keys", True)
        connection.pragma("trusted_schema", False)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        return connection

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        try:
            yield
        except apsw.BusyError as error:
            raise StoreLocked(
                f"{self._path} is being written by another process.",
                "Wait for it to end, then try again.",
            ) from error
        except (apsw.CorruptError, apsw.NotADBError) as error:
            raise StoreDamaged(
                f"{self._path} is damaged ({error}).", "Restore it from a backup."
            ) from error
        except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
            raise StoreError(
                f"{self._path} cannot be written or read ({error}).",
                "Check the disk's space and the folder's permissions.",
            ) from error
