"""The `Store` port over one SQLite file."""

from fuente.adapters.sqlite_store.store import FILE_NAME, SqliteStore, held_embedder

__all__ = ["FILE_NAME", "SqliteStore", "held_embedder"]
