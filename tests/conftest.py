"""Holds for every test: nothing leaves this host, and the environment is fuente's own."""

import os
import socket
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.", "::1", "localhost")

# Before any engine is imported, here and in child processes: no hub, no telemetry, no tracing.
os.environ.update(
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    ANONYMIZED_TELEMETRY="False",
    TOKENIZERS_PARALLELISM="false",
)
for name in [
    n for n in os.environ if n.startswith(("LANGSMITH_", "LANGCHAIN_", "OTEL_", "FUENTE_"))
]:
    del os.environ[name]


def _stay_on_this_host(event: str, arguments: tuple) -> None:
    """Refuse every connection and name look-up beyond loopback, also outside of tests.

    An audit hook cannot be removed, so it holds for imports and session fixtures, where
    pytest-socket does not reach.
    """
    if event == "socket.connect" and arguments[0].family == socket.AF_UNIX:
        return
    if event in {"socket.connect", "socket.sendto"}:
        host = arguments[1][0]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host is not None and not str(host).startswith(LOOPBACK):
        raise ConnectionRefusedError(f"a test tried to reach {host}; tests need no network")


sys.addaudithook(_stay_on_this_host)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests marked `network` open connections to loopback; pytest-socket stops all others."""
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the repository root."""
    return ROOT
