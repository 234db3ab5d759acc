"""The HTTP face: routes, schemas, auditor pages."""

from fuente.server.app import create_app
from fuente.server.run import run

__all__ = ["create_app", "run"]
