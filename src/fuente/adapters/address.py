"""Whether the service can listen where it is told to."""

import socket

from fuente.errors import SettingsError


def check_free(host: str, port: int) -> None:
    """Try the address once and leave it.

    Raises:
        SettingsError: nothing can listen there.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as problem:
        raise SettingsError(
            f"fuente cannot listen on {host}:{port}: {problem.strerror}.",
            "Give another --port or --host.",
        ) from problem
