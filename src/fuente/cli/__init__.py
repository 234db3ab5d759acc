"""The command line: one command per workflow. It parses, calls one workflow, and prints."""

from fuente.cli.commands import app, main

__all__ = ["app", "main"]
