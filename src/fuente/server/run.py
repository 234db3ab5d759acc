"""Start the service: open the data folder, show a first token once, listen."""

import sys
from pathlib import Path

import uvicorn

from fuente.assembly import Application, open_application
from fuente.server.app import create_app
from fuente.workflows.tokens import create_token


def run(data: Path | None = None, host: str | None = None, port: int | None = None) -> None:
    """Serve until interrupted; settings not given come from the environment."""
    application = open_application(data, host, port)
    try:
        # Before a token is shown for a service that then does not start.
        application.check_address()
        _show_first_token(application)
        address = f"http://{application.settings.host}:{application.settings.port}"
        print(f"fuente listens on {address}", file=sys.stderr, flush=True)
        uvicorn.run(
            create_app(application),
            host=application.settings.host,
            port=application.settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=10,
        )
    finally:
        application.close()


def _show_first_token(application: Application) -> None:
    if not application.store.has_tokens():
        print(f"first token (shown once): {create_token(application.store, 'service')}", flush=True)
