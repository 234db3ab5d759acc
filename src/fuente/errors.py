"""Every error fuente raises on purpose, with its exit code and HTTP status.

    FuenteError
    ├── CallerError                    what was asked cannot be done as asked
    │   ├── InvalidRequest       2 422   the request is malformed
    │   ├── NotFound             4 404   no such document, page, record or citation
    │   ├── NotAuthenticated     5 401   no valid token
    │   └── TooLarge             6 413   the body or file exceeds a limit
    ├── DocumentError                  one file could not become a document
    │   ├── DocumentRejected     3 422   the file is damaged, encrypted, empty or of another type
    │   └── ReaderFailed         3 422   the reading process died or ran out of time or memory
    ├── StoreError                     the data folder
    │   ├── StoreLocked         20 503   another process owns it
    │   ├── StoreDamaged        21 503   the SQLite file fails its check
    │   ├── AuditBroken         22 503   the audit chain does not verify
    │   └── IndexDamaged        23 503   the vector index cannot be read (it can be rebuilt)
    ├── ModelError                     the language model or the embedder
    │   ├── ModelMissing        30 503   no weights at the registered place
    │   ├── ModelCrashed        31 503   the engine process died
    │   └── ModelTimedOut       32 503   no answer within the deadline
    └── SettingsError           40 500   a setting is wrong

A refusal is not an error: it is a result (see `fuente.evidence.refusal`).
"""

from typing import ClassVar


class FuenteError(Exception):
    """Root of all deliberate errors.

    Args:
        message: what happened, naming the thing.
        remedy: what the reader can do about it; empty when the message says so already.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class CallerError(FuenteError):
    """What was asked cannot be done as asked."""

    exit_code = 2
    http_status = 400


class InvalidRequest(CallerError):
    """The request is malformed."""

    http_status = 422


class NotFound(CallerError):
    """No such document, page, record or citation."""

    exit_code = 4
    http_status = 404


class NotAuthenticated(CallerError):
    """No valid token accompanied the request."""

    exit_code = 5
    http_status = 401


class TooLarge(CallerError):
    """The body or the file exceeds a limit."""

    exit_code = 6
    http_status = 413


class DocumentError(FuenteError):
    """One file could not become a document; the others go on."""

    exit_code = 3
    http_status = 422


class DocumentRejected(DocumentError):
    """The file is damaged, encrypted, empty or of a type fuente does not read."""


class ReaderFailed(DocumentError):
    """The reading process died, or ran out of time or memory."""


class StoreError(FuenteError):
    """The data folder cannot be used."""

    exit_code = 20
    http_status = 503


class StoreLocked(StoreError):
    """Another process owns the data folder."""


class StoreDamaged(StoreError):
    """The SQLite file fails its integrity check or has an unknown schema."""

    exit_code = 21


class AuditBroken(StoreError):
    """The audit chain does not verify."""

    exit_code = 22


class IndexDamaged(StoreError):
    """The vector index cannot be read; it is rebuilt from the store."""

    exit_code = 23


class ModelError(FuenteError):
    """The language model or the embedder cannot answer."""

    exit_code = 30
    http_status = 503


class ModelMissing(ModelError):
    """There are no weights at the registered place."""


class ModelCrashed(ModelError):
    """The engine process died; the next call starts a new one."""

    exit_code = 31


class ModelTimedOut(ModelError):
    """The engine gave no answer within the deadline."""

    exit_code = 32


class SettingsError(FuenteError):
    """A setting is wrong."""

    exit_code = 40
