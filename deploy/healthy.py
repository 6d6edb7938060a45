# ruff: noqa: INP001
"""Asks the site in this container whether it is well; ends with 1 when it is not.

The site answers to its own name only, and to a request that came by https where its address says so.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

PORT = 8000


def is_well(address: str, port: int = PORT) -> bool:
    """Whether the site of an address, listening at a port here, says that it is well."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health", headers={"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme})
        response = connection.getresponse()
        return response.status == 200 and response.read() == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_well(os.environ.get("FRANKPLEDGE_ADDRESS", "http://localhost:8000")) else 1)
