"""Start the service: open the data folder, show a first token once, listen."""

import sys
from pathlib import Path

import uvicorn

from fuente.assembly import Application
from fuente.server.app import create_app
from fuente.settings import load_settings
from fuente.workflows.tokens import create_token


def run(data: Path | None = None, host: str | None = None, port: int | None = None) -> None:
    """Serve until interrupted."""
    settings = load_settings(data=data, host=host, port=port)
    application = Application(settings)
    if not application.store.has_tokens():
        print(f"first token (shown once): {create_token(application.store, 'service')}", flush=True)
    print(f"fuente listens on http://{settings.host}:{settings.port}", file=sys.stderr, flush=True)
    try:
        uvicorn.run(
            create_app(application),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=10,
        )
    finally:
        application.close()
