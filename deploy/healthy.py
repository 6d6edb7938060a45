# ruff: noqa: INP001
"""Asks the site in this container whether it is well; ends with 1 when it is not.

The site answers to its own name only, and to a request that came by https where its address says so.
"""

import http.client
import os
import socket
import sys
from urllib.parse import urlsplit

SOCKET = "/run/frankpledge/site.sock"
# Shorter than the engine waits for this answer.
WAIT = 4


class SocketConnection(http.client.HTTPConnection):
    """A connection to whatever listens at a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        """Connect to the socket, and to no address."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(WAIT)
        self.sock.connect(self.path)


def is_well(address: str, path: str = SOCKET) -> bool:
    """Whether the site of an address, listening at a socket here, says that it is well."""
    parts = urlsplit(address)
    connection = SocketConnection(path)
    try:
        connection.request("GET", "/health", headers={"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme})
        response = connection.getresponse()
        return response.status == 200 and response.read() == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_well(os.environ.get("FRANKPLEDGE_ADDRESS", "http://localhost")) else 1)
