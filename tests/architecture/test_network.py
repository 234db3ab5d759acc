"""The guards of conftest.py hold: a test that reaches out fails."""

import socket

import pytest
import pytest_socket


def test_a_plain_test_cannot_open_an_internet_socket():
    """Without the marker `network` not even loopback is there."""
    with pytest.raises(pytest_socket.SocketBlockedError), pytest.warns(UserWarning, match="socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.network
def test_a_network_test_reaches_loopback():
    """A server started by a test can be called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname(), timeout=5)
        client.close()


@pytest.mark.enable_socket
@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_nothing_reaches_beyond_this_host(address):
    """Even with pytest-socket switched off, the audit hook refuses the connection."""
    with pytest.raises(ConnectionRefusedError, match="no network"):
        socket.create_connection(address, timeout=1)


@pytest.mark.enable_socket
def test_no_name_is_looked_up():
    """A host name never reaches a resolver."""
    with pytest.raises(ConnectionRefusedError, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 443)
