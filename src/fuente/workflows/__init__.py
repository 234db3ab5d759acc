"""Use cases over ports: ingest, ask, generate, verify, replay."""
